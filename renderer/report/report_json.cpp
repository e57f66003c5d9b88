#include "report/report_json.h"

#include "report/activity.h"

#include <nlohmann/json.hpp>

namespace vitrine {

namespace {

using Json = nlohmann::ordered_json;

Json usage_json(std::uint32_t tag, const Reported &process)
{
    const ui_memory_report_t &memory = process.report->memory;
    const ui_memory_usage_t &usage = usage_of(process, tag);
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
            {"all", usage_json(UI_MEMORY_ALL, process)},
            {"tags", std::move(tags)},
            {"heap_bytes", memory.heap_bytes},
            {"heap_counted_bytes", memory.heap_counted_bytes}};
}

Json memory_document(const Answers &answers)
{
    Json processes = Json::array();
    std::uint64_t sum = 0;
    for (const Reported &process : processes_of(answers)) {
        processes.push_back(process_json(process));
        sum += usage_of(process, UI_MEMORY_ALL).live_bytes;
    }
    return {{"live_bytes", sum},
            {"silent_windows", answers.after.silent()},
            {"processes", std::move(processes)}};
}

Json stages_json(const ui_drawing_t &drawing)
{
    Json stages = Json::object();
    for (std::size_t stage = 0; stage < UI_STAGE_COUNT; stage++) {
        Json buckets = Json::array();
        for (const std::uint64_t count : drawing.stages[stage])
            buckets.push_back(count);
        stages[stage_name(stage)] = std::move(buckets);
    }
    return stages;
}

Json counters_json(const Reported &window, Side side)
{
    Json all = Json::object();
    for (const Counter &counter : counters_of(window))
        if (counter.side == side)
            all[counter.key] = {{"total", counter.total}, {"per_second", counter.per_second}};
    return all;
}

Json window_json(const Reported &window)
{
    return {{"client", window.report->client},
            {"process", window.report->memory.process},
            {"drawing", counters_json(window, Side::window)},
            {"sending", counters_json(window, Side::server)},
            {"stages", stages_json(window.report->drawing)}};
}

} // namespace

std::string memory_json(const Answers &answers) { return memory_document(answers).dump(2) + "\n"; }

std::string activity_json(const Answers &answers)
{
    Json windows = Json::array();
    for (const Reported &window : windows_of(answers))
        windows.push_back(window_json(window));
    Json bounds = Json::array();
    for (std::size_t bucket = 0; bucket + 1 < UI_STAGE_BUCKETS; bucket++)
        bounds.push_back(bucket_bound_ns(bucket));
    const Json document = {{"stage_bounds_ns", std::move(bounds)},
                           {"windows", std::move(windows)},
                           {"memory", memory_document(answers)}};
    return document.dump(2) + "\n";
}

} // namespace vitrine
