// A screen of text, and the way from its cells to a painter: what the benchmarks of the painters
// share. Every run draws the same cells.
#pragma once

#include "draw/painter.h"
#include "draw/scene.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

namespace bench {

// How large the target is: so many cells, or so many pixels and the cells that fit.
struct Extent {
    int width;
    int height;
    enum { cells, pixels } unit = cells;
};

// Rows of coloured words as of a source file, shifted from row to row.
inline std::vector<ui_cell_t> make_row(int columns, int row)
{
    static constexpr std::string_view text =
        "static int find(const char *name, size_t length) { return table[hash(name)]; }    ";
    std::vector<ui_cell_t> cells;
    for (int column = 0; column < columns; column++) {
        const std::size_t at = static_cast<std::size_t>(column + row * 7) % text.size();
        ui_cell_t cell{};
        cell.codepoint = static_cast<unsigned char>(text[at]);
        cell.fg_rgb = UI_COLOUR_PALETTE | (1 + static_cast<std::uint32_t>(at) / 8 % 7);
        cell.width = 1;
        cells.push_back(cell);
    }
    return cells;
}

class Stage {
public:
    // The painter is borrowed, outlives the stage and gets its size.
    Stage(vitrine::Painter &painter, const Extent &extent)
        : engine_(vitrine::TextEngine::load({}).take()),
          text_(*engine_),
          scene_(screen_, text_, engine_->metrics(), vitrine::default_theme()),
          painter_(painter)
    {
        const vitrine::CellMetrics &cell = engine_->metrics();
        const bool pixels = extent.unit == Extent::pixels;
        grid_ = pixels ? vitrine::fit_grid(extent.width, extent.height, cell.width, cell.height)
                       : vitrine::GridGeometry{cell.width,    cell.height, extent.width,
                                               extent.height, 0,           0};
        screen_.resize(grid_.columns, grid_.rows);
        ui_slot_pane_t pane = {};
        pane.columns = static_cast<std::uint16_t>(grid_.columns);
        pane.rows = static_cast<std::uint16_t>(grid_.rows);
        screen_.take_panes(std::array{pane, pane});
        show(make_lines(0));
        if (!painter_.resize(pixels ? extent.width : grid_.width(),
                             pixels ? extent.height : grid_.height(), 0))
            std::abort();
    }

    using Lines = std::vector<std::vector<ui_cell_t>>;

    // As many as the screen has rows, from a line of the text on.
    Lines make_lines(int first) const
    {
        Lines lines;
        for (int row = 0; row < grid_.rows; row++)
            lines.push_back(make_row(grid_.columns, first + row));
        return lines;
    }
    // As a frame with these lines is taken; what it damages is there to be drawn.
    void show(const Lines &lines)
    {
        generation_++;
        rows_.clear();
        for (const auto &cells : lines)
            rows_.push_back({cells.data(), nullptr, generation_, 0,
                             static_cast<std::uint16_t>(cells.size()), 0});
        screen_.take_scrolls(rows_);
        for (int row = 0; row < grid_.rows; row++)
            screen_.take_row(row, rows_[static_cast<std::size_t>(row)]);
    }
    // All that show() left to do.
    void update()
    {
        for (const vitrine::Scroll &scroll : screen_.scrolls()) {
            const int top = scroll.to.row * grid_.cell_height;
            painter_.move({0, top + scroll.by * grid_.cell_height, grid_.width(),
                           scroll.to.rows * grid_.cell_height},
                          top);
        }
        screen_.forget_scrolls();
        for (const vitrine::CellRect &damage : screen_.damage().rects())
            draw(damage);
        screen_.damage().clear();
    }

    template <typename Sink>
    void compose(const vitrine::CellRect &damage, const Sink &sink)
    {
        scene_.compose({&damage, 1}, grid_, {}, sink);
    }
    // The painter's half.
    void paint(const vitrine::Batch &batch)
    {
        painter_.upload(engine_->atlas());
        painter_.draw(batch);
    }
    void draw(const vitrine::CellRect &damage)
    {
        compose(damage, [this](const vitrine::Batch &batch) { paint(batch); });
    }

    const vitrine::GridGeometry &grid() const { return grid_; }
    vitrine::CellRect all() const { return {0, 0, grid_.columns, grid_.rows}; }
    vitrine::CellRect one_row() const { return {0, 20, grid_.columns, 1}; }
    static vitrine::CellRect one_cell() { return {40, 20, 1, 1}; }

private:
    std::unique_ptr<vitrine::TextEngine> engine_;
    vitrine::EngineText text_;
    vitrine::Screen screen_;
    vitrine::Scene scene_;
    vitrine::Painter &painter_;
    vitrine::GridGeometry grid_;
    std::vector<vitrine_row_t> rows_;
    std::uint64_t generation_ = 0;
};

} // namespace bench
