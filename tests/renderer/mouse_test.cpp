#include "input/mouse.h"

#include <vitrine/window.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <doctest/doctest.h>

#include <string>

using namespace vitrine;

namespace {

constexpr std::uint32_t mouse = UI_MODE_MOUSE;
constexpr std::uint32_t motion = UI_MODE_MOUSE | UI_MODE_MOUSE_MOTION;

std::string print(const MouseAction &action)
{
    if (action.kind == MouseActionKind::none)
        return "none";
    const std::string cell =
        " " + std::to_string(action.cell.column) + "," + std::to_string(action.cell.row);
    if (action.kind == MouseActionKind::paste_primary)
        return "paste" + cell;
    static const char *const events[] = {"?", "press", "release", "drag", "motion"};
    return events[action.event] + (" " + std::to_string(action.button)) + cell;
}

std::string print(std::span<const MouseAction> actions)
{
    std::string text;
    for (const MouseAction &action : actions)
        text += (text.empty() ? "" : "; ") + print(action);
    return text;
}

} // namespace

TEST_CASE("cells of pixels")
{
    const GridGeometry grid = {10, 20, 80, 24, 3, 5};
    struct Case {
        double x, y;
        CellPosition cell;
    };
    const Case cases[] = {
        {3, 5, {0, 0}},       {12.9, 24.9, {0, 0}}, {13, 25, {1, 1}},
        {0, 0, {0, 0}},       {-500, -500, {0, 0}}, {802.9, 484.9, {79, 23}},
        {803, 485, {79, 23}}, {1e9, 1e9, {79, 23}}, {2.9, 30, {0, 1}},
    };
    for (const Case &c : cases) {
        CAPTURE(c.x);
        CAPTURE(c.y);
        CHECK(cell_at(grid, c.x, c.y) == c.cell);
    }
}

TEST_CASE("grids that fit")
{
    CHECK(fit_grid(1000, 570, 10, 19) == GridGeometry{10, 19, 100, 30, 0, 0});
    CHECK(fit_grid(1009, 588, 10, 19) == GridGeometry{10, 19, 100, 30, 0, 0});
    CHECK(fit_grid(1020, 590, 10, 19, 10) == GridGeometry{10, 19, 100, 30, 10, 10});
    CHECK(fit_grid(1019, 589, 10, 19, 10) == GridGeometry{10, 19, 99, 29, 10, 10});
    CHECK(fit_grid(10, 10, 10, 19, 10) == GridGeometry{10, 19, 1, 1, 10, 10});
    CHECK(fit_grid(1, 1, 10, 19) == GridGeometry{10, 19, 1, 1, 0, 0});
    CHECK(fit_grid(100000, 100000, 1, 1).columns == static_cast<int>(UI_MAX_COLUMNS));
    CHECK(fit_grid(100000, 100000, 1, 1).rows == static_cast<int>(UI_MAX_ROWS));
}

TEST_CASE("buttons are sent only to who wants them")
{
    MouseTracker tracker;
    CHECK(print(tracker.move({4, 2}, mouse)) == "none");
    CHECK(print(tracker.press(GLFW_MOUSE_BUTTON_LEFT, false, 0)) == "none");
    CHECK(print(tracker.release(GLFW_MOUSE_BUTTON_LEFT)) == "none");
    CHECK(print(tracker.press(GLFW_MOUSE_BUTTON_LEFT, false, mouse)) == "press 1 4,2");
    CHECK(print(tracker.press(GLFW_MOUSE_BUTTON_RIGHT, false, mouse)) == "press 3 4,2");
    CHECK(print(tracker.release(GLFW_MOUSE_BUTTON_LEFT)) == "release 1 4,2");
    CHECK(print(tracker.release(GLFW_MOUSE_BUTTON_RIGHT)) == "release 3 4,2");
    CHECK(print(tracker.press(GLFW_MOUSE_BUTTON_4, false, mouse)) == "press 8 4,2");
    CHECK(print(tracker.press(GLFW_MOUSE_BUTTON_7, true, mouse)) == "press 11 4,2");
    CHECK(print(tracker.press(GLFW_MOUSE_BUTTON_8, false, mouse)) == "none");
}

TEST_CASE("a middle click pastes unless the mouse is wanted")
{
    MouseTracker tracker;
    CHECK(print(tracker.press(GLFW_MOUSE_BUTTON_MIDDLE, false, 0)) == "paste 0,0");
    CHECK(print(tracker.release(GLFW_MOUSE_BUTTON_MIDDLE)) == "none");
    CHECK(print(tracker.press(GLFW_MOUSE_BUTTON_MIDDLE, true, mouse)) == "paste 0,0");
    CHECK(print(tracker.release(GLFW_MOUSE_BUTTON_MIDDLE)) == "none");
    CHECK(print(tracker.press(GLFW_MOUSE_BUTTON_MIDDLE, false, mouse)) == "press 2 0,0");
    CHECK(print(tracker.release(GLFW_MOUSE_BUTTON_MIDDLE)) == "release 2 0,0");
}

TEST_CASE("drags and motion are told once a cell")
{
    MouseTracker tracker;
    CHECK(print(tracker.move({1, 0}, motion)) == "motion 0 1,0");
    CHECK(print(tracker.move({1, 0}, motion)) == "none");
    CHECK(print(tracker.move({2, 0}, mouse)) == "none");
    tracker.press(GLFW_MOUSE_BUTTON_LEFT, false, mouse);
    CHECK(print(tracker.move({2, 0}, mouse)) == "none");
    CHECK(print(tracker.move({3, 0}, mouse)) == "drag 1 3,0");
    CHECK(print(tracker.move({3, 1}, mouse)) == "drag 1 3,1");
    CHECK(print(tracker.move({4, 1}, 0)) == "none");
    // Whoever saw the press sees the release, where the pointer is by then.
    CHECK(print(tracker.release(GLFW_MOUSE_BUTTON_LEFT)) == "release 1 4,1");
    CHECK(print(tracker.move({5, 1}, mouse)) == "none");
}

TEST_CASE("the wheel")
{
    MouseTracker tracker;
    CHECK(print(tracker.scroll(0, 1, 0)).empty());
    CHECK(print(tracker.scroll(0, 1, mouse)) == "press 4 0,0");
    CHECK(print(tracker.scroll(0, -2, mouse)) == "press 5 0,0; press 5 0,0");
    CHECK(print(tracker.scroll(1, 0, mouse)) == "press 6 0,0");
    CHECK(print(tracker.scroll(-1, 0, mouse)) == "press 7 0,0");
    // Fractions add up; turning around starts anew.
    CHECK(print(tracker.scroll(0, 0.4, mouse)).empty());
    CHECK(print(tracker.scroll(0, 0.4, mouse)).empty());
    CHECK(print(tracker.scroll(0, 0.4, mouse)) == "press 4 0,0");
    CHECK(print(tracker.scroll(0, -0.9, mouse)).empty());
    CHECK(print(tracker.scroll(0, -0.1, mouse)) == "press 5 0,0");
    CHECK(tracker.scroll(0, 1e9, mouse).size() == 32);
}
