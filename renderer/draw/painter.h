// Batches onto pixels, by whatever draws them: OpenGL or the CPU.
//
// A painter draws into a target of the window's size that keeps what was
// drawn, so only damage is drawn again. Everything in it can be thrown away
// and made again: what it shows is kept by the screen, the glyphs by the atlas.
// All painters draw the same picture, to one in 255 where blending rounds.
#pragma once

#include "draw/batch.h"
#include "draw/geometry.h"
#include "draw/theme.h"
#include "result.h"
#include "text/font_options.h"
#include "text/glyph_atlas.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vitrine {

class Painter {
public:
    virtual ~Painter() = default;

    // A new target filled with background; the error says what is too large.
    virtual Result<void> resize(int width, int height, Rgb background) = 0;
    virtual void fill(Rgb colour) = 0;
    // How letters are mixed with what is below them; what else is drawn is mixed plainly.
    // Before resize(), which makes the target for it.
    virtual void set_blending(Blending blending) = 0;

    // Pixels of the target up or down; both places are in it and may overlap.
    // False if nothing was moved.
    virtual bool move(const PixelRect &from, int to_y) = 0;

    // Before drawing: makes what the atlas has new available.
    virtual void upload(GlyphAtlas &atlas) = 0;
    // What lies outside the target is left out.
    virtual void draw(const Batch &batch) = 0;

    // Brings a part of the target to where the window shows it from.
    virtual void present(const PixelRect &part) = 0;

    // The target as rows of R, G, B, A from the top.
    virtual std::vector<std::uint8_t> read_pixels() = 0;
};

// Instances have 16 bits for a place.
constexpr bool fits_instances(int width, int height)
{
    return width <= INT16_MAX && height <= INT16_MAX;
}

inline Error too_large(int width, int height)
{
    return {"a picture of " + std::to_string(width) + "x" + std::to_string(height) +
            " px is too large"};
}

} // namespace vitrine
