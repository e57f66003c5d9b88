// Who rides along in the loop of a window: `vitrine bench`. It is told when a
// frame and its picture pass their stages and may send input as the display
// would. Without one, the loop pays a comparison.
#pragma once

#include "app/pacing.h"

#include <vitrine/client.h>

namespace vitrine {

class WindowEvents;

class LoopObserver {
public:
    virtual ~LoopObserver() = default;

    // At each turn of the loop, once display and stream were read; frame is
    // what came and waits to be drawn, nullptr if nothing did. When to be
    // called again at the latest, or never.
    virtual Nanoseconds turn(Nanoseconds now, WindowEvents &input,
                             const vitrine_frame_t *frame) = 0;
    // The frame is what the next picture will show.
    virtual void taken(const vitrine_frame_t *frame) = 0;
    virtual void drawn() = 0;
    // The picture was handed to the display and what is queued for it sent.
    virtual void presented() = 0;
    // The window may close; asked after each turn.
    virtual bool done() const = 0;
};

} // namespace vitrine
