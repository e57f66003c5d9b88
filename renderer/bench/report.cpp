#include "bench/report.h"

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

void head_table(std::string &out, const Report &report)
{
    const Machine &machine = report.machine;
    print(out, "vitrine %s, %s, %s\n", report.version.c_str(), report.tmux.c_str(),
          machine.date.c_str());
    print(out, "%s, %u cores, load %.2f, %s\n", machine.cpu.c_str(), machine.cores, machine.load,
          machine.system.c_str());
    print(out, "%s, %dx%d cells, %s%s\n", machine.display.c_str(), report.geometry.columns,
          report.geometry.rows, font_name(report).c_str(),
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

} // namespace

std::string font_name(const Report &report)
{
    std::string font = report.font.empty() ? "monospace" : report.font;
    char size[32];
    std::snprintf(size, sizeof size, " %g pt", report.font_size);
    return font + size;
}

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

} // namespace vitrine::bench
