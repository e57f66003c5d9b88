// What lies between a frame's rows and instances: damage that is gathered and merged, and scenes
// of rows that changed. draw_screen.cpp has what follows, and scenes of rows that did not.
#include "draw/scene.h"

#include <benchmark/benchmark.h>

#include <memory>
#include <random>
#include <string_view>

namespace {

using namespace vitrine;

constexpr int columns = 160;
constexpr int rows = 45;

// A letter typed: one cell, and the cursor's two.
void damage_typing(benchmark::State &state)
{
    DamageTracker damage;
    damage.resize(columns, rows);
    for (auto _ : state) {
        damage.clear();
        damage.add({40, 20, 1, 1});
        damage.add({40, 20, 1, 1});
        damage.add({41, 20, 1, 1});
        benchmark::DoNotOptimize(damage.rects().data());
    }
}
BENCHMARK(damage_typing);

// All rows one after the other, which become one rectangle.
void damage_all_rows(benchmark::State &state)
{
    DamageTracker damage;
    damage.resize(columns, rows);
    for (auto _ : state) {
        damage.clear();
        for (int row = 0; row < rows; row++)
            damage.add_row(row);
        benchmark::DoNotOptimize(damage.rects().data());
    }
    state.SetItemsProcessed(state.iterations() * rows);
}
BENCHMARK(damage_all_rows);

// Rectangles anywhere: merged, split, and past the cap collapsed.
void damage_scattered(benchmark::State &state)
{
    std::mt19937 random(5);
    std::vector<CellRect> rects;
    for (std::int64_t i = 0; i < state.range(0); i++)
        rects.push_back({static_cast<int>(random() % (columns - 20)),
                         static_cast<int>(random() % (rows - 3)),
                         1 + static_cast<int>(random() % 20), 1 + static_cast<int>(random() % 3)});
    DamageTracker damage;
    damage.resize(columns, rows);
    for (auto _ : state) {
        damage.clear();
        for (const CellRect &rect : rects)
            damage.add(rect);
        benchmark::DoNotOptimize(damage.rects().data());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(damage_scattered)->Arg(4)->Arg(16)->Arg(64);

class Stage {
public:
    Stage()
        : engine_(TextEngine::load({}).take()),
          text_(*engine_),
          scene_(screen_, text_, engine_->metrics(), default_theme())
    {
        grid_ = {engine_->metrics().width, engine_->metrics().height, columns, rows, 0, 0};
        screen_.resize(columns, rows);
        for (int row = 0; row < rows; row++)
            change(row);
        compose(all());
    }

    // Another text in the row, of words in colours.
    void change(int row)
    {
        constexpr std::string_view text = "static int find(const char *name) { return table; }   ";
        shift_++;
        cells_.assign(columns, {});
        for (std::size_t i = 0; i < cells_.size(); i++) {
            const std::size_t at = (i + shift_) % text.size();
            cells_[i].codepoint = static_cast<unsigned char>(text[at]);
            cells_[i].fg_rgb = UI_COLOUR_PALETTE | static_cast<std::uint32_t>(at / 8 % 8);
            cells_[i].width = 1;
        }
        screen_.take_row(row, {cells_.data(), nullptr, shift_, 0, columns, 0});
    }
    void compose(const CellRect &damage)
    {
        scene_.compose({&damage, 1}, grid_, {}, [](const Batch &batch) {
            benchmark::DoNotOptimize(batch.grey_glyphs.data());
        });
        screen_.damage().clear();
    }
    static CellRect all() { return {0, 0, columns, rows}; }

private:
    std::unique_ptr<TextEngine> engine_;
    EngineText text_;
    Screen screen_;
    Scene scene_;
    GridGeometry grid_;
    std::vector<ui_cell_t> cells_;
    std::size_t shift_ = 0;
};

// From the row as the frame has it to instances: compared, copied, damaged, laid out, composed.
void scene_changed_row(benchmark::State &state)
{
    Stage stage;
    for (auto _ : state) {
        stage.change(20);
        stage.compose({0, 20, columns, 1});
    }
}
BENCHMARK(scene_changed_row)->Unit(benchmark::kMicrosecond);

void scene_changed_screen(benchmark::State &state)
{
    Stage stage;
    for (auto _ : state) {
        for (int row = 0; row < rows; row++)
            stage.change(row);
        stage.compose(Stage::all());
    }
}
BENCHMARK(scene_changed_screen)->Unit(benchmark::kMicrosecond);

} // namespace

BENCHMARK_MAIN();
