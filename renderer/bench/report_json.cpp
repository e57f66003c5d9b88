// The results as JSON.
#include "bench/report.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

namespace vitrine::bench {

namespace {

using Json = nlohmann::ordered_json;

double microseconds(double nanoseconds) { return nanoseconds / 1e3; }

void add_head(Json &json, const Report &report)
{
    const Machine &machine = report.machine;
    json["version"] = report.version;
    json["tmux"] = report.tmux;
    json["date"] = machine.date;
    json["cpu"] = machine.cpu;
    json["cores"] = machine.cores;
    json["load"] = machine.load;
    json["system"] = machine.system;
    json["display"] = machine.display;
    json["optimised"] = machine.optimised;
    json["geometry"] =
        std::to_string(report.geometry.columns) + 'x' + std::to_string(report.geometry.rows);
    json["font"] = font_name(report);
    json["not_measured"] = not_measured();
}

Json stage_json(const char *name, const Histogram &stage)
{
    const auto percentile = [&stage](double percent) {
        return microseconds(static_cast<double>(stage.percentile(percent)));
    };
    return {{"until", name},
            {"p50_us", percentile(50)},
            {"p95_us", percentile(95)},
            {"p99_us", percentile(99)},
            {"max_us", microseconds(static_cast<double>(stage.max()))},
            {"mean_us", microseconds(stage.mean())}};
}

Json latency_json(const LatencyResult &result)
{
    Json stages = Json::array();
    for (std::size_t i = 0; i < stage_count; i++)
        stages.push_back(stage_json(stage_names[i], result.stages[i]));
    return {{"name", result.name},
            {"keys", result.keys},
            {"lost", result.lost},
            {"odd", result.odd},
            {"flood_mb_per_s", result.flood_bytes_per_second / 1e6},
            {"stages", std::move(stages)}};
}

Json throughput_json(const ThroughputResult &result)
{
    return {{"payload", payload_name(result.kind)},
            {"bytes", result.bytes},
            {"ratio", ratio(result.detached, result.attached)},
            {"ratio_shown", ratio(result.detached, result.shown)},
            {"tmux_cpu_ratio", ratio(result.attached_cpu, result.detached_cpu)},
            {"detached_s", result.detached},
            {"attached_s", result.attached},
            {"shown_s", result.shown},
            {"detached_cpu_s", result.detached_cpu},
            {"attached_cpu_s", result.attached_cpu},
            {"window_cpu_s", result.window_cpu},
            {"pictures", result.pictures}};
}

Json idle_json(const IdleResult &idle)
{
    return {{"seconds", idle.seconds},
            {"frames", idle.frames},
            {"pictures", idle.pictures},
            {"window_wake_ups", idle.window.wake_ups},
            {"window_cpu_ms_per_s", idle.window.cpu_ms / idle.seconds},
            {"tmux_wake_ups", idle.server.wake_ups},
            {"tmux_cpu_ms_per_s", idle.server.cpu_ms / idle.seconds}};
}

} // namespace

std::string as_json(const Report &report)
{
    Json json = Json::object();
    add_head(json, report);
    for (const LatencyResult &result : report.latency)
        json["latency"].push_back(latency_json(result));
    for (const ThroughputResult &result : report.throughput)
        json["throughput"].push_back(throughput_json(result));
    if (report.idle)
        json["idle"] = idle_json(*report.idle);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

} // namespace vitrine::bench
