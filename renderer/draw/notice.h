// A line of text that is to be read and not part of what tmux shows.
#pragma once

#include <vitrine/types.h>

#include <string_view>
#include <vector>

namespace vitrine {

// As many cells as there are columns. Each codepoint takes one; of a text that
// does not fit the end is shown, which says more than a path's beginning.
std::vector<ui_cell_t> notice_cells(std::string_view text, int columns);

} // namespace vitrine
