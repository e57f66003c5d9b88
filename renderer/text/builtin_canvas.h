// What the builtin characters are drawn on: the coverage of one cell.
#pragma once

#include "text/cell_metrics.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace vitrine {

class BuiltinCanvas {
public:
    BuiltinCanvas(int width, int height, std::span<uint8_t> coverage)
        : width_(width),
          height_(height),
          pixels_(coverage)
    {
    }

    int width() const { return width_; }
    int height() const { return height_; }

    // Right and bottom are exclusive; cut at the cell's edges.
    void fill(int left, int top, int right, int bottom, uint8_t value = 255)
    {
        for (int y = std::max(top, 0); y < std::min(bottom, height_); y++) {
            for (int x = std::max(left, 0); x < std::min(right, width_); x++)
                at(x, y) = value;
        }
    }

    // Adds a shape given by its signed distance in px (negative inside) from
    // the middle of a pixel; its edge is one px soft.
    template <typename Distance>
    void add(Distance distance)
    {
        for (int y = 0; y < height_; y++) {
            for (int x = 0; x < width_; x++) {
                const double cover = std::clamp(0.5 - distance(x + 0.5, y + 0.5), 0.0, 1.0);
                at(x, y) = std::max(at(x, y), static_cast<uint8_t>(std::lround(cover * 255)));
            }
        }
    }

private:
    uint8_t &at(int x, int y)
    {
        return pixels_[static_cast<size_t>(y) * static_cast<size_t>(width_) +
                       static_cast<size_t>(x)];
    }

    int width_;
    int height_;
    std::span<uint8_t> pixels_;
};

// Strokes of box drawing. All weights have the same middle, so that they join.
struct BoxStroke {
    int light; // px
    int heavy;
    int x, y; // left and top of a light stroke in the middle of the cell

    explicit BoxStroke(const BuiltinCanvas &canvas)
    {
        const int side = std::min(canvas.width(), canvas.height());
        light = std::max(1, static_cast<int>(std::lround(side / 9.0)));
        heavy = light + 2 * std::max(1, light / 2);
        if (heavy > side) // no room to tell them apart
            heavy = light;
        x = (canvas.width() - light) / 2;
        y = (canvas.height() - light) / 2;
    }
};

// U+2500-257F; the cell is empty.
void draw_box_lines(BuiltinCanvas &canvas, char32_t codepoint);
// U+2500-257F that are not made of straight arms.
void draw_box_curves(BuiltinCanvas &canvas, char32_t codepoint);
// U+2580-259F.
void draw_block(BuiltinCanvas &canvas, char32_t codepoint);
// U+2800-28FF.
void draw_braille(BuiltinCanvas &canvas, char32_t codepoint);
// U+1FB00-1FB3B.
void draw_sextant(BuiltinCanvas &canvas, char32_t codepoint);
// U+E0B0-E0BF.
void draw_powerline(BuiltinCanvas &canvas, char32_t codepoint);

} // namespace vitrine
