#include <doctest/doctest.h>

#include <functional>
#include <stdexcept>

#include "screen.h"

TEST_CASE("frames that are not valid are refused with a code of their own")
{
    struct Case {
        const char *name;
        ui_result_t result;
        std::function<void(Screen &)> spoil;
    };
    const auto spans = [](Screen &screen, const std::function<void(std::vector<ui_span_t> &)> &f) {
        f(screen.spans());
        screen.finish();
    };
    const Case cases[] = {
        {"valid", UI_OK, [](Screen &) {}},
        {"size", UI_ERROR_SIZE, [](Screen &s) { s.frame().size = 79; }},
        {"version", UI_ERROR_VERSION, [](Screen &s) { s.frame().version = 9; }},
        {"no columns", UI_ERROR_ARGUMENT, [](Screen &s) { s.frame().columns = 0; }},
        {"no rows", UI_ERROR_ARGUMENT, [](Screen &s) { s.frame().rows = 0; }},
        {"wide", UI_ERROR_LIMIT, [](Screen &s) { s.frame().columns = UI_MAX_COLUMNS + 1; }},
        {"high", UI_ERROR_LIMIT, [](Screen &s) { s.frame().rows = UI_MAX_ROWS + 1; }},
        {"no panes", UI_ERROR_ARGUMENT, [](Screen &s) { s.frame().pane_count = 0; }},
        {"null panes", UI_ERROR_ARGUMENT, [](Screen &s) { s.frame().panes = nullptr; }},
        {"panes", UI_ERROR_LIMIT, [](Screen &s) { s.frame().pane_count = UI_MAX_PANES + 1; }},
        {"spans", UI_ERROR_SPAN_COUNT, [](Screen &s) { s.frame().span_count = UI_MAX_SPANS + 1; }},
        {"null spans", UI_ERROR_SPAN_NULL, [](Screen &s) { s.frame().spans = nullptr; }},
        {"null cells", UI_ERROR_SPAN_NULL, [](Screen &s) { s.spans()[1].cells = nullptr; }},
        {"rows swapped", UI_ERROR_SPAN_ORDER,
         [](Screen &s) { std::swap(s.spans()[0].row, s.spans()[1].row); }},
        {"row twice", UI_ERROR_SPAN_ORDER, [](Screen &s) { s.spans()[1].row = 0; }},
        {"row outside", UI_ERROR_SPAN_RANGE, [](Screen &s) { s.spans()[2].row = 3; }},
        {"too wide", UI_ERROR_SPAN_RANGE, [](Screen &s) { s.spans()[0].columns = 11; }},
        {"no columns in a span", UI_ERROR_SPAN_RANGE, [](Screen &s) { s.spans()[0].columns = 0; }},
        {"column wraps", UI_ERROR_SPAN_RANGE, [](Screen &s) { s.spans()[0].column = 65530; }},
        {"too many cells", UI_ERROR_SPAN_RANGE, [](Screen &s) { s.spans()[0].count = 11; }},
        {"row that ends early", UI_ERROR_SPAN_ORDER, [](Screen &s) { s.spans()[0].columns = 9; }},
        {"last row that ends early", UI_ERROR_SPAN_RANGE,
         [](Screen &s) { s.spans()[2].columns = 9; }},
        {"pane", UI_ERROR_SPAN_PANE, [](Screen &s) { s.spans()[0].pane = 2; }},
        {"overlap", UI_ERROR_SPAN_ORDER,
         [&](Screen &s) {
             spans(s, [](auto &list) {
                 list.insert(list.begin() + 1, list[0]);
                 list[0].columns = 6;
                 list[1].column = 5;
                 list[1].columns = 5;
             });
         }},
        {"gap", UI_ERROR_SPAN_ORDER,
         [&](Screen &s) {
             spans(s, [](auto &list) {
                 list.insert(list.begin() + 1, list[0]);
                 list[0].columns = 4;
                 list[1].column = 5;
                 list[1].columns = 5;
             });
         }},
        {"two spans of a row", UI_OK,
         [&](Screen &s) {
             spans(s, [](auto &list) {
                 list.insert(list.begin() + 1, list[0]);
                 list[0].columns = 5;
                 list[1].column = 5;
                 list[1].columns = 5;
             });
         }},
        {"full without a row", UI_ERROR_SPAN_RANGE,
         [&](Screen &s) {
             spans(s, [](auto &list) { list.pop_back(); });
             s.frame().flags = UI_FRAME_FULL;
         }},
        {"nothing but the cursor", UI_OK,
         [&](Screen &s) {
             s.changed({});
             s.frame().spans = nullptr;
         }},
    };
    for (const Case &entry : cases) {
        CAPTURE(entry.name);
        Screen screen(10, 3);
        for (uint16_t row = 0; row < 3; ++row)
            screen.set(row, "abc");
        screen.full();
        ui_clear_error();
        entry.spoil(screen);
        CHECK(ui_frame_validate(&screen.frame()) == entry.result);
        CHECK((*ui_last_error() == '\0') == (entry.result == UI_OK));
    }
    CHECK(ui_frame_validate(nullptr) == UI_ERROR_ARGUMENT);
}

TEST_CASE("backends are created only from tables that fit")
{
    const ui_grid_layout_t layout = test_layout();
    ui_callbacks_t callbacks = UI_CALLBACKS_INIT;
    ui_backend_t *backend = reinterpret_cast<ui_backend_t *>(&callbacks);
    CHECK(ui_backend_create(&callbacks, nullptr, &layout, &backend) == UI_ERROR_CALLBACK);
    CHECK(backend == nullptr);
    callbacks.on_frame = [](void *, const ui_frame_t *) { return UI_OK; };
    CHECK(ui_backend_create(nullptr, nullptr, &layout, &backend) == UI_ERROR_ARGUMENT);
    CHECK(ui_backend_create(&callbacks, nullptr, nullptr, &backend) == UI_ERROR_ARGUMENT);
    CHECK(ui_backend_create(&callbacks, nullptr, &layout, nullptr) == UI_ERROR_ARGUMENT);
    callbacks.size -= 8;
    CHECK(ui_backend_create(&callbacks, nullptr, &layout, &backend) == UI_ERROR_SIZE);
    callbacks.size += 8;
    callbacks.version = 2;
    CHECK(ui_backend_create(&callbacks, nullptr, &layout, &backend) == UI_ERROR_VERSION);
    CHECK(std::string(ui_last_error()) == "callbacks have version 2, not 1");
    ui_backend_destroy(nullptr);
}

namespace {

struct Log {
    std::string text;
    ui_result_t result = UI_OK;
};

Log &log_of(void *data) { return *static_cast<Log *>(data); }

ui_callbacks_t logging_callbacks()
{
    ui_callbacks_t callbacks = UI_CALLBACKS_INIT;
    callbacks.on_frame = [](void *data, const ui_frame_t *) {
        log_of(data).text += "frame ";
        return log_of(data).result;
    };
    callbacks.on_command = [](void *data, const ui_command_t *command) {
        log_of(data).text += "command " + std::to_string(command->pane) + " ";
    };
    callbacks.on_resize = [](void *data, uint16_t columns, uint16_t rows) {
        log_of(data).text += std::to_string(columns) + "x" + std::to_string(rows) + " ";
    };
    callbacks.on_title = [](void *data, const char *title, size_t length) {
        log_of(data).text += std::string(title, length) + " ";
    };
    callbacks.on_bell = [](void *data) { log_of(data).text += "bell "; };
    callbacks.on_clipboard = [](void *data, const char *selection, const char *text, size_t size) {
        log_of(data).text += selection + ("=" + std::string(text, size)) + " ";
    };
    callbacks.on_pane_closed = [](void *data, uint32_t pane) {
        log_of(data).text += "closed " + std::to_string(pane) + " ";
    };
    callbacks.on_detach = [](void *data, const char *reason) {
        log_of(data).text += reason + std::string(" ");
    };
    callbacks.on_destroy = [](void *data) { log_of(data).text += "destroy"; };
    return callbacks;
}

} // namespace

TEST_CASE("events reach their callbacks, and null ones are skipped")
{
    const ui_grid_layout_t layout = test_layout();
    ui_callbacks_t callbacks = logging_callbacks();
    Log log;
    ui_backend_t *backend = nullptr;
    REQUIRE(ui_backend_create(&callbacks, &log, &layout, &backend) == UI_OK);
    Screen screen(10, 2);
    const ui_command_t command = {sizeof command, 7, 0, 1, 0};
    const auto all = [&] {
        CHECK(ui_backend_frame(backend, &screen.full()) == UI_OK);
        ui_backend_command(backend, &command);
        ui_backend_resize(backend, 80, 24);
        ui_backend_title(backend, "title!", 5);
        ui_backend_bell(backend);
        ui_backend_clipboard(backend, "c", "copy", 4);
        ui_backend_clipboard(backend, nullptr, "copy", 4);
        ui_backend_pane_closed(backend, 3);
        ui_backend_detach(backend, "bye");
    };
    CHECK(ui_backend_wants_commands(backend));
    CHECK(ui_backend_wants_frame(backend));
    all();
    ui_backend_destroy(backend);
    CHECK(log.text == "frame command 7 80x24 title bell c=copy =copy closed 3 bye destroy");

    ui_callbacks_t only_frame = UI_CALLBACKS_INIT;
    only_frame.on_frame = callbacks.on_frame;
    log.text.clear();
    REQUIRE(ui_backend_create(&only_frame, &log, &layout, &backend) == UI_OK);
    CHECK_FALSE(ui_backend_wants_commands(backend));
    all();
    log.result = UI_ERROR_BUSY;
    CHECK(ui_backend_frame(backend, &screen.full()) == UI_ERROR_BUSY);
    screen.frame().rows = 0;
    CHECK(ui_backend_frame(backend, &screen.frame()) == UI_ERROR_ARGUMENT);
    ui_backend_destroy(backend);
    CHECK(log.text == "frame frame ");
    CHECK(ui_backend_frame(nullptr, &screen.full()) == UI_ERROR_ARGUMENT);
    CHECK_FALSE(ui_backend_wants_frame(nullptr));
    ui_backend_bell(nullptr);
}

TEST_CASE("an exception of a callback does not cross the boundary")
{
    const ui_grid_layout_t layout = test_layout();
    ui_callbacks_t callbacks = UI_CALLBACKS_INIT;
    callbacks.on_frame = [](void *, const ui_frame_t *) -> ui_result_t {
        throw std::runtime_error("no");
    };
    callbacks.on_bell = [](void *) { throw std::bad_alloc(); };
    ui_backend_t *backend = nullptr;
    REQUIRE(ui_backend_create(&callbacks, nullptr, &layout, &backend) == UI_OK);
    Screen screen(4, 1);
    CHECK(ui_backend_frame(backend, &screen.full()) == UI_ERROR_SYSTEM);
    ui_backend_bell(backend);
    ui_backend_destroy(backend);
}

TEST_CASE("a terminal and a backend are bound one to one")
{
    const ui_grid_layout_t layout = test_layout();
    ui_backend_t *one = nullptr;
    ui_backend_t *two = nullptr;
    REQUIRE(ui_null_backend_create(&layout, &one) == UI_OK);
    REQUIRE(ui_null_backend_create(&layout, &two) == UI_OK);
    int terminals[2];
    auto *first = reinterpret_cast<ui_tty_t *>(&terminals[0]);
    auto *second = reinterpret_cast<ui_tty_t *>(&terminals[1]);
    CHECK(ui_backend_find(first) == nullptr);
    CHECK(ui_backend_register(nullptr, first) == UI_ERROR_ARGUMENT);
    CHECK(ui_backend_register(one, nullptr) == UI_ERROR_ARGUMENT);
    CHECK(ui_backend_register(one, first) == UI_OK);
    CHECK(ui_backend_register(one, second) == UI_ERROR_REGISTERED);
    CHECK(ui_backend_register(two, first) == UI_ERROR_REGISTERED);
    CHECK(ui_backend_register(two, second) == UI_OK);
    CHECK(ui_backend_find(first) == one);
    CHECK(ui_backend_find(second) == two);
    ui_backend_destroy(one);
    CHECK(ui_backend_find(first) == nullptr);
    CHECK(ui_backend_find(second) == two);
    ui_backend_destroy(two);
    CHECK(ui_backend_find(second) == nullptr);
    CHECK(ui_backend_find(nullptr) == nullptr);
}

TEST_CASE("results have texts, and the last error is kept until it is cleared")
{
    CHECK(std::string(ui_result_text(UI_OK)) == "no error");
    CHECK(std::string(ui_result_text(UI_ERROR_BUFFER)) == "buffer of the caller is too small");
    CHECK(std::string(ui_result_text(static_cast<ui_result_t>(-999))) == "unknown error");
    ui_frame_validate(nullptr);
    CHECK(std::string(ui_last_error()) == "frame is null");
    ui_clear_error();
    CHECK(std::string(ui_last_error()).empty());
}

TEST_CASE("objects alive are counted")
{
    const size_t before = ui_debug_allocation_count();
    const ui_grid_layout_t layout = test_layout();
    ui_backend_t *backend = nullptr;
    ui_decoder_t *decoder = nullptr;
    REQUIRE(ui_null_backend_create(&layout, &backend) == UI_OK);
    REQUIRE(ui_decoder_create(&layout, &decoder) == UI_OK);
    CHECK(ui_debug_allocation_count() == before + 2);
    ui_decoder_destroy(decoder);
    ui_backend_destroy(backend);
    CHECK(ui_debug_allocation_count() == before);
}
