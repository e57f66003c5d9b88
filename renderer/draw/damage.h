// What is to be drawn again: a set of cell rectangles.
//
// Rectangles are kept disjoint and merged by libtickit's rectangle set. Past a
// cap they collapse to their extents: drawing a little too much costs less
// than clipping against many small pieces, and the picture stays right.
#pragma once

#include <tickit.h>

#include <cstddef>
#include <memory>
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

class DamageTracker {
public:
    static constexpr std::size_t max_rects = 16;

    DamageTracker();

    // Forgets everything, damages all of the new size.
    void resize(int columns, int rows);
    void add(CellRect rect);
    void add_row(int row) { add({0, row, columns_, 1}); }
    void add_all() { add({0, 0, columns_, rows_}); }
    void clear();

    bool empty() const { return count() == 0; }
    bool full() const;
    std::size_t count() const;
    // Disjoint, ordered by row, then column; valid until the next change.
    std::span<const CellRect> rects();
    CellRect extents();

private:
    struct SetDeleter {
        void operator()(TickitRectSet *set) const { tickit_rectset_destroy(set); }
    };

    void collapse();

    int columns_ = 0;
    int rows_ = 0;
    std::unique_ptr<TickitRectSet, SetDeleter> set_;
    std::vector<CellRect> rects_;
};

} // namespace vitrine
