#include "text/row_layout.h"

#include "text/builtin.h"
#include "text/extra_reader.h"
#include "text/presentation.h"

#include <vitrine/scope.hpp>

#include <algorithm>
#include <limits>
#include <new>

namespace vitrine {

namespace {

FontStyle style_of(const ui_cell_t &cell)
{
    return static_cast<FontStyle>(((cell.attrs & UI_ATTR_BOLD) != 0 ? 1u : 0u) |
                                  ((cell.attrs & UI_ATTR_ITALIC) != 0 ? 2u : 0u));
}

// Cells that are shaped together are also drawn in one colour.
bool same_look(const ui_cell_t &a, const ui_cell_t &b)
{
    constexpr unsigned look =
        UI_ATTR_BOLD | UI_ATTR_ITALIC | UI_ATTR_DIM | UI_ATTR_REVERSE | UI_ATTR_BLINK;
    return a.fg_rgb == b.fg_rgb && ((a.attrs ^ b.attrs) & look) == 0;
}

bool is_blank(char32_t codepoint)
{
    return codepoint <= 0x20 || (codepoint >= 0x7f && codepoint <= 0xa0) || codepoint == 0x2800 ||
           codepoint == 0x3000;
}

// What most of most rows is.
bool is_space(const ui_cell_t &cell)
{
    return cell.codepoint == 0x20 && cell.width == 1 && cell.cluster_cont == 0;
}

// Letters may lean over into the next cells by this much, px.
int overhang_of(const CellMetrics &cell) { return std::max(1, cell.width / 3); }

// The part of a glyph at x on the baseline that is between left and right and in the row;
// w is 0 if there is none.
GlyphQuad clip(const AtlasGlyph &glyph, int x, int baseline, int left, int right, int height)
{
    const int glyph_left = x + glyph.left, glyph_top = baseline - glyph.top;
    const int begin_x = std::max(glyph_left, left);
    const int end_x = std::min(glyph_left + glyph.width, right);
    const int begin_y = std::max(glyph_top, 0);
    const int end_y = std::min(glyph_top + glyph.height, height);
    GlyphQuad quad{};
    if (begin_x >= end_x || begin_y >= end_y)
        return quad;
    quad.x = static_cast<int16_t>(begin_x);
    quad.y = static_cast<int16_t>(begin_y);
    quad.w = static_cast<uint16_t>(end_x - begin_x);
    quad.h = static_cast<uint16_t>(end_y - begin_y);
    quad.atlas_x = static_cast<uint16_t>(glyph.x + begin_x - glyph_left);
    quad.atlas_y = static_cast<uint16_t>(glyph.y + begin_y - glyph_top);
    quad.page = static_cast<uint8_t>(glyph.page);
    quad.flags =
        static_cast<uint8_t>((glyph.colour ? quad_colour : 0) | (glyph.lcd ? quad_lcd : 0));
    return quad;
}

// Cells [begin, end) of one pane.
struct Piece {
    unsigned begin, end;
};

} // namespace

struct RowLayout::Pass {
    RowLayout &self;
    const RowInput &row;
    GlyphQuads &out;
    // Nothing else is in the atlas yet: what finds no room now never will with this memory.
    const bool best_effort;
    const CellMetrics cell;
    ExtraReader extras;
    // The run being gathered.
    std::pmr::vector<RunCluster> clusters;
    std::pmr::vector<char32_t> text;
    unsigned run_begin = 0;
    Piece piece{};
    bool full = false;
    bool partial = false;

    Pass(RowLayout &layout, const RowInput &input, std::pmr::memory_resource &scratch,
         GlyphQuads &quads)
        : self(layout),
          row(input),
          out(quads),
          best_effort(!layout.atlas_.used_in_frame()),
          cell(layout.fonts_.metrics()),
          extras(input.extras),
          clusters(&scratch),
          text(&scratch)
    {
    }

    void lay_row();
    void lay_piece();
    void lay_cell(unsigned column, const ui_cell_t &at);
    bool lay_ascii(unsigned column, const ui_cell_t &at, FontStyle style);
    bool prepare(Direct &direct, uint16_t face, char32_t codepoint);
    void gather(unsigned column, const ui_cell_t &at, std::span<const uint32_t> more);
    void flush()
    {
        if (!clusters.empty())
            shape_run();
    }
    void shape_run();
    void place(const ShapedGlyph &glyph);
    const AtlasGlyph *fetch(const GlyphKey &key);
    void emit(const AtlasGlyph &glyph, unsigned column, int x, int y, Piece cells);
};

void RowLayout::Pass::lay_row()
{
    // Quads have 16 bits; no screen shows more.
    const auto columns = static_cast<unsigned>(std::min<size_t>(
        row.cells.size(), static_cast<size_t>(std::numeric_limits<int16_t>::max() / cell.width)));
    piece.begin = 0;
    for (const uint16_t boundary : row.boundaries) {
        piece.end = std::min<unsigned>(boundary, columns);
        if (piece.end <= piece.begin)
            continue;
        lay_piece();
        piece.begin = piece.end;
    }
    piece.end = columns;
    lay_piece();
}

void RowLayout::Pass::lay_piece()
{
    for (unsigned column = piece.begin; column < piece.end && !full;) {
        if (!is_space(row.cells[column])) {
            lay_cell(column, row.cells[column]);
            column++;
            continue;
        }
        flush();
        while (column < piece.end && is_space(row.cells[column]))
            column++;
    }
    flush();
}

void RowLayout::Pass::lay_cell(unsigned column, const ui_cell_t &at)
{
    if (at.width == 0) // the right half of the one before
        return;
    const FontStyle style = style_of(at);
    if ((at.attrs & UI_ATTR_HIDDEN) != 0) {
        flush();
        return;
    }
    if (at.cluster_cont == 0 && lay_ascii(column, at, style))
        return;
    const auto more = at.cluster_cont != 0 ? extras.cluster(column) : std::span<const uint32_t>{};
    if (more.empty() && is_blank(at.codepoint)) {
        flush();
        return;
    }
    if (more.empty() && is_builtin(at.codepoint) && !self.fonts_.is_mapped(at.codepoint)) {
        flush();
        const unsigned width = std::min<unsigned>(at.width, piece.end - column);
        const auto columns = static_cast<uint8_t>(width);
        if (const auto *glyph = fetch({at.codepoint, builtin_face, columns, scale_one}))
            emit(*glyph, column, 0, 0, {column, column + width});
        return;
    }
    gather(column, at, more);
}

// The way of nearly all cells: no shaping, no hashing.
bool RowLayout::Pass::lay_ascii(unsigned column, const ui_cell_t &at, FontStyle style)
{
    const auto index = static_cast<unsigned>(style);
    if (at.codepoint <= 0x20 || at.codepoint >= 0x7f || at.width != 1 || !self.plain_ascii_[index])
        return false;
    flush();
    if (self.ascii_generation_ != self.atlas_.generation())
        self.forget_ascii();
    Direct &direct = self.ascii_[index][at.codepoint];
    if (!direct.known && !prepare(direct, static_cast<uint16_t>(index), at.codepoint))
        return true;
    if (direct.quad.w == 0)
        return true;
    self.atlas_.touch(direct.glyph);
    if (direct.leans && (column == piece.begin || column + 1 == piece.end)) {
        emit(direct.glyph, column, cell.letter_shift, 0, {column, column + 1});
        return true;
    }
    GlyphQuad &quad = out.emplace_back(direct.quad);
    quad.x = static_cast<int16_t>(quad.x + static_cast<int>(column) * cell.width);
    quad.column = static_cast<uint16_t>(column);
    return true;
}

bool RowLayout::Pass::prepare(Direct &direct, uint16_t face, char32_t codepoint)
{
    const uint32_t glyph = self.fonts_.face(face).nominal_glyph(codepoint);
    const auto *found = fetch({glyph, face, 0, scale_one});
    if (found == nullptr)
        return false;
    // What it took to make room may have made all others stale.
    if (self.ascii_generation_ != self.atlas_.generation())
        self.forget_ascii();
    const int overhang = overhang_of(cell);
    direct.glyph = *found;
    direct.quad = clip(*found, cell.letter_shift, cell.baseline, -overhang, cell.width + overhang,
                       cell.height);
    direct.leans = direct.quad.x < 0 || direct.quad.x + direct.quad.w > cell.width;
    direct.known = true;
    return true;
}

void RowLayout::Pass::gather(unsigned column, const ui_cell_t &at, std::span<const uint32_t> more)
{
    const bool beside_alone =
        row.alone && (column == *row.alone || column == unsigned{*row.alone} + 1);
    if (!clusters.empty() && (clusters.size() >= max_run_clusters || beside_alone ||
                              !same_look(row.cells[run_begin], at)))
        flush();
    if (clusters.empty())
        run_begin = column;
    more = more.first(std::min<size_t>({more.size(), at.cluster_cont, max_cluster_codepoints - 1}));
    const unsigned width = std::min<unsigned>(at.width, piece.end - column);
    clusters.push_back({static_cast<uint16_t>(column - run_begin), static_cast<uint8_t>(width),
                        static_cast<uint8_t>(1 + more.size())});
    const char32_t base = sanitise(at.codepoint);
    text.push_back(is_blank(base) ? U' ' : base);
    for (const uint32_t codepoint : more)
        text.push_back(sanitise(codepoint));
}

void RowLayout::Pass::shape_run()
{
    const Run run{style_of(row.cells[run_begin]), clusters, text};
    auto glyphs = self.cache_.find(run);
    if (!glyphs) {
        glyphs = self.shaper_.shape(run);
        if (!self.frugal_)
            self.cache_.insert(run, *glyphs);
    }
    for (const ShapedGlyph &glyph : *glyphs)
        place(glyph);
    clusters.clear();
    text.clear();
}

void RowLayout::Pass::place(const ShapedGlyph &glyph)
{
    const bool colour = self.fonts_.face(glyph.face).colour();
    const auto columns = static_cast<uint8_t>(colour ? std::min<int>(glyph.columns, 255) : 0);
    const auto *found = full ? nullptr : fetch({glyph.glyph, glyph.face, columns, glyph.scale});
    if (found == nullptr)
        return;
    const unsigned first = run_begin + glyph.first;
    emit(*found, run_begin + glyph.column, glyph.x, glyph.y, {first, first + glyph.columns});
}

const AtlasGlyph *RowLayout::Pass::fetch(const GlyphKey &key)
{
    const AtlasGlyph *glyph = self.atlas_.get(key);
    if (glyph == nullptr) {
        full = !best_effort;
        if (self.atlas_.short_of_memory()) {
            partial = true;
            self.note_refusal();
        }
    }
    return glyph;
}

void RowLayout::Pass::emit(const AtlasGlyph &glyph, unsigned column, int x, int y, Piece cells)
{
    const auto px = [this](unsigned at) { return static_cast<int>(at) * cell.width; };
    const int overhang = overhang_of(cell);
    GlyphQuad quad = clip(glyph, px(column) + x, cell.baseline + y,
                          std::max(px(piece.begin), px(cells.begin) - overhang),
                          std::min(px(piece.end), px(cells.end) + overhang), cell.height);
    if (quad.w == 0)
        return;
    quad.column = static_cast<uint16_t>(column);
    out.push_back(quad);
}

RowLayout::RowLayout(FontSet &fonts, GlyphAtlas &atlas)
    : fonts_(fonts),
      atlas_(atlas),
      shaper_(fonts)
{
    for (uint16_t i = 0; i < style_count; i++)
        plain_ascii_[i] = fonts_.face(i).plain_ascii() && !fonts_.maps_ascii();
}

bool RowLayout::joins_letters() const
{
    return fonts_.options().ligatures == Ligatures::on &&
           std::ranges::find(plain_ascii_, false) != plain_ascii_.end();
}

void RowLayout::forget_ascii()
{
    for (auto &style : ascii_)
        style.fill({});
    ascii_generation_ = atlas_.generation();
}

// At once, before something else is refused that can be done without.
void RowLayout::note_refusal()
{
    const Refusal refusal = take_refusal();
    // What is left out to be frugal is so for the limit that led to it.
    if (refusal || !frugal_)
        refusal_ = refusal;
}

LayoutResult RowLayout::layout(const RowInput &row, std::pmr::memory_resource &scratch,
                               GlyphQuads &out)
{
    Rollback no_quads([&out, before = out.size()] { out.resize(before); });
    auto result = LayoutResult::complete;
    try {
        Pass pass(*this, row, scratch, out);
        pass.lay_row();
        if (pass.full)
            return LayoutResult::atlas_full;
        if (pass.partial)
            result = LayoutResult::partial;
    } catch (const std::bad_alloc &) {
        note_refusal();
        return LayoutResult::out_of_memory;
    }
    no_quads.dismiss();
    return result;
}

} // namespace vitrine
