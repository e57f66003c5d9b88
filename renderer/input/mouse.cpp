#include "input/mouse.h"

#include <vitrine/window.h>

#include <GLFW/glfw3.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace vitrine {

namespace {

// A notch is one event; a touchpad that reports hundreds at once is held back.
constexpr int max_notches = 32;

// GLFW's number as X's, 0 if there is none.
std::uint32_t map_button(int glfw_button)
{
    switch (glfw_button) {
    case GLFW_MOUSE_BUTTON_LEFT:
        return 1;
    case GLFW_MOUSE_BUTTON_MIDDLE:
        return 2;
    case GLFW_MOUSE_BUTTON_RIGHT:
        return 3;
    default:
        break;
    }
    if (glfw_button >= GLFW_MOUSE_BUTTON_4 && glfw_button <= GLFW_MOUSE_BUTTON_7)
        return static_cast<std::uint32_t>(glfw_button - GLFW_MOUSE_BUTTON_4) + 8;
    return 0;
}

} // namespace

MouseAction MouseTracker::press(int glfw_button, bool shift, std::uint32_t modes)
{
    const std::uint32_t button = map_button(glfw_button);
    const bool wanted = modes & UI_MODE_MOUSE;
    if (button == 2 && (!wanted || shift))
        return {MouseActionKind::paste_primary, 0, 0, cell_};
    if (button == 0 || !wanted)
        return {};
    held_ |= 1u << button;
    return {MouseActionKind::send, UI_MOUSE_PRESS, button, cell_};
}

// Whoever saw the press sees the release, whatever the modes are by then.
MouseAction MouseTracker::release(int glfw_button)
{
    const std::uint32_t button = map_button(glfw_button);
    if (button == 0 || !(held_ & 1u << button))
        return {};
    held_ &= ~(1u << button);
    return {MouseActionKind::send, UI_MOUSE_RELEASE, button, cell_};
}

MouseAction MouseTracker::move(CellPosition cell, std::uint32_t modes)
{
    if (cell == cell_)
        return {};
    cell_ = cell;
    if (!(modes & UI_MODE_MOUSE))
        return {};
    if (held_ != 0) {
        const auto button = static_cast<std::uint32_t>(std::countr_zero(held_));
        return {MouseActionKind::send, UI_MOUSE_DRAG, button, cell_};
    }
    if (modes & UI_MODE_MOUSE_MOTION)
        return {MouseActionKind::send, UI_MOUSE_MOTION, 0, cell_};
    return {};
}

std::span<const MouseAction> MouseTracker::scroll(double x, double y, std::uint32_t modes)
{
    wheel_.clear();
    if (!(modes & UI_MODE_MOUSE)) {
        scrolled_x_ = scrolled_y_ = 0;
        return wheel_;
    }
    scroll_axis(scrolled_y_, y, 4, 5);
    scroll_axis(scrolled_x_, x, 6, 7);
    return wheel_;
}

void MouseTracker::scroll_axis(double &sum, double offset, std::uint32_t forward,
                               std::uint32_t backward)
{
    if (sum * offset < 0) // turned around: what was left over is void
        sum = 0;
    sum += offset;
    const double whole = std::trunc(sum);
    sum -= whole;
    const std::uint32_t button = whole > 0 ? forward : backward;
    const int notches = std::min(static_cast<int>(std::abs(whole)), max_notches);
    for (int i = 0; i < notches; i++)
        wheel_.push_back({MouseActionKind::send, UI_MOUSE_PRESS, button, cell_});
}

} // namespace vitrine
