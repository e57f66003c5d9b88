// A screen of text onto pixels by OpenGL, and glyphs onto its textures. draw_screen.cpp has the
// same by the CPU, and what building the scene costs, which is not in here.
//
// The time of a benchmark is CPU time of the thread that submits: the calls of the painter for
// one frame, the two of the timer query around them, and the flush that a swap would do. What a
// driver does in other threads is not in it. Frames follow one another without waiting, as in a
// window whose display is never late, but for a few that may be under way; that wait, and reading
// the queries, are outside the clock.
//
// gpu_us is the median over all frames of GL_TIME_ELAPSED around the calls. The context says who
// drew, and by gl_emulated whether that was a software rasteriser: there gpu_us means nothing
// (llvmpipe of Mesa 22.3 has the time of each thread's last tile, and none of an upload, which is
// done in the call), and the submitting thread's time has vertices and uploads in it. Bringing the
// picture to a window is not measured: there is none.
#include "blank_source.h"
#include "draw_stage.h"

#include "draw/gl.h"
#include "draw/gl_painter.h"
#include "window/surfaceless.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using namespace vitrine;
using bench::Extent;
using bench::Stage;

constexpr int skipped = 77; // as meson takes it

// How long the GPU took for frames; also what holds the CPU back to a few frames ahead.
class GpuTimes {
public:
    GpuTimes()
    {
        glGenQueries(static_cast<GLsizei>(queries_.size()), queries_.data());
        glGetQueryiv(GL_TIME_ELAPSED, GL_QUERY_COUNTER_BITS, &bits_);
    }
    ~GpuTimes() { glDeleteQueries(static_cast<GLsizei>(queries_.size()), queries_.data()); }
    GpuTimes(const GpuTimes &) = delete;
    GpuTimes &operator=(const GpuTimes &) = delete;

    void begin() { glBeginQuery(GL_TIME_ELAPSED, queries_[begun_++ % queries_.size()]); }
    static void end() { glEndQuery(GL_TIME_ELAPSED); }

    // As many are under way as may be.
    bool full() const { return begun_ - times_.size() == queries_.size(); }
    // Waits until no more than half of them are, so that the GPU does not run out of work.
    void wait() { read_until(queries_.size() / 2); }

    void report(benchmark::State &state)
    {
        read_until(0);
        if (bits_ == 0 || times_.empty()) // the driver cannot tell
            return;
        const auto middle = times_.begin() + static_cast<std::ptrdiff_t>(times_.size() / 2);
        std::nth_element(times_.begin(), middle, times_.end());
        state.counters["gpu_us"] = static_cast<double>(*middle) / 1e3;
    }

private:
    void read_until(std::size_t left)
    {
        while (begun_ - times_.size() > left) {
            GLuint64 nanoseconds = 0;
            glGetQueryObjectui64v(queries_[times_.size() % queries_.size()], GL_QUERY_RESULT,
                                  &nanoseconds);
            times_.push_back(nanoseconds);
        }
    }

    std::array<GLuint, 8> queries_ = {};
    GLint bits_ = 0;
    std::size_t begun_ = 0;
    std::vector<GLuint64> times_;
};

// One frame an iteration; prepare() is outside the clock, which costs a call of the system within,
// so what has nothing to prepare leaves it out.
template <typename Submit, typename Prepare = std::nullptr_t>
void measure(benchmark::State &state, const Submit &submit, const Prepare &prepare = {})
{
    constexpr bool prepares = !std::is_same_v<Prepare, std::nullptr_t>;
    GpuTimes times;
    glFinish(); // what came before
    for (auto _ : state) {
        if (prepares || times.full()) {
            state.PauseTiming();
            if (times.full())
                times.wait();
            if constexpr (prepares)
                prepare();
            state.ResumeTiming();
        }
        times.begin();
        submit();
        GpuTimes::end();
        glFlush();
    }
    times.report(state);
}

std::unique_ptr<GlPainter> make_painter()
{
    auto painter = GlPainter::create();
    if (!painter)
        std::abort(); // main() made one
    return painter.take();
}

using Damage = CellRect (*)(const Stage &);

// What was built once is drawn in each frame; all glyphs are on the GPU.
void draw(benchmark::State &state, const Extent &extent, Damage damage)
{
    const auto painter = make_painter();
    Stage stage(*painter, extent);
    Batch batch;
    stage.draw(stage.all());
    stage.compose(damage(stage), [&batch](const Batch &built) { batch = built; });
    measure(state, [&] { stage.paint(batch); });
    const GridGeometry &grid = stage.grid();
    if (extent.unit == Extent::pixels)
        state.SetLabel(std::to_string(grid.columns) + "x" + std::to_string(grid.rows) + " cells");
}

void register_draws()
{
    static constexpr Extent extents[] = {
        {160, 45},
        {240, 67},
        {1920, 1080, Extent::pixels},
        {3840, 2160, Extent::pixels},
    };
    static constexpr std::pair<const char *, Damage> parts[] = {
        {"draw_full", [](const Stage &stage) { return stage.all(); }},
        {"draw_one_row", [](const Stage &stage) { return stage.one_row(); }},
        {"draw_one_cell", [](const Stage &) { return Stage::one_cell(); }},
    };
    for (const auto &[part, damage] : parts) {
        for (const Extent &extent : extents) {
            const std::string name = std::string(part) + "/" + std::to_string(extent.width) + "x" +
                                     std::to_string(extent.height) +
                                     (extent.unit == Extent::pixels ? "px" : "");
            benchmark::RegisterBenchmark(name.c_str(), draw, extent, damage)
                ->Unit(benchmark::kMicrosecond);
        }
    }
}

// A new atlas with one page: the texture is made, and all of the page goes there. The painter is
// shown an atlas without pages in between, for which it lets go of the texture.
void upload_new_atlas(benchmark::State &state)
{
    const auto painter = make_painter();
    bench::BlankSource source;
    GlyphAtlas none(source, {});
    GlyphAtlas atlas(source, {});
    atlas.get({0, 0, 0, 64});
    painter->upload(atlas);
    measure(
        state, [&] { painter->upload(atlas); }, [&] { painter->upload(none); });
}
BENCHMARK(upload_new_atlas)->Unit(benchmark::kMicrosecond);

// The page again, onto the texture that is there.
void upload_page(benchmark::State &state)
{
    const auto painter = make_painter();
    bench::BlankSource source;
    GlyphAtlas atlas(source, {});
    atlas.get({0, 0, 0, 64});
    painter->upload(atlas);
    measure(state, [&] {
        atlas.invalidate_uploads();
        painter->upload(atlas);
    });
}
BENCHMARK(upload_page)->Unit(benchmark::kMicrosecond);

// Glyphs that were not seen before, as many as one frame brings. Rasterising them is not in it.
void upload_glyphs(benchmark::State &state)
{
    const auto painter = make_painter();
    bench::BlankSource source;
    GlyphAtlas atlas(source, {1024, 1, 1}); // its only page is emptied when it is full
    std::uint32_t glyph = 0;
    const auto add_glyphs = [&] {
        atlas.begin_frame();
        for (std::int64_t i = 0; i < state.range(0); i++)
            atlas.get({glyph++, 0, 0, 64});
    };
    add_glyphs();
    painter->upload(atlas);
    measure(
        state, [&] { painter->upload(atlas); }, add_glyphs);
}
BENCHMARK(upload_glyphs)->Arg(1)->Arg(100)->Unit(benchmark::kMicrosecond);

std::string gl_name(GLenum what)
{
    const auto *name = reinterpret_cast<const char *>(glGetString(what));
    return name != nullptr ? name : "?";
}

// Says why there is nothing to measure.
int skip(const std::string &why)
{
    std::fprintf(stderr, "draw-gl: skipped: %s\n", why.c_str());
    return skipped;
}

} // namespace

int main(int argc, char **argv)
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    const auto context = SurfacelessContext::create();
    if (!context)
        return skip(context.error());
    if (const auto painter = GlPainter::create(); !painter)
        return skip("OpenGL 3.3 core is not available: " + painter.error());
    benchmark::AddCustomContext("gl_renderer", gl_name(GL_RENDERER));
    benchmark::AddCustomContext("gl_version", gl_name(GL_VERSION));
    benchmark::AddCustomContext("gl_emulated", is_software_gl() ? "yes" : "no");
    register_draws();
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
