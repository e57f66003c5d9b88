#include "draw/theme.h"

#include <utility>

namespace vitrine {

namespace {

// xterm's, but for the blues, which nobody can read on a dark background.
constexpr std::array<Rgb, 16> named = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x3d7eff, 0xcd00cd,
                                       0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
                                       0x78a9ff, 0xff00ff, 0x00ffff, 0xffffff};

constexpr Rgb cube_level(unsigned level) { return level == 0 ? 0 : 55 + 40 * level; }

constexpr Rgb palette_colour(unsigned index)
{
    if (index < 16)
        return named[index];
    if (index < 232) {
        const unsigned cube = index - 16;
        return cube_level(cube / 36) << 16 | cube_level(cube / 6 % 6) << 8 | cube_level(cube % 6);
    }
    return (8 + 10 * (index - 232)) * 0x010101;
}

} // namespace

Theme default_theme()
{
    Theme theme;
    for (unsigned i = 0; i < theme.palette.size(); i++)
        theme.palette[i] = palette_colour(i);
    return theme;
}

Rgb resolve_colour(const Theme &theme, std::uint32_t colour, Rgb fallback)
{
    switch (UI_COLOUR_KIND(colour)) {
    case UI_COLOUR_PALETTE:
        return theme.palette[colour & 0xff];
    case UI_COLOUR_RGB:
        return colour & 0xffffff;
    default:
        return fallback;
    }
}

Rgb blend_half(Rgb a, Rgb b) { return (a & b) + (((a ^ b) & 0xfefefe) >> 1); }

CellColours cell_colours(const Theme &theme, const ui_cell_t &cell)
{
    CellColours colours = {resolve_colour(theme, cell.fg_rgb, theme.foreground),
                           resolve_colour(theme, cell.bg_rgb, theme.background)};
    if (cell.attrs & UI_ATTR_REVERSE)
        std::swap(colours.foreground, colours.background);
    if (cell.attrs & UI_ATTR_DIM)
        colours.foreground = blend_half(colours.foreground, colours.background);
    return colours;
}

} // namespace vitrine
