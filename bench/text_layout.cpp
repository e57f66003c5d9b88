// Rows of 160 columns to quads: what a frame pays for each row it draws again, with all
// caches warm (the steady state) and with none.
#include "text/text_engine.h"

#include <benchmark/benchmark.h>

#include <array>
#include <memory_resource>
#include <string_view>
#include <vector>

namespace {

using namespace vitrine;

constexpr unsigned columns = 160;

// A row of the pattern, repeated to the full width.
std::vector<ui_cell_t> make_row(std::u32string_view pattern, unsigned width = 1)
{
    std::vector<ui_cell_t> cells;
    for (size_t i = 0; cells.size() + width <= columns; i++) {
        ui_cell_t cell{};
        cell.codepoint = pattern[i % pattern.size()];
        cell.width = static_cast<uint8_t>(width);
        cells.push_back(cell);
        if (width == 2)
            cells.push_back(ui_cell_t{});
    }
    return cells;
}

struct Sample {
    const char *name;
    std::u32string_view pattern;
    unsigned width;
};
constexpr Sample samples[] = {
    {"ascii", U"The quick brown fox jumps over the lazy dog. ", 1},
    {"latin", U"Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. ", 1},
    {"boxes", U"┌──────┬──────┐│      │      │└──────┴──────┘", 1},
    {"cjk", U"天地玄黃宇宙洪荒日月盈昃辰宿列張寒來暑往秋收冬藏", 2},
};

LayoutResult lay_out(TextEngine &engine, const std::vector<ui_cell_t> &row,
                     std::span<std::byte> memory, GlyphQuads &quads)
{
    std::pmr::monotonic_buffer_resource scratch(memory.data(), memory.size());
    quads.clear();
    engine.atlas().begin_frame();
    return engine.layout().layout({row, {}, {}}, scratch, quads);
}

void row_warm(benchmark::State &state)
{
    const Sample &sample = samples[state.range(0)];
    auto engine = TextEngine::load({});
    if (!engine) {
        state.SkipWithError(engine.error().c_str());
        return;
    }
    const auto row = make_row(sample.pattern, sample.width);
    std::array<std::byte, 65536> memory;
    GlyphQuads quads;
    for (auto _ : state)
        benchmark::DoNotOptimize(lay_out(**engine, row, memory, quads));
    state.SetLabel(sample.name);
    state.counters["quads"] = static_cast<double>(quads.size());
}
BENCHMARK(row_warm)->DenseRange(0, 3);

// Atlas and shape cache empty, fonts open: the first row after a change of size.
void row_cold(benchmark::State &state)
{
    const Sample &sample = samples[state.range(0)];
    auto engine = TextEngine::load({});
    if (!engine) {
        state.SkipWithError(engine.error().c_str());
        return;
    }
    const auto row = make_row(sample.pattern, sample.width);
    std::array<std::byte, 65536> memory;
    GlyphQuads quads;
    for (auto _ : state) {
        state.PauseTiming();
        (*engine)->atlas().clear();
        (*engine)->layout().drop_cache();
        state.ResumeTiming();
        benchmark::DoNotOptimize(lay_out(**engine, row, memory, quads));
    }
    state.SetLabel(sample.name);
}
BENCHMARK(row_cold)->DenseRange(0, 3);

// Each row is new, its glyphs are known: shaping without rasterising.
void row_shaped_anew(benchmark::State &state)
{
    const Sample &sample = samples[state.range(0)];
    auto engine = TextEngine::load({});
    if (!engine) {
        state.SkipWithError(engine.error().c_str());
        return;
    }
    const auto row = make_row(sample.pattern, sample.width);
    std::array<std::byte, 65536> memory;
    GlyphQuads quads;
    for (auto _ : state) {
        (*engine)->layout().drop_cache();
        benchmark::DoNotOptimize(lay_out(**engine, row, memory, quads));
    }
    state.SetLabel(sample.name);
}
BENCHMARK(row_shaped_anew)->Arg(1)->Arg(3);

void load_fonts(benchmark::State &state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(TextEngine::load({}));
}
BENCHMARK(load_fonts);

} // namespace

BENCHMARK_MAIN();
