// Recognises rows that moved: what a program scrolled is moved on the target
// and not drawn again.
//
// Nothing says that a program scrolled. Frames are missed while output flows,
// and several lines come between two pictures, so the rows themselves are
// compared: one that changed is looked for among those that were there, and
// the rows around it are then held against rows at the same distance.
#pragma once

#include "draw/damage.h"
#include "draw/row_diff.h"

#include <optional>
#include <span>

namespace vitrine {

struct Scroll {
    CellRect to;
    int by = 0; // row r of to shows what row r + by showed before
};

// The rows of area that show what others of area did, if it takes several rows
// off the drawing. before and after are all rows of the screen, as many each.
std::optional<Scroll> find_scroll(std::span<const RowContent> before,
                                  std::span<const RowContent> after, const CellRect &area);

} // namespace vitrine
