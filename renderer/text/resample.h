// Bitmaps to another size, for colour glyphs that come in few sizes.
#pragma once

#include "text/glyph_bitmap.h"

namespace vitrine {

// Each pixel of the result is the mean of the area it stands for: right for
// shrinking, which is what emoji strikes need, and plain for enlarging.
// Premultiplied colours stay premultiplied. Keeps left and top of out.
void resample(const GlyphBitmap &in, int width, int height, GlyphBitmap &out);

} // namespace vitrine
