// What a hostile window sends to the server, in pieces, with and without descriptors.
#include "attachment.h"
#include "input.h"
#include "utf8.h"

using namespace vitrine;
using namespace vitrine::fuzz;

namespace {

// Each callback is told only what window.h says it can be.
ui_input_t checking_input()
{
    ui_input_t input{};
    input.size = sizeof input;
    input.on_hello = [](void *, const ui_hello_t *hello) {
        require(hello->columns >= 1 && hello->columns <= UI_MAX_COLUMNS);
        require(hello->rows >= 1 && hello->rows <= UI_MAX_ROWS);
    };
    input.on_resize = [](void *, uint16_t columns, uint16_t rows, uint16_t, uint16_t) {
        require(columns >= 1 && columns <= UI_MAX_COLUMNS && rows >= 1 && rows <= UI_MAX_ROWS);
    };
    input.on_key = [](void *, uint32_t, uint32_t) {};
    input.on_text = [](void *, const char *text, size_t length) {
        require(length >= 1 && utf8_valid(text, length));
    };
    input.on_mouse = [](void *, uint32_t, uint32_t, uint32_t, uint16_t, uint16_t) {};
    input.on_paste = [](void *, const char *data, size_t length, bool, bool) {
        touch(data, length);
    };
    input.on_focus = [](void *, bool) {};
    input.on_colours = [](void *, uint32_t foreground, uint32_t background) {
        require(foreground <= 0xffffff && background <= 0xffffff);
    };
    input.on_command = [](void *, const char *command) {
        require(utf8_valid(command, std::strlen(command)));
    };
    input.on_detach = [](void *) {};
    input.on_report_ask = [](void *) {};
    input.on_report = [](void *, const ui_report_t *report) {
        require(report->memory.origin == UI_MEMORY_WINDOW &&
                report->memory.usage_count <= UI_MEMORY_MAX_TAGS);
        touch(report, sizeof *report);
    };
    return input;
}

ui_frame_t blank_frame(uint16_t columns, ui_pane_t &pane, ui_span_t &span)
{
    pane = {};
    pane.columns = columns;
    pane.rows = 1;
    pane.default_fg = pane.default_bg = 8;
    span = {};
    span.columns = columns;
    ui_frame_t frame{};
    frame.size = sizeof frame;
    frame.version = UI_VERSION;
    frame.flags = UI_FRAME_FULL;
    frame.columns = columns;
    frame.rows = 1;
    frame.panes = &pane;
    frame.pane_count = 1;
    frame.spans = &span;
    frame.span_count = 1;
    return frame;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    Ends ends;
    const ui_grid_layout_t layout = grid_layout();
    const ui_input_t callbacks = checking_input();
    ui_backend_t *made = nullptr;
    ui_window_t *window = nullptr;
    require(ui_window_backend_create(ends.theirs.release(), &layout, &callbacks, nullptr, &made,
                                     &window) == UI_OK);
    const Backend backend(made);
    const UniqueFd stray(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    const UniqueFd none;
    while (!input.empty() && !ui_window_failed(window)) {
        const auto control = input.take<uint8_t>();
        ends.write(input.bytes(size_t{control & 0x7fu} + 1), (control & 0x80) != 0 ? stray : none);
        const ui_result_t result = ui_window_read(window);
        require((result == UI_OK) == !ui_window_failed(window));
        if (!ui_backend_wants_frame(made))
            continue;
        ui_pane_t pane;
        ui_span_t span;
        const ui_frame_t frame = blank_frame(static_cast<uint16_t>(1 + (control & 3u)), pane, span);
        require(ui_backend_frame(made, &frame) == UI_OK || ui_window_failed(window));
    }
    return 0;
}
