#include "draw/text_source.h"

namespace vitrine {

LayoutResult EngineText::layout(const RowInput &row, GlyphQuads &out)
{
    const LayoutResult result = engine_.layout().layout(row, scratch_, out);
    scratch_.release();
    return result;
}

void EngineText::keep(const PageSet &pages)
{
    AtlasGlyph glyph = {};
    glyph.width = 1;
    for (std::uint16_t page = 0; page < 32; page++) {
        glyph.page = page;
        glyph.colour = false;
        if (pages.grey >> page & 1u)
            engine_.atlas().touch(glyph);
        glyph.colour = true;
        if (pages.colour >> page & 1u)
            engine_.atlas().touch(glyph);
    }
}

} // namespace vitrine
