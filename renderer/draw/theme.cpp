#include "draw/theme.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vitrine {

namespace {

// Blocks, sextants and powerline's separators meet what has their colour behind it.
bool joins_backgrounds(std::uint32_t codepoint)
{
    return (codepoint >= 0x2580 && codepoint <= 0x259f) ||
           (codepoint >= 0x1fb00 && codepoint <= 0x1fbaf) ||
           (codepoint >= 0xe0b0 && codepoint <= 0xe0d7);
}

// The light of a channel of sRGB, by IEC 61966-2-1.
double light(Rgb channel)
{
    const double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(Rgb colour)
{
    static const auto lights = [] {
        std::array<double, 256> table{};
        for (Rgb i = 0; i < table.size(); i++)
            table[i] = light(i);
        return table;
    }();
    return 0.2126 * lights[colour >> 16 & 0xff] + 0.7152 * lights[colour >> 8 & 0xff] +
           0.0722 * lights[colour & 0xff];
}

std::uint32_t text_colour(const Theme &theme, const ui_cell_t &cell)
{
    const bool first_eight = UI_COLOUR_KIND(cell.fg_rgb) == UI_COLOUR_PALETTE &&
                             (cell.fg_rgb & 0xff) < 8;
    return theme.bold_is_bright && (cell.attrs & UI_ATTR_BOLD) && first_eight ? cell.fg_rgb + 8
                                                                              : cell.fg_rgb;
}

} // namespace

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
    CellColours colours = {resolve_colour(theme, text_colour(theme, cell), theme.foreground),
                           resolve_colour(theme, cell.bg_rgb, theme.background)};
    if (cell.attrs & UI_ATTR_REVERSE)
        std::swap(colours.foreground, colours.background);
    if (cell.attrs & UI_ATTR_DIM)
        colours.foreground = blend_half(colours.foreground, colours.background);
    if (theme.minimum_contrast > 1 && !joins_backgrounds(cell.codepoint))
        colours.foreground =
            with_contrast(colours.foreground, colours.background, theme.minimum_contrast);
    return colours;
}

Rgb mix(Rgb a, Rgb b, double part_of_a)
{
    Rgb mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        const double from = b >> shift & 0xff;
        const double to = a >> shift & 0xff;
        mixed |= static_cast<Rgb>(std::lround(from + (to - from) * part_of_a)) << shift;
    }
    return mixed;
}

double contrast(Rgb a, Rgb b)
{
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

Rgb with_contrast(Rgb colour, Rgb behind, double least)
{
    if (contrast(colour, behind) >= least)
        return colour;
    const Rgb white = 0xffffff;
    const Rgb end = contrast(white, behind) >= contrast(0, behind) ? white : 0;
    double enough = 1;
    double too_little = 0;
    for (int i = 0; i < 8; i++) {
        const double middle = (enough + too_little) / 2;
        (contrast(mix(end, colour, middle), behind) >= least ? enough : too_little) = middle;
    }
    return mix(end, colour, enough);
}

} // namespace vitrine
