// Shared memory as a hostile server fills it, through the window's drawing to pixels.
#include "attachment.h"
#include "draw/renderer.h"
#include "draw/software_painter.h"
#include "frame_view.h"
#include "input.h"

#include <array>
#include <vector>

using namespace vitrine;
using namespace vitrine::fuzz;

namespace {

// Fonts take long to find: one renderer for all inputs.
class Window {
public:
    Window() : renderer_(Renderer::create({}, default_theme(), {}).take())
    {
        require(static_cast<bool>(renderer_->attach(std::make_unique<SoftwarePainter>(pixels_))));
        require(static_cast<bool>(renderer_->resize(400, 300)));
    }
    void show(const vitrine_frame_t *frame)
    {
        renderer_->take(frame);
        renderer_->draw();
    }

private:
    PlainPixels pixels_;
    std::unique_ptr<Renderer> renderer_;
};

constexpr ui_cell_t kinds[] = {
    {'a', 0, 0, 0, 1, 0},
    {0x4e2d, 0, 0, 0, 2, 0},
    {0, 0, 0, 0, 0, 0},
    {0x2500, 0, 0, UI_ATTR_UNDERLINE_CURLY, 1, 0},
    {'e', 0, 0, 0, 1, 2},
    {0x1f600, 0, 0, UI_ATTR_BLINK, 2, 1},
    {0x10ffff, ~0u, ~0u, 0xffff, 255, 255},
    {0xfb01, 0, 0, UI_ATTR_BOLD, 1, 0},
};

// A pool of one slot whose header is in order unless the input says otherwise; what is in the
// slot is the input's: a few kinds of cell, each field of which it may change.
std::vector<uint8_t> make_pool(Input &input)
{
    const auto shape = input.take<std::array<uint8_t, 4>>();
    const PoolLayout layout =
        pool_layout(static_cast<uint16_t>(1 + shape[0] % 40),
                    static_cast<uint16_t>(1 + shape[1] % 8), shape[2] % 64, 1);
    std::vector<uint8_t> memory(layout.bytes);
    ui_pool_header_t header = pool_header(layout);
    uint8_t *slot = memory.data() + layout.slots_offset;
    if ((shape[3] & 1) != 0) {
        const auto at = input.take<uint8_t>() % sizeof header;
        reinterpret_cast<uint8_t *>(&header)[at] ^= input.take<uint8_t>();
    }
    std::memcpy(memory.data(), &header, sizeof header);
    const auto head = input.bytes(shape[3] >> 1);
    std::copy(head.begin(), head.end(), slot);
    for (uint32_t row = 0; row < layout.rows; ++row) {
        const ui_slot_row_t line = {input.take<uint8_t>(), input.take<uint16_t>(), 0};
        std::memcpy(slot + layout.rows_offset + row * sizeof line, &line, sizeof line);
    }
    for (uint32_t i = 0; i < uint32_t{layout.rows} * layout.columns; ++i) {
        const auto choice = input.take<uint8_t>();
        ui_cell_t cell = kinds[choice & 7];
        if ((choice & 0x80) != 0)
            cell = input.take<ui_cell_t>();
        std::memcpy(slot + layout.cells_offset + i * sizeof cell, &cell, sizeof cell);
    }
    const auto extras = input.bytes(size_t{layout.rows} * layout.extra_words * sizeof(uint32_t));
    std::copy(extras.begin(), extras.end(), slot + layout.extras_offset);
    return memory;
}

} // namespace

// fontconfig's sets of characters refer to their parts by offsets, which no leak checker follows.
extern "C" const char *__lsan_default_suppressions() { return "leak:libfontconfig"; }

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Window window;
    Input input(data, size);
    for (int i = 0; i < 3 && !input.empty(); ++i) {
        const std::vector<uint8_t> memory = make_pool(input);
        std::unique_ptr<PoolView> view;
        if (PoolView::open(1, memory.size(), sealed_memory(memory, memory.size()), view) != UI_OK)
            continue;
        read_frame(view->frame(0));
        window.show(view->frame(0));
    }
    return 0;
}
