#include "text/cell_metrics.h"

#include <doctest/doctest.h>

#include <limits>

using namespace vitrine;

namespace {

void check_sane(const CellMetrics &cell)
{
    CHECK(cell.width >= 1);
    CHECK(cell.width <= max_cell_side);
    CHECK(cell.height >= 1);
    CHECK(cell.height <= max_cell_side);
    CHECK(cell.baseline >= 1);
    CHECK(cell.baseline <= cell.height);
    CHECK(cell.underline_thickness >= 1);
    CHECK(cell.underline_position >= 0);
    CHECK(cell.underline_position + cell.underline_thickness <= cell.height);
    CHECK(cell.strike_position >= 0);
    CHECK(cell.strike_position + cell.underline_thickness <= cell.height);
    CHECK(cell.overline_position == 0);
}

} // namespace

TEST_CASE("cell metrics: DejaVu Sans Mono at 16 px")
{
    const CellMetrics cell = compute_cell_metrics({16, 14.85, 3.77, 0, 9.63, -1.66, 0.7, 4.15});
    CHECK(cell == CellMetrics{10, 19, 15, 16, 1, 10, 0});
}

TEST_CASE("cell metrics: half of the line gap goes above")
{
    const CellMetrics cell = compute_cell_metrics({16, 12, 4, 4, 8, -1, 1, 4});
    CHECK(cell.height == 20);
    CHECK(cell.baseline == 14);
}

TEST_CASE("cell metrics: what broken faces claim is repaired")
{
    constexpr double huge = 1e30;
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const FaceMeasures faces[] = {
        {},
        {16, 0, 0, 0, 0, 0, 0, 0},
        {16, -5, -5, -5, -5, 5, -5, -5},
        {huge, huge, huge, huge, huge, -huge, huge, huge},
        {16, nan, nan, nan, nan, nan, nan, nan},
        {1, 0.5, 0.1, 0, 0.3, -0.1, 0.01, 0.1},
        {16, 15, 0, 0, 9, -20, 30, 100},
    };
    for (const FaceMeasures &face : faces)
        check_sane(compute_cell_metrics(face));
}
