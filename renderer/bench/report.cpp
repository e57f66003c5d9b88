#include "bench/report.h"

#include "bench/json.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>

namespace vitrine::bench {

namespace {

[[gnu::format(printf, 2, 3)]] void print(std::string &out, const char *format, ...)
{
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    out += line;
}

double microseconds(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e3; }

double milliseconds(double seconds) { return seconds * 1e3; }

std::string font_of(const Report &report)
{
    std::string font = report.font.empty() ? "monospace" : report.font;
    char size[32];
    std::snprintf(size, sizeof size, " %g pt", report.font_size);
    return font + size;
}

void head_table(std::string &out, const Report &report)
{
    const Machine &machine = report.machine;
    print(out, "vitrine %s, %s, %s\n", report.version.c_str(), report.tmux.c_str(),
          machine.date.c_str());
    print(out, "%s, %u cores, load %.2f, %s\n", machine.cpu.c_str(), machine.cores, machine.load,
          machine.system.c_str());
    print(out, "%s, %dx%d cells, %s%s\n", machine.display.c_str(), report.geometry.columns,
          report.geometry.rows, font_of(report).c_str(),
          machine.optimised ? "" : ", compiled WITHOUT optimisation");
}

void latency_table(std::string &out, const LatencyResult &result)
{
    print(out, "\nlatency, %s: %d keys, %d lost, %d odd", result.name.c_str(), result.keys,
          result.lost, result.odd);
    if (result.flood_bytes_per_second > 0)
        print(out, ", flood read at %.1f MB/s", result.flood_bytes_per_second / 1e6);
    print(out, "\n%-10s %10s %10s %10s %10s %10s  us\n", "until", "p50", "p95", "p99", "max",
          "mean");
    for (std::size_t i = 0; i < stage_count; i++) {
        const Histogram &stage = result.stages[i];
        print(out, "%-10s %10.1f %10.1f %10.1f %10.1f %10.1f\n", stage_names[i],
              microseconds(stage.percentile(50)), microseconds(stage.percentile(95)),
              microseconds(stage.percentile(99)), microseconds(stage.max()), stage.mean() / 1e3);
    }
}

double megabytes_per_second(const ThroughputResult &result, const std::vector<double> &seconds)
{
    const double time = median(seconds);
    return time > 0 ? static_cast<double>(result.bytes) / 1e6 / time : 0;
}

double spread(const std::vector<double> &values)
{
    const double middle = median(values);
    if (values.empty() || middle <= 0)
        return 0;
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    return (*most - *least) / middle;
}

void throughput_table(std::string &out, const Report &report)
{
    print(out, "\nthroughput, medians of %d, detached and attached alternating\n", report.reps);
    print(out, "%-8s %6s %9s %9s %7s %7s %7s %8s %8s %9s\n", "payload", "MB", "detached",
          "attached", "ratio", "shown", "tmux", "window", "pictures", "spread");
    print(out, "%-8s %6s %9s %9s %7s %7s %7s %8s %8s %9s\n", "", "", "MB/s", "MB/s", "", "ratio",
          "CPU", "CPU ms", "", "det. att.");
    for (const ThroughputResult &result : report.throughput) {
        print(
            out, "%-8s %6.0f %9.1f %9.1f %7.3f %7.3f %7.3f %8.1f %8.0f %4.0f%% %3.0f%%\n",
            std::string(payload_name(result.kind)).c_str(), static_cast<double>(result.bytes) / 1e6,
            megabytes_per_second(result, result.detached),
            megabytes_per_second(result, result.attached), ratio(result.detached, result.attached),
            ratio(result.detached, result.shown), ratio(result.attached_cpu, result.detached_cpu),
            milliseconds(median(result.window_cpu)), median(result.pictures),
            spread(result.detached) * 100, spread(result.attached) * 100);
    }
}

void idle_table(std::string &out, const IdleResult &idle)
{
    print(out, "\nidle, %.1f s: %u frames, %u pictures\n", idle.seconds, idle.frames,
          idle.pictures);
    print(out, "%-8s %10s %10s\n", "", "wake-ups", "CPU ms/s");
    print(out, "%-8s %10.0f %10.3f\n", "window", idle.window.wake_ups,
          idle.window.cpu_ms / idle.seconds);
    print(out, "%-8s %10.0f %10.3f\n", "tmux", idle.server.wake_ups,
          idle.server.cpu_ms / idle.seconds);
}

void head_json(JsonWriter &json, const Report &report)
{
    json.text("version", report.version);
    json.text("tmux", report.tmux);
    json.text("date", report.machine.date);
    json.text("cpu", report.machine.cpu);
    json.number("cores", report.machine.cores);
    json.number("load", report.machine.load);
    json.text("system", report.machine.system);
    json.text("display", report.machine.display);
    json.truth("optimised", report.machine.optimised);
    json.text("geometry",
              std::to_string(report.geometry.columns) + 'x' + std::to_string(report.geometry.rows));
    json.text("font", font_of(report));
    json.text("not_measured", not_measured());
}

void latency_json(JsonWriter &json, const LatencyResult &result)
{
    json.begin_object();
    json.text("name", result.name);
    json.number("keys", result.keys);
    json.number("lost", result.lost);
    json.number("odd", result.odd);
    json.number("flood_mb_per_s", result.flood_bytes_per_second / 1e6);
    json.begin_array("stages");
    for (std::size_t i = 0; i < stage_count; i++) {
        const Histogram &stage = result.stages[i];
        json.begin_object();
        json.text("until", stage_names[i]);
        json.number("p50_us", microseconds(stage.percentile(50)));
        json.number("p95_us", microseconds(stage.percentile(95)));
        json.number("p99_us", microseconds(stage.percentile(99)));
        json.number("max_us", microseconds(stage.max()));
        json.number("mean_us", stage.mean() / 1e3);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

void throughput_json(JsonWriter &json, const ThroughputResult &result)
{
    json.begin_object();
    json.text("payload", payload_name(result.kind));
    json.number("bytes", static_cast<double>(result.bytes));
    json.number("ratio", ratio(result.detached, result.attached));
    json.number("ratio_shown", ratio(result.detached, result.shown));
    json.number("tmux_cpu_ratio", ratio(result.attached_cpu, result.detached_cpu));
    json.numbers("detached_s", result.detached);
    json.numbers("attached_s", result.attached);
    json.numbers("shown_s", result.shown);
    json.numbers("detached_cpu_s", result.detached_cpu);
    json.numbers("attached_cpu_s", result.attached_cpu);
    json.numbers("window_cpu_s", result.window_cpu);
    json.numbers("pictures", result.pictures);
    json.end_object();
}

void idle_json(JsonWriter &json, const IdleResult &idle)
{
    json.begin_object("idle");
    json.number("seconds", idle.seconds);
    json.number("frames", idle.frames);
    json.number("pictures", idle.pictures);
    json.number("window_wake_ups", idle.window.wake_ups);
    json.number("window_cpu_ms_per_s", idle.window.cpu_ms / idle.seconds);
    json.number("tmux_wake_ups", idle.server.wake_ups);
    json.number("tmux_cpu_ms_per_s", idle.server.cpu_ms / idle.seconds);
    json.end_object();
}

} // namespace

std::string not_measured()
{
    return "Presented is when the call that hands pixels to the display returned and what was "
           "queued for it was sent. Not measured: a key's way from the keyboard through the "
           "display to the window, what the display, its compositor and the GPU do after that "
           "call, scan-out.";
}

std::string as_table(const Report &report)
{
    std::string out;
    head_table(out, report);
    for (const LatencyResult &result : report.latency)
        latency_table(out, result);
    if (!report.throughput.empty())
        throughput_table(out, report);
    if (report.idle)
        idle_table(out, *report.idle);
    return out + '\n' + not_measured() + '\n';
}

std::string as_json(const Report &report)
{
    JsonWriter json;
    json.begin_object();
    head_json(json, report);
    if (!report.latency.empty()) {
        json.begin_array("latency");
        for (const LatencyResult &result : report.latency)
            latency_json(json, result);
        json.end_array();
    }
    if (!report.throughput.empty()) {
        json.begin_array("throughput");
        for (const ThroughputResult &result : report.throughput)
            throughput_json(json, result);
        json.end_array();
    }
    if (report.idle)
        idle_json(json, *report.idle);
    json.end_object();
    return json.document() + '\n';
}

} // namespace vitrine::bench
