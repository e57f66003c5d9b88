// What is to be drawn again: a set of cells, kept as a few ranges of columns
// for each row, since rows are what changes and what is drawn.
//
// Past a few ranges in a row, and past a cap of rectangles in all, ranges are
// joined: drawing a little too much costs less than clipping against many
// small pieces, and the picture stays right.
//
// libtickit's rectangle set is not what is below: 0.4.3 loses rectangles when an added one
// overlaps some and touches others, and what is lost stays wrong on the screen.
#pragma once

#include "draw/row_diff.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vitrine {

// A rectangle of cells; right and bottom are exclusive.
struct CellRect {
    int column = 0;
    int row = 0;
    int columns = 0;
    int rows = 0;

    int right() const { return column + columns; }
    int bottom() const { return row + rows; }
    bool empty() const { return columns <= 0 || rows <= 0; }
    bool operator==(const CellRect &) const = default;
};

CellRect intersect(const CellRect &a, const CellRect &b);

// How much that is: rows that have some of it, and cells.
struct DamageSize {
    int rows = 0;
    int cells = 0;
    bool operator==(const DamageSize &) const = default;
};

// Of rectangles as DamageTracker has them: disjoint, ordered by row.
DamageSize size_of(std::span<const CellRect> rects);

class DamageTracker {
public:
    static constexpr std::size_t max_rects = 16;

    // Forgets everything, damages all of the new size.
    void resize(int columns, int rows);
    void add(CellRect rect);
    void add_row(int row) { add({0, row, columns_, 1}); }
    void add_all() { add({0, 0, columns_, static_cast<int>(rows_.size())}); }
    void clear();

    bool empty() const { return first_ >= last_; }
    bool full() const;
    // Disjoint, ordered by row, then column; valid until the next change.
    std::span<const CellRect> rects();

private:
    // Disjoint, ascending, not touching.
    struct Row {
        static constexpr std::size_t most = 4; // panes beside one another, or a cursor
        std::array<ColumnRange, most> ranges;
        std::size_t count = 0;

        void add(ColumnRange range);
        std::span<const ColumnRange> damaged() const { return {ranges.data(), count}; }
    };

    void add_rects(int row);
    CellRect extents() const;

    int columns_ = 0;
    std::vector<Row> rows_;
    // Rows [first_, last_) hold all there is.
    int first_ = 0;
    int last_ = 0;
    std::vector<CellRect> rects_;
};

} // namespace vitrine
