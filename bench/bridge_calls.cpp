// What the boundary costs: a call into the server's half, a call into the shared library, and a
// dispatch to a backend's callback.
#include <benchmark/benchmark.h>

#include "bridge_rows.h"
#include "vitrine/client.h"

namespace {

using bench::Content;
using bench::Grid;

struct Backend {
    explicit Backend(const ui_callbacks_t &callbacks)
    {
        const ui_grid_layout_t layout = Grid::layout();
        if (ui_backend_create(&callbacks, this, &layout, &backend) != UI_OK)
            backend = nullptr;
    }
    ~Backend() { ui_backend_destroy(backend); }
    Backend(const Backend &) = delete;
    Backend &operator=(const Backend &) = delete;
    ui_backend_t *backend = nullptr;
};

ui_callbacks_t make_callbacks()
{
    ui_callbacks_t callbacks = UI_CALLBACKS_INIT;
    callbacks.on_frame = [](void *, const ui_frame_t *) { return UI_OK; };
    callbacks.on_command = [](void *data, const ui_command_t *) { benchmark::DoNotOptimize(data); };
    return callbacks;
}

void call_server(benchmark::State &state)
{
    const Backend backend(make_callbacks());
    for (auto _ : state)
        benchmark::DoNotOptimize(ui_backend_wants_commands(backend.backend));
}

void call_library(benchmark::State &state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(vitrine_frame_sequence(nullptr));
}

void dispatch_command(benchmark::State &state)
{
    const Backend backend(make_callbacks());
    const ui_command_t command = {sizeof command, 1, 0, 0, 0};
    for (auto _ : state)
        ui_backend_command(backend.backend, &command);
}

void dispatch_frame(benchmark::State &state)
{
    const Backend backend(make_callbacks());
    Grid grid(160, 45, Content::plain);
    grid.only(20);
    for (auto _ : state)
        benchmark::DoNotOptimize(ui_backend_frame(backend.backend, &grid.frame));
}

BENCHMARK(call_server);
BENCHMARK(call_library);
BENCHMARK(dispatch_command);
BENCHMARK(dispatch_frame);

} // namespace

BENCHMARK_MAIN();
