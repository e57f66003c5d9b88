// The results as JSON.
#include "bench/report.h"
#include "json_writer.h"

#include <cstddef>

namespace vitrine::bench {

namespace {

double microseconds(double nanoseconds) { return nanoseconds / 1e3; }

void write_head(JsonWriter &json, const Report &report)
{
    const Machine &machine = report.machine;
    json.member("version", report.version);
    json.member("tmux", report.tmux);
    json.member("date", machine.date);
    json.member("cpu", machine.cpu);
    json.member("cores", machine.cores);
    json.member("load", machine.load);
    json.member("system", machine.system);
    json.member("display", machine.display);
    json.member("optimised", machine.optimised);
    json.member("geometry", std::to_string(report.geometry.columns) + 'x' +
                                std::to_string(report.geometry.rows));
    json.member("font", font_name(report));
    json.member("not_measured", not_measured());
}

void write_stage(JsonWriter &json, const char *name, const Histogram &stage)
{
    const auto percentile = [&stage](double percent) {
        return microseconds(static_cast<double>(stage.percentile(percent)));
    };
    json.object([&] {
        json.member("until", name);
        json.member("p50_us", percentile(50));
        json.member("p95_us", percentile(95));
        json.member("p99_us", percentile(99));
        json.member("max_us", microseconds(static_cast<double>(stage.max())));
        json.member("mean_us", microseconds(stage.mean()));
    });
}

void write_latency(JsonWriter &json, const LatencyResult &result)
{
    json.object([&] {
        json.member("name", result.name);
        json.member("keys", result.keys);
        json.member("lost", result.lost);
        json.member("odd", result.odd);
        json.member("flood_mb_per_s", result.flood_bytes_per_second / 1e6);
        json.key("stages");
        json.array([&] {
            for (std::size_t i = 0; i < stage_count; i++)
                write_stage(json, stage_names[i], result.stages[i]);
        });
    });
}

void write_throughput(JsonWriter &json, const ThroughputResult &result)
{
    json.object([&] {
        json.member("payload", payload_name(result.kind));
        json.member("bytes", result.bytes);
        json.member("ratio", ratio(result.detached, result.attached));
        json.member("ratio_shown", ratio(result.detached, result.shown));
        json.member("tmux_cpu_ratio", ratio(result.attached_cpu, result.detached_cpu));
        json.member("detached_s", result.detached);
        json.member("attached_s", result.attached);
        json.member("shown_s", result.shown);
        json.member("detached_cpu_s", result.detached_cpu);
        json.member("attached_cpu_s", result.attached_cpu);
        json.member("window_cpu_s", result.window_cpu);
        json.member("pictures", result.pictures);
    });
}

void write_idle(JsonWriter &json, const IdleResult &idle)
{
    json.object([&] {
        json.member("seconds", idle.seconds);
        json.member("frames", idle.frames);
        json.member("pictures", idle.pictures);
        json.member("window_wake_ups", idle.window.wake_ups);
        json.member("window_cpu_ms_per_s", idle.window.cpu_ms / idle.seconds);
        json.member("tmux_wake_ups", idle.server.wake_ups);
        json.member("tmux_cpu_ms_per_s", idle.server.cpu_ms / idle.seconds);
    });
}

template <typename Result>
void write_results(JsonWriter &json, const char *key, const std::vector<Result> &results,
                   void (*write)(JsonWriter &, const Result &))
{
    if (results.empty())
        return;
    json.key(key);
    json.array([&] {
        for (const Result &result : results)
            write(json, result);
    });
}

} // namespace

std::string as_json(const Report &report)
{
    JsonWriter json;
    json.object([&] {
        write_head(json, report);
        write_results(json, "latency", report.latency, write_latency);
        write_results(json, "throughput", report.throughput, write_throughput);
        if (report.idle) {
            json.key("idle");
            write_idle(json, *report.idle);
        }
    });
    return json.text();
}

} // namespace vitrine::bench
