// A rasterised glyph on its way into the atlas, and what names it there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vitrine {

enum class PixelFormat : uint8_t {
    grey8,  // coverage
    bgra32, // premultiplied, bytes in that order
    lcd32,  // coverage of blue, green and red, and the most of the three
};

constexpr unsigned bytes_per_pixel(PixelFormat format)
{
    return format == PixelFormat::grey8 ? 1 : 4;
}

struct GlyphBitmap {
    PixelFormat format = PixelFormat::grey8;
    int width = 0;
    int height = 0;
    // px from the origin right to the left edge, up to the top edge.
    int left = 0;
    int top = 0;
    // Rows of width pixels without padding; the capacity is reused.
    std::vector<uint8_t> pixels;

    void resize(PixelFormat new_format, int new_width, int new_height)
    {
        format = new_format;
        width = new_width;
        height = new_height;
        pixels.assign(static_cast<size_t>(new_width) * static_cast<size_t>(new_height) *
                          bytes_per_pixel(new_format),
                      0);
    }
};

// The face of what is drawn here and not taken from a font.
inline constexpr uint16_t builtin_face = 0xffff;

struct GlyphKey {
    uint32_t glyph; // of the face; of builtin_face the codepoint
    uint16_t face;
    uint8_t columns; // the cells it has to fill, 0: its own size
    uint8_t scale;   // of scale_one

    bool operator==(const GlyphKey &) const = default;

    uint64_t packed() const
    {
        return static_cast<uint64_t>(glyph) << 32 | static_cast<uint64_t>(face) << 16 |
               static_cast<uint64_t>(columns) << 8 | scale;
    }
};

// Who makes bitmaps for the atlas.
class GlyphSource {
public:
    virtual ~GlyphSource() = default;
    // Fills out; false or an empty bitmap where there is no ink.
    virtual bool rasterise(const GlyphKey &key, GlyphBitmap &out) = 0;
};

} // namespace vitrine
