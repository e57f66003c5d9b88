// What a window did with its frames, for reports of it: `vitrine top`. Nothing is
// timed but frames that carry times, as they do while someone asks.
#pragma once

#include "app/pacing.h"
#include "draw/damage.h"

#include <vitrine/client.h>

namespace vitrine {

class DrawingCount {
public:
    const ui_drawing_t &drawing() const { return drawing_; }

    // A frame with these times is what the next picture will show.
    void taken(const ui_frame_times_t &times);
    // There is none: nothing that is seen changed.
    void passed();
    // Whether presented() wants to know the time.
    bool timed() const { return times_.built_ns != 0; }
    void presented(const DamageSize &drawn, Nanoseconds now);

private:
    void count(ui_stage stage, std::uint64_t begin, Nanoseconds end);

    ui_drawing_t drawing_ = {};
    ui_frame_times_t times_ = {}; // of the frame that is to be shown
    bool pending_ = false;
};

// Which of UI_STAGE_BUCKETS counts it.
std::size_t stage_bucket(std::uint64_t duration_ns);

} // namespace vitrine
