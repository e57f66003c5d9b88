#include "report/report_json.h"

#include <nlohmann/json.hpp>

namespace vitrine {

namespace {

using Json = nlohmann::ordered_json;

Json usage_json(std::uint32_t tag, const Reported &process)
{
    const ui_memory_report_t &memory = process.report->memory;
    const ui_memory_usage_t &usage = memory.usage[tag];
    return {{"tag", ui_memory_tag_name(tag)},
            {"live_bytes", usage.live_bytes},
            {"peak_bytes", usage.peak_bytes},
            {"used_bytes", usage.used_bytes},
            {"limit_bytes", usage.limit_bytes},
            {"live_count", usage.live_count},
            {"total_count", usage.total_count},
            {"per_second", ui_memory_rate(memory_before(process), &memory, tag)},
            {"fragmentation", ui_memory_fragmentation(&usage)}};
}

Json process_json(const Reported &process)
{
    const ui_memory_report_t &memory = process.report->memory;
    Json tags = Json::array();
    for (std::uint32_t tag = 0; tag < memory.usage_count; tag++)
        if (memory.usage[tag].total_count != 0)
            tags.push_back(usage_json(tag, process));
    return {{"kind", memory.origin == UI_MEMORY_SERVER ? "server" : "window"},
            {"process", memory.process},
            {"live_bytes", live_bytes(*process.report)},
            {"tags", std::move(tags)}};
}

Json memory_document(const Answers &answers)
{
    Json processes = Json::array();
    std::uint64_t sum = 0;
    for (const Reported &process : processes_of(answers)) {
        processes.push_back(process_json(process));
        sum += live_bytes(*process.report);
    }
    return {{"live_bytes", sum},
            {"silent_windows", answers.after.silent()},
            {"processes", std::move(processes)}};
}

} // namespace

std::string memory_json(const Answers &answers) { return memory_document(answers).dump(2) + "\n"; }

} // namespace vitrine
