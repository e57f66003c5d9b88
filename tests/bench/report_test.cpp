#include "bench/plot.h"
#include "bench/report.h"

#include <doctest/doctest.h>

using namespace vitrine::bench;

namespace {

bool has(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

Report make_report()
{
    Report report;
    report.machine.cpu = "a \"fast\" one";
    report.geometry = {80, 24};
    LatencyResult latency;
    latency.name = "quiet";
    latency.keys = 2;
    for (Histogram &stage : latency.stages) {
        stage.record(1000);
        stage.record(3000);
    }
    report.latency.push_back(latency);
    ThroughputResult throughput;
    throughput.bytes = 2'000'000;
    throughput.detached = {1, 3, 2};
    throughput.attached = {4, 2, 6};
    throughput.shown = {8, 8, 8};
    report.throughput.push_back(throughput);
    report.idle = IdleResult{10, {3, 5}, {0, 0}, 1, 2};
    return report;
}

} // namespace

TEST_CASE("medians and their ratios")
{
    CHECK(median({}) == 0);
    CHECK(median({5}) == 5);
    CHECK(median({3, 1, 2}) == 2);
    CHECK(median({4, 1, 2, 3}) == 2.5);
    CHECK(ratio({1}, {}) == 0);
    CHECK(ratio({1, 2, 3}, {4}) == 0.5);
}

TEST_CASE("a report as a table")
{
    const std::string table = as_table(make_report());
    CHECK(has(table, "latency, quiet: 2 keys, 0 lost, 0 odd"));
    CHECK(has(table, "total             1.0        3.0        3.0        3.0        2.0"));
    CHECK(has(table, "ascii         2       1.0       0.5   0.500   0.250"));
    CHECK(has(table, "idle, 10.0 s: 1 frames, 2 pictures"));
    CHECK(has(table, "Not measured:"));
}

TEST_CASE("a report as JSON")
{
    const std::string json = as_json(make_report());
    CHECK(has(json, "\"cpu\": \"a \\\"fast\\\" one\""));
    CHECK(has(json, "\"until\": \"total\""));
    CHECK(has(json, "\"p50_us\": 1.003,"));
    CHECK(has(json, "\"ratio_shown\": 0.25"));
    CHECK(has(json, "\"window_cpu_ms_per_s\": 0.5"));
}

TEST_CASE("a report as a script for gnuplot")
{
    const std::string script = plot_script(make_report(), "it's.svg");
    CHECK(has(script, "set terminal svg"));
    CHECK(has(script, "set output 'it''s.svg'"));
    CHECK(has(script, "layout 2,1"));
    CHECK(has(script, "3.000000 100.000000\nEOD"));
    CHECK(has(plot_script(make_report(), "a.png"), "set terminal pngcairo"));
}
