#include "memory/memory_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>

namespace vitrine {

namespace {

using Json = nlohmann::ordered_json;

// A process now, and some time before if it was there already.
struct Process {
    const ui_memory_report_t *report;
    const ui_memory_report_t *before;
};

std::vector<Process> processes_of(const MemoryAnswers &answers)
{
    std::vector<Process> all = {{&answers.after.server, &answers.before.server}};
    for (const ui_memory_report_t &window : answers.after.windows) {
        const auto before =
            std::ranges::find(answers.before.windows, window.process, &ui_memory_report_t::process);
        all.push_back({&window, before != answers.before.windows.end() ? &*before : nullptr});
    }
    return all;
}

const char *kind_of(const ui_memory_report_t &report)
{
    return report.origin == UI_MEMORY_SERVER ? "server" : "window";
}

// Live bytes of all tags. Peaks are of different times and have no sum.
std::uint64_t live_bytes(const ui_memory_report_t &report)
{
    std::uint64_t sum = 0;
    for (std::uint32_t tag = 0; tag < report.usage_count; tag++)
        sum += report.usage[tag].live_bytes;
    return sum;
}

std::string size_text(std::uint64_t bytes)
{
    constexpr std::array units = {"B", "K", "M", "G"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 1024 && unit + 1 < units.size()) {
        value /= 1024;
        unit++;
    }
    std::array<char, 32> text;
    std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    return text.data();
}

std::string line(const char *tag, const ui_memory_usage_t &usage, double rate)
{
    std::array<char, 32> idle = {"-"};
    if (usage.used_bytes != usage.live_bytes)
        std::snprintf(idle.data(), idle.size(), "%.0f %%", ui_memory_fragmentation(&usage) * 100);
    std::array<char, 256> text;
    std::snprintf(text.data(), text.size(), "  %-12s %10s %10s %7s %8llu %10llu %8.0f %10s\n", tag,
                  size_text(usage.live_bytes).c_str(), size_text(usage.peak_bytes).c_str(),
                  idle.data(), static_cast<unsigned long long>(usage.live_count),
                  static_cast<unsigned long long>(usage.total_count), rate,
                  usage.limit_bytes != 0 ? size_text(usage.limit_bytes).c_str() : "-");
    return text.data();
}

Json usage_json(std::uint32_t tag, const Process &process)
{
    const ui_memory_usage_t &usage = process.report->usage[tag];
    return {{"tag", ui_memory_tag_name(tag)},
            {"live_bytes", usage.live_bytes},
            {"peak_bytes", usage.peak_bytes},
            {"used_bytes", usage.used_bytes},
            {"limit_bytes", usage.limit_bytes},
            {"live_count", usage.live_count},
            {"total_count", usage.total_count},
            {"per_second", ui_memory_rate(process.before, process.report, tag)},
            {"fragmentation", ui_memory_fragmentation(&usage)}};
}

Json process_json(const Process &process)
{
    Json tags = Json::array();
    for (std::uint32_t tag = 0; tag < process.report->usage_count; tag++)
        if (process.report->usage[tag].total_count != 0)
            tags.push_back(usage_json(tag, process));
    return {{"kind", kind_of(*process.report)},
            {"process", process.report->process},
            {"live_bytes", live_bytes(*process.report)},
            {"tags", std::move(tags)}};
}

} // namespace

std::string memory_table(const MemoryAnswers &answers)
{
    std::array<char, 128> head;
    std::snprintf(head.data(), head.size(), "  %-12s %10s %10s %7s %8s %10s %8s %10s\n", "tag",
                  "live", "peak", "unused", "blocks", "ever", "per s", "limit");
    std::string text;
    std::uint64_t sum = 0;
    for (const Process &process : processes_of(answers)) {
        const ui_memory_report_t &report = *process.report;
        sum += live_bytes(report);
        text += std::string(kind_of(report)) + " " + std::to_string(report.process) + ": " +
                size_text(live_bytes(report)) + "\n" + head.data();
        for (std::uint32_t tag = 0; tag < report.usage_count; tag++)
            if (report.usage[tag].total_count != 0)
                text += line(ui_memory_tag_name(tag), report.usage[tag],
                             ui_memory_rate(process.before, &report, tag));
    }
    if (answers.after.silent != 0)
        text += "windows without an answer: " + std::to_string(answers.after.silent) + "\n";
    return text + "all: " + size_text(sum) + "\n";
}

std::string memory_json(const MemoryAnswers &answers)
{
    Json processes = Json::array();
    std::uint64_t sum = 0;
    for (const Process &process : processes_of(answers)) {
        processes.push_back(process_json(process));
        sum += live_bytes(*process.report);
    }
    const Json document = {{"live_bytes", sum},
                           {"silent_windows", answers.after.silent},
                           {"processes", std::move(processes)}};
    return document.dump(2) + "\n";
}

} // namespace vitrine
