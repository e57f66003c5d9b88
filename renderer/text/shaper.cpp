#include "text/shaper.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace vitrine {

namespace {

constexpr double unit = 64; // HarfBuzz positions of one px
constexpr unsigned min_scale = 16;

// Letters of a proportional font are spread over cells, which pulls ligatures apart.
constexpr hb_feature_t without_ligatures[] = {
    {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
    {HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
};

// Those of a font that stands in are not made for these cells: each part would be fitted into
// one as if it was a letter. Programming fonts have them as alternates.
constexpr hb_feature_t without_alternates[] = {
    without_ligatures[0],
    without_ligatures[1],
    {HB_TAG('c', 'a', 'l', 't'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
};

// Scripts whose letters are whole without their neighbours.
bool stands_apart(hb_script_t script)
{
    return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_LATIN || script == HB_SCRIPT_GREEK ||
           script == HB_SCRIPT_CYRILLIC;
}

// A font that does not know a mark as one sets it beside its base: put it over the base. So
// do fonts that draw marks in a cell of their own, which HarfBuzz took the width of.
void stack_marks(hb_font_t *font, std::span<const char32_t> cluster,
                 std::span<const hb_glyph_info_t> infos, std::span<hb_glyph_position_t> positions)
{
    if (cluster.size() != positions.size()) // composed: which is which is not known
        return;
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    for (size_t i = 1; i < cluster.size(); i++) {
        hb_glyph_position_t &mark = positions[i];
        if (hb_unicode_general_category(unicode, cluster[i]) !=
            HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK)
            continue;
        hb_glyph_extents_t ink;
        if (mark.x_advance != 0)
            mark.x_offset -= (positions[0].x_advance + mark.x_advance) / 2;
        else if (hb_font_get_glyph_extents(font, infos[i].codepoint, &ink) && ink.width != 0 &&
                 mark.x_offset + ink.x_bearing >= 0)
            mark.x_offset -= positions[0].x_advance;
        mark.x_advance = 0;
    }
}

// Takes out what the font lacks behind the first glyph, and says how many are left: a mark
// that is not there is better than a box over its base.
size_t drop_missing(std::span<hb_glyph_info_t> infos, std::span<hb_glyph_position_t> positions)
{
    size_t kept = 1;
    for (size_t i = 1; i < infos.size(); i++) {
        if (infos[i].codepoint == 0)
            continue;
        infos[kept] = infos[i];
        positions[kept++] = positions[i];
    }
    return kept;
}

hb_script_t script_of(std::span<const char32_t> cluster)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    for (const char32_t c : cluster) {
        const hb_script_t script = hb_unicode_script(unicode, c);
        if (script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED &&
            script != HB_SCRIPT_UNKNOWN)
            return script;
    }
    return HB_SCRIPT_COMMON;
}

// What a group of glyphs takes up around its own origin, px, up positive. Marks do not
// count sideways: letters are not to shrink for them.
struct Extents {
    double left = 0, right = 0, top = 0, bottom = 0, advance = 0;
};

Extents measure(hb_font_t *font, std::span<const hb_glyph_info_t> infos,
                std::span<const hb_glyph_position_t> positions)
{
    Extents out;
    bool first = true;
    for (size_t i = 0; i < infos.size(); i++) {
        hb_glyph_extents_t ink;
        if (hb_font_get_glyph_extents(font, infos[i].codepoint, &ink) && ink.width != 0) {
            const double left = out.advance + (positions[i].x_offset + ink.x_bearing) / unit;
            const double right = left + ink.width / unit;
            const double top = (positions[i].y_offset + ink.y_bearing) / unit;
            const double bottom = top + ink.height / unit;
            if (first || positions[i].x_advance != 0) {
                out.left = first ? left : std::min(out.left, left);
                out.right = first ? right : std::max(out.right, right);
            }
            out.top = first ? top : std::max(out.top, top);
            out.bottom = first ? bottom : std::min(out.bottom, bottom);
            first = false;
        }
        out.advance += positions[i].x_advance / unit;
    }
    return out;
}

enum class Fit : uint8_t {
    cell_font, // made for these cells: may overhang a little, stays where it is
    foreign,   // has to fit, and is centred where it leaves room
    joined,    // a ligature's part: the font knows what it does
};

struct Fitted {
    unsigned scale = scale_one;
    double shift = 0; // px right
};

// How a group comes into its cells.
Fitted fit(const Extents &group, const CellMetrics &cell, unsigned columns, Fit how)
{
    Fitted out;
    if (how != Fit::foreign)
        out.shift = static_cast<double>(cell.letter_shift) * columns;
    if (how == Fit::joined)
        return out;
    const double room = static_cast<double>(cell.width) * columns;
    const double wide = std::max(group.advance, group.right) - std::min(0.0, group.left);
    double scale = 1;
    if (wide > room + (how == Fit::cell_font ? cell.width / 3.0 : 0.5))
        scale = room / wide;
    if (how == Fit::foreign) {
        // A px over the edge is cut off; more than that shrinks the whole.
        if (group.top > cell.baseline + 1)
            scale = std::min(scale, cell.baseline / group.top);
        const double below = cell.height - cell.baseline;
        if (-group.bottom > below + 1)
            scale = std::min(scale, std::max(below / -group.bottom, 0.75));
    }
    if (scale < 1)
        out.scale = std::clamp(static_cast<unsigned>(scale * scale_one), min_scale, scale_one);
    const double scaled = static_cast<double>(out.scale) / scale_one;
    if (group.advance <= 0) // a mark without a base: its ink in the middle
        out.shift = room / 2 - (group.left + group.right) / 2 * scaled;
    else if (const double slack = room - wide * scaled;
             how == Fit::foreign || slack > cell.width / 2.0)
        out.shift = std::max(0.0, slack / 2 - std::min(0.0, group.left) * scaled);
    return out;
}

} // namespace

Shaper::Shaper(FontSet &fonts) : fonts_(fonts), buffer_(hb_buffer_create()) {}

std::span<const ShapedGlyph> Shaper::shape(const Run &run)
{
    glyphs_.clear();
    itemise(run);
    for (const Segment &segment : segments_)
        shape_segment(run, segment);
    return glyphs_;
}

void Shaper::itemise(const Run &run)
{
    segments_.clear();
    offsets_.clear();
    size_t text = 0;
    for (size_t i = 0; i < run.clusters.size(); i++) {
        const auto cluster = run.text.subspan(text, run.clusters[i].count);
        const uint16_t face = fonts_.face_for(run.style, cluster);
        const hb_script_t script = script_of(cluster);
        Segment *last = segments_.empty() ? nullptr : &segments_.back();
        const bool joins = last != nullptr && last->face == face &&
                           (script == last->script || script == HB_SCRIPT_COMMON ||
                            last->script == HB_SCRIPT_COMMON);
        if (!joins) {
            segments_.push_back({i, i, face, script});
            last = &segments_.back();
        }
        if (last->script == HB_SCRIPT_COMMON)
            last->script = script;
        last->last = i + 1;
        offsets_.push_back(text);
        text += cluster.size();
    }
}

void Shaper::shape_segment(const Run &run, const Segment &segment)
{
    hb_buffer_t *buffer = buffer_.get();
    hb_buffer_reset(buffer);
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, segment.script);
    // Cells are the clusters; HarfBuzz is not to merge those that it takes for one letter.
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_DO_NOT_INSERT_DOTTED_CIRCLE);
    size_t text = offsets_[segment.first];
    for (size_t i = segment.first; i < segment.last; i++) {
        for (unsigned n = 0; n < run.clusters[i].count; n++)
            hb_buffer_add(buffer, run.text[text++], static_cast<unsigned>(i));
    }
    const Face &face = fonts_.face(segment.face);
    const bool own = FontSet::is_primary(segment.face);
    features_.clear();
    if (own && !face.fixed_width())
        features_.assign(std::begin(without_ligatures), std::end(without_ligatures));
    else if (!own && !face.colour() && stands_apart(segment.script))
        features_.assign(std::begin(without_alternates), std::end(without_alternates));
    features_.insert(features_.end(), face.features().begin(), face.features().end());
    hb_shape(face.hb(), buffer, features_.data(), static_cast<unsigned>(features_.size()));

    unsigned count = 0;
    hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, nullptr);
    const size_t from = glyphs_.size();
    for (size_t begin = 0, end = 0; begin < count; begin = end) {
        const size_t first =
            std::clamp<size_t>(infos[begin].cluster, segment.first, segment.last - 1);
        while (end < count && infos[end].cluster == infos[begin].cluster)
            end++;
        const size_t next = end < count ? infos[end].cluster : segment.last;
        place_group(run, segment.face, first, std::clamp(next, first + 1, segment.last),
                    {infos + begin, end - begin}, {positions + begin, end - begin});
    }
    if (own)
        widen_joined(from);
}

// The glyphs of the clusters [first, last), which HarfBuzz made one.
void Shaper::place_group(const Run &run, uint16_t face_index, size_t first, size_t last,
                         std::span<hb_glyph_info_t> infos, std::span<hb_glyph_position_t> positions)
{
    const Face &face = fonts_.face(face_index);
    const RunCluster &begin = run.clusters[first];
    const RunCluster &end = run.clusters[last - 1];
    const unsigned columns = static_cast<unsigned>(end.column - begin.column + end.width);
    ShapedGlyph glyph{};
    glyph.face = face_index;
    glyph.column = glyph.first = begin.column;
    glyph.columns = static_cast<uint16_t>(columns);
    glyph.scale = scale_one;
    // Colour glyphs are scaled into their cells as they are drawn. What falls apart, since
    // the font does not know the sequence, shows its first part; what is missing, one box.
    if (face.colour() || infos.front().codepoint == 0) {
        glyph.glyph = infos.front().codepoint;
        glyphs_.push_back(glyph);
        return;
    }
    const bool own = FontSet::is_primary(face_index);
    if (last - first == 1)
        stack_marks(face.hb(), run.text.subspan(offsets_[first], begin.count), infos, positions);
    const size_t kept = drop_missing(infos, positions);
    infos = infos.first(kept);
    positions = positions.first(kept);
    glyph.joined = own && (last - first > 1 || is_substituted(run, face, first, infos));
    const Extents extents = measure(face.hb(), infos, positions);
    const bool foreign = !own || !face.fixed_width();
    const Fitted fitted = fit(extents, fonts_.metrics(), columns,
                              glyph.joined ? Fit::joined
                              : foreign    ? Fit::foreign
                                           : Fit::cell_font);
    glyph.scale = static_cast<uint8_t>(fitted.scale);
    const double scale = static_cast<double>(fitted.scale) / scale_one;
    double pen = 0;
    for (size_t i = 0; i < infos.size(); i++) {
        glyph.glyph = infos[i].codepoint;
        const double x = (pen + positions[i].x_offset / unit) * scale + fitted.shift;
        glyph.x = static_cast<int16_t>(std::lround(std::clamp(x, -4096.0, 4096.0)));
        const double y = -positions[i].y_offset / unit * scale;
        glyph.y = static_cast<int16_t>(std::lround(std::clamp(y, -4096.0, 4096.0)));
        glyphs_.push_back(glyph);
        pen += positions[i].x_advance / unit;
    }
}

bool Shaper::is_substituted(const Run &run, const Face &face, size_t cluster,
                            std::span<const hb_glyph_info_t> infos) const
{
    return infos.size() == 1 && run.clusters[cluster].count == 1 &&
           face.nominal_glyph(run.text[offsets_[cluster]]) != infos.front().codepoint;
}

// Programming ligatures are often not one glyph: the first cells get empty glyphs and the
// last one draws back over them. So neighbours that were substituted share their cells.
void Shaper::widen_joined(size_t from)
{
    for (size_t begin = from, end; begin < glyphs_.size(); begin = end) {
        end = begin + 1;
        if (!glyphs_[begin].joined)
            continue;
        while (end < glyphs_.size() && glyphs_[end].joined)
            end++;
        const uint16_t first = glyphs_[begin].first;
        const auto columns =
            static_cast<uint16_t>(glyphs_[end - 1].first + glyphs_[end - 1].columns - first);
        for (size_t i = begin; i < end; i++) {
            glyphs_[i].first = first;
            glyphs_[i].columns = columns;
        }
    }
}

} // namespace vitrine
