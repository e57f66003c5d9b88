// Where the grid of cells lies in the window.
#pragma once

namespace vitrine {

// Pixels of the framebuffer, from its left top.
struct GridGeometry {
    int cell_width = 1;
    int cell_height = 1;
    int columns = 1;
    int rows = 1;
    int left = 0;
    int top = 0;

    int width() const { return columns * cell_width; }
    int height() const { return rows * cell_height; }
    bool operator==(const GridGeometry &) const = default;
};

struct PixelRect {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    bool empty() const { return width <= 0 || height <= 0; }
    bool operator==(const PixelRect &) const = default;
};

struct CellPosition {
    int column = 0;
    int row = 0;
    bool operator==(const CellPosition &) const = default;
};

// The cell at a pixel; what lies beside the grid belongs to its nearest cell.
CellPosition cell_at(const GridGeometry &geometry, double x, double y);

// How many whole cells fit with padding px free on each side, at least one each
// way and at most what tmux takes.
GridGeometry fit_grid(int width, int height, int cell_width, int cell_height, int padding = 0);

} // namespace vitrine
