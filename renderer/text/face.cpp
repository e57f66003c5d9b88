#include "text/face.h"

#include <hb-ft.h>
#include <hb-ot.h>

#include FT_COLOR_H
#include FT_MULTIPLE_MASTERS_H
#include FT_TRUETYPE_TABLES_H

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <new>

namespace vitrine {

namespace {

constexpr char32_t first_ascii = 0x20;
constexpr char32_t last_ascii = 0x7e;

// The smallest strike that is not smaller than px, else the largest.
int best_strike(FT_Face face, double px)
{
    int best = 0;
    for (int i = 1; i < face->num_fixed_sizes; i++) {
        const auto size = [&](int strike) {
            return static_cast<double>(face->available_sizes[strike].y_ppem) / 64.0;
        };
        const bool covers = size(i) >= px;
        if (covers != (size(best) >= px) ? covers : covers == (size(i) < size(best)))
            best = i;
    }
    return best;
}

// The features that HarfBuzz applies to letters of itself, changed as asked.
std::vector<hb_tag_t> effective_features(std::span<const hb_feature_t> asked)
{
    std::vector<hb_tag_t> tags = {
        HB_TAG('c', 'a', 'l', 't'), HB_TAG('c', 'c', 'm', 'p'), HB_TAG('c', 'l', 'i', 'g'),
        HB_TAG('l', 'i', 'g', 'a'), HB_TAG('r', 'c', 'l', 't'), HB_TAG('r', 'l', 'i', 'g'),
    };
    for (const hb_feature_t &feature : asked) {
        std::erase(tags, feature.tag);
        if (feature.value != 0)
            tags.push_back(feature.tag);
    }
    return tags;
}

// The glyphs that substitutions can make of these, these included.
void close_over_substitutions(hb_face_t *face, std::span<const hb_feature_t> asked,
                              hb_set_t *glyphs)
{
    std::vector<hb_tag_t> features = effective_features(asked);
    features.push_back(HB_TAG_NONE);
    const HbSetHandle lookups(hb_set_create());
    hb_ot_layout_collect_lookups(face, HB_OT_TAG_GSUB, nullptr, nullptr, features.data(),
                                 lookups.get());
    hb_ot_layout_lookups_substitute_closure(face, lookups.get(), glyphs);
}

} // namespace

bool succeeded(FT_Error error)
{
    if (error == FT_Err_Out_Of_Memory)
        throw std::bad_alloc();
    return error == FT_Err_Ok;
}

Face::Face(FtFaceHandle ft, const FaceSource &source, double px)
    : ft_(std::move(ft)),
      source_(source),
      px_(px),
      colour_(FT_HAS_COLOR(ft_.get())),
      scalable_(FT_IS_SCALABLE(ft_.get()))
{
}

Result<Face> Face::open(FT_Library library, const FaceSource &source, double px,
                        const FaceSetup &setup)
{
    FT_Face raw = nullptr;
    if (!succeeded(FT_New_Face(library, source.path.c_str(), source.index, &raw)))
        return Error{"cannot open font " + source.path};
    Face face(FtFaceHandle(raw), source, px);
    FT_Select_Charmap(raw, FT_ENCODING_UNICODE);
    if (!face.set_size() || !face.make_hb_font())
        return Error{"cannot use font " + source.path};
    face.features_.assign(setup.features.begin(), setup.features.end());
    if (!setup.axes.empty())
        face.set_axes(setup.axes);
    face.note_painted();
    face.inspect_ascii();
    face.has_ideographs_ = face.has(0x4e00);
    return face;
}

bool Face::set_size()
{
    if (scalable_) {
        const auto size = static_cast<FT_F26Dot6>(std::lround(px_ * 64));
        return succeeded(FT_Set_Char_Size(ft_.get(), size, size, 72, 72));
    }
    if (ft_->num_fixed_sizes == 0)
        return false;
    const int strike = best_strike(ft_.get(), px_);
    const double strike_px = static_cast<double>(ft_->available_sizes[strike].y_ppem) / 64.0;
    if (strike_px <= 0 || !succeeded(FT_Select_Size(ft_.get(), strike)))
        return false;
    // Colour bitmaps are scaled; letters made of bits only look right as they are.
    if (colour_)
        strike_scale_ = px_ / strike_px;
    else
        px_ = strike_px;
    return true;
}

bool Face::make_hb_font()
{
    if (!FT_IS_SFNT(ft_.get())) {
        hb_.reset(hb_ft_font_create_referenced(ft_.get()));
        return hb_ && hb_.get() != hb_font_get_empty();
    }
    // HarfBuzz's own functions scale bitmap fonts, too, and do not hint.
    const HbFaceHandle face(hb_ft_face_create_referenced(ft_.get()));
    hb_.reset(hb_font_create(face.get()));
    if (!hb_ || hb_.get() == hb_font_get_empty())
        return false;
    const int size = static_cast<int>(std::lround(px_ * 64));
    hb_font_set_scale(hb_.get(), size, size);
    if (const int instance = source_.index >> 16; instance > 0)
        hb_font_set_var_named_instance(hb_.get(), static_cast<unsigned>(instance - 1));
    return true;
}

// Both libraries get all axes, from where the chosen instance has them.
void Face::set_axes(std::span<const hb_variation_t> axes)
{
    FT_MM_Var *raw = nullptr;
    if (!FT_HAS_MULTIPLE_MASTERS(ft_.get()) || FT_Get_MM_Var(ft_.get(), &raw) != 0)
        return;
    const auto release = [this](FT_MM_Var *var) { FT_Done_MM_Var(ft_->glyph->library, var); };
    const std::unique_ptr<FT_MM_Var, decltype(release)> var(raw, release);
    std::vector<FT_Fixed> places(var->num_axis);
    if (FT_Get_Var_Design_Coordinates(ft_.get(), var->num_axis, places.data()) != 0)
        return;
    std::vector<hb_variation_t> variations;
    for (size_t i = 0; i < places.size(); i++) {
        const FT_Var_Axis &axis = var->axis[i];
        for (const hb_variation_t &asked : axes) {
            const double low = static_cast<double>(axis.minimum) / 0x10000;
            const double high = static_cast<double>(axis.maximum) / 0x10000;
            if (asked.tag == axis.tag)
                places[i] = std::lround(std::clamp<double>(asked.value, low, high) * 0x10000);
        }
        variations.push_back(
            {static_cast<hb_tag_t>(axis.tag), static_cast<float>(places[i]) / 0x10000});
    }
    FT_Set_Var_Design_Coordinates(ft_.get(), var->num_axis, places.data());
    hb_font_set_variations(hb_.get(), variations.data(), static_cast<unsigned>(variations.size()));
}

uint32_t Face::nominal_glyph(char32_t codepoint) const
{
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(hb_.get(), codepoint, &glyph) ? glyph : 0;
}

bool Face::has(char32_t codepoint) const
{
    const uint32_t glyph = nominal_glyph(codepoint);
    return glyph != 0 && !(std::ranges::binary_search(painted_, glyph) && is_blank(glyph));
}

// Nothing here draws COLR v1. Its fonts seldom have outlines beside it: what they are said to
// have would be nothing, where another font has something.
void Face::note_painted()
{
    constexpr unsigned version_at = 0;
    constexpr unsigned list_at = 14;
    if (FT_HAS_SVG(ft_.get()) || FT_HAS_FIXED_SIZES(ft_.get()))
        return;
    const HbBlobHandle table(
        hb_face_reference_table(hb_font_get_face(hb_.get()), HB_TAG('C', 'O', 'L', 'R')));
    unsigned length = 0;
    const char *raw = hb_blob_get_data(table.get(), &length);
    const std::span bytes(reinterpret_cast<const uint8_t *>(raw), length);
    const auto number = [&](size_t at, size_t size) {
        uint32_t value = 0;
        for (size_t i = at; i < at + size; i++)
            value = value << 8 | (i < bytes.size() ? bytes[i] : 0u);
        return value;
    };
    const size_t list = number(list_at, 4);
    if (number(version_at, 2) < 1 || list == 0 || list >= bytes.size())
        return;
    constexpr size_t record = 6; // glyph and where its paint is
    const size_t count = std::min<size_t>(number(list, 4), (bytes.size() - list) / record);
    for (size_t i = 0; i < count; i++)
        painted_.push_back(static_cast<uint16_t>(number(list + 4 + i * record, 2)));
    std::ranges::sort(painted_);
}

bool Face::is_blank(uint32_t glyph) const
{
    FT_LayerIterator layers = {};
    FT_UInt layer = 0;
    FT_UInt colour = 0;
    if (FT_Get_Color_Glyph_Layer(ft_.get(), glyph, &layer, &colour, &layers) != 0)
        return false;
    return succeeded(FT_Load_Glyph(ft_.get(), glyph, FT_LOAD_NO_SCALE)) &&
           ft_->glyph->format == FT_GLYPH_FORMAT_OUTLINE && ft_->glyph->outline.n_contours == 0;
}

double Face::advance_px(uint32_t glyph) const
{
    return hb_font_get_glyph_h_advance(hb_.get(), glyph) / 64.0;
}

void Face::inspect_ascii()
{
    const HbSetHandle glyphs(hb_set_create());
    const double advance = advance_px(nominal_glyph(first_ascii));
    bool complete = true;
    fixed_width_ = true;
    for (char32_t c = first_ascii; c <= last_ascii; c++) {
        const uint32_t glyph = nominal_glyph(c);
        complete &= glyph != 0;
        fixed_width_ &= std::abs(advance_px(glyph) - advance) < 0.1;
        hb_set_add(glyphs.get(), glyph);
    }
    const unsigned before = hb_set_get_population(glyphs.get());
    close_over_substitutions(hb_font_get_face(hb_.get()), features_, glyphs.get());
    plain_ascii_ = complete && fixed_width_ && hb_set_get_population(glyphs.get()) == before;
}

FaceMeasures Face::measures() const
{
    FaceMeasures out;
    out.em = px_;
    for (char32_t c = first_ascii; c <= last_ascii; c++) {
        if (const uint32_t glyph = nominal_glyph(c))
            out.max_ascii_advance = std::max(out.max_ascii_advance, advance_px(glyph));
    }
    if (ft_->units_per_EM == 0) {
        const FT_Size_Metrics &size = ft_->size->metrics;
        out.ascent = static_cast<double>(size.ascender) / 64.0;
        out.descent = static_cast<double>(-size.descender) / 64.0;
        return out;
    }
    const double unit = px_ / ft_->units_per_EM;
    out.ascent = ft_->ascender * unit;
    out.descent = -ft_->descender * unit;
    out.line_gap = (ft_->height - ft_->ascender + ft_->descender) * unit;
    out.underline_centre = ft_->underline_position * unit;
    out.underline_thickness = ft_->underline_thickness * unit;
    if (const auto *os2 = static_cast<const TT_OS2 *>(FT_Get_Sfnt_Table(ft_.get(), FT_SFNT_OS2)))
        out.strike_centre = (os2->yStrikeoutPosition - os2->yStrikeoutSize / 2.0) * unit;
    return out;
}

} // namespace vitrine
