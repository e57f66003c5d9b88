// What colour glyphs that are drawings are drawn on, by cairo.
#pragma once

#include "text/glyph_bitmap.h"
#include "text/handles.h"

#include <cairo.h>

namespace vitrine {

using CairoHandle = std::unique_ptr<cairo_t, ReleaseBy<cairo_destroy>>;
using CairoSurfaceHandle = std::unique_ptr<cairo_surface_t, ReleaseBy<cairo_surface_destroy>>;

// An em around the em square; what glyphs have farther out is cut off.
class ColourCanvas {
public:
    // em in px; it may be too large for memory, which take() then says.
    explicit ColourCanvas(double em);

    // In px from the glyph's origin, y down. Borrowed.
    cairo_t *context() { return context_.get(); }
    // What has ink. False without any, or if drawing failed.
    bool take(GlyphBitmap &out);

private:
    int side_; // px
    CairoSurfaceHandle surface_;
    CairoHandle context_;
};

} // namespace vitrine
