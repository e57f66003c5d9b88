#include "draw/scroll.h"

#include <algorithm>
#include <cstring>

namespace vitrine {

namespace {

constexpr int fewest_rows = 3;  // that a move is worth
constexpr int most_anchors = 3; // rows that are looked for

class ScrollSearch {
public:
    ScrollSearch(std::span<const RowContent> before, std::span<const RowContent> after,
                 const CellRect &area)
        : before_(before),
          after_(after),
          area_(area)
    {
    }

    std::optional<Scroll> find() const
    {
        int anchors = 0;
        for (int row = area_.row; row < area_.bottom() && anchors < most_anchors; row++) {
            if (stays(row) || featureless(after_[index(row)]))
                continue;
            anchors++;
            const int by = distance(row);
            if (by == 0)
                continue;
            if (const auto scroll = around(row, by))
                return scroll;
        }
        return std::nullopt;
    }

private:
    static std::size_t index(int row) { return static_cast<std::size_t>(row); }

    std::span<const ui_cell_t> cells(const RowContent &row) const
    {
        return row.cells.subspan(index(area_.column), index(area_.columns));
    }

    bool whole() const { return index(area_.columns) == before_.front().cells.size(); }

    // Extras are of the whole row and cannot be moved in part.
    bool same(const RowContent &a, const RowContent &b) const
    {
        if (a.cells.data() == b.cells.data()) // spares reading all of a screen
            return true;
        if (whole()
                ? !std::equal(a.extras.begin(), a.extras.end(), b.extras.begin(), b.extras.end())
                : !a.extras.empty() || !b.extras.empty())
            return false;
        return std::memcmp(cells(a).data(), cells(b).data(), cells(a).size_bytes()) == 0;
    }

    bool stays(int row) const { return same(after_[index(row)], before_[index(row)]); }

    bool moved(int row, int by) const
    {
        const int from = row + by;
        return from >= area_.row && from < area_.bottom() &&
               (whole() || before_[index(row)].extras.empty()) &&
               same(after_[index(row)], before_[index(from)]);
    }

    // Rows of one cell repeated, as blank ones, are everywhere.
    bool featureless(const RowContent &row) const
    {
        const auto in = cells(row);
        return std::all_of(in.begin(), in.end(), [&](const ui_cell_t &cell) {
            return std::memcmp(&cell, &in.front(), sizeof cell) == 0;
        });
    }

    // To the nearest row that had what row has now; 0 if none had.
    int distance(int row) const
    {
        for (int by = 1; by < area_.rows; by++) {
            if (moved(row, by))
                return by;
            if (moved(row, -by))
                return -by;
        }
        return 0;
    }

    std::optional<Scroll> around(int row, int by) const
    {
        int top = row;
        int bottom = row + 1;
        while (top > area_.row && moved(top - 1, by))
            top--;
        while (bottom < area_.bottom() && moved(bottom, by))
            bottom++;
        int changed = 0;
        for (int i = top; i < bottom; i++)
            changed += stays(i) ? 0 : 1;
        if (changed < fewest_rows)
            return std::nullopt;
        return Scroll{{area_.column, top, area_.columns, bottom - top}, by};
    }

    std::span<const RowContent> before_;
    std::span<const RowContent> after_;
    CellRect area_;
};

} // namespace

std::optional<Scroll> find_scroll(std::span<const RowContent> before,
                                  std::span<const RowContent> after, const CellRect &area)
{
    return ScrollSearch(before, after, area).find();
}

} // namespace vitrine
