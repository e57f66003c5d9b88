// Glyphs for the benchmarks of the atlas and of its uploads.
#pragma once

#include "text/glyph_bitmap.h"

namespace bench {

// As many bytes as a letter of 16 px, at no cost of rasterising.
class BlankSource final : public vitrine::GlyphSource {
public:
    bool rasterise(const vitrine::GlyphKey &, vitrine::GlyphBitmap &out) override
    {
        out.resize(vitrine::PixelFormat::grey8, 9, 13);
        return true;
    }
};

} // namespace bench
