#include "draw/geometry.h"

#include <vitrine/types.h>

#include <algorithm>
#include <cmath>

namespace vitrine {

namespace {

int cell_of(double pixel, int origin, int size, int count)
{
    const double cell = std::floor((pixel - origin) / size);
    return static_cast<int>(std::clamp(cell, 0.0, static_cast<double>(count - 1)));
}

int fit(int pixels, int size, unsigned limit)
{
    return std::clamp(pixels / size, 1, static_cast<int>(limit));
}

} // namespace

CellPosition cell_at(const GridGeometry &geometry, double x, double y)
{
    return {cell_of(x, geometry.left, geometry.cell_width, geometry.columns),
            cell_of(y, geometry.top, geometry.cell_height, geometry.rows)};
}

GridGeometry fit_grid(int width, int height, int cell_width, int cell_height, int padding)
{
    return {cell_width,
            cell_height,
            fit(width - 2 * padding, cell_width, UI_MAX_COLUMNS),
            fit(height - 2 * padding, cell_height, UI_MAX_ROWS),
            padding,
            padding};
}

} // namespace vitrine
