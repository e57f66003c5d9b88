// FreeType hands over the document, librsvg draws it: bounded, since that limits what a
// document may refer to and how large it gets, and reads no other files. librsvg and the
// sixty libraries below it are loaded with the first such glyph, which few people ever see.

#include "text/svg_glyph.h"

#include "text/colour_canvas.h"

#include <librsvg/rsvg.h>

#include FT_OTSVG_H

#include <dlfcn.h>

#include <string>

namespace vitrine {

namespace {

struct Librsvg {
    decltype(&rsvg_handle_new_from_data) open = nullptr;
    decltype(&rsvg_handle_has_sub) has_part = nullptr;
    decltype(&rsvg_handle_render_layer) draw_part = nullptr;
    decltype(&g_object_unref) release = nullptr;

    bool complete() const
    {
        return open != nullptr && has_part != nullptr && draw_part != nullptr && release != nullptr;
    }
};

template <typename Function>
void find(void *library, const char *name, Function &function)
{
    function = reinterpret_cast<Function>(dlsym(library, name));
}

// It stays: what is registered with GLib cannot be taken back.
const Librsvg &librsvg()
{
    static const Librsvg loaded = [] {
        Librsvg functions;
        void *library = dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL);
        if (library == nullptr)
            return functions;
        find(library, "rsvg_handle_new_from_data", functions.open);
        find(library, "rsvg_handle_has_sub", functions.has_part);
        find(library, "rsvg_handle_render_layer", functions.draw_part);
        find(library, "g_object_unref", functions.release);
        return functions;
    }();
    return loaded;
}

struct Release {
    void operator()(RsvgHandle *document) const { librsvg().release(document); }
};
using Document = std::unique_ptr<RsvgHandle, Release>;

} // namespace

bool draw_svg_glyph(const Face &face, uint32_t glyph, GlyphBitmap &out)
{
    const FT_GlyphSlot slot = face.ft()->glyph;
    if (slot->format != FT_GLYPH_FORMAT_SVG || !librsvg().complete())
        return false;
    const auto *svg = static_cast<const FT_SVG_DocumentRec *>(slot->other);
    const Document document(librsvg().open(svg->svg_document, svg->svg_document_length, nullptr));
    if (!document || svg->units_per_EM == 0)
        return false;
    // One document may have many glyphs, each in an element of this name.
    const std::string name = "#glyph" + std::to_string(glyph);
    const bool part = librsvg().has_part(document.get(), name.c_str());
    if (!part && svg->start_glyph_id != svg->end_glyph_id)
        return false;
    ColourCanvas canvas(face.px());
    const double em = svg->units_per_EM;
    cairo_scale(canvas.context(), face.px() / em, face.px() / em);
    const RsvgRectangle viewport = {0, 0, em, em};
    return librsvg().draw_part(document.get(), canvas.context(), part ? name.c_str() : nullptr,
                               &viewport, nullptr) &&
           canvas.take(out);
}

} // namespace vitrine
