#include "app/pacing.h"

#include <algorithm>

namespace vitrine {

Nanoseconds FramePacer::credit_at() const
{
    return next_draw_ - std::min(4 * millisecond, refresh_ / 2);
}

bool Blinker::cursor_shown(Nanoseconds now) const
{
    return !cursor_blinks(now) || (now - start_) / period % 2 == 0;
}

bool Blinker::text_shown(Nanoseconds now) const
{
    return !text_ || (now - start_) / period % 2 == 0;
}

Nanoseconds Blinker::next_change(Nanoseconds now) const
{
    if (!text_ && !cursor_blinks(now))
        return never;
    return start_ + ((now - start_) / period + 1) * period;
}

void Shortage::drawn(Nanoseconds now, bool lacking)
{
    if (!lacking)
        retry_at_ = never;
    else if (retry_at_ == never || due(now))
        retry_at_ = now + retried_every;
}

Nanoseconds time_left(Nanoseconds now, Nanoseconds wake)
{
    return wake == never ? never : std::max<Nanoseconds>(wake - now, 0);
}

} // namespace vitrine
