#include "app/drawing_count.h"

#include <algorithm>
#include <bit>

namespace vitrine {

void DrawingCount::taken(const ui_frame_times_t &times)
{
    drawing_.frames++;
    pending_ = true;
    times_ = times;
}

void DrawingCount::passed()
{
    pending_ = false;
    times_ = {};
}

void DrawingCount::presented(const DamageSize &drawn, Nanoseconds now)
{
    drawing_.pictures++;
    drawing_.shown += pending_ ? 1 : 0;
    drawing_.rows += static_cast<std::uint64_t>(drawn.rows);
    drawing_.cells += static_cast<std::uint64_t>(drawn.cells);
    if (timed()) {
        count(UI_STAGE_SHOW, times_.built_ns, now);
        // The frame with both shows what the key did.
        if (times_.key_read_ns != 0 && times_.parsed_ns != 0) {
            count(UI_STAGE_ECHO, times_.key_read_ns, static_cast<Nanoseconds>(times_.built_ns));
            count(UI_STAGE_KEY, times_.key_read_ns, now);
        }
    }
    passed();
}

// What the server wrote is not checked: a time that cannot be is left out.
void DrawingCount::count(ui_stage stage, std::uint64_t begin, Nanoseconds end)
{
    if (static_cast<std::uint64_t>(end) >= begin)
        drawing_.stages[stage][stage_bucket(static_cast<std::uint64_t>(end) - begin)]++;
}

std::size_t stage_bucket(std::uint64_t duration_ns)
{
    const auto bucket = static_cast<std::size_t>(std::bit_width(duration_ns / UI_STAGE_UNIT_NS));
    return std::min<std::size_t>(bucket, UI_STAGE_BUCKETS - 1);
}

} // namespace vitrine
