#include "draw/screen.h"

#include <algorithm>
#include <cstring>

namespace vitrine {

namespace {

constexpr ui_cell_t blank_cell = {0x20, UI_COLOUR_DEFAULT, UI_COLOUR_DEFAULT, 0, 1, 0};

bool same_place(const ui_slot_pane_t &a, const ui_slot_pane_t &b)
{
    return a.column == b.column && a.row == b.row && a.columns == b.columns && a.rows == b.rows;
}

} // namespace

void Screen::resize(int columns, int rows)
{
    columns_ = columns;
    rows_.resize(static_cast<std::size_t>(rows));
    for (ScreenRow &row : rows_) {
        row.cells.assign(static_cast<std::size_t>(columns), blank_cell);
        row.extras.clear();
        row.generation = 0;
        row.changed = true;
        row.blinks = false;
    }
    damage_.resize(columns, rows);
}

void Screen::take_row(int index, const vitrine_row_t &source)
{
    ScreenRow &kept = row(index);
    if (source.generation <= kept.generation || source.columns != columns_)
        return;
    kept.generation = source.generation;
    const RowContent now = {{source.cells, source.columns}, {source.extras, source.extra_words}};
    const ColumnRange changed = changed_columns(kept.content(), now);
    if (changed.begin == changed.end)
        return;
    kept.cells.assign(now.cells.begin(), now.cells.end());
    kept.extras.assign(now.extras.begin(), now.extras.end());
    kept.changed = true;
    kept.blinks = std::any_of(kept.cells.begin(), kept.cells.end(),
                              [](const ui_cell_t &cell) { return cell.attrs & UI_ATTR_BLINK; });
    damage_.add({changed.begin, index, changed.end - changed.begin, 1});
}

// Runs end where panes do, so with other panes all text is laid out again.
void Screen::take_panes(std::span<const ui_slot_pane_t> panes)
{
    // Entry 0 is the whole screen.
    const auto real = panes.empty() ? panes : panes.subspan(1);
    if (std::equal(real.begin(), real.end(), panes_.begin(), panes_.end(), same_place))
        return;
    panes_.assign(real.begin(), real.end());
    for (ScreenRow &row : rows_)
        row.changed = true;
    damage_.add_all();
}

void Screen::take_cursor(const ui_cursor_t &cursor)
{
    if (std::memcmp(&cursor, &cursor_, sizeof cursor) == 0)
        return;
    damage_cursor();
    cursor_ = cursor;
    damage_cursor();
}

void Screen::take_frame(const vitrine_frame_t *frame)
{
    std::uint16_t columns = 0;
    std::uint16_t rows = 0;
    vitrine_frame_size(frame, &columns, &rows);
    if (columns != columns_ || rows != this->rows())
        resize(columns, rows);
    for (std::uint16_t i = 0; i < rows; i++) {
        vitrine_row_t source;
        if (vitrine_frame_row(frame, i, &source))
            take_row(i, source);
    }
    const ui_slot_pane_t *panes = nullptr;
    const std::size_t pane_count = vitrine_frame_panes(frame, &panes);
    take_panes({panes, pane_count});
    take_cursor(vitrine_frame_cursor(frame));
}

CellRect Screen::cursor_rect() const
{
    int column = cursor_.column;
    if (!cursor_.visible || column >= columns_ || cursor_.row >= rows())
        return {};
    const auto &cells = row(cursor_.row).cells;
    const auto at = [&](int i) -> const ui_cell_t & { return cells[static_cast<std::size_t>(i)]; };
    if (at(column).width == 0 && column > 0 && at(column - 1).width == 2)
        column--;
    const int wide = at(column).width == 2 && column + 1 < columns_ ? 2 : 1;
    return {column, cursor_.row, wide, 1};
}

bool Screen::blinks() const
{
    return std::any_of(rows_.begin(), rows_.end(), [](const ScreenRow &row) { return row.blinks; });
}

void Screen::damage_blinking()
{
    for (int i = 0; i < rows(); i++) {
        if (row(i).blinks)
            damage_.add_row(i);
    }
}

std::span<const std::uint16_t> Screen::boundaries(int row)
{
    boundaries_.clear();
    for (const ui_slot_pane_t &pane : panes_) {
        if (row < pane.row || row >= pane.row + pane.rows)
            continue;
        for (const int column : {int{pane.column}, pane.column + pane.columns}) {
            if (column > 0 && column < columns_)
                boundaries_.push_back(static_cast<std::uint16_t>(column));
        }
    }
    std::sort(boundaries_.begin(), boundaries_.end());
    boundaries_.erase(std::unique(boundaries_.begin(), boundaries_.end()), boundaries_.end());
    return boundaries_;
}

} // namespace vitrine
