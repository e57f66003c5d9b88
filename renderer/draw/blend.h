// One pixel over another, in integers: two channels of a pixel at a time, each
// with 16 bits of room. Sums are rounded once, at the end, where that can be.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <initializer_list>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

// Most of a glyph's box is empty, most of the rest is full.
inline void cover_pixel(Pixel &to, Pixel colour, std::uint8_t coverage)
{
    if (coverage == 255)
        to = colour;
    else if (coverage != 0)
        to = mix_pixels(to, colour, coverage);
}

#ifdef __SSE2__

namespace blend_detail {

// mix_pixels() of two pixels, a channel in 16 bits each.
inline __m128i mix_two(__m128i below, __m128i colour, __m128i coverage)
{
    const __m128i rest = _mm_sub_epi16(_mm_set1_epi16(255), coverage);
    const __m128i sum = _mm_add_epi16(
        _mm_add_epi16(_mm_mullo_epi16(colour, coverage), _mm_mullo_epi16(below, rest)),
        _mm_set1_epi16(128));
    return _mm_srli_epi16(_mm_add_epi16(sum, _mm_srli_epi16(sum, 8)), 8);
}

} // namespace blend_detail

inline void cover_four(Pixel *to, const std::uint8_t *coverage, Pixel colour)
{
    std::int32_t coverages;
    std::memcpy(&coverages, coverage, sizeof coverages);
    const __m128i zero = _mm_setzero_si128();
    const __m128i below = _mm_loadu_si128(reinterpret_cast<const __m128i *>(to));
    const __m128i colours = _mm_unpacklo_epi8(_mm_set1_epi32(static_cast<int>(colour)), zero);
    __m128i spread = _mm_cvtsi32_si128(coverages);
    spread = _mm_unpacklo_epi8(spread, spread);
    spread = _mm_unpacklo_epi16(spread, spread);
    const __m128i low = blend_detail::mix_two(_mm_unpacklo_epi8(below, zero), colours,
                                              _mm_unpacklo_epi8(spread, zero));
    const __m128i high = blend_detail::mix_two(_mm_unpackhi_epi8(below, zero), colours,
                                               _mm_unpackhi_epi8(spread, zero));
    _mm_storeu_si128(reinterpret_cast<__m128i *>(to), _mm_packus_epi16(low, high));
}

#else

inline void cover_four(Pixel *to, const std::uint8_t *coverage, Pixel colour)
{
    for (int i = 0; i < 4; i++)
        cover_pixel(to[i], colour, coverage[i]);
}

#endif

// An opaque colour over a row, as far as each pixel is covered.
inline void cover_row(Pixel *to, const std::uint8_t *coverage, int count, Pixel colour)
{
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        std::uint32_t any;
        std::memcpy(&any, coverage + i, sizeof any);
        if (any != 0)
            cover_four(to + i, coverage + i, colour);
    }
    for (; i < count; i++)
        cover_pixel(to[i], colour, coverage[i]);
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
