#include "draw/damage.h"

#include <algorithm>
#include <limits>

namespace vitrine {

CellRect intersect(const CellRect &a, const CellRect &b)
{
    const int column = std::max(a.column, b.column);
    const int row = std::max(a.row, b.row);
    const int right = std::min(a.right(), b.right());
    const int bottom = std::min(a.bottom(), b.bottom());
    if (right <= column || bottom <= row)
        return {};
    return {column, row, right - column, bottom - row};
}

DamageSize size_of(std::span<const CellRect> rects)
{
    DamageSize size;
    int counted = 0; // rows above it
    for (const CellRect &rect : rects) {
        size.cells += rect.columns * rect.rows;
        size.rows += std::max(rect.bottom() - std::max(rect.row, counted), 0);
        counted = std::max(counted, rect.bottom());
    }
    return size;
}

// Takes in what it touches; where there is no room, all becomes one.
void DamageTracker::Row::add(ColumnRange range)
{
    std::size_t kept = 0;
    for (const ColumnRange &other : damaged()) {
        if (other.end < range.begin || other.begin > range.end)
            ranges[kept++] = other;
        else
            range = {std::min(range.begin, other.begin), std::max(range.end, other.end)};
    }
    count = kept;
    if (count == most) {
        range = {std::min(range.begin, ranges.front().begin),
                 std::max(range.end, ranges.back().end)};
        count = 0;
    }
    const auto end = ranges.begin() + static_cast<std::ptrdiff_t>(count);
    const auto at = std::find_if(
        ranges.begin(), end, [&](const ColumnRange &other) { return other.begin > range.begin; });
    std::move_backward(at, end, end + 1);
    *at = range;
    count++;
}

void DamageTracker::resize(int columns, int rows)
{
    columns_ = columns;
    rows_.assign(static_cast<std::size_t>(rows), {});
    first_ = last_ = 0;
    add_all();
}

void DamageTracker::add(CellRect rect)
{
    rect = intersect(rect, {0, 0, columns_, static_cast<int>(rows_.size())});
    if (rect.empty())
        return;
    first_ = empty() ? rect.row : std::min(first_, rect.row);
    last_ = std::max(last_, rect.bottom());
    for (int row = rect.row; row < rect.bottom(); row++)
        rows_[static_cast<std::size_t>(row)].add({rect.column, rect.right()});
}

void DamageTracker::clear()
{
    for (int row = first_; row < last_; row++)
        rows_[static_cast<std::size_t>(row)].count = 0;
    first_ = last_ = 0;
}

bool DamageTracker::full() const
{
    return !rows_.empty() && columns_ > 0 &&
           std::all_of(rows_.begin(), rows_.end(), [this](const Row &row) {
               return row.count == 1 && row.ranges[0] == ColumnRange{0, columns_};
           });
}

std::span<const CellRect> DamageTracker::rects()
{
    rects_.clear();
    for (int row = first_; row < last_; row++)
        add_rects(row);
    if (rects_.size() > max_rects)
        rects_.assign(1, extents());
    std::sort(rects_.begin(), rects_.end(), [](const CellRect &a, const CellRect &b) {
        return a.row != b.row ? a.row < b.row : a.column < b.column;
    });
    return rects_;
}

// What is as wide as a rectangle that ends here makes that one higher.
void DamageTracker::add_rects(int row)
{
    for (const ColumnRange &range : rows_[static_cast<std::size_t>(row)].damaged()) {
        const auto above = std::find_if(rects_.begin(), rects_.end(), [&](const CellRect &rect) {
            return rect.bottom() == row && rect.column == range.begin && rect.right() == range.end;
        });
        if (above != rects_.end())
            above->rows++;
        else
            rects_.push_back({range.begin, row, range.end - range.begin, 1});
    }
}

CellRect DamageTracker::extents() const
{
    ColumnRange all = {std::numeric_limits<int>::max(), 0};
    for (int row = first_; row < last_; row++) {
        for (const ColumnRange &range : rows_[static_cast<std::size_t>(row)].damaged())
            all = {std::min(all.begin, range.begin), std::max(all.end, range.end)};
    }
    return {all.begin, first_, all.end - all.begin, last_ - first_};
}

} // namespace vitrine
