// Everything about text in one piece: fonts, rasteriser, atlas and layout, in
// the order in which they depend on one another. A change of font, size or
// scale makes a new one.
#pragma once

#include "text/font_set.h"
#include "text/glyph_atlas.h"
#include "text/rasteriser.h"
#include "text/row_layout.h"

#include <memory>

namespace vitrine {

class TextEngine {
public:
    static Result<std::unique_ptr<TextEngine>> load(const FontOptions &fonts,
                                                    const AtlasOptions &atlas = {});

    TextEngine(const TextEngine &) = delete;
    TextEngine &operator=(const TextEngine &) = delete;

    const CellMetrics &metrics() const { return fonts_.metrics(); }
    const FontSet &fonts() const { return fonts_; }
    GlyphAtlas &atlas() { return atlas_; }
    RowLayout &layout() { return layout_; }

    // While memory is short: text has as little of it as it can be drawn with, and what needs
    // more is left out, as refused by the cause.
    void set_frugal(bool frugal, const Refusal &cause = {});

private:
    // Lets make_unique in, and nobody else.
    struct Key {};

public:
    TextEngine(Key, FontSet fonts, const AtlasOptions &atlas);

private:
    FontSet fonts_;
    Rasteriser rasteriser_;
    GlyphAtlas atlas_;
    RowLayout layout_;
    bool frugal_ = false;
};

} // namespace vitrine
