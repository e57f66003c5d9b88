// The shape cache: a run that is there, one that is not, and what is in between, a run that the
// old half still has.
#include "text/shape_cache.h"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace {

using namespace vitrine;

struct OwnedRun {
    std::vector<RunCluster> clusters;
    std::u32string text;

    Run run() const { return {FontStyle::regular, clusters, text}; }
};

// Runs of that many characters, each another.
std::vector<OwnedRun> make_runs(std::size_t count, std::size_t length)
{
    std::vector<OwnedRun> runs(count);
    for (std::size_t i = 0; i < count; i++) {
        std::size_t rest = i;
        for (std::size_t at = 0; at < length; at++, rest /= 26) {
            runs[i].text.push_back(U'a' + static_cast<char32_t>((rest + at) % 26));
            runs[i].clusters.push_back({static_cast<std::uint16_t>(at), 1, 1});
        }
    }
    return runs;
}

void shape_cache_hit(benchmark::State &state)
{
    const auto length = static_cast<std::size_t>(state.range(0));
    const auto runs = make_runs(64, length);
    const std::vector<ShapedGlyph> glyphs(length);
    ShapeCache cache;
    for (const OwnedRun &run : runs) {
        if (!cache.find(run.run()))
            cache.insert(run.run(), glyphs);
    }
    std::size_t next = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(cache.find(runs[next].run()));
        next = (next + 1) % runs.size();
    }
    state.counters["misses"] = static_cast<double>(cache.misses()) - 64;
}
BENCHMARK(shape_cache_hit)->Arg(8)->Arg(40)->Arg(160);

// Nothing found, then inserted, in a cache that is full and drops its old half now and then. The
// shaping that would be between is text-layout's row_shaped_anew.
void shape_cache_miss(benchmark::State &state)
{
    const auto length = static_cast<std::size_t>(state.range(0));
    const auto runs = make_runs(20'000, length);
    const std::vector<ShapedGlyph> glyphs(length);
    ShapeCache cache(1u << 18); // smaller than all runs are
    std::size_t next = 0;
    for (auto _ : state) {
        const Run run = runs[next].run();
        if (!cache.find(run))
            cache.insert(run, glyphs);
        next = (next + 1) % runs.size();
    }
    state.counters["hits"] = static_cast<double>(cache.hits());
}
BENCHMARK(shape_cache_miss)->Arg(8)->Arg(40)->Arg(160);

} // namespace

BENCHMARK_MAIN();
