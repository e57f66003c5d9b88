#include "text/text_engine.h"

#include "out_of_memory.h"

#include <new>

namespace vitrine {

TextEngine::TextEngine(Key, FontSet fonts, const AtlasOptions &atlas)
    : fonts_(std::move(fonts)),
      rasteriser_(fonts_),
      atlas_(rasteriser_, atlas),
      layout_(fonts_, atlas_)
{
}

Result<std::unique_ptr<TextEngine>> TextEngine::load(const FontOptions &fonts,
                                                     const AtlasOptions &atlas)
{
    try {
        auto set = FontSet::load(fonts);
        if (!set)
            return Error{set.error()};
        return std::make_unique<TextEngine>(Key{}, set.take(), atlas);
    } catch (const std::bad_alloc &) {
        return Error{"fonts: " + out_of_memory(take_refusal())};
    }
}

void TextEngine::set_frugal(bool frugal, const Refusal &cause)
{
    if (frugal == frugal_)
        return;
    frugal_ = frugal;
    fonts_.set_frugal(frugal);
    atlas_.set_frugal(frugal);
    layout_.set_frugal(frugal, cause);
}

} // namespace vitrine
