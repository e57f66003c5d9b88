// The glyph atlas: finding what is there, and making room.
#include "blank_source.h"

#include "text/glyph_atlas.h"

#include <benchmark/benchmark.h>

namespace {

using namespace vitrine;
using bench::BlankSource;

void atlas_hit(benchmark::State &state)
{
    const auto glyphs = static_cast<uint32_t>(state.range(0));
    BlankSource source;
    GlyphAtlas atlas(source, {});
    for (uint32_t i = 0; i < glyphs; i++)
        atlas.get({i, 0, 0, 64});
    uint32_t glyph = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(atlas.get({glyph, 0, 0, 64}));
        glyph = glyph + 7 < glyphs ? glyph + 7 : 0;
    }
}
BENCHMARK(atlas_hit)->Arg(96)->Arg(5000)->Arg(40000);

// Without end: every page is emptied and filled again.
void atlas_churn(benchmark::State &state)
{
    BlankSource source;
    GlyphAtlas atlas(source, {512, 4, 1});
    uint32_t glyph = 0;
    for (auto _ : state) {
        if (glyph % 160 == 0)
            atlas.begin_frame();
        benchmark::DoNotOptimize(atlas.get({glyph++, 0, 0, 64}));
    }
    state.counters["evictions"] = static_cast<double>(atlas.evictions());
}
BENCHMARK(atlas_churn);

} // namespace

BENCHMARK_MAIN();
