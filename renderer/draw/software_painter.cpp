#include "draw/software_painter.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace vitrine {

namespace {

// From the order R, G, B, A in memory to a pixel.
constexpr Pixel to_pixel(Rgba colour)
{
    return (colour & 0xff00ff00u) | (colour & 0xffu) << 16 | (colour >> 16 & 0xffu);
}

constexpr bool is_opaque(Pixel tint) { return tint >> 24 == 255; }

// The colour that a premultiplied one is part of.
constexpr Pixel unmultiplied(Pixel tint)
{
    const Pixel alpha = tint >> 24;
    if (alpha == 255 || alpha == 0)
        return tint;
    Pixel whole = 0;
    for (const unsigned shift : {16u, 8u, 0u})
        whole |= std::min<Pixel>(((tint >> shift & 0xff) * 255 + alpha / 2) / alpha, 255) << shift;
    return whole;
}

void cover_row_lightly(Pixel *to, const std::uint8_t *coverage, int count, Pixel tint)
{
    for (int i = 0; i < count; i++)
        to[i] = lay_over(to[i], scale_pixel(tint, coverage[i]));
}

} // namespace

Result<void> SoftwarePainter::resize(int width, int height, Rgb background)
{
    width_ = height_ = 0;
    if (!fits_instances(width, height))
        return too_large(width, height);
    if (auto result = store_.resize(width, height); !result)
        return result;
    width_ = width;
    height_ = height;
    fill(background);
    return {};
}

void SoftwarePainter::fill(Rgb colour)
{
    pixels_ = store_.begin_draw();
    fill_rect({0, 0, width_, height_}, colour);
}

bool SoftwarePainter::move(const PixelRect &from, int to_y)
{
    pixels_ = store_.begin_draw();
    const auto bytes = static_cast<std::size_t>(from.width) * sizeof(Pixel);
    for (int i = 0; i < from.height; i++) {
        const int y = to_y < from.y ? i : from.height - 1 - i;
        std::memcpy(row(from.x, to_y + y), row(from.x, from.y + y), bytes);
    }
    return true;
}

void SoftwarePainter::set_blending(Blending blending)
{
    if (blending == Blending::plain)
        light_.reset();
    else if (!light_)
        light_.emplace();
}

// Pages stay where they are until the atlas opens another one; then it is asked
// for all of them.
void SoftwarePainter::upload(GlyphAtlas &atlas)
{
    const std::size_t grey = atlas.pages(PixelFormat::grey8);
    const std::size_t coloured = atlas.pages(PixelFormat::bgra32);
    if (grey != grey_.size() || coloured != coloured_.size())
        atlas.invalidate_uploads();
    grey_.resize(grey);
    coloured_.resize(coloured);
    page_size_ = static_cast<std::size_t>(atlas.page_size());
    for (const AtlasUpload &part : atlas.take_uploads()) {
        Pages &pages = part.format == PixelFormat::grey8 ? grey_ : coloured_;
        pages[part.page] =
            part.pixels - part.y * part.stride - part.x * bytes_per_pixel(part.format);
    }
}

void SoftwarePainter::draw(const Batch &batch)
{
    pixels_ = store_.begin_draw();
    BatchPoint from;
    for (const BatchPoint &to : batch.row_ends) {
        draw_part(batch, from, to);
        from = to;
    }
    draw_part(batch, from, batch.end());
}

void SoftwarePainter::draw_part(const Batch &batch, const BatchPoint &from, const BatchPoint &to)
{
    for (std::size_t i = from.backgrounds; i < to.backgrounds; i++)
        fill_rect(clip(batch.backgrounds[i]), to_pixel(batch.backgrounds[i].colour));
    for (std::size_t i = from.grey_glyphs; i < to.grey_glyphs; i++)
        light_ ? draw_grey_in_light(batch.grey_glyphs[i]) : draw_grey(batch.grey_glyphs[i]);
    for (std::size_t i = from.lcd_glyphs; i < to.lcd_glyphs; i++)
        draw_lcd(batch.lcd_glyphs[i]);
    for (std::size_t i = from.colour_glyphs; i < to.colour_glyphs; i++)
        draw_coloured(batch.colour_glyphs[i]);
    for (std::size_t i = from.lines; i < to.lines; i++)
        draw_line(batch.lines[i]);
}

template <typename Instance>
PixelRect SoftwarePainter::clip(const Instance &quad) const
{
    const int left = std::max<int>(quad.x, 0);
    const int top = std::max<int>(quad.y, 0);
    const int right = std::min(quad.x + quad.width, width_);
    const int bottom = std::min(quad.y + quad.height, height_);
    return {left, top, std::max(right - left, 0), std::max(bottom - top, 0)};
}

Pixel *SoftwarePainter::row(int x, int y)
{
    return pixels_ + static_cast<std::ptrdiff_t>(y) * width_ + x;
}

void SoftwarePainter::fill_rect(const PixelRect &rect, Pixel colour)
{
    if (rect.empty())
        return;
    // Rows are alike, and copying is the fastest that there is.
    const Pixel *first = row(rect.x, rect.y);
    std::fill_n(row(rect.x, rect.y), rect.width, colour);
    for (int y = rect.y + 1; y < rect.y + rect.height; y++)
        std::copy_n(first, rect.width, row(rect.x, y));
}

void SoftwarePainter::draw_grey(const GlyphInstance &glyph)
{
    const PixelRect seen = clip(glyph);
    const auto left = static_cast<std::size_t>(glyph.atlas_x + seen.x - glyph.x);
    const auto top = static_cast<std::size_t>(glyph.atlas_y + seen.y - glyph.y);
    const std::uint8_t *from = grey_[glyph.page] + top * page_size_ + left;
    const Pixel tint = to_pixel(glyph.colour);
    Pixel *to = row(seen.x, seen.y);
    for (int y = 0; y < seen.height; y++, from += page_size_, to += width_) {
        if (is_opaque(tint))
            cover_row(to, from, seen.width, tint);
        else
            cover_row_lightly(to, from, seen.width, tint);
    }
}

void SoftwarePainter::draw_grey_in_light(const GlyphInstance &glyph)
{
    const PixelRect seen = clip(glyph);
    const auto left = static_cast<std::size_t>(glyph.atlas_x + seen.x - glyph.x);
    const auto top = static_cast<std::size_t>(glyph.atlas_y + seen.y - glyph.y);
    const std::uint8_t *from = grey_[glyph.page] + top * page_size_ + left;
    const Pixel tint = to_pixel(glyph.colour);
    const unsigned alpha = tint >> 24;
    const Pixel colour = unmultiplied(tint);
    for (int y = 0; y < seen.height; y++, from += page_size_) {
        Pixel *to = row(seen.x, seen.y + y);
        for (int x = 0; x < seen.width; x++) {
            if (from[x] != 0)
                to[x] = light_->mix(to[x], colour, from[x] * alpha);
        }
    }
}

void SoftwarePainter::draw_lcd(const GlyphInstance &glyph)
{
    const PixelRect seen = clip(glyph);
    const auto left = static_cast<std::size_t>(glyph.atlas_x + seen.x - glyph.x);
    const auto top = static_cast<std::size_t>(glyph.atlas_y + seen.y - glyph.y);
    const std::uint8_t *from = coloured_[glyph.page] + (top * page_size_ + left) * sizeof(Pixel);
    const Pixel tint = to_pixel(glyph.colour);
    const Pixel colour = unmultiplied(tint);
    for (int y = 0; y < seen.height; y++, from += page_size_ * sizeof(Pixel)) {
        Pixel *to = row(seen.x, seen.y + y);
        for (int x = 0; x < seen.width; x++) {
            Pixel coverage;
            std::memcpy(&coverage, from + static_cast<std::size_t>(x) * sizeof coverage,
                        sizeof coverage);
            if (coverage == 0)
                continue;
            if (!light_) {
                to[x] = mix_channels(to[x], tint, coverage);
                continue;
            }
            Pixel mixed = 0;
            for (const unsigned shift : {16u, 8u, 0u})
                mixed |= light_->mix_channel(to[x], colour,
                                             (coverage >> shift & 0xff) * (tint >> 24), shift);
            to[x] = mixed;
        }
    }
}

void SoftwarePainter::draw_coloured(const GlyphInstance &glyph)
{
    const PixelRect seen = clip(glyph);
    const auto left = static_cast<std::size_t>(glyph.atlas_x + seen.x - glyph.x);
    const auto top = static_cast<std::size_t>(glyph.atlas_y + seen.y - glyph.y);
    const std::uint8_t *from = coloured_[glyph.page] + (top * page_size_ + left) * sizeof(Pixel);
    const unsigned strength = glyph.colour >> 24;
    for (int y = 0; y < seen.height; y++, from += page_size_ * sizeof(Pixel)) {
        Pixel *to = row(seen.x, seen.y + y);
        for (int x = 0; x < seen.width; x++) {
            Pixel above;
            std::memcpy(&above, from + static_cast<std::size_t>(x) * sizeof above, sizeof above);
            if (strength != 255)
                above = scale_pixel(above, strength);
            if (above >> 24 == 255)
                to[x] = above;
            else if (above != 0)
                to[x] = lay_over(to[x], above);
        }
    }
}

void SoftwarePainter::draw_line(const LineInstance &line)
{
    const PixelRect seen = clip(line);
    if (seen.empty())
        return;
    const Pixel tint = to_pixel(line.colour);
    const int period = std::max<int>(line.period, 1);
    switch (line.style) {
    case LineStyle::solid:
        cover_rect(seen, tint);
        break;
    case LineStyle::doubled:
        for (int y = seen.y; y < seen.y + seen.height; y++) {
            const int from_top = y - line.y;
            if (from_top < line.thickness || from_top >= line.height - line.thickness)
                cover_rect({seen.x, y, seen.width, 1}, tint);
        }
        break;
    case LineStyle::curly:
        make_wave(line.thickness, period, line.height);
        draw_wave(line, seen, tint);
        break;
    case LineStyle::dotted:
        draw_dashes(line, seen, tint, line.thickness);
        break;
    case LineStyle::dashed:
        draw_dashes(line, seen, tint, (period * 3 + 4) / 5);
        break;
    }
}

void SoftwarePainter::cover_rect(const PixelRect &rect, Pixel tint)
{
    if (is_opaque(tint))
        return fill_rect(rect, tint);
    for (int y = rect.y; y < rect.y + rect.height; y++) {
        Pixel *to = row(rect.x, y);
        for (int x = 0; x < rect.width; x++)
            to[x] = lay_over(to[x], tint);
    }
}

// on: how much of a period is drawn, px.
void SoftwarePainter::draw_dashes(const LineInstance &line, const PixelRect &seen, Pixel tint,
                                  int on)
{
    const int period = std::max<int>(line.period, 1);
    const int right = seen.x + seen.width;
    for (int begin = seen.x - seen.x % period; begin < right; begin += period) {
        const int from = std::max(begin, seen.x);
        const int to = std::min(begin + std::min(on, period), right);
        if (from < to)
            cover_rect({from, seen.y, to - from, seen.height}, tint);
    }
}

void SoftwarePainter::draw_wave(const LineInstance &line, const PixelRect &seen, Pixel tint)
{
    const auto cover = is_opaque(tint) ? cover_row : cover_row_lightly;
    const int right = seen.x + seen.width;
    for (int y = seen.y; y < seen.y + seen.height; y++) {
        const std::uint8_t *wave =
            wave_.coverage.data() + static_cast<std::ptrdiff_t>(y - line.y) * wave_.period;
        for (int x = seen.x; x < right;) {
            const int phase = x % wave_.period;
            const int count = std::min(wave_.period - phase, right - x);
            cover(row(x, y), wave + phase, count, tint);
            x += count;
        }
    }
}

// As in the line shader. All waves of a font are alike, so one is kept.
void SoftwarePainter::make_wave(int thickness, int period, int height)
{
    if (wave_.thickness == thickness && wave_.period == period && wave_.height == height)
        return;
    wave_ = {thickness, period, height, std::move(wave_.coverage)};
    wave_.coverage.resize(static_cast<std::size_t>(period) * static_cast<std::size_t>(height));
    const float turn = 6.28318530718f / static_cast<float>(period);
    const float swing = static_cast<float>(height - thickness) * 0.5f;
    for (int x = 0; x < period; x++) {
        const float angle = (static_cast<float>(x) + 0.5f) * turn;
        const float middle = static_cast<float>(height) * 0.5f - swing * std::sin(angle);
        const float slope = swing * turn * std::cos(angle);
        for (int y = 0; y < height; y++) {
            const float distance =
                std::abs(static_cast<float>(y) + 0.5f - middle) / std::sqrt(1.0f + slope * slope);
            const float covered =
                std::clamp(static_cast<float>(thickness) * 0.5f + 0.5f - distance, 0.0f, 1.0f);
            wave_.coverage[static_cast<std::size_t>(y) * static_cast<std::size_t>(period) +
                           static_cast<std::size_t>(x)] =
                static_cast<std::uint8_t>(std::lround(covered * 255.0f));
        }
    }
}

std::vector<std::uint8_t> SoftwarePainter::read_pixels()
{
    const auto count = static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_);
    const Pixel *pixels = store_.begin_draw();
    std::vector<std::uint8_t> bytes;
    bytes.reserve(count * 4);
    for (std::size_t i = 0; i < count; i++) {
        for (const unsigned shift : {16u, 8u, 0u})
            bytes.push_back(static_cast<std::uint8_t>(pixels[i] >> shift));
        bytes.push_back(255);
    }
    return bytes;
}

} // namespace vitrine
