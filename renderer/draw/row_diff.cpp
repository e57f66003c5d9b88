#include "draw/row_diff.h"

#include <algorithm>
#include <cstring>

namespace vitrine {

namespace {

bool same(const ui_cell_t &a, const ui_cell_t &b) { return std::memcmp(&a, &b, sizeof a) == 0; }

bool blank(const ui_cell_t &cell) { return cell.codepoint == 0x20 && cell.cluster_cont == 0; }

} // namespace

ColumnRange changed_columns(const RowContent &before, const RowContent &after)
{
    const auto count = static_cast<int>(after.cells.size());
    if (before.cells.size() != after.cells.size() ||
        !std::equal(before.extras.begin(), before.extras.end(), after.extras.begin(),
                    after.extras.end()))
        return {0, count};
    const ui_cell_t *old_cells = before.cells.data();
    const ui_cell_t *new_cells = after.cells.data();
    int begin = 0;
    while (begin < count && same(old_cells[begin], new_cells[begin]))
        begin++;
    if (begin == count)
        return {};
    int end = count;
    while (same(old_cells[end - 1], new_cells[end - 1]))
        end--;
    const auto bounds = [&](int column) {
        return blank(old_cells[column]) && blank(new_cells[column]);
    };
    while (begin > 0 && !bounds(begin - 1))
        begin--;
    while (end < count && !bounds(end))
        end++;
    return {std::max(begin - 1, 0), std::min(end + 1, count)};
}

} // namespace vitrine
