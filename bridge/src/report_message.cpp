#include "report_message.h"

#include <algorithm>

namespace vitrine {
namespace {

constexpr size_t kHead = offsetof(ui_report_t, memory) + offsetof(ui_memory_report_t, usage);

size_t report_size(uint32_t usage_count) noexcept
{
    return kHead + usage_count * sizeof(ui_memory_usage_t);
}

bool is_possible(const ui_memory_usage_t &usage) noexcept
{
    return usage.live_bytes <= usage.peak_bytes && usage.used_bytes <= usage.live_bytes &&
           usage.live_count <= usage.total_count;
}

} // namespace

Bytes report_bytes(const ui_report_t &report) noexcept
{
    return {reinterpret_cast<const uint8_t *>(&report),
            report_size(std::min(report.memory.usage_count, UI_MEMORY_MAX_TAGS))};
}

bool read_report(const Message &message, uint32_t origin, ui_report_t &report) noexcept
{
    const Bytes body = message.body;
    if (body.size() < kHead || body.size() > sizeof report)
        return false;
    report = UI_REPORT_INIT;
    std::memcpy(&report, body.data(), body.size());
    const ui_memory_report_t &memory = report.memory;
    if (report.size != sizeof report || memory.size != sizeof memory ||
        memory.usage_count > UI_MEMORY_MAX_TAGS || body.size() != report_size(memory.usage_count))
        return false;
    const bool known = origin != 0
                           ? memory.origin == origin
                           : memory.origin == UI_MEMORY_SERVER || memory.origin == UI_MEMORY_WINDOW;
    return known && report.drawing.shown <= report.drawing.frames && is_possible(memory.all) &&
           std::all_of(memory.usage, memory.usage + memory.usage_count, is_possible);
}

} // namespace vitrine
