// Lines at cells: where underlines, strike and overline lie and how thick
// they are.
#pragma once

#include "draw/batch.h"
#include "draw/theme.h"
#include "text/cell_metrics.h"

#include <vitrine/types.h>

#include <cstdint>
#include <span>

namespace vitrine {

enum class LineKind : std::uint8_t { underline, strike, overline };

// A line below, through or above neighbouring cells of a row.
struct LineRun {
    std::uint16_t column;
    std::uint16_t columns;
    LineKind kind;
    LineStyle style;
    bool blinks;
    Rgb colour;
    bool operator==(const LineRun &) const = default;
};
using LineRuns = CountedVector<LineRun, UI_MEMORY_SCENE>;

// px from the cell's top; height holds the whole pattern and fits the cell.
struct LineGeometry {
    int top;
    int height;
    int thickness;
    int period;
    bool operator==(const LineGeometry &) const = default;
};

LineGeometry place_line(const CellMetrics &metrics, LineKind kind, LineStyle style);

// Appends the lines of a row, those of one look joined.
void find_lines(const Theme &theme, std::span<const ui_cell_t> cells,
                std::span<const std::uint32_t> extras, LineRuns &out);

} // namespace vitrine
