// A screen of text onto pixels by the CPU: the whole of it, one row, and what
// of that is the scene. draw_gl.cpp has the same by OpenGL.
#include "draw_stage.h"

#include "draw/software_painter.h"

#include <benchmark/benchmark.h>

namespace {

using namespace vitrine;

class CpuStage {
    PlainPixels store_;
    SoftwarePainter painter_{store_};

public:
    CpuStage(std::int64_t columns, std::int64_t rows)
        : stage(painter_, {static_cast<int>(columns), static_cast<int>(rows)})
    {
    }
    bench::Stage stage;
};

void draw_full(benchmark::State &state)
{
    CpuStage cpu(state.range(0), state.range(1));
    for (auto _ : state)
        cpu.stage.draw(cpu.stage.all());
}
BENCHMARK(draw_full)->Args({160, 45})->Args({240, 67})->Unit(benchmark::kMicrosecond);

// A frame whose text is scrolled by so many lines.
void draw_scrolled(benchmark::State &state)
{
    constexpr int texts = 64;
    CpuStage cpu(160, 45);
    std::vector<bench::Stage::Lines> frames;
    for (int i = 0; i < texts; i++)
        frames.push_back(cpu.stage.make_lines(i * static_cast<int>(state.range(0))));
    std::size_t next = 0;
    for (auto _ : state) {
        cpu.stage.show(frames[next++ % texts]);
        cpu.stage.update();
    }
}
BENCHMARK(draw_scrolled)->ArgName("lines")->Arg(1)->Arg(10)->Unit(benchmark::kMicrosecond);

void draw_one_row(benchmark::State &state)
{
    CpuStage cpu(state.range(0), state.range(1));
    cpu.stage.draw(cpu.stage.all());
    for (auto _ : state)
        cpu.stage.draw(cpu.stage.one_row());
}
BENCHMARK(draw_one_row)->Args({160, 45})->Args({240, 67})->Unit(benchmark::kMicrosecond);

void draw_one_cell(benchmark::State &state)
{
    CpuStage cpu(160, 45);
    cpu.stage.draw(cpu.stage.all());
    for (auto _ : state)
        cpu.stage.draw(bench::Stage::one_cell());
}
BENCHMARK(draw_one_cell)->Unit(benchmark::kMicrosecond);

void build_scene(benchmark::State &state)
{
    CpuStage cpu(state.range(0), state.range(1));
    for (auto _ : state)
        cpu.stage.compose(cpu.stage.all(), [](const Batch &batch) {
            benchmark::DoNotOptimize(batch.grey_glyphs.data());
        });
}
BENCHMARK(build_scene)->Args({160, 45})->Args({240, 67})->Unit(benchmark::kMicrosecond);

} // namespace

BENCHMARK_MAIN();
