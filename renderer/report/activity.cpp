#include "report/activity.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace vitrine {

namespace {

struct CounterKind {
    const char *key;
    const char *label;
    Side side;
    std::uint64_t (*total)(const ui_report_t &report);
};

constexpr std::array kinds = {
    CounterKind{"frames", "frames taken", Side::window,
                [](const ui_report_t &report) { return report.drawing.frames; }},
    CounterKind{
        "not_drawn", "not drawn", Side::window,
        [](const ui_report_t &report) { return report.drawing.frames - report.drawing.shown; }},
    CounterKind{"pictures", "pictures", Side::window,
                [](const ui_report_t &report) { return report.drawing.pictures; }},
    CounterKind{"rows", "rows drawn", Side::window,
                [](const ui_report_t &report) { return report.drawing.rows; }},
    CounterKind{"cells", "cells drawn", Side::window,
                [](const ui_report_t &report) { return report.drawing.cells; }},
    CounterKind{"frames", "frames sent", Side::server,
                [](const ui_report_t &report) { return report.sending.frames; }},
    CounterKind{"held", "held back", Side::server,
                [](const ui_report_t &report) { return report.sending.held; }},
    CounterKind{"spans", "spans", Side::server,
                [](const ui_report_t &report) { return report.sending.spans; }},
    CounterKind{"rows", "rows sent", Side::server,
                [](const ui_report_t &report) { return report.sending.rows; }},
};

double per_second(const CounterKind &kind, const Reported &window)
{
    if (window.before == nullptr)
        return 0;
    const std::uint64_t now = kind.total(*window.report);
    const std::uint64_t then = kind.total(*window.before);
    const std::uint64_t begin = window.before->memory.time_ns;
    const std::uint64_t end = window.report->memory.time_ns;
    if (end <= begin || now < then)
        return 0;
    return static_cast<double>(now - then) * 1e9 / static_cast<double>(end - begin);
}

std::string duration_text(std::uint64_t duration_ns)
{
    constexpr std::array units = {"ns", "us", "ms", "s"};
    double value = static_cast<double>(duration_ns);
    std::size_t unit = 0;
    while (value >= 1000 && unit + 1 < units.size()) {
        value /= 1000;
        unit++;
    }
    std::array<char, 32> text;
    std::snprintf(text.data(), text.size(), value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    return text.data();
}

// Eighths of a cell, from below.
constexpr int eighths = 8;
constexpr std::array<const char *, eighths + 1> blocks = {" ", "▁", "▂", "▃", "▄",
                                                          "▅", "▆", "▇", "█"};

} // namespace

std::vector<Counter> counters_of(const Reported &window)
{
    std::vector<Counter> all;
    all.reserve(std::size(kinds));
    for (const CounterKind &kind : kinds)
        all.push_back({kind.key, kind.label, kind.side, kind.total(*window.report),
                       per_second(kind, window)});
    return all;
}

const char *stage_name(std::size_t stage)
{
    switch (stage) {
#define VITRINE_STAGE_NAME(name, number, text) \
    case number: \
        return text;
        UI_STAGES(VITRINE_STAGE_NAME)
#undef VITRINE_STAGE_NAME
    default:
        return "unknown";
    }
}

StageCounts stage_since(const ui_drawing_t &drawing, const ui_drawing_t &then, std::size_t stage)
{
    StageCounts counts = {};
    for (std::size_t bucket = 0; bucket < counts.size(); bucket++) {
        const std::uint64_t now = drawing.stages[stage][bucket];
        counts[bucket] = now - std::min(now, then.stages[stage][bucket]);
    }
    return counts;
}

std::uint64_t total_of(const StageCounts &counts)
{
    std::uint64_t sum = 0;
    for (const std::uint64_t count : counts)
        sum += count;
    return sum;
}

std::uint64_t bucket_bound_ns(std::size_t bucket)
{
    return std::uint64_t{UI_STAGE_UNIT_NS} << bucket;
}

std::string bound_text(std::size_t bucket)
{
    if (bucket + 1 == UI_STAGE_BUCKETS)
        return ">" + duration_text(bucket_bound_ns(bucket - 1));
    return "<" + duration_text(bucket_bound_ns(bucket));
}

std::string percentile_text(const StageCounts &counts, double percent)
{
    const std::uint64_t all = total_of(counts);
    if (all == 0)
        return "-";
    const double wanted = std::max(std::ceil(percent / 100 * static_cast<double>(all)), 1.0);
    std::uint64_t seen = counts[0];
    std::size_t bucket = 0;
    while (static_cast<double>(seen) < wanted && bucket + 1 < counts.size())
        seen += counts[++bucket];
    return bound_text(bucket);
}

std::vector<std::string> bar_chart(const StageCounts &counts, int height, int width)
{
    const std::uint64_t highest = *std::ranges::max_element(counts);
    std::vector<std::string> lines(static_cast<std::size_t>(height));
    for (const std::uint64_t count : counts) {
        const double share =
            highest == 0 ? 0 : static_cast<double>(count) / static_cast<double>(highest);
        const int filled =
            std::max(static_cast<int>(std::lround(share * height * eighths)), count != 0 ? 1 : 0);
        for (int row = 0; row < height; row++) {
            const int below = (height - 1 - row) * eighths;
            const auto block = static_cast<std::size_t>(std::clamp(filled - below, 0, eighths));
            for (int column = 0; column < width; column++)
                lines[static_cast<std::size_t>(row)] += blocks[block];
        }
    }
    return lines;
}

} // namespace vitrine
