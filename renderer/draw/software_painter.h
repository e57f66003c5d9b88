// The painter that uses the CPU: where OpenGL would be a software rasteriser,
// or is not there at all.
//
// It draws straight into the memory that the window shows, and takes glyphs
// straight from the atlas. Lines have the geometry of the line shader; the
// tests hold the two painters together.
#pragma once

#include "draw/blend.h"
#include "draw/linear_light.h"
#include "draw/painter.h"
#include "draw/pixel_store.h"

#include <array>
#include <optional>

namespace vitrine {

class SoftwarePainter final : public Painter {
public:
    // store is borrowed and outlives the painter.
    explicit SoftwarePainter(PixelStore &store) : store_(store) {}

    Result<void> resize(int width, int height, Rgb background) override;
    void fill(Rgb colour) override;
    bool move(const PixelRect &from, int to_y) override;
    void set_blending(Blending blending) override;
    void upload(GlyphAtlas &atlas) override;
    void draw(const Batch &batch) override;
    void present(const PixelRect &) override {} // it is there already
    std::vector<std::uint8_t> read_pixels() override;

private:
    // Where a page of the atlas begins.
    using Pages = std::vector<const std::uint8_t *>;

    // One wavelength of a curly line: coverage, row after row.
    struct Wave {
        int thickness = 0;
        int period = 0;
        int height = 0;
        std::vector<std::uint8_t> coverage;
    };

    // The part of a quad that lies in the target.
    template <typename Instance>
    PixelRect clip(const Instance &quad) const;
    Pixel *row(int x, int y);
    void draw_part(const Batch &batch, const BatchPoint &from, const BatchPoint &to);
    void fill_rect(const PixelRect &rect, Pixel colour);
    void draw_grey(const GlyphInstance &glyph);
    void draw_grey_in_light(const GlyphInstance &glyph);
    void draw_lcd(const GlyphInstance &glyph);
    void draw_coloured(const GlyphInstance &glyph);
    void draw_line(const LineInstance &line);
    void cover_rect(const PixelRect &rect, Pixel tint);
    void draw_dashes(const LineInstance &line, const PixelRect &seen, Pixel tint, int on);
    void draw_wave(const LineInstance &line, const PixelRect &seen, Pixel tint);
    void make_wave(int thickness, int period, int height);

    PixelStore &store_;
    Pixel *pixels_ = nullptr; // while something is drawn
    int width_ = 0;
    int height_ = 0;
    Pages grey_;
    Pages coloured_;
    std::size_t page_size_ = 0;
    Wave wave_;
    std::optional<LinearLight> light_; // where blending is linear
};

} // namespace vitrine
