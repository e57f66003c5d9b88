#include "draw/damage.h"

#include <algorithm>

namespace vitrine {

namespace {

CellRect from_tickit(const TickitRect &rect)
{
    return {rect.left, rect.top, rect.cols, rect.lines};
}

TickitRect to_tickit(const CellRect &rect)
{
    return {rect.row, rect.column, rect.rows, rect.columns};
}

bool before(const CellRect &a, const CellRect &b)
{
    return a.row != b.row ? a.row < b.row : a.column < b.column;
}

} // namespace

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

DamageTracker::DamageTracker() : set_(tickit_rectset_new()) { rects_.reserve(max_rects); }

void DamageTracker::resize(int columns, int rows)
{
    columns_ = columns;
    rows_ = rows;
    clear();
    add_all();
}

void DamageTracker::add(CellRect rect)
{
    rect = intersect(rect, {0, 0, columns_, rows_});
    if (rect.empty())
        return;
    const TickitRect added = to_tickit(rect);
    tickit_rectset_add(set_.get(), &added);
    if (count() > max_rects)
        collapse();
}

void DamageTracker::clear() { tickit_rectset_clear(set_.get()); }

std::size_t DamageTracker::count() const { return tickit_rectset_rects(set_.get()); }

bool DamageTracker::full() const
{
    const TickitRect all = {0, 0, rows_, columns_};
    return rows_ > 0 && columns_ > 0 && tickit_rectset_contains(set_.get(), &all);
}

std::span<const CellRect> DamageTracker::rects()
{
    rects_.clear();
    for (std::size_t i = 0; i < count(); i++) {
        TickitRect rect;
        tickit_rectset_get_rect(set_.get(), i, &rect);
        rects_.push_back(from_tickit(rect));
    }
    std::sort(rects_.begin(), rects_.end(), before);
    return rects_;
}

CellRect DamageTracker::extents()
{
    CellRect all;
    for (const CellRect &rect : rects()) {
        if (all.empty()) {
            all = rect;
            continue;
        }
        const int right = std::max(all.right(), rect.right());
        const int bottom = std::max(all.bottom(), rect.bottom());
        all.column = std::min(all.column, rect.column);
        all.row = std::min(all.row, rect.row);
        all.columns = right - all.column;
        all.rows = bottom - all.row;
    }
    return all;
}

void DamageTracker::collapse()
{
    const TickitRect all = to_tickit(extents());
    clear();
    tickit_rectset_add(set_.get(), &all);
}

} // namespace vitrine
