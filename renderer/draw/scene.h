// From cells to instances, without GL.
//
// For each row its art is kept: runs of background, glyph quads, lines. Art is
// made again when the cells changed, or when the atlas has moved glyphs since.
// compose() takes the art of the damaged rows, clips it to the damage and
// applies what changes without the cells: cursor, focus, blinking.
//
// Everything is clipped here, on whole pixels, so that one draw call per kind
// serves any number of damaged rectangles, and nothing is drawn outside them.
#pragma once

#include "draw/batch.h"
#include "draw/cursor.h"
#include "draw/damage.h"
#include "draw/decoration.h"
#include "draw/geometry.h"
#include "draw/screen.h"
#include "draw/text_source.h"

#include <functional>
#include <optional>

namespace vitrine {

struct Look {
    Focus focus = Focus::yes;
    BlinkPhase cursor_phase = BlinkPhase::shown;
    BlinkPhase text_phase = BlinkPhase::shown;
    bool flash = false; // everything is lit up
    bool operator==(const Look &) const = default;
};

struct BackgroundRun {
    std::uint16_t column;
    std::uint16_t columns;
    Rgb colour;
    bool operator==(const BackgroundRun &) const = default;
};
using BackgroundRuns = CountedVector<BackgroundRun, UI_MEMORY_SCENE>;

// The backgrounds of a row, neighbours of one colour joined; all columns.
void find_backgrounds(const Theme &theme, std::span<const ui_cell_t> cells, BackgroundRuns &out);

class Scene {
public:
    // Takes a batch to the screen; all it needs of the atlas is there now.
    using Sink = std::function<void(const Batch &)>;

    // Borrowed; they outlive the scene.
    Scene(Screen &screen, TextSource &text, const CellMetrics &metrics, const Theme &theme)
        : screen_(screen),
          text_(text),
          metrics_(metrics),
          theme_(theme)
    {
    }

    // Before damage is looked at: what was joined where the cursor is, or was, is damaged.
    void follow_cursor();
    // As above, if text in inactive panes is weaker: what became inactive, or active, is damaged.
    void follow_panes();
    // Usually one batch; more only if the atlas cannot hold them at once.
    void compose(std::span<const CellRect> damage, const GridGeometry &geometry, const Look &look,
                 const Sink &sink);
    // After a change of theme or of fonts, and for want of memory.
    void forget()
    {
        art_.clear();
        batch_ = {};
    }
    // Whether text is lacking in what was composed last, for want of memory.
    bool starved() const { return starved_; }

private:
    struct RowArt {
        BackgroundRuns backgrounds;
        GlyphQuads quads;
        LineRuns lines;
        PageSet pages;
        std::uint64_t generation = 0; // of the atlas; 0: there is no art
    };
    struct CellPlace {
        int row;
        std::uint16_t column;
        bool operator==(const CellPlace &) const = default;
    };
    // A part of a row, in px of the target.
    struct Clip {
        int row;
        int top;
        int left;
        int right;
        std::optional<Rgb> recolour; // all text and lines
    };

    void colour_text(std::span<const ui_cell_t> cells, GlyphQuads &quads) const;
    void weaken_inactive(int row, RowArt &art) const;
    void compose_row(int row, std::span<const CellRect> damage, const GridGeometry &geometry,
                     const Look &look);
    void emit(const Sink &sink);
    std::optional<CellPlace> letter_under_cursor() const;
    CellPlace after_scrolls(CellPlace place) const;
    bool prepare(int row);
    LayoutResult make_art(int row, RowArt &art);
    void add_range(int row, int begin, int end, const GridGeometry &geometry, const Look &look);
    void add_backgrounds(const Clip &clip, const GridGeometry &geometry);
    void add_content(const Clip &clip, const GridGeometry &geometry, const Look &look);
    void add_glyphs(const Clip &clip, const GridGeometry &geometry, const Look &look);
    Rgba glyph_colour(const GlyphQuad &quad, const Clip &clip) const;
    Instances<GlyphInstance> &glyphs_like(std::uint8_t flags);
    void add_lines(const Clip &clip, const GridGeometry &geometry, const Look &look);
    void add_cursor_lines(const Clip &cell, CursorShape shape, Rgb colour);

    Screen &screen_;
    TextSource &text_;
    CellMetrics metrics_;
    Theme theme_;
    CountedVector<RowArt, UI_MEMORY_SCENE> art_;
    // The letter that stands alone since the cursor is on it.
    std::optional<CellPlace> alone_;
    std::vector<CellRect> inactive_;
    Batch batch_;
    bool starved_ = false;
};

} // namespace vitrine
