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

bool any_blinks(std::span<const ui_cell_t> cells)
{
    return std::any_of(cells.begin(), cells.end(),
                       [](const ui_cell_t &cell) { return cell.attrs & UI_ATTR_BLINK; });
}

RowContent content_of(const vitrine_row_t &row)
{
    return {{row.cells, row.columns}, {row.extras, row.extra_words}};
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
    scrolls_.clear();
}

void Screen::take_row(int index, const vitrine_row_t &source)
{
    ScreenRow &kept = row(index);
    if (source.generation <= kept.generation || source.columns != columns_)
        return;
    kept.generation = source.generation;
    const RowContent now = content_of(source);
    const ColumnRange changed = changed_columns(kept.content(), now);
    if (changed.begin == changed.end)
        return;
    kept.cells.assign(now.cells.begin(), now.cells.end());
    kept.extras.assign(now.extras.begin(), now.extras.end());
    kept.changed = true;
    kept.blinks = any_blinks(kept.cells);
    damage_.add({changed.begin, index, changed.end - changed.begin, 1});
}

// Runs end where panes do, so with other panes all text is laid out again.
void Screen::take_panes(std::span<const ui_slot_pane_t> panes)
{
    // Entry 0 is the whole screen.
    const auto real = panes.empty() ? panes : panes.subspan(1);
    covered_ = !panes.empty() && (panes.front().flags & UI_PANE_OVERLAY);
    const bool same = std::equal(real.begin(), real.end(), panes_.begin(), panes_.end(), same_place);
    panes_.assign(real.begin(), real.end());
    if (!same)
        damage_text();
}

void Screen::damage_text()
{
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

void Screen::take_scrolls(std::span<const vitrine_row_t> rows)
{
    constexpr std::ptrdiff_t fewest_new = 4; // fewer are soon drawn
    const auto is_new = [&](const vitrine_row_t &source) {
        return source.generation > row(static_cast<int>(&source - rows.data())).generation;
    };
    // What was to be drawn is not on the target yet, and cannot be moved there.
    if (dirty() || std::count_if(rows.begin(), rows.end(), is_new) < fewest_new)
        return;
    before_.clear();
    after_.clear();
    for (const vitrine_row_t &source : rows) {
        if (source.columns != columns_)
            return;
        before_.push_back(row(static_cast<int>(after_.size())).content());
        // What is not newer is what is kept. If it is moved, it gets what it had.
        after_.push_back(is_new(source) ? content_of(source) : before_.back());
    }
    for (const ui_slot_pane_t &pane : panes_) {
        const CellRect place = intersect({pane.column, pane.row, pane.columns, pane.rows},
                                         {0, 0, columns_, this->rows()});
        if (place.empty())
            continue;
        if (const auto found = find_scroll(before_, after_, place))
            scroll(*found);
    }
}

// The cursor on the target moves with what is under it.
void Screen::scroll(const Scroll &scroll)
{
    scrolls_.push_back(scroll);
    CellRect cursor = cursor_rect();
    damage_.add(cursor);
    cursor.row -= scroll.by;
    damage_.add(intersect(cursor, scroll.to));
    const int last = scroll.to.rows - 1;
    for (int i = 0; i <= last; i++) {
        const int row = scroll.to.row + (scroll.by > 0 ? i : last - i);
        move_row(row + scroll.by, row, scroll);
        before_[static_cast<std::size_t>(row)] = this->row(row).content();
    }
}

void Screen::move_row(int from, int to, const Scroll &scroll)
{
    const ScreenRow &source = row(from);
    ScreenRow &target = row(to);
    const auto first = source.cells.begin() + scroll.to.column;
    std::copy(first, first + scroll.to.columns, target.cells.begin() + scroll.to.column);
    if (scroll.to.columns == columns_)
        target.extras = source.extras;
    target.changed = true;
    target.blinks = any_blinks(target.cells);
}

void Screen::take_frame(const vitrine_frame_t *frame)
{
    std::uint16_t columns = 0;
    std::uint16_t rows = 0;
    vitrine_frame_size(frame, &columns, &rows);
    if (columns != columns_ || rows != this->rows())
        resize(columns, rows);
    const ui_slot_pane_t *panes = nullptr;
    const std::size_t pane_count = vitrine_frame_panes(frame, &panes);
    take_panes({panes, pane_count});
    taken_.resize(rows);
    for (std::uint16_t i = 0; i < rows; i++) {
        if (!vitrine_frame_row(frame, i, &taken_[i]))
            taken_[i] = {};
    }
    take_scrolls(taken_);
    for (int i = 0; i < rows; i++)
        take_row(i, taken_[static_cast<std::size_t>(i)]);
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

void Screen::damage_word(int index, int column)
{
    if (index >= rows() || column >= columns_)
        return;
    ScreenRow &found = row(index);
    const auto blank = [&found](int at) {
        const ui_cell_t &cell = found.cells[static_cast<std::size_t>(at)];
        return cell.codepoint == 0x20 && cell.cluster_cont == 0;
    };
    int begin = column;
    int end = column + 1;
    while (begin > 0 && !blank(begin))
        begin--;
    while (end < columns_ && !blank(end - 1))
        end++;
    found.changed = true;
    damage_.add({begin, index, end - begin, 1});
}

std::vector<CellRect> Screen::inactive_panes() const
{
    std::vector<CellRect> inactive;
    for (const ui_slot_pane_t &pane : panes_) {
        if (!covered_ && !(pane.flags & UI_PANE_ACTIVE))
            inactive.push_back({pane.column, pane.row, pane.columns, pane.rows});
    }
    return inactive;
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
