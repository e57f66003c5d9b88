// One pixel over another, in integers: two channels of a pixel at a time, each
// with 16 bits of room. Sums are rounded once, at the end, where that can be.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>

namespace vitrine {

using Pixel = std::uint32_t; // 0xAARRGGBB

namespace blend_detail {

constexpr Pixel even_channels = 0x00ff00ffu;

// Both halves, at most 255 * 255 each, by 255, to the nearest.
constexpr Pixel divide_by_255(Pixel pair)
{
    pair += 0x00800080u;
    return (pair + (pair >> 8 & even_channels)) >> 8 & even_channels;
}

// Both halves, at most 510 each, to at most 255.
constexpr Pixel saturate(Pixel pair)
{
    const Pixel over = pair & 0x01000100u;
    return (pair | (over - (over >> 8))) & even_channels;
}

} // namespace blend_detail

// All four channels, by factor / 255.
constexpr Pixel scale_pixel(Pixel pixel, unsigned factor)
{
    using namespace blend_detail;
    return divide_by_255((pixel & even_channels) * factor) |
           divide_by_255((pixel >> 8 & even_channels) * factor) << 8;
}

// An opaque colour that covers coverage / 255 of the pixel below.
constexpr Pixel mix_pixels(Pixel below, Pixel colour, unsigned coverage)
{
    using namespace blend_detail;
    const unsigned rest = 255 - coverage;
    return divide_by_255((colour & even_channels) * coverage + (below & even_channels) * rest) |
           divide_by_255((colour >> 8 & even_channels) * coverage +
                         (below >> 8 & even_channels) * rest)
               << 8;
}

// A premultiplied colour with a coverage of its own for each channel.
constexpr Pixel mix_channels(Pixel below, Pixel tint, Pixel coverage)
{
    constexpr unsigned whole = 255 * 255;
    Pixel mixed = 0;
    for (const unsigned shift : {16u, 8u, 0u}) {
        const Pixel part = coverage >> shift & 0xff;
        const Pixel sum = (tint >> shift & 0xff) * part * 255 +
                          (below >> shift & 0xff) * (whole - part * (tint >> 24));
        mixed |= std::min<Pixel>((sum + whole / 2) / whole, 255) << shift;
    }
    return mixed;
}

// A premultiplied pixel above another.
constexpr Pixel lay_over(Pixel below, Pixel above)
{
    using namespace blend_detail;
    const Pixel rest = scale_pixel(below, 255 - (above >> 24));
    return saturate((rest & even_channels) + (above & even_channels)) |
           saturate((rest >> 8 & even_channels) + (above >> 8 & even_channels)) << 8;
}

} // namespace vitrine
