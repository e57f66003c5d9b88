/*
 * The interface as C sees it: the headers compile alone and together, layouts
 * are what they are said to be, and every function of the server's half and
 * of the client's can be called.
 */
#include "vitrine/backend.h"
#include "vitrine/client.h"
#include "vitrine/log.h"
#include "vitrine/memory.h"
#include "vitrine/protocol.h"
#include "vitrine/report.h"
#include "vitrine/text.h"
#include "vitrine/types.h"
#include "vitrine/window.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CHECK(test) \
    do { \
        if (!(test)) { \
            fprintf(stderr, "%s:%d: %s (%s)\n", __FILE__, __LINE__, #test, ui_last_error()); \
            ++failures; \
        } \
    } while (0)

static int failures;
static int frames;
static int hellos;

static void check_layouts(void)
{
    CHECK(sizeof(ui_cell_t) == 16 && offsetof(ui_cell_t, cluster_cont) == 15);
    CHECK(sizeof(ui_span_t) == 32 && offsetof(ui_span_t, row) == 20);
    CHECK(offsetof(ui_span_t, pane) == 28);
    CHECK(sizeof(ui_pane_t) == 48 && offsetof(ui_pane_t, default_fg) == 16);
    CHECK(offsetof(ui_pane_t, palette) == 24 && offsetof(ui_pane_t, style) == 40);
    CHECK(sizeof(ui_pane_style_t) == 64 && offsetof(ui_pane_style_t, theme) == 16);
    CHECK(sizeof(ui_frame_t) == 80 && offsetof(ui_frame_t, spans) == 16);
    CHECK(offsetof(ui_frame_t, cursor) == 48 && offsetof(ui_frame_t, time_ns) == 64);
    CHECK(sizeof(ui_cursor_t) == 12 && sizeof(ui_grid_layout_t) == 16);
    CHECK(sizeof(ui_callbacks_t) == 88 && offsetof(ui_callbacks_t, on_frame) == 8);
    CHECK(sizeof(ui_hello_t) == 20 && sizeof(ui_input_t) == 104);
    CHECK(sizeof(ui_pool_header_t) == 64 && offsetof(ui_pool_header_t, sequence) == 48);
    CHECK(sizeof(ui_slot_t) == 4160 && offsetof(ui_slot_t, panes) == 64);
    CHECK(sizeof(ui_msg_mouse_t) == 8 && offsetof(ui_msg_mouse_t, column) == 4);
    CHECK(sizeof(vitrine_event_t) == 48 && sizeof(vitrine_row_t) == 32);
    CHECK(sizeof(vitrine_text_view_t) == 16 && sizeof(vitrine_text_part_t) == 8);
    CHECK(sizeof(ui_result_t) == 4 && UI_ERROR_BUFFER == -19 && UI_ERROR_PANE == -20);
    CHECK(sizeof(ui_memory_usage_t) == 48 && offsetof(ui_memory_report_t, usage) == 96);
    CHECK(sizeof(ui_drawing_t) == 424 && offsetof(ui_drawing_t, stages) == 40);
    CHECK(offsetof(ui_report_t, sending) == 432 && offsetof(ui_report_t, memory) == 464);
    CHECK(UI_KEY_F12 == 0x110020);
}

static ui_result_t on_frame(void *user_data, const ui_frame_t *frame)
{
    (void)user_data;
    frames += frame->rows == 1;
    return UI_OK;
}

static void on_hello(void *user_data, const ui_hello_t *hello)
{
    (void)user_data;
    hellos += hello->columns == 80;
}

static void on_resize(void *data, uint16_t columns, uint16_t rows, uint16_t width, uint16_t height)
{
    (void)data, (void)columns, (void)rows, (void)width, (void)height;
}
static void on_key(void *data, uint32_t key, uint32_t modifiers)
{
    (void)data, (void)key, (void)modifiers;
}
static void on_text(void *data, const char *text, size_t length)
{
    (void)data, (void)text, (void)length;
}
static void on_mouse(void *data, uint32_t event, uint32_t button, uint32_t modifiers,
                     uint16_t column, uint16_t row)
{
    (void)data, (void)event, (void)button, (void)modifiers, (void)column, (void)row;
}
static void on_paste(void *data, const char *text, size_t length, bool first, bool last)
{
    (void)data, (void)text, (void)length, (void)first, (void)last;
}
static void on_focus(void *data, bool focused) { (void)data, (void)focused; }
static void on_colours(void *data, uint32_t foreground, uint32_t background)
{
    (void)data, (void)foreground, (void)background;
}
static void on_command(void *data, const char *command) { (void)data, (void)command; }
static void on_detach(void *data) { (void)data; }
static void on_report_ask(void *data) { (void)data; }
static void on_report(void *data, const ui_report_t *report) { (void)data, (void)report; }

static const ui_grid_layout_t layout = {sizeof(ui_grid_layout_t), 4, 0, 23, 0, NULL};
static const unsigned char cells[] = {0, 8, 8, 'h', 0, 1, 2, 3, 'i', 0};

static ui_frame_t make_frame(const ui_span_t *span, const ui_pane_t *pane)
{
    ui_frame_t frame;
    memset(&frame, 0, sizeof frame);
    frame.size = sizeof frame;
    frame.version = UI_VERSION;
    frame.spans = span;
    frame.panes = pane;
    frame.span_count = frame.pane_count = 1;
    frame.flags = UI_FRAME_FULL;
    frame.columns = 3;
    frame.rows = 1;
    return frame;
}

static void check_backend(const ui_frame_t *frame)
{
    ui_callbacks_t callbacks = UI_CALLBACKS_INIT;
    ui_backend_t *backend = NULL;
    int tty;
    callbacks.on_frame = on_frame;
    CHECK(ui_backend_create(&callbacks, NULL, &layout, &backend) == UI_OK);
    CHECK(ui_backend_register(backend, (ui_tty_t *)&tty) == UI_OK);
    CHECK(ui_backend_find((ui_tty_t *)&tty) == backend);
    CHECK(ui_backend_frame(backend, frame) == UI_OK && frames == 1);
    CHECK(ui_backend_frame(backend, NULL) == UI_ERROR_ARGUMENT);
    CHECK(strcmp(ui_last_error(), "frame is null") == 0);
    ui_backend_destroy(backend);
}

static void check_decoder(const ui_span_t *span, const ui_pane_t *pane)
{
    ui_decoder_t *decoder = NULL;
    ui_cell_t out[3];
    uint32_t words = 0;
    CHECK(ui_decoder_create(&layout, &decoder) == UI_OK);
    CHECK(ui_span_decode(decoder, span, pane, out, NULL, 0, &words) == UI_OK);
    CHECK(out[0].codepoint == 'h' && out[1].codepoint == 'i' && out[2].codepoint == ' ');
    CHECK(out[1].attrs == UI_ATTR_BOLD && out[1].fg_rgb == (UI_COLOUR_PALETTE | 2));
    ui_decoder_destroy(decoder);
}

static void check_text(vitrine_frame_t *frame)
{
    const vitrine_text_part_t parts[] = {{VITRINE_PANE_SCREEN, 0, 1}};
    vitrine_text_view_t view;
    size_t offsets[2];
    size_t length = 0;
    char buffer[8];
    char *text = NULL;
    CHECK(vitrine_pane_text(frame, VITRINE_PANE_SCREEN, 0, &text, &length) == UI_OK);
    CHECK(length == 3 && strcmp(text, "hi ") == 0);
    vitrine_string_free(text);
    CHECK(vitrine_row_text(frame, VITRINE_PANE_SCREEN, 0, 0, &text, NULL) == UI_OK);
    vitrine_string_free(text);
    CHECK(vitrine_pane_text_copy(frame, VITRINE_PANE_SCREEN, VITRINE_TEXT_TRIM_BLANKS, buffer,
                                 sizeof buffer, &length) == UI_OK);
    CHECK(length == 2 && strcmp(buffer, "hi") == 0);
    CHECK(vitrine_row_text_copy(frame, VITRINE_PANE_SCREEN, 0, 0, buffer, 3, &length) ==
          UI_ERROR_BUFFER);
    CHECK(vitrine_text_batch(frame, parts, 1, 0, buffer, sizeof buffer, offsets) == UI_OK);
    CHECK(offsets[1] == 4);
    CHECK(vitrine_pane_text_view(frame, VITRINE_PANE_SCREEN, 0, &view) == UI_OK);
    CHECK(view.length == 3 && memcmp(view.bytes, "hi ", 3) == 0);
    CHECK(vitrine_row_text_view(frame, VITRINE_PANE_SCREEN, 1, 0, &view) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_frame_cells(frame)[1].codepoint == 'i');
}

static void check_attachment(const ui_frame_t *frame)
{
    const ui_input_t input = {sizeof input, 0,        on_hello, on_resize,  on_key,     on_text,
                              on_mouse,     on_paste, on_focus, on_colours, on_command, on_detach, on_report_ask, on_report};
    vitrine_options_t options = VITRINE_OPTIONS_INIT;
    vitrine_connection_t *connection = NULL;
    vitrine_event_t event;
    vitrine_row_t row;
    ui_backend_t *backend = NULL;
    ui_window_t *window = NULL;
    int ends[2];
    CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    CHECK(ui_window_backend_create(ends[0], &layout, &input, NULL, &backend, &window) == UI_OK);
    CHECK(vitrine_connect_fd(ends[1], &options, &connection) == UI_OK);
    CHECK(ui_window_read(window) == UI_OK && hellos == 1);
    CHECK(vitrine_next_event(connection, &event) == UI_OK);
    CHECK(event.kind == VITRINE_EVENT_CONNECTED);
    CHECK(ui_window_read(window) == UI_OK);
    CHECK(ui_backend_frame(backend, frame) == UI_OK);
    CHECK(vitrine_next_event(connection, &event) == UI_OK);
    CHECK(event.kind == VITRINE_EVENT_FRAME);
    CHECK(vitrine_frame_row(event.frame, 0, &row) && row.cells[1].codepoint == 'i');
    check_text(event.frame);
    CHECK(vitrine_frame_release(connection, event.frame) == UI_OK);
    vitrine_disconnect(connection);
    ui_backend_destroy(backend);
}

static void check_log(void)
{
    static vitrine_log_module_t module = VITRINE_LOG_MODULE("c11");
    VITRINE_LOG(&module, VITRINE_LOG_ERROR, "%s", "not with VITRINE_LOG unset");
    CHECK(module.level == VITRINE_LOG_OFF);
}

static void check_memory(void)
{
    ui_memory_report_t report = UI_MEMORY_REPORT_INIT;
    ui_memory_usage_t usage;
    void *block = ui_memory_allocate(UI_MEMORY_TEXT, 100);
    CHECK(block != NULL && ui_memory_take(UI_MEMORY_POOL, 4096));
    ui_memory_spare(UI_MEMORY_POOL, 1024);
    CHECK(ui_memory_usage(UI_MEMORY_POOL, &usage) == UI_OK && usage.live_bytes == 4096);
    CHECK(ui_memory_fragmentation(&usage) == 0.25);
    CHECK(ui_memory_report(&report) == UI_OK && report.usage_count == UI_MEMORY_TAG_COUNT);
    CHECK(report.usage[UI_MEMORY_TEXT].live_bytes == 100);
    CHECK(ui_memory_rate(&report, &report, UI_MEMORY_TEXT) == 0);
    CHECK(strcmp(ui_memory_tag_name(UI_MEMORY_ATLAS), "atlas") == 0);
    CHECK(ui_memory_set_limit(UI_MEMORY_TEXT, 150) == UI_OK);
    CHECK(ui_memory_allocate(UI_MEMORY_TEXT, 51) == NULL);
    ui_memory_refusal_t refusal;
    CHECK(ui_memory_take_refusal(&refusal) && refusal.asked_bytes == 51);
    CHECK(ui_memory_fail() == UI_ERROR_MEMORY);
    CHECK(ui_memory_set_limit(UI_MEMORY_TEXT, 0) == UI_OK);
    ui_memory_spare(UI_MEMORY_POOL, -1024);
    ui_memory_give(UI_MEMORY_POOL, 4096);
    ui_memory_free(UI_MEMORY_TEXT, block, 100);
    CHECK(ui_debug_allocation_list(STDERR_FILENO) == 0);
}

int main(void)
{
    ui_pane_t pane;
    ui_span_t span;
    ui_frame_t frame;
    memset(&pane, 0, sizeof pane);
    pane.default_fg = pane.default_bg = 8;
    memset(&span, 0, sizeof span);
    span.cells = cells;
    span.columns = 3;
    span.count = 2;
    frame = make_frame(&span, &pane);
    check_layouts();
    check_backend(&frame);
    check_decoder(&span, &pane);
    check_attachment(&frame);
    check_log();
    check_memory();
    CHECK(ui_debug_allocation_count() == 0);
    return failures != 0;
}
