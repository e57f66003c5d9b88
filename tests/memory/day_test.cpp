// A day's use: windows come and go, show text of many scripts, change size, theme and font; titles,
// clipboards and texts of panes go beside. All through the classes of both ends, in one process.
// At the end little more is held than is in use. VITRINE_SOAK_HOURS says how long the day is.
#include "../bridge/attachment.h"
#include "app/heap.h"
#include "draw/built_in_themes.h"
#include "draw/renderer.h"
#include "draw/software_painter.h"

#include <vitrine/memory.h>
#include <vitrine/text.h>

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <random>

using vitrine::Renderer;

namespace {

[[maybe_unused]] constexpr double most_fragmentation = 0.1;

unsigned hours_of_a_day()
{
    const char *text = std::getenv("VITRINE_SOAK_HOURS");
    return text != nullptr ? static_cast<unsigned>(std::atoi(text)) : 4;
}

// Runs of characters that are told apart by how they are shaped: joined, reordered, stacked, wide.
struct Script {
    char32_t first;
    char32_t last;
    unsigned width;
};
constexpr Script scripts[] = {
    {0x21, 0x7e, 1},     {0x21, 0x7e, 1},     {0xc0, 0x17f, 1},    {0x391, 0x3c9, 1},
    {0x410, 0x44f, 1},   {0x561, 0x586, 1},   {0x5d0, 0x5ea, 1},   {0x621, 0x64a, 1},
    {0x905, 0x939, 1},   {0xe01, 0xe2e, 1},   {0x10d0, 0x10f0, 1}, {0x2500, 0x259f, 1},
    {0x2800, 0x28ff, 1}, {0x3041, 0x3096, 2}, {0x4e00, 0x9fa5, 2}, {0xac00, 0xd7a3, 2},
};

std::string utf8(char32_t character)
{
    if (character < 0x80)
        return {static_cast<char>(character)};
    const auto last = static_cast<char>(0x80 | (character & 0x3f));
    if (character < 0x800)
        return {static_cast<char>(0xc0 | character >> 6), last};
    return {static_cast<char>(0xe0 | character >> 12),
            static_cast<char>(0x80 | (character >> 6 & 0x3f)), last};
}

// The number after a word in a file of the kernel's, from where it is read now.
std::size_t kb_after(std::ifstream &file, const std::string &word)
{
    std::string read;
    while (file >> read && read != word) {
    }
    std::size_t kb = 0;
    file >> kb;
    return kb;
}

std::size_t resident_kb()
{
    std::ifstream status("/proc/self/status");
    return kb_after(status, "VmRSS:");
}

// What is resident of malloc()'s, and how much of it is in use, in kB.
struct Heap {
    std::size_t resident;
    std::size_t used;

    static Heap now()
    {
        const struct mallinfo2 info = ::mallinfo2();
        std::ifstream maps("/proc/self/smaps");
        std::string word;
        while (maps >> word && word != "[heap]") {
        }
        // Blocks with a mapping of their own have no holes.
        return {kb_after(maps, "Rss:") + info.hblkhd / 1024, (info.uordblks + info.hblkhd) / 1024};
    }
    double fragmentation() const
    {
        const auto part = static_cast<double>(used) / static_cast<double>(resident);
        return std::max(1 - part, 0.0);
    }
};

class Chance {
public:
    unsigned below(unsigned count) { return static_cast<unsigned>(numbers_() % count); }
    bool one_in(unsigned count) { return below(count) == 0; }

private:
    std::mt19937 numbers_{20260101};
};

// From its attachment to its end.
class Life {
public:
    Life(Chance &chance, uint16_t columns, uint16_t rows)
        : chance_(chance),
          renderer_(Renderer::create({}, vitrine::default_theme(), {}).take())
    {
        REQUIRE(renderer_->attach(std::make_unique<vitrine::SoftwarePainter>(pixels_)));
        resize(columns, rows);
    }

    void resize(uint16_t columns, uint16_t rows)
    {
        screen_.emplace(columns, rows);
        for (uint16_t row = 0; row < rows; ++row)
            write(row);
        fit();
        show(screen_->full());
    }
    // A few rows anew, as of a program that is typed to.
    void type()
    {
        const auto row = static_cast<uint16_t>(chance_.below(screen_->rows()));
        write(row);
        show(screen_->changed({row}));
    }
    // All of it anew, as of output that scrolls by.
    void flood()
    {
        for (uint16_t row = 0; row < screen_->rows(); ++row)
            write(row);
        show(screen_->full());
    }
    void change_theme()
    {
        const auto themes = vitrine::built_in_themes();
        renderer_->set_theme(
            vitrine::make_theme(themes[chance_.below(static_cast<unsigned>(themes.size()))]));
        renderer_->draw();
    }
    void zoom()
    {
        vitrine::FontOptions fonts;
        fonts.points += chance_.below(8);
        REQUIRE(renderer_->load_fonts(fonts));
        vitrine::give_back_holes();
        fit();
        renderer_->draw();
    }
    // A title, and at times a clipboard.
    void talk()
    {
        const std::string text(chance_.below(4000) + 1, 't');
        ui_backend_title(both_.server.backend, text.c_str(), text.size());
        expect(VITRINE_EVENT_TITLE);
        if (!chance_.one_in(5))
            return;
        const std::string data(chance_.below(60000) + 1, 'c');
        ui_backend_clipboard(both_.server.backend, "c", data.c_str(), data.size());
        expect(VITRINE_EVENT_CLIPBOARD);
    }

private:
    void write(uint16_t row)
    {
        PackedRow &line = screen_->line(row);
        line = PackedRow();
        const unsigned end = chance_.below(screen_->columns());
        while (line.count() + 12u < end) {
            const Script &script = scripts[chance_.below(std::size(scripts))];
            for (unsigned i = 0; i < 5; ++i) {
                const char32_t character =
                    script.first + chance_.below(script.last - script.first + 1);
                if (script.width == 2)
                    line.wide(utf8(character));
                else
                    line.extended({packed_character(utf8(character), 1)});
            }
            line.plain(' ', 0, static_cast<uint8_t>(chance_.below(8)));
        }
    }
    void fit()
    {
        const vitrine::CellMetrics &cell = renderer_->metrics();
        REQUIRE(renderer_->resize(screen_->columns() * cell.width, screen_->rows() * cell.height));
    }
    void show(ui_frame_t &frame)
    {
        REQUIRE(ui_backend_frame(both_.server.backend, &frame) == UI_OK);
        expect(VITRINE_EVENT_FRAME);
        vitrine_text_view_t view = {};
        REQUIRE(vitrine_pane_text_view(both_.client.event.frame, VITRINE_PANE_SCREEN, 0, &view) ==
                UI_OK);
        renderer_->take(both_.client.event.frame);
        REQUIRE(both_.client.release() == UI_OK);
        REQUIRE(both_.server.read() == UI_OK);
        renderer_->draw();
    }
    void expect(uint32_t kind)
    {
        REQUIRE(both_.client.next() == UI_OK);
        REQUIRE(both_.client.event.kind == kind);
    }

    Chance &chance_;
    Attachment both_;
    std::optional<Screen> screen_;
    vitrine::PlainPixels pixels_;
    std::unique_ptr<Renderer> renderer_;
};

void live_an_hour(Chance &chance, std::unique_ptr<Life> &window)
{
    for (unsigned minute = 0; minute < 60; ++minute) {
        if (!window || chance.one_in(30)) {
            window.reset();
            vitrine::give_back_holes();
            window = std::make_unique<Life>(chance, 100, 30);
        }
        for (unsigned i = 0; i < 12; ++i)
            window->type();
        window->flood();
        window->talk();
        if (chance.one_in(10))
            window->resize(static_cast<uint16_t>(40 + chance.below(160)),
                           static_cast<uint16_t>(10 + chance.below(50)));
        if (chance.one_in(20))
            window->change_theme();
        if (chance.one_in(15))
            window->zoom();
    }
}

} // namespace

TEST_CASE("after a day's use little more is held than is in use")
{
    vitrine::give_back_large_blocks();
    Chance chance;
    std::unique_ptr<Life> window;
    const size_t objects = ui_debug_allocation_count();
    for (unsigned hour = 1; hour <= hours_of_a_day(); ++hour) {
        live_an_hour(chance, window);
        const Heap heap = Heap::now();
        MESSAGE("hour ", hour, ": ", resident_kb(), " kB resident, of the heap ", heap.resident,
                " kB, of which ", heap.used, " kB are in use: ", 100 * heap.fragmentation(), " %");
    }
    window->resize(100, 30);
    const Heap heap = Heap::now();
    ui_memory_usage_t all;
    REQUIRE(ui_memory_usage(UI_MEMORY_ALL, &all) == UI_OK);
    MESSAGE("fragmentation of the heap: ", 100 * heap.fragmentation(),
            " %, set aside in it by us: ", 100 * ui_memory_fragmentation(&all), " % of ",
            all.live_bytes / 1024, " kB");
#if !defined(VITRINE_ADDRESS_SANITIZER) // which has a heap of its own
    CHECK(heap.used > 0);
    CHECK(heap.fragmentation() < most_fragmentation);
#endif
    window.reset();
    CHECK(ui_debug_allocation_count() == objects);
}
