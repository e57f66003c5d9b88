// When to draw, when to ask for the next frame, when to wake up. Pure: the
// time comes in as ns of a monotonic clock.
#pragma once

#include <algorithm>
#include <cstdint>

namespace vitrine {

using Nanoseconds = std::int64_t;
inline constexpr Nanoseconds never = INT64_MAX;
inline constexpr Nanoseconds millisecond = 1'000'000;

// Draws a picture a refresh, and what was not drawn while nothing came may be
// drawn later, but no more than one: what follows the end of a pause, or of a
// flood, is shown at once. Credit for the next frame goes out shortly before
// it can be drawn, so that what then arrives is fresh, and a flood of output
// costs the server no more frames than can be shown.
class FramePacer {
public:
    explicit FramePacer(int refresh_rate) : refresh_(1'000'000'000 / refresh_rate) {}

    void presented(Nanoseconds now)
    {
        next_draw_ = now < hurried_until_ ? now + hurried_gap
                                          : std::max(next_draw_, now - refresh_) + refresh_;
    }
    // A key went out: its echo is not to wait for a refresh behind the output of
    // another pane, so for a moment pictures follow one another closely.
    void hurry(Nanoseconds now)
    {
        hurried_until_ = now + hurry_lasts;
        next_draw_ = std::min(next_draw_, now);
    }
    Nanoseconds draw_at() const { return next_draw_; }
    bool may_draw(Nanoseconds now) const { return now >= next_draw_; }
    // The server needs some time to make a frame and we to be woken.
    Nanoseconds credit_at() const;
    bool may_ask(Nanoseconds now) const { return now >= credit_at(); }

    static constexpr Nanoseconds hurry_lasts = 20 * millisecond;
    static constexpr Nanoseconds hurried_gap = millisecond;

private:
    Nanoseconds refresh_;
    Nanoseconds next_draw_ = INT64_MIN / 2;
    Nanoseconds hurried_until_ = INT64_MIN / 2;
};

// The phases of what blinks. The cursor stops, shown, some time after the last
// input, so that a window left alone sleeps.
class Blinker {
public:
    static constexpr Nanoseconds period = 500 * millisecond;
    static constexpr Nanoseconds cursor_lasts = 15'000 * millisecond;

    // Input, or the cursor moved: the cursor is shown, and blinks from here.
    void restart(Nanoseconds now) { start_ = now; }
    void set_cursor(bool blinks) { cursor_ = blinks; }
    void set_text(bool blinks) { text_ = blinks; }

    bool cursor_shown(Nanoseconds now) const;
    bool text_shown(Nanoseconds now) const;
    Nanoseconds next_change(Nanoseconds now) const;

private:
    bool cursor_blinks(Nanoseconds now) const { return cursor_ && now - start_ < cursor_lasts; }

    Nanoseconds start_ = 0;
    bool cursor_ = false;
    bool text_ = false;
};

// Text that there was no memory for is tried again with all there is, once in a while: nobody
// tells when there is some.
class Shortage {
public:
    static constexpr Nanoseconds retried_every = 1'000 * millisecond;

    // A picture was drawn, which may lack text.
    void drawn(Nanoseconds now, bool lacking);
    bool due(Nanoseconds now) const { return now >= retry_at_; }
    Nanoseconds retry_at() const { return retry_at_; }

private:
    Nanoseconds retry_at_ = never; // nothing is lacking
};

// How long to sleep: not below zero, never stays never.
Nanoseconds time_left(Nanoseconds now, Nanoseconds wake);

} // namespace vitrine
