#include "text/cell_metrics.h"

#include <algorithm>
#include <cmath>

namespace vitrine {

namespace {

int whole(double px, int low, int high)
{
    if (!std::isfinite(px))
        return low;
    return static_cast<int>(
        std::lround(std::clamp(px, static_cast<double>(low), static_cast<double>(high))));
}

// What is added to a side of that many px.
double added(const Adjustment &adjustment, int side, double scale)
{
    return adjustment.unit == AdjustmentUnit::percent ? side * adjustment.amount / 100
                                                      : adjustment.amount * scale;
}

// Letters stay in the middle: half of what a side gains goes before them.
void adjust(CellMetrics &cell, const CellAdjustments &by, double scale)
{
    const int width = whole(cell.width + added(by.width, cell.width, scale), 1, max_cell_side);
    cell.letter_shift = (width - cell.width) / 2;
    cell.width = width;
    const int height = whole(cell.height + added(by.height, cell.height, scale), 1, max_cell_side);
    const double down = added(by.baseline, cell.height, scale);
    const int above = (height - cell.height) / 2;
    cell.baseline = whole(cell.baseline + above + down, 1, height);
    cell.height = height;
}

// The top of a line of that thickness around a centre, inside the cell.
int line_top(const CellMetrics &cell, double centre, int thickness)
{
    const double top = cell.baseline - centre - thickness / 2.0;
    return whole(top, 0, std::max(0, cell.height - thickness));
}

} // namespace

CellMetrics compute_cell_metrics(const FaceMeasures &face, const CellAdjustments &adjustments,
                                 double scale)
{
    const double em = std::clamp(face.em, 1.0, static_cast<double>(max_cell_side));
    const bool vertical = face.ascent > 0 && face.ascent + face.descent > em / 4;
    const double ascent = vertical ? face.ascent : em * 0.8;
    const double descent = std::max(0.0, vertical ? face.descent : em * 0.2);
    const double gap = std::max(0.0, face.line_gap);
    const double advance = face.max_ascii_advance > 0 ? face.max_ascii_advance : em / 2;

    CellMetrics cell;
    cell.width = whole(advance, 1, max_cell_side);
    // Ascent and descent are rounded up each, as FreeType does it, so that no hinted
    // glyph loses its top; half of the line gap goes above.
    const int up = whole(std::ceil(ascent - 0.05), 1, max_cell_side);
    const int down = whole(std::ceil(descent - 0.05), 0, max_cell_side);
    const int extra = whole(gap, 0, max_cell_side);
    cell.height = std::clamp(up + down + extra, 1, max_cell_side);
    cell.baseline = std::min(up + extra / 2, cell.height);
    adjust(cell, adjustments, scale);

    cell.underline_thickness =
        whole(face.underline_thickness > 0 ? face.underline_thickness : em / 16, 1,
              std::max(1, cell.height / 8));
    const double centre = face.underline_centre < 0 ? face.underline_centre : -em / 10;
    // At least one px of air below the letters, if the cell has it.
    cell.underline_position =
        std::clamp(line_top(cell, centre, cell.underline_thickness),
                   std::min(cell.baseline + 1, cell.height - cell.underline_thickness),
                   cell.height - cell.underline_thickness);
    const double strike = face.strike_centre > 0 ? face.strike_centre : ascent / 3;
    cell.strike_position = line_top(cell, strike, cell.underline_thickness);
    cell.overline_position = 0;
    return cell;
}

} // namespace vitrine
