// Glyphs that are SVG documents (OpenType's table SVG), drawn by librsvg.
#pragma once

#include "text/face.h"
#include "text/glyph_bitmap.h"

namespace vitrine {

// Of the glyph that was just loaded into the face's slot, at the face's size. False if it
// is none, has no ink or is not valid, or without librsvg.
bool draw_svg_glyph(const Face &face, uint32_t glyph, GlyphBitmap &out);

} // namespace vitrine
