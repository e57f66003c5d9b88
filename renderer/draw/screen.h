// The window's own copy of what tmux shows: rows of cells, panes, cursor.
//
// A frame is copied row by row, only rows whose generation is newer, and then
// given back at once; from this copy everything on the GPU can be made again.
#pragma once

#include "draw/damage.h"
#include "draw/row_diff.h"
#include "draw/scroll.h"

#include <vitrine/client.h>
#include <vitrine/memory.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace vitrine {

struct ScreenRow {
    CountedVector<ui_cell_t, UI_MEMORY_SCREEN> cells;
    CountedVector<std::uint32_t, UI_MEMORY_SCREEN> extras;
    std::uint64_t generation = 0;
    // Whether what was derived from the cells is out of date.
    bool changed = true;
    bool blinks = false;

    RowContent content() const { return {cells, extras}; }
};

class Screen {
public:
    // Blank rows; everything is damaged.
    void resize(int columns, int rows);
    // Takes over a row if it is newer, and damages what looks different.
    void take_row(int row, const vitrine_row_t &source);
    void take_panes(std::span<const ui_slot_pane_t> panes);
    void take_cursor(const ui_cursor_t &cursor);
    // Looks for what scrolled since the rows that are kept, which then are as if
    // they had been moved, and so is what take_row() finds different.
    void take_scrolls(std::span<const vitrine_row_t> rows);
    // All of the above.
    void take_frame(const vitrine_frame_t *frame);

    // What is to be moved on the target, before damage is drawn on it.
    std::span<const Scroll> scrolls() const { return scrolls_; }
    void forget_scrolls() { scrolls_.clear(); }

    int columns() const { return columns_; }
    int rows() const { return static_cast<int>(rows_.size()); }
    ScreenRow &row(int index) { return rows_[static_cast<std::size_t>(index)]; }
    const ScreenRow &row(int index) const { return rows_[static_cast<std::size_t>(index)]; }
    const ui_cursor_t &cursor() const { return cursor_; }
    // The cells under the cursor, empty if it is not on the screen.
    CellRect cursor_rect() const;
    bool blinks() const;

    DamageTracker &damage() { return damage_; }
    void damage_cursor() { damage_.add(cursor_rect()); }
    void damage_blinking();
    bool dirty() const { return !damage_.empty() || !scrolls_.empty(); }
    // What is between blanks around a cell, to be laid out again.
    void damage_word(int row, int column);

    // All text is to be made and drawn again.
    void damage_text();

    // Nothing while a popup or a menu covers panes.
    std::vector<CellRect> inactive_panes() const;
    // Columns at which panes begin or end on a row; valid until the next call.
    std::span<const std::uint16_t> boundaries(int row);

private:
    void scroll(const Scroll &scroll);
    void move_row(int from, int to, const Scroll &scroll);

    int columns_ = 0;
    CountedVector<ScreenRow, UI_MEMORY_SCREEN> rows_;
    std::vector<ui_slot_pane_t> panes_;
    bool covered_ = false;
    std::vector<std::uint16_t> boundaries_;
    ui_cursor_t cursor_ = {};
    DamageTracker damage_;
    std::vector<Scroll> scrolls_;
    // For the time of a call.
    std::vector<vitrine_row_t> taken_;
    std::vector<RowContent> before_;
    std::vector<RowContent> after_;
};

} // namespace vitrine
