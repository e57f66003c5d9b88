// What a window counts of its frames, for reports.

#include "app/drawing_count.h"

#include <doctest/doctest.h>

#include <numeric>
#include <string>

using namespace vitrine;

namespace {

constexpr std::uint64_t unit = UI_STAGE_UNIT_NS;

// The buckets that count something, as "3:1 15:2".
std::string counted(const DrawingCount &count, ui_stage stage)
{
    std::string text;
    for (std::size_t bucket = 0; bucket < UI_STAGE_BUCKETS; bucket++) {
        if (const auto times = count.drawing().stages[stage][bucket]; times != 0)
            text +=
                (text.empty() ? "" : " ") + std::to_string(bucket) + ":" + std::to_string(times);
    }
    return text;
}

} // namespace

TEST_CASE("a duration is counted by the power of two that it is below")
{
    CHECK(stage_bucket(0) == 0);
    CHECK(stage_bucket(unit - 1) == 0);
    CHECK(stage_bucket(unit) == 1);
    CHECK(stage_bucket(2 * unit - 1) == 1);
    CHECK(stage_bucket(2 * unit) == 2);
    CHECK(stage_bucket((unit << 14) - 1) == 14);
    CHECK(stage_bucket(unit << 14) == 15);
    CHECK(stage_bucket(UINT64_MAX) == 15);
}

TEST_CASE("frames, pictures and what they drew are counted")
{
    DrawingCount count;
    count.taken({});
    count.presented({2, 40}, 0);
    count.presented({1, 1}, 0); // the cursor blinked
    count.taken({});
    count.passed(); // nothing in it is seen
    count.presented({1, 1}, 0);
    const ui_drawing_t &drawing = count.drawing();
    CHECK(drawing.frames == 2);
    CHECK(drawing.shown == 1);
    CHECK(drawing.pictures == 3);
    CHECK(drawing.rows == 4);
    CHECK(drawing.cells == 42);
    for (const auto &stage : drawing.stages)
        CHECK(std::accumulate(std::begin(stage), std::end(stage), std::uint64_t{0}) == 0);
}

TEST_CASE("only frames that carry times are timed, and only once")
{
    DrawingCount count;
    count.taken({});
    CHECK_FALSE(count.timed());
    count.taken({sizeof(ui_frame_times_t), 0, 0, 0, 1000});
    CHECK(count.timed());
    count.presented({1, 1}, 1000 + 4 * unit);
    CHECK_FALSE(count.timed());
    count.presented({1, 1}, 1000 + 8 * unit);
    CHECK(counted(count, UI_STAGE_SHOW) == "3:1");
    CHECK(counted(count, UI_STAGE_ECHO) == "");
    CHECK(counted(count, UI_STAGE_KEY) == "");
}

TEST_CASE("the frame that shows what a key did ends the key's way")
{
    DrawingCount count;
    // The key was read, its program has not answered yet.
    count.taken({sizeof(ui_frame_times_t), 0, 1000, 0, 2000});
    count.presented({1, 1}, 3000);
    CHECK(counted(count, UI_STAGE_KEY) == "");
    count.taken({sizeof(ui_frame_times_t), 0, 1000, 1500, 1000 + unit});
    count.presented({1, 1}, 1000 + 2 * unit);
    CHECK(counted(count, UI_STAGE_ECHO) == "1:1");
    CHECK(counted(count, UI_STAGE_SHOW) == "0:1 1:1");
    CHECK(counted(count, UI_STAGE_KEY) == "2:1");
}

TEST_CASE("times that cannot be are left out")
{
    DrawingCount count;
    count.taken({sizeof(ui_frame_times_t), 0, 9000, 9000, 8000});
    count.presented({1, 1}, 5000);
    for (const ui_stage stage : {UI_STAGE_ECHO, UI_STAGE_SHOW, UI_STAGE_KEY})
        CHECK(counted(count, stage) == "");
}
