// Text that nothing is known of yet: screens of 160x45 cells full of Chinese characters that
// were not drawn before, by the CPU, from cells to pixels. After 4E00 to 9FFF it begins
// anew; the atlas has forgotten the first ones by then, so that there is always something to
// empty. The counter `worst` is the longest picture in ms: the one in which a page was emptied
// must not stand out.
#include "draw/scene.h"
#include "draw/software_painter.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace {

using namespace vitrine;

constexpr int columns = 160;
constexpr int rows = 45;
constexpr char32_t first_character = 0x4e00;
constexpr char32_t last_character = 0x9fff;

class Screenfuls {
public:
    explicit Screenfuls(const AtlasOptions &atlas)
        : engine_(TextEngine::load({}, atlas).take()),
          text_(*engine_),
          scene_(screen_, text_, engine_->metrics(), default_theme())
    {
        const CellMetrics &cell = engine_->metrics();
        grid_ = {cell.width, cell.height, columns, rows, 0, 0};
        screen_.resize(columns, rows);
        if (!painter_.resize(grid_.width(), grid_.height(), 0))
            std::abort();
    }

    // How many characters are on a screen.
    static constexpr char32_t step = columns / 2 * rows;

    void show(char32_t first)
    {
        generation_++;
        for (int row = 0; row < rows; row++) {
            cells_.clear();
            for (int i = 0; i < columns / 2; i++, first++) {
                const char32_t span = last_character - first_character + 1;
                cells_.push_back({first_character + (first - first_character) % span,
                                  UI_COLOUR_DEFAULT, UI_COLOUR_DEFAULT, 0, 2, 0});
                cells_.push_back({0, UI_COLOUR_DEFAULT, UI_COLOUR_DEFAULT, 0, 0, 0});
            }
            screen_.take_row(row, {cells_.data(), nullptr, generation_, 0, columns, 0});
        }
    }
    void draw()
    {
        scene_.compose(screen_.damage().rects(), grid_, {}, [this](const Batch &batch) {
            painter_.upload(engine_->atlas());
            painter_.draw(batch);
        });
        screen_.damage().clear();
    }
    void forget()
    {
        engine_->atlas().clear();
        engine_->layout().drop_cache();
    }
    std::uint64_t evictions() { return engine_->atlas().evictions(); }

private:
    std::unique_ptr<TextEngine> engine_;
    EngineText text_;
    Screen screen_;
    Scene scene_;
    PlainPixels pixels_;
    SoftwarePainter painter_{pixels_};
    GridGeometry grid_;
    std::uint64_t generation_ = 0;
    std::vector<ui_cell_t> cells_;
};

// The first picture of a page of unknown characters; fonts are open. Budget: 50 ms.
void new_screen(benchmark::State &state)
{
    Screenfuls screen({});
    screen.show(first_character);
    screen.draw();
    for (auto _ : state) {
        state.PauseTiming();
        screen.show(first_character + Screenfuls::step);
        screen.draw();
        screen.forget();
        screen.show(first_character);
        state.ResumeTiming();
        screen.draw();
    }
}
BENCHMARK(new_screen)->Unit(benchmark::kMillisecond);

// All of them, a screen a picture, with as many grey pages as the argument says. Budget: 33 ms.
void all_characters(benchmark::State &state)
{
    AtlasOptions atlas;
    atlas.max_grey_pages = static_cast<unsigned>(state.range(0));
    Screenfuls screen(atlas);
    screen.show(first_character);
    screen.draw();
    char32_t next = first_character;
    double worst = 0;
    for (auto _ : state) {
        next += Screenfuls::step;
        screen.show(next);
        const auto begin = std::chrono::steady_clock::now();
        screen.draw();
        const std::chrono::duration<double, std::milli> taken =
            std::chrono::steady_clock::now() - begin;
        worst = std::max(worst, taken.count());
    }
    state.counters["worst"] = worst;
    state.counters["emptied"] = static_cast<double>(screen.evictions());
}
BENCHMARK(all_characters)->Arg(8)->Arg(3)->Unit(benchmark::kMillisecond)->Iterations(60);

} // namespace

BENCHMARK_MAIN();
