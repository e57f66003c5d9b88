#include "app/pacing.h"

#include <doctest/doctest.h>

using namespace vitrine;

namespace {

constexpr Nanoseconds ms = millisecond;
constexpr Nanoseconds start = 1'000'000 * ms;

} // namespace

TEST_CASE("the first picture, and one after a pause, is drawn at once")
{
    FramePacer pacer(50);
    CHECK(pacer.may_draw(0));
    CHECK(pacer.may_ask(0));
    pacer.presented(start);
    CHECK(pacer.may_draw(start + 500 * ms));
}

TEST_CASE("a flood is drawn once a refresh, and asked for shortly before")
{
    FramePacer pacer(50);
    pacer.presented(start);
    pacer.presented(start);
    CHECK_FALSE(pacer.may_draw(start + 19 * ms));
    CHECK(pacer.may_draw(start + 20 * ms));
    CHECK(pacer.draw_at() == start + 20 * ms);
    CHECK_FALSE(pacer.may_ask(start + 15 * ms));
    CHECK(pacer.may_ask(start + 16 * ms));
    CHECK(pacer.credit_at() == start + 16 * ms);
    for (int i = 1; i < 100; i++) {
        CAPTURE(i);
        pacer.presented(start + i * 20 * ms);
        CHECK(pacer.draw_at() == start + (i + 1) * 20 * ms);
    }
    FramePacer fast(250);
    fast.presented(start);
    fast.presented(start);
    CHECK(fast.credit_at() == start + 2 * ms);
}

TEST_CASE("after a pause two pictures come at once, not three")
{
    FramePacer pacer(50);
    for (const Nanoseconds pause : {start, start + 1000 * ms, start + 1060 * ms}) {
        CAPTURE(pause);
        CHECK(pacer.may_draw(pause));
        pacer.presented(pause);
        CHECK(pacer.may_draw(pause + 1 * ms));
        pacer.presented(pause + 1 * ms);
        CHECK(pacer.draw_at() == pause + 20 * ms);
    }
    // Half a refresh late is half of one that may come early.
    pacer.presented(start + 2000 * ms);
    pacer.presented(start + 2000 * ms);
    pacer.presented(start + 2030 * ms);
    CHECK(pacer.draw_at() == start + 2040 * ms);
}

TEST_CASE("a key lets the next pictures come at once, for a moment")
{
    FramePacer pacer(50);
    pacer.presented(1000 * millisecond);
    pacer.presented(1000 * millisecond);
    CHECK_FALSE(pacer.may_draw(1001 * millisecond));
    pacer.hurry(1001 * millisecond);
    CHECK(pacer.may_draw(1001 * millisecond));
    CHECK(pacer.may_ask(1001 * millisecond));
    pacer.presented(1002 * millisecond);
    CHECK(pacer.draw_at() == 1003 * millisecond);
    pacer.presented(1021 * millisecond);
    CHECK(pacer.draw_at() == 1023 * millisecond);
    pacer.presented(1023 * millisecond);
    CHECK(pacer.draw_at() == 1043 * millisecond);
}

TEST_CASE("a cursor blinks until it was left alone for a while")
{
    Blinker blinker;
    blinker.restart(start);
    CHECK(blinker.cursor_shown(start));
    CHECK(blinker.next_change(start) == never);
    blinker.set_cursor(true);
    CHECK(blinker.next_change(start) == start + 500 * ms);
    CHECK(blinker.cursor_shown(start + 499 * ms));
    CHECK_FALSE(blinker.cursor_shown(start + 500 * ms));
    CHECK(blinker.next_change(start + 500 * ms) == start + 1000 * ms);
    CHECK(blinker.cursor_shown(start + 1000 * ms));
    CHECK_FALSE(blinker.cursor_shown(start + 14'500 * ms));
    CHECK(blinker.next_change(start + 14'500 * ms) == start + 15'000 * ms);
    CHECK(blinker.cursor_shown(start + 15'000 * ms));
    CHECK(blinker.next_change(start + 15'000 * ms) == never);
    CHECK(blinker.cursor_shown(start + 15'500 * ms));
    blinker.restart(start + 20'000 * ms);
    CHECK_FALSE(blinker.cursor_shown(start + 20'500 * ms));
}

TEST_CASE("blinking text blinks on")
{
    Blinker blinker;
    blinker.restart(start);
    CHECK(blinker.text_shown(start + 500 * ms));
    blinker.set_text(true);
    CHECK(blinker.text_shown(start + 60'000 * ms));
    CHECK_FALSE(blinker.text_shown(start + 60'500 * ms));
    CHECK(blinker.next_change(start + 60'500 * ms) == start + 61'000 * ms);
    CHECK(blinker.cursor_shown(start + 60'500 * ms));
}

TEST_CASE("time left")
{
    CHECK(time_left(5, never) == never);
    CHECK(time_left(5, 7) == 2);
    CHECK(time_left(7, 5) == 0);
}

TEST_CASE("what lacks is tried again once in a while, however many pictures there are")
{
    constexpr Nanoseconds every = Shortage::retried_every;
    Shortage shortage;
    shortage.drawn(start, false);
    CHECK_FALSE(shortage.due(start + 100 * every));
    shortage.drawn(start, true);
    for (Nanoseconds now = start; now < start + every; now += 16 * ms) {
        CHECK_FALSE(shortage.due(now));
        shortage.drawn(now, true);
    }
    CHECK(shortage.retry_at() == start + every);
    CHECK(shortage.due(start + every));
    shortage.drawn(start + every, true);
    CHECK_FALSE(shortage.due(start + every));
    CHECK(shortage.retry_at() == start + 2 * every);
    shortage.drawn(start + 2 * every, false);
    CHECK(shortage.retry_at() == never);
}
