#include "draw/theme.h"

#include <utility>

namespace vitrine {

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
