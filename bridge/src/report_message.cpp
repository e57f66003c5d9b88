#include "report_message.h"

#include <algorithm>

namespace vitrine {
namespace {

constexpr size_t kHead = offsetof(ui_memory_report_t, usage);

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

Bytes report_bytes(const ui_memory_report_t &report) noexcept
{
    return {reinterpret_cast<const uint8_t *>(&report),
            report_size(std::min(report.usage_count, UI_MEMORY_MAX_TAGS))};
}

bool read_report(const Message &message, uint32_t origin, ui_memory_report_t &report) noexcept
{
    const Bytes body = message.body;
    if (body.size() < kHead || body.size() > sizeof report)
        return false;
    report = UI_MEMORY_REPORT_INIT;
    std::memcpy(&report, body.data(), body.size());
    if (report.size != sizeof report || report.usage_count > UI_MEMORY_MAX_TAGS ||
        body.size() != report_size(report.usage_count))
        return false;
    const bool known = origin != 0
                           ? report.origin == origin
                           : report.origin == UI_MEMORY_SERVER || report.origin == UI_MEMORY_WINDOW;
    return known && std::all_of(report.usage, report.usage + report.usage_count, is_possible);
}

} // namespace vitrine
