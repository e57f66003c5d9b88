// A screen of text onto pixels by the CPU: the whole of it, one row, and what
// of that is the scene.
#include "draw/scene.h"
#include "draw/software_painter.h"

#include <benchmark/benchmark.h>

#include <memory>
#include <string_view>

namespace {

using namespace vitrine;

// Rows of coloured words as of a source file, shifted from row to row.
std::vector<ui_cell_t> make_row(int columns, int row)
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
    Stage(int columns, int rows)
        : engine_(TextEngine::load({}).take()),
          text_(*engine_),
          scene_(screen_, text_, engine_->metrics(), default_theme()),
          painter_(store_)
    {
        grid_ = {engine_->metrics().width, engine_->metrics().height, columns, rows, 0, 0};
        screen_.resize(columns, rows);
        for (int row = 0; row < rows; row++) {
            const auto cells = make_row(columns, row);
            screen_.take_row(row,
                             {cells.data(), nullptr, 1, 0, static_cast<std::uint16_t>(columns), 0});
        }
        if (!painter_.resize(grid_.width(), grid_.height(), 0))
            std::abort();
    }

    template <typename Sink>
    void compose(const CellRect &damage, const Sink &sink)
    {
        scene_.compose({&damage, 1}, grid_, {}, sink);
    }
    void draw(const CellRect &damage)
    {
        compose(damage, [this](const Batch &batch) {
            painter_.upload(engine_->atlas());
            painter_.draw(batch);
        });
    }
    CellRect all() const { return {0, 0, grid_.columns, grid_.rows}; }

private:
    std::unique_ptr<TextEngine> engine_;
    EngineText text_;
    Screen screen_;
    Scene scene_;
    PlainPixels store_;
    SoftwarePainter painter_;
    GridGeometry grid_;
};

void draw_full(benchmark::State &state)
{
    Stage stage(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
    for (auto _ : state)
        stage.draw(stage.all());
}
BENCHMARK(draw_full)->Args({160, 45})->Args({240, 67})->Unit(benchmark::kMicrosecond);

void draw_one_row(benchmark::State &state)
{
    Stage stage(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
    stage.draw(stage.all());
    for (auto _ : state)
        stage.draw({0, 20, static_cast<int>(state.range(0)), 1});
}
BENCHMARK(draw_one_row)->Args({160, 45})->Args({240, 67})->Unit(benchmark::kMicrosecond);

void draw_one_cell(benchmark::State &state)
{
    Stage stage(160, 45);
    stage.draw(stage.all());
    for (auto _ : state)
        stage.draw({40, 20, 1, 1});
}
BENCHMARK(draw_one_cell)->Unit(benchmark::kMicrosecond);

void build_scene(benchmark::State &state)
{
    Stage stage(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
    for (auto _ : state)
        stage.compose(stage.all(), [](const Batch &batch) {
            benchmark::DoNotOptimize(batch.grey_glyphs.data());
        });
}
BENCHMARK(build_scene)->Args({160, 45})->Args({240, 67})->Unit(benchmark::kMicrosecond);

} // namespace

BENCHMARK_MAIN();
