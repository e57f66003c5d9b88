#include "text/font_set.h"

#include "text/font_memory.h"
#include "text/presentation.h"

#include <algorithm>
#include <array>
#include <new>

namespace vitrine {

namespace {

// Enough for every script there is; hostile text cannot open files without end.
constexpr size_t max_faces = 128;
constexpr size_t max_known = 1u << 15;
constexpr size_t max_passed_over = 4; // fonts in one search
constexpr uint16_t no_face = 0xffff;

// What joins letters by choice; scripts that cannot do without have other features.
constexpr hb_feature_t off(hb_tag_t tag)
{
    return {tag, 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
}
constexpr hb_feature_t no_ligatures[] = {
    off(HB_TAG('l', 'i', 'g', 'a')), off(HB_TAG('c', 'l', 'i', 'g')),
    off(HB_TAG('d', 'l', 'i', 'g')), off(HB_TAG('h', 'l', 'i', 'g')),
    off(HB_TAG('c', 'a', 'l', 't')),
};

constexpr double min_px = 4;
constexpr double max_px = 256;

uint64_t hash(FontStyle style, std::span<const char32_t> cluster)
{
    uint64_t hash = 0x9e3779b97f4a7c15u + static_cast<unsigned>(style);
    for (const char32_t c : cluster) {
        hash = (hash ^ c) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    return hash;
}

// The codepoints a font has to have.
struct Wanted {
    std::array<char32_t, max_cluster_codepoints> codepoints;
    size_t count = 0;

    explicit Wanted(std::span<const char32_t> cluster)
    {
        for (const char32_t c : cluster) {
            if (count < codepoints.size() && !is_ignorable(c))
                codepoints[count++] = c;
        }
    }
    std::span<const char32_t> span() const { return {codepoints.data(), count}; }
};

// A mark that the face lacks will do if it has the composed character.
bool covers(const Face &face, std::span<const char32_t> wanted)
{
    char32_t base = wanted.front();
    for (const char32_t c : wanted.subspan(1)) {
        hb_codepoint_t composed = 0;
        if (hb_unicode_compose(hb_unicode_funcs_get_default(), base, c, &composed) &&
            face.has(composed))
            base = composed;
        else if (!face.has(c))
            return false;
    }
    return face.has(base);
}

bool same(const FaceSource &a, const FaceSource &b)
{
    return a.index == b.index && a.synthetic_bold == b.synthetic_bold &&
           a.synthetic_italic == b.synthetic_italic && a.path == b.path;
}

} // namespace

FontSet::FontSet(FontOptions options, FontCatalogue catalogue, FtLibraryHandle library)
    : options_(std::move(options)),
      px_(std::clamp(options_.points * options_.dpi / 72 * options_.scale, min_px, max_px)),
      catalogue_(std::move(catalogue)),
      library_(std::move(library))
{
}

Result<FontSet> FontSet::load(const FontOptions &options)
{
    FT_Library library = nullptr;
    if (FT_New_Library(counted_font_memory(), &library) != 0)
        return Error{"FreeType does not start"};
    FtLibraryHandle owned(library);
    FT_Add_Default_Modules(library);
    FT_Set_Default_Properties(library);
    auto catalogue = FontCatalogue::open(
        {options.family, options.bold_family, options.italic_family, options.bold_italic_family});
    if (!catalogue)
        return Error{catalogue.error()};
    FontSet fonts(options, catalogue.take(), std::move(owned));
    if (auto read = fonts.read_options(); !read)
        return Error{read.error()};
    if (auto opened = fonts.open_primaries(); !opened)
        return Error{opened.error()};
    return fonts;
}

Result<void> FontSet::read_options()
{
    if (options_.ligatures == Ligatures::off)
        features_.assign(std::begin(no_ligatures), std::end(no_ligatures));
    for (const std::string &text : options_.features) {
        if (auto good = check_feature(text); !good)
            return good;
        hb_feature_t &feature = features_.emplace_back();
        hb_feature_from_string(text.data(), static_cast<int>(text.size()), &feature);
        // Places in the text mean nothing here.
        feature.start = HB_FEATURE_GLOBAL_START;
        feature.end = HB_FEATURE_GLOBAL_END;
    }
    for (const std::string &text : options_.axes) {
        if (auto good = check_axis(text); !good)
            return good;
        hb_variation_from_string(text.data(), static_cast<int>(text.size()), &axes_.emplace_back());
    }
    return {};
}

Result<Face> FontSet::open_primary(FontStyle style, const FaceSource &source) const
{
    std::vector<hb_variation_t> axes = axes_;
    std::erase_if(axes, [style](const hb_variation_t &axis) {
        const bool leans =
            axis.tag == HB_TAG('s', 'l', 'n', 't') || axis.tag == HB_TAG('i', 't', 'a', 'l');
        return (is_bold(style) && axis.tag == HB_TAG('w', 'g', 'h', 't')) ||
               (is_italic(style) && leans);
    });
    return Face::open(library_.get(), source, px_, {features_, axes});
}

Result<void> FontSet::open_primaries()
{
    for (unsigned i = 0; i < style_count; i++) {
        const auto style = static_cast<FontStyle>(i);
        auto face = open_primary(style, catalogue_.primary(style));
        if (!face && i > 0)
            face = open_primary(style, catalogue_.primary(FontStyle::regular));
        if (!face)
            return Error{"no font found: " + face.error()};
        faces_.push_back(face.take());
    }
    metrics_ = compute_cell_metrics(faces_[0].measures(), options_.cell, options_.scale);
    for (const SymbolMap &map : options_.symbol_maps) {
        const auto source = catalogue_.regular_of(map.family);
        const uint16_t face = source ? open_fallback(*source, no_face) : no_face;
        map_faces_.push_back(face == no_face ? std::nullopt : std::optional(face));
    }
    chosen_faces_ = faces_.size();
    return {};
}

// The first map of a codepoint decides, if its font has it.
std::optional<uint16_t> FontSet::mapped_face(std::span<const char32_t> cluster) const
{
    for (size_t i = 0; i < map_faces_.size(); i++) {
        const SymbolMap &map = options_.symbol_maps[i];
        if (cluster.front() < map.first || cluster.front() > map.last || !map_faces_[i])
            continue;
        const uint16_t face = *map_faces_[i];
        return faces_[face].has(cluster.front()) ? std::optional(face) : std::nullopt;
    }
    return std::nullopt;
}

bool FontSet::is_mapped(char32_t codepoint) const
{
    return mapped_face({&codepoint, 1}).has_value();
}

bool FontSet::maps_ascii() const
{
    return std::ranges::any_of(options_.symbol_maps,
                               [](const SymbolMap &map) { return map.first < 0x7f; });
}

uint16_t FontSet::face_for(FontStyle style, std::span<const char32_t> cluster)
{
    const auto primary = static_cast<uint16_t>(style);
    const Wanted wanted(cluster);
    if (wanted.count == 0)
        return primary;
    if (!map_faces_.empty()) {
        if (const auto mapped = mapped_face(wanted.span()))
            return *mapped;
    }
    const Presentation presentation = presentation_of(cluster);
    const Face &own = faces_[primary];
    if ((presentation == Presentation::text || own.colour()) && covers(own, wanted.span()))
        return primary;

    const uint64_t key = hash(style, cluster);
    if (const auto known = known_.find(key); known != known_.end())
        return known->second;
    const uint16_t face = find_fallback(style, wanted.span(), presentation);
    if (known_.size() >= max_known)
        known_.clear();
    known_.emplace(key, face);
    return face;
}

// Misses were for want of memory, perhaps.
void FontSet::set_frugal(bool frugal)
{
    frugal_ = frugal;
    known_.clear();
    if (frugal)
        faces_.erase(faces_.begin() + static_cast<std::ptrdiff_t>(chosen_faces_), faces_.end());
}

uint16_t FontSet::find_fallback(FontStyle style, std::span<const char32_t> wanted,
                                Presentation presentation)
{
    const auto primary = static_cast<uint16_t>(style);
    searches_++;
    // Of files that say they have a character and do not draw it.
    std::vector<FaceSource> passed_over;
    while (passed_over.size() < max_passed_over) {
        const auto found = catalogue_.find(style, wanted, presentation, passed_over);
        if (!found)
            return primary;
        // A part of the cluster, or letters for an emoji, the own face has as well.
        if (!found->whole && faces_[primary].has(wanted.front()))
            return primary;
        const uint16_t face = open_fallback(found->source, primary);
        if (presentation == Presentation::emoji && !faces_[face].colour() &&
            covers(faces_[primary], wanted))
            return primary;
        if (faces_[face].has(wanted.front()))
            return face;
        passed_over.push_back(found->source);
    }
    return primary;
}

uint16_t FontSet::open_fallback(const FaceSource &source, uint16_t otherwise)
{
    for (size_t i = 0; i < faces_.size(); i++) {
        if (same(faces_[i].source(), source))
            return static_cast<uint16_t>(i);
    }
    if (frugal_)
        throw std::bad_alloc();
    if (faces_.size() >= max_faces)
        return otherwise;
    auto face = Face::open(library_.get(), source, px_);
    if (!face)
        return otherwise;
    faces_.push_back(face.take());
    return static_cast<uint16_t>(faces_.size() - 1);
}

} // namespace vitrine
