// Which columns of a row look different after it changed.
#pragma once

#include <vitrine/types.h>

#include <cstdint>
#include <span>

namespace vitrine {

struct ColumnRange {
    int begin = 0;
    int end = 0; // exclusive; equal to begin if nothing changed
    bool operator==(const ColumnRange &) const = default;
};

struct RowContent {
    std::span<const ui_cell_t> cells;
    std::span<const std::uint32_t> extras;
};

// From the first to the last column that may look different. Shaping joins
// cells between blanks, so the range grows to the blanks on both sides that
// were there before and are after, and takes these in, since a glyph may hang
// over into them.
ColumnRange changed_columns(const RowContent &before, const RowContent &after);

} // namespace vitrine
