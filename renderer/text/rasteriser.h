// Glyphs of a FontSet as bitmaps: FreeType with the hinting and antialiasing
// that were chosen, synthetic styles, colour glyphs scaled into their cells,
// and builtin ones.
#pragma once

#include "text/font_set.h"
#include "text/glyph_bitmap.h"

namespace vitrine {

class Rasteriser final : public GlyphSource {
public:
    // fonts is borrowed and outlives the rasteriser.
    explicit Rasteriser(const FontSet &fonts) : fonts_(fonts) {}

    bool rasterise(const GlyphKey &key, GlyphBitmap &out) override;

private:
    bool builtin(const GlyphKey &key, GlyphBitmap &out) const;
    bool outline(const GlyphKey &key, const Face &face, GlyphBitmap &out);
    bool draw_in_colours(const Face &face, uint32_t glyph);
    bool colour(const GlyphKey &key, const Face &face, GlyphBitmap &out);

    const FontSet &fonts_;
    GlyphBitmap scratch_;
};

} // namespace vitrine
