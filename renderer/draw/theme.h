// Colours: what UI_COLOUR_* of a cell is on the screen.
#pragma once

#include <vitrine/types.h>

#include <array>
#include <cstdint>

namespace vitrine {

// 0xrrggbb, as in UI_COLOUR_RGB.
using Rgb = std::uint32_t;

// What the colours of cells stand for.
struct Theme {
    Rgb foreground = 0;
    Rgb background = 0;
    Rgb cursor = 0;
    // Sixteen named colours, the 6x6x6 cube, 24 greys.
    std::array<Rgb, 256> palette{};

    bool operator==(const Theme &) const = default;
};

// The first of the built-in ones.
Theme default_theme();

struct CellColours {
    Rgb foreground;
    Rgb background;
    bool operator==(const CellColours &) const = default;
};

// One colour; fallback is what the default stands for there.
Rgb resolve_colour(const Theme &theme, std::uint32_t colour, Rgb fallback);

// Both colours of a cell with reverse and dim applied.
CellColours cell_colours(const Theme &theme, const ui_cell_t &cell);

// The mean of both, channel by channel.
Rgb blend_half(Rgb a, Rgb b);

} // namespace vitrine
