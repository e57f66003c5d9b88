// Colours: what UI_COLOUR_* of a cell is on the screen.
#pragma once

#include <vitrine/types.h>

#include <array>
#include <cstdint>

namespace vitrine {

// 0xrrggbb, as in UI_COLOUR_RGB.
using Rgb = std::uint32_t;

// The first three may be asked for.
enum class CursorShape { block, underline, bar, hollow, none };
enum class UnfocusedCursor { hollow, unchanged, hidden };

// Of cursors, what tmux and programs leave open.
struct CursorLook {
    CursorShape shape = CursorShape::block; // where they say none
    UnfocusedCursor unfocused = UnfocusedCursor::hollow;
    double thickness = 0.125; // of a bar or an underline, in widths of a cell

    bool operator==(const CursorLook &) const = default;
};

// What the colours of cells stand for.
struct Theme {
    Rgb foreground = 0;
    Rgb background = 0;
    Rgb cursor = 0;
    // Sixteen named colours, the 6x6x6 cube, 24 greys.
    std::array<Rgb, 256> palette{};

    bool bold_is_bright = false; // bold text in one of the first eight has one of the next
    // Between text and what is behind it, from 1 (any) to 21 (black on white).
    double minimum_contrast = 1;
    // How far text in panes without focus stands out from what is behind it.
    double inactive_text = 1;
    CursorLook cursor_look = {};

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

// Both colours of a cell with its attributes and the theme's wishes applied.
CellColours cell_colours(const Theme &theme, const ui_cell_t &cell);

// Whether both have the same colours, except for what minimum_contrast makes of the first.
inline bool coloured_alike(const ui_cell_t &a, const ui_cell_t &b)
{
    return a.fg_rgb == b.fg_rgb && a.bg_rgb == b.bg_rgb && a.attrs == b.attrs;
}

// So much of a, the rest of b; channel by channel.
Rgb mix(Rgb a, Rgb b, double part_of_a);

// The ratio of contrast of WCAG 2, 1 to 21.
double contrast(Rgb a, Rgb b);

// The colour itself if it stands out so far from what is behind it, else one
// that is just far enough towards black or white.
Rgb with_contrast(Rgb colour, Rgb behind, double least);

// The mean of both, channel by channel.
Rgb blend_half(Rgb a, Rgb b);

} // namespace vitrine
