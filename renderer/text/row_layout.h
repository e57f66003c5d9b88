// From the cells of a row to textured quads.
//
// Cells are taken left to right. ASCII of a face that needs no shaping goes
// straight to the atlas; what is drawn here (box drawing and so on) does too.
// The rest is gathered into runs: cells of one style and colour, between
// blanks, inside one pane. A run's glyphs come from the shape cache or the
// shaper. Quads stay inside the row and near the cells of their glyph, so a
// row can be redrawn by itself.
#pragma once

#include "out_of_memory.h"
#include "text/font_set.h"
#include "text/glyph_atlas.h"
#include "text/shape_cache.h"
#include "text/shaper.h"

#include <vitrine/memory.hpp>
#include <vitrine/types.h>

#include <array>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <vector>

namespace vitrine {

inline constexpr uint8_t quad_colour = 0x1; // on a colour page; ignore fg
inline constexpr uint8_t quad_lcd = 0x2;    // there, too, but coverage of each channel
inline constexpr uint8_t quad_weak = 0x4;   // for the caller: of a pane that is not active

struct GlyphQuad {
    int16_t x, y; // px from the row's left top; all of it in the row
    uint16_t w, h;
    uint16_t atlas_x, atlas_y;
    uint8_t page;
    uint8_t flags;   // quad_*
    uint16_t column; // the cell whose colour it takes
    uint32_t fg;     // 0: for the caller, who resolves colours
};
static_assert(sizeof(GlyphQuad) == 20);
using GlyphQuads = CountedVector<GlyphQuad, UI_MEMORY_SCENE>;

struct RowInput {
    std::span<const ui_cell_t> cells;
    std::span<const uint32_t> extras; // UI_EXTRA_*
    // Columns at which another pane begins, ascending; may be empty.
    std::span<const uint16_t> boundaries;
    // The column whose letter is not joined with its neighbours, as the cursor is on it.
    std::optional<uint16_t> alone = {};
};

enum class LayoutResult : uint8_t {
    complete,
    // The atlas has no room left in this frame; nothing was appended.
    // Draw what there is, begin_frame(), and lay out this row again.
    atlas_full,
    out_of_memory, // nothing was appended
    partial,       // so, but what there was memory for was appended
};

class RowLayout {
public:
    // Both are borrowed and outlive this.
    RowLayout(FontSet &fonts, GlyphAtlas &atlas);

    // Appends quads to out in order of column. scratch is used during the
    // call only. Nothing in the row can do harm, whatever it claims.
    LayoutResult layout(const RowInput &row, std::pmr::memory_resource &scratch, GlyphQuads &out);

    // Whether a row may look different with `alone`.
    bool joins_letters() const;

    const ShapeCache &cache() const { return cache_; }
    // The memory pressure order begins here.
    void drop_cache() { cache_.clear(); }
    // While memory is short nothing is kept in it, and what is left out is refused by the cause.
    void set_frugal(bool frugal, const Refusal &cause)
    {
        frugal_ = frugal;
        refusal_ = cause;
    }
    // What the last row that lacks something was refused; nothing if no limit did that.
    const Refusal &refusal() const { return refusal_; }

private:
    struct Pass; // one call of layout()

    void forget_ascii();
    void note_refusal();

    FontSet &fonts_;
    GlyphAtlas &atlas_;
    Shaper shaper_;
    ShapeCache cache_;
    bool frugal_ = false;
    Refusal refusal_;
    // ASCII by style, ready to be put down, of the atlas generation below.
    struct Direct {
        GlyphQuad quad; // as in column 0 of an endless row; w is 0 without ink
        AtlasGlyph glyph;
        bool known;
        bool leans; // over into a neighbouring cell
    };
    std::array<std::array<Direct, 128>, style_count> ascii_{};
    std::array<bool, style_count> plain_ascii_{};
    uint64_t ascii_generation_ = 0;
};

} // namespace vitrine
