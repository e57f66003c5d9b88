#include "report/memory_text.h"

#include <array>
#include <cstdio>

namespace vitrine {

namespace {

const char *kind_of(const ui_report_t &report)
{
    return report.memory.origin == UI_MEMORY_SERVER ? "server" : "window";
}

std::string line(const Reported &process, std::uint32_t tag)
{
    const ui_memory_usage_t &usage = usage_of(process, tag);
    std::array<char, 32> idle = {"-"};
    if (usage.used_bytes != usage.live_bytes)
        std::snprintf(idle.data(), idle.size(), "%.0f %%", ui_memory_fragmentation(&usage) * 100);
    std::array<char, 256> text;
    std::snprintf(text.data(), text.size(), "  %-12s %10s %10s %7s %8llu %10llu %8.0f %10s\n",
                  ui_memory_tag_name(tag), size_text(usage.live_bytes).c_str(),
                  size_text(usage.peak_bytes).c_str(), idle.data(),
                  static_cast<unsigned long long>(usage.live_count),
                  static_cast<unsigned long long>(usage.total_count),
                  ui_memory_rate(memory_before(process), &process.report->memory, tag),
                  usage.limit_bytes != 0 ? size_text(usage.limit_bytes).c_str() : "-");
    return text.data();
}

std::string process_text(const Reported &process)
{
    const ui_memory_report_t &memory = process.report->memory;
    std::array<char, 128> head;
    std::snprintf(head.data(), head.size(), "  %-12s %10s %10s %7s %8s %10s %8s %10s\n", "tag",
                  "live", "peak", "unused", "blocks", "ever", "per s", "limit");
    std::string text = std::string(kind_of(*process.report)) + " " +
                       std::to_string(memory.process) + "\n" + head.data();
    for (std::uint32_t tag = 0; tag < memory.usage_count; tag++)
        if (memory.usage[tag].total_count != 0)
            text += line(process, tag);
    text += line(process, UI_MEMORY_ALL);
    if (const std::uint64_t other = other_heap_bytes(process); other != 0) {
        std::snprintf(head.data(), head.size(), "  %-12s %10s\n", "other heap",
                      size_text(other).c_str());
        text += head.data();
    }
    return text;
}

} // namespace

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

std::string memory_table(const Answers &answers)
{
    std::string text;
    std::uint64_t sum = 0;
    for (const Reported &process : processes_of(answers)) {
        sum += usage_of(process, UI_MEMORY_ALL).live_bytes;
        text += process_text(process);
    }
    if (answers.after.silent() != 0)
        text += "windows without an answer: " + std::to_string(answers.after.silent()) + "\n";
    return text + "all processes: " + size_text(sum) + "\n";
}

} // namespace vitrine
