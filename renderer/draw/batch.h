// What the painter uploads and draws: instances of quads, in px from the left
// top of the target, already clipped to the damage.
#pragma once

#include <vitrine/memory.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace vitrine {

// Premultiplied, red in the lowest byte, so that the four bytes in memory are
// R, G, B, A.
using Rgba = std::uint32_t;

constexpr Rgba opaque(std::uint32_t rgb)
{
    return 0xff000000u | (rgb & 0xffu) << 16 | (rgb & 0xff00u) | (rgb >> 16 & 0xffu);
}

// What weakens pixels that have colours of their own; strength is of 0 to 1.
inline Rgba white_of_strength(double strength)
{
    return 0x01010101u * static_cast<Rgba>(std::lround(strength * 255));
}

struct RectInstance {
    std::int16_t x, y;
    std::uint16_t width, height;
    Rgba colour;
    bool operator==(const RectInstance &) const = default;
};
static_assert(sizeof(RectInstance) == 12);

struct GlyphInstance {
    std::int16_t x, y;
    std::uint16_t width, height;
    std::uint16_t atlas_x, atlas_y;
    std::uint16_t page, reserved;
    Rgba colour; // of a colour glyph only the alpha counts
    bool operator==(const GlyphInstance &) const = default;
};
static_assert(sizeof(GlyphInstance) == 20);

// The numbers are those of the decoration shader.
enum class LineStyle : std::uint8_t {
    solid = 0,
    doubled = 1,
    curly = 2,
    dotted = 3,
    dashed = 4,
};

struct LineInstance {
    std::int16_t x, y;
    std::uint16_t width, height;
    Rgba colour;
    LineStyle style;
    std::uint8_t thickness; // px
    std::uint16_t period;   // px; patterns repeat from the target's left edge
    bool operator==(const LineInstance &) const = default;
};
static_assert(sizeof(LineInstance) == 16);

// How many of each kind there are before some point of a batch.
struct BatchPoint {
    std::size_t backgrounds = 0;
    std::size_t grey_glyphs = 0;
    std::size_t colour_glyphs = 0;
    std::size_t lines = 0;
    std::size_t lcd_glyphs = 0;
};

template <typename Instance>
using Instances = CountedVector<Instance, UI_MEMORY_SCENE>;

// Drawn in this order: later ones lie above.
struct Batch {
    Instances<RectInstance> backgrounds;
    Instances<GlyphInstance> grey_glyphs;
    Instances<GlyphInstance> colour_glyphs;
    Instances<LineInstance> lines;
    // With coverage of each channel; below the lines.
    Instances<GlyphInstance> lcd_glyphs = {};
    // Where rows end, which do not overlap: who draws pixel by pixel may draw one
    // after the other, while the last is still in the cache.
    Instances<BatchPoint> row_ends = {};

    BatchPoint end() const
    {
        return {backgrounds.size(), grey_glyphs.size(), colour_glyphs.size(), lines.size(),
                lcd_glyphs.size()};
    }

    // Takes away what was added after that point.
    void cut(const BatchPoint &to)
    {
        const auto shorten = [](auto &instances, std::size_t count) {
            instances.erase(instances.begin() + static_cast<std::ptrdiff_t>(count),
                            instances.end());
        };
        shorten(backgrounds, to.backgrounds);
        shorten(grey_glyphs, to.grey_glyphs);
        shorten(colour_glyphs, to.colour_glyphs);
        shorten(lines, to.lines);
        shorten(lcd_glyphs, to.lcd_glyphs);
    }
    void clear()
    {
        backgrounds.clear();
        grey_glyphs.clear();
        colour_glyphs.clear();
        lines.clear();
        lcd_glyphs.clear();
        row_ends.clear();
    }
    bool empty() const
    {
        return backgrounds.empty() && grey_glyphs.empty() && colour_glyphs.empty() &&
               lines.empty() && lcd_glyphs.empty();
    }
};

} // namespace vitrine
