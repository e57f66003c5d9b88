// What frames cost: decoding alone, and decoding into the shared pool of a window.
//
// Not measured here: the message that tells the window (one sendmsg) and what follows in it.
#include <benchmark/benchmark.h>

#include "bridge_rows.h"
#include "frame_pool.h"

namespace {

using bench::Content;
using bench::Grid;

class MemfdSource final : public vitrine::PoolSource {
public:
    ui_result_t allocate(uint64_t bytes, vitrine::Mapping &memory) noexcept override
    {
        const vitrine::UniqueFd fd(::memfd_create("bench", MFD_CLOEXEC));
        if (::ftruncate(fd.get(), static_cast<off_t>(bytes)) != 0)
            return UI_ERROR_SYSTEM;
        memory = vitrine::Mapping::map(fd.get(), bytes, PROT_READ | PROT_WRITE);
        return UI_OK;
    }
};

struct Pool {
    explicit Pool(Grid &grid) { put(grid); }
    void put(Grid &grid)
    {
        bool replaced;
        ++grid.frame.sequence;
        const ui_result_t result = store.put(grid.frame, decoder, source, &replaced);
        benchmark::DoNotOptimize(result);
    }

    ui_decoder decoder{Grid::layout()};
    MemfdSource source;
    vitrine::FrameStore store{UI_POOL_SLOTS};
};

// Nanoseconds a cell are what the counter "cell" says.
void per_cell(benchmark::State &state, double cells)
{
    state.counters["cell"] = benchmark::Counter(
        cells, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void decode(benchmark::State &state, Content content)
{
    Grid grid(160, 45, content);
    const ui_grid_layout_t layout = Grid::layout();
    ui_decoder_t *decoder = nullptr;
    if (ui_decoder_create(&layout, &decoder) != UI_OK)
        return;
    std::vector<ui_cell_t> cells(160);
    std::vector<uint32_t> extras(160 * 4);
    for (auto _ : state) {
        for (const ui_span_t &span : grid.spans) {
            uint32_t words = 0;
            ui_span_decode(decoder, &span, &grid.pane, cells.data(), extras.data(),
                           static_cast<uint32_t>(extras.size()), &words);
            benchmark::ClobberMemory();
        }
    }
    ui_decoder_destroy(decoder);
    per_cell(state, 160.0 * 45);
}

void full_frame(benchmark::State &state, uint16_t columns, uint16_t rows, Content content)
{
    Grid grid(columns, rows, content);
    Pool pool(grid);
    for (auto _ : state) {
        for (uint16_t row = 0; row < rows; ++row)
            grid.touch(row);
        pool.put(grid);
    }
    per_cell(state, double{1} * columns * rows);
}

void one_row(benchmark::State &state, uint16_t columns, uint16_t rows, Content content)
{
    Grid grid(columns, rows, content);
    Pool pool(grid);
    grid.only(static_cast<uint16_t>(rows / 2));
    for (auto _ : state) {
        grid.touch(static_cast<uint16_t>(rows / 2));
        pool.put(grid);
    }
}

// Every row is another one: what a program costs that prints lines.
void scroll(benchmark::State &state, uint16_t by)
{
    Grid grid(160, 45, Content::coloured);
    Pool pool(grid);
    for (auto _ : state) {
        grid.scroll(by);
        pool.put(grid);
    }
    per_cell(state, 160.0 * 45);
}

void validate_full_frame(benchmark::State &state)
{
    const auto rows = static_cast<uint16_t>(state.range(1));
    Grid grid(static_cast<uint16_t>(state.range(0)), rows, Content::plain);
    for (auto _ : state)
        benchmark::DoNotOptimize(ui_frame_validate(&grid.frame));
    state.counters["span"] = benchmark::Counter(
        rows, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void validate_one_row(benchmark::State &state)
{
    Grid grid(160, 45, Content::plain);
    grid.only(20);
    for (auto _ : state)
        benchmark::DoNotOptimize(ui_frame_validate(&grid.frame));
}

BENCHMARK_CAPTURE(decode, plain, Content::plain);
BENCHMARK_CAPTURE(decode, coloured, Content::coloured);
BENCHMARK_CAPTURE(decode, rgb, Content::rgb);
BENCHMARK_CAPTURE(decode, mixed, Content::mixed);
BENCHMARK_CAPTURE(decode, wide, Content::wide);
BENCHMARK_CAPTURE(decode, clusters, Content::clusters);
BENCHMARK_CAPTURE(full_frame, 160x45_plain, 160, 45, Content::plain);
BENCHMARK_CAPTURE(full_frame, 160x45_mixed, 160, 45, Content::mixed);
BENCHMARK_CAPTURE(full_frame, 160x45_rgb, 160, 45, Content::rgb);
BENCHMARK_CAPTURE(full_frame, 240x67_plain, 240, 67, Content::plain);
BENCHMARK_CAPTURE(one_row, 160x45_plain, 160, 45, Content::plain);
BENCHMARK_CAPTURE(one_row, 160x45_mixed, 160, 45, Content::mixed);
BENCHMARK_CAPTURE(one_row, 160x450_plain, 160, 450, Content::plain);
BENCHMARK_CAPTURE(scroll, 160x45_by_1, 1);
BENCHMARK_CAPTURE(scroll, 160x45_by_44, 44);
BENCHMARK(validate_one_row);
BENCHMARK(validate_full_frame)->Args({160, 45})->Args({240, 67});

} // namespace

BENCHMARK_MAIN();
