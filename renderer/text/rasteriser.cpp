#include "text/rasteriser.h"

#include "text/builtin.h"
#include "text/resample.h"
#include "text/run.h"
#include "text/svg_glyph.h"

#include FT_BITMAP_H
#include FT_OUTLINE_H

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

namespace vitrine {

namespace {

// Bolder by this part of the em where there is no bold face.
constexpr double embolden = 1.0 / 28;
// Leaning right by this much per px of height: 12 degrees.
constexpr FT_Fixed slant = 0x3666;

std::optional<PixelFormat> format_of(const FT_Bitmap &bitmap)
{
    switch (bitmap.pixel_mode) {
    case FT_PIXEL_MODE_MONO:
    case FT_PIXEL_MODE_GRAY:
        return PixelFormat::grey8;
    case FT_PIXEL_MODE_BGRA:
        return PixelFormat::bgra32;
    case FT_PIXEL_MODE_LCD:
        return PixelFormat::lcd32;
    default:
        return std::nullopt;
    }
}

// One row of a bitmap as it is in `out`. FreeType's LCD has red first, a byte each.
void take_row(const FT_Bitmap &from, const uint8_t *source, int width, bool blue_first, uint8_t *to)
{
    switch (from.pixel_mode) {
    case FT_PIXEL_MODE_MONO:
        for (int x = 0; x < width; x++)
            to[x] = (source[x >> 3] & (0x80 >> (x & 7))) != 0 ? 255 : 0;
        break;
    case FT_PIXEL_MODE_LCD:
        for (int x = 0; x < width; x++, source += 3, to += 4) {
            to[0] = source[blue_first ? 0 : 2];
            to[1] = source[1];
            to[2] = source[blue_first ? 2 : 0];
            to[3] = std::max({source[0], source[1], source[2]});
        }
        break;
    default:
        std::memcpy(to, source,
                    static_cast<size_t>(width) * (from.pixel_mode == FT_PIXEL_MODE_BGRA ? 4 : 1));
    }
}

// Rows of FreeType's bitmap, of either direction, as rows without padding. blue_first: of
// the screen's stripes.
bool take_bitmap(const FT_Bitmap &from, bool blue_first, GlyphBitmap &out)
{
    const auto format = format_of(from);
    if (!format)
        return false;
    const int width = static_cast<int>(from.width) / (*format == PixelFormat::lcd32 ? 3 : 1);
    const int height = static_cast<int>(from.rows);
    out.resize(*format, width, height);
    const size_t row = static_cast<size_t>(width) * bytes_per_pixel(out.format);
    for (int y = 0; y < height; y++) {
        // A negative pitch means that the buffer begins with the bottom row.
        const int line = from.pitch < 0 ? height - 1 - y : y;
        const uint8_t *source = from.buffer + static_cast<ptrdiff_t>(line) *
                                                  (from.pitch < 0 ? -from.pitch : from.pitch);
        take_row(from, source, width, blue_first, out.pixels.data() + static_cast<size_t>(y) * row);
    }
    return width > 0 && height > 0;
}

// Characters as wide as they are high, of a font that has Chinese.
bool is_ideograph(const Face &face, uint32_t glyph)
{
    return face.has_ideographs() && face.advance_px(glyph) > face.px() * 0.75;
}

// Hinting is for the size that the face is set to. Finding out how to hint takes twice as long
// as the rest of drawing a character of many strokes, and a screen of new ones has 3600.
int hinting_flags(const FontOptions &options, const Face &face, uint32_t glyph, double scale)
{
    if (scale < 1 || options.hinting == Hinting::none)
        return FT_LOAD_NO_HINTING;
    if (options.hinting == Hinting::slight)
        return FT_LOAD_TARGET_LIGHT | (is_ideograph(face, glyph) ? FT_LOAD_NO_AUTOHINT : 0);
    switch (options.antialias) {
    case Antialias::none:
        return FT_LOAD_TARGET_MONO;
    case Antialias::lcd_rgb:
    case Antialias::lcd_bgr:
        return FT_LOAD_TARGET_LCD;
    default:
        return FT_LOAD_TARGET_NORMAL;
    }
}

FT_Render_Mode render_mode(Antialias antialias)
{
    switch (antialias) {
    case Antialias::none:
        return FT_RENDER_MODE_MONO;
    case Antialias::lcd_rgb:
    case Antialias::lcd_bgr:
        return FT_RENDER_MODE_LCD;
    default:
        return FT_RENDER_MODE_NORMAL;
    }
}

void apply_styles(FT_GlyphSlot slot, const Face &face, double scale)
{
    if (slot->format != FT_GLYPH_FORMAT_OUTLINE)
        return;
    if (face.source().synthetic_bold) {
        const auto strength = static_cast<FT_Pos>(std::lround(face.px() * 64 * embolden));
        FT_Outline_EmboldenXY(&slot->outline, strength, strength / 2);
        // It grows to the right and up; back by half keeps the letter in its cell.
        FT_Outline_Translate(&slot->outline, -strength / 2, -strength / 4);
    }
    const auto size = static_cast<FT_Fixed>(std::lround(scale * 0x10000));
    if (face.source().synthetic_italic || scale < 1) {
        const FT_Matrix matrix{size, face.source().synthetic_italic ? FT_MulFix(slant, size) : 0, 0,
                               size};
        FT_Outline_Transform(&slot->outline, &matrix);
    }
}

} // namespace

bool Rasteriser::rasterise(const GlyphKey &key, GlyphBitmap &out)
{
    if (key.face == builtin_face)
        return builtin(key, out);
    if (key.face >= fonts_.face_count())
        return false;
    const Face &face = fonts_.face(key.face);
    return face.colour() ? colour(key, face, out) : outline(key, face, out);
}

bool Rasteriser::builtin(const GlyphKey &key, GlyphBitmap &out) const
{
    CellMetrics cell = fonts_.metrics();
    cell.width *= std::max<int>(key.columns, 1);
    out.resize(PixelFormat::grey8, cell.width, cell.height);
    out.left = 0;
    out.top = cell.baseline;
    return draw_builtin(key.glyph, cell, out.pixels);
}

bool Rasteriser::outline(const GlyphKey &key, const Face &face, GlyphBitmap &out)
{
    const double scale = std::clamp<unsigned>(key.scale, 1, scale_one) * 1.0 / scale_one;
    const FT_GlyphSlot slot = face.ft()->glyph;
    const FontOptions &options = fonts_.options();
    int flags = hinting_flags(options, face, key.glyph, scale);
    if (face.scalable())
        flags |= FT_LOAD_NO_BITMAP;
    if (!succeeded(FT_Load_Glyph(face.ft(), key.glyph, flags)))
        return false;
    apply_styles(slot, face, scale);
    if (slot->format != FT_GLYPH_FORMAT_BITMAP &&
        !succeeded(FT_Render_Glyph(slot, render_mode(options.antialias))))
        return false;
    out.left = slot->bitmap_left;
    out.top = slot->bitmap_top;
    return take_bitmap(slot->bitmap, options.antialias == Antialias::lcd_bgr, out);
}

// As its font has it, in colours; false if it is a plain glyph.
bool Rasteriser::draw_in_colours(const Face &face, uint32_t glyph)
{
    int flags = FT_LOAD_COLOR;
    flags |= face.scalable() ? FT_LOAD_NO_HINTING : FT_LOAD_DEFAULT;
    const FT_GlyphSlot slot = face.ft()->glyph;
    if (!succeeded(FT_Load_Glyph(face.ft(), glyph, flags)))
        return false;
    if (slot->format == FT_GLYPH_FORMAT_SVG)
        return draw_svg_glyph(face, glyph, scratch_);
    return (slot->format == FT_GLYPH_FORMAT_BITMAP ||
            succeeded(FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL))) &&
           take_bitmap(slot->bitmap, false, scratch_) && scratch_.format == PixelFormat::bgra32;
}

// Colour glyphs fill their cells as far as their shape allows, in the middle; scalable
// ones are only made smaller. A plain glyph among them is a letter like others.
bool Rasteriser::colour(const GlyphKey &key, const Face &face, GlyphBitmap &out)
{
    if (!draw_in_colours(face, key.glyph))
        return face.scalable() && outline(key, face, out);
    const CellMetrics &cell = fonts_.metrics();
    const int room = cell.width * std::max<int>(key.columns, 1);
    double scale = std::min(static_cast<double>(room) / scratch_.width,
                            static_cast<double>(cell.height) / scratch_.height);
    if (face.scalable())
        scale = std::min(scale, 1.0);
    const auto scaled = [scale](int side) {
        return std::max(1, static_cast<int>(std::lround(side * scale)));
    };
    if (scale == 1.0)
        std::swap(scratch_, out);
    else
        resample(scratch_, scaled(scratch_.width), scaled(scratch_.height), out);
    out.left = (room - out.width) / 2;
    out.top = cell.baseline - (cell.height - out.height) / 2;
    return true;
}

} // namespace vitrine
