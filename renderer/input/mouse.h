// The mouse: pixels to cells, and which of GLFW's events tmux is told of.
#pragma once

#include "draw/geometry.h"

#include <cstdint>
#include <span>
#include <vector>

namespace vitrine {

enum class MouseActionKind { none, send, paste_primary };

struct MouseAction {
    MouseActionKind kind = MouseActionKind::none;
    std::uint32_t event = 0; // UI_MOUSE_*
    std::uint32_t button = 0;
    CellPosition cell;
    bool operator==(const MouseAction &) const = default;
};

// Follows pointer and buttons. modes are the newest frame's UI_MODE_*:
// without UI_MODE_MOUSE nothing is sent, and a middle click pastes.
class MouseTracker {
public:
    MouseAction press(int glfw_button, bool shift, std::uint32_t modes);
    MouseAction release(int glfw_button);
    MouseAction move(CellPosition cell, std::uint32_t modes);
    // Offsets as GLFW gives them, fractions of a notch add up. Valid until
    // the next call.
    std::span<const MouseAction> scroll(double x, double y, std::uint32_t modes);

private:
    void scroll_axis(double &sum, double offset, std::uint32_t forward, std::uint32_t backward);

    CellPosition cell_;
    std::uint32_t held_ = 0; // one bit per button whose press was sent
    double scrolled_x_ = 0;
    double scrolled_y_ = 0;
    std::vector<MouseAction> wheel_;
};

} // namespace vitrine
