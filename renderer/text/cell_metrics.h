// The measures of a cell, all in whole device px. Everything that draws takes
// them from here, so that text, lines and cursor agree at every size.
#pragma once

#include "text/font_options.h"

namespace vitrine {

struct CellMetrics {
    int width = 1;
    int height = 1;
    // From the top of the cell down to the baseline.
    int baseline = 1;
    // Tops of the lines, from the top of the cell; they fit in the cell.
    int underline_position = 0;
    int underline_thickness = 1;
    int strike_position = 0;
    int overline_position = 0;
    // px right that the cell font's own letters are moved by, where the cell is not as
    // wide as they are.
    int letter_shift = 0;

    bool operator==(const CellMetrics &) const = default;
};

// What a face says of itself, in px with fractions; up is positive.
struct FaceMeasures {
    double em = 0; // the size asked for
    double ascent = 0;
    double descent = 0; // positive: below the baseline
    double line_gap = 0;
    double max_ascii_advance = 0;
    double underline_centre = 0; // negative: below the baseline
    double underline_thickness = 0;
    double strike_centre = 0;
};

// The largest cell side; fonts that claim more are cut down to it.
inline constexpr int max_cell_side = 512;

// Pure: rounds, repairs what a broken face claims, keeps lines inside. scale is the
// window's, for adjustments in px.
CellMetrics compute_cell_metrics(const FaceMeasures &face, const CellAdjustments &adjustments = {},
                                 double scale = 1);

} // namespace vitrine
