// Each request for memory or descriptors on every path of the ABI refused once: an error comes,
// nothing is lost, and what may be used again can be.
#include "allocator.h"

#include "../bridge/screen.h"
#include "stream.h"
#include "vitrine/client.h"
#include "vitrine/window.h"

#include <doctest/doctest.h>

#include <dirent.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>

using namespace vitrine::test;

namespace {

// What a path leaves behind if it loses something.
struct Belongings {
    size_t blocks = blocks_alive();
    size_t objects = ui_debug_allocation_count();
    size_t descriptors = count_descriptors();

    static size_t count_descriptors()
    {
        const std::unique_ptr<DIR, int (*)(DIR *)> folder(::opendir("/proc/self/fd"), ::closedir);
        size_t count = 0;
        while (folder && ::readdir(folder.get()) != nullptr)
            ++count;
        return count;
    }
    bool operator==(const Belongings &) const = default;
};

// What a refusal may come to.
enum class Outcome {
    error,         // the path ends with a code that says so
    error_or_less, // or it goes on with less: a cache that is not there, extras that are cut
};

bool says_refused(ui_result_t result)
{
    return result == UI_ERROR_MEMORY || result == UI_ERROR_SYSTEM;
}

// Runs a path once for each of its requests, which is refused; how many there were.
size_t refuse_each(Outcome outcome, const std::function<ui_result_t()> &path)
{
    REQUIRE(path() == UI_OK);
    for (size_t nth = 1;; ++nth) {
        const Belongings before;
        ui_clear_error();
        ui_result_t result;
        bool happened;
        {
            const Refusal refusal(nth);
            result = path();
            happened = Refusal::happened();
        }
        const Belongings after;
        CAPTURE(nth);
        CHECK(after.blocks == before.blocks);
        CHECK(after.objects == before.objects);
        CHECK(after.descriptors == before.descriptors);
        if (!happened) {
            CHECK(result == UI_OK);
            return nth - 1;
        }
        const bool allowed =
            says_refused(result) || (result == UI_OK && outcome == Outcome::error_or_less);
        CHECK_MESSAGE(allowed, "result ", result, ": ", ui_last_error());
        if (result != UI_OK)
            CHECK(std::string(ui_last_error()) != "");
    }
}

struct BackendOwner {
    void operator()(ui_backend_t *backend) const { ui_backend_destroy(backend); }
};
using Backend = std::unique_ptr<ui_backend_t, BackendOwner>;

struct ConnectionOwner {
    void operator()(vitrine_connection_t *connection) const { vitrine_disconnect(connection); }
};
using Connection = std::unique_ptr<vitrine_connection_t, ConnectionOwner>;

// Callbacks that take all and keep nothing, so that no request is the test's own.
ui_input_t deaf_input()
{
    ui_input_t input{};
    input.size = sizeof input;
    input.on_hello = [](void *, const ui_hello_t *) {};
    input.on_resize = [](void *, uint16_t, uint16_t, uint16_t, uint16_t) {};
    input.on_key = [](void *, uint32_t, uint32_t) {};
    input.on_text = [](void *, const char *, size_t) {};
    input.on_mouse = [](void *, uint32_t, uint32_t, uint32_t, uint16_t, uint16_t) {};
    input.on_paste = [](void *, const char *, size_t, bool, bool) {};
    input.on_focus = [](void *, bool) {};
    input.on_colours = [](void *, uint32_t, uint32_t) {};
    input.on_command = [](void *, const char *) {};
    input.on_detach = [](void *) {};
    input.on_report_ask = [](void *) {};
    input.on_report = [](void *, const ui_report_t *) {};
    return input;
}

// Rows with all that a decoder makes room for: palettes, long characters, extras.
Screen rich_screen(uint16_t columns, uint16_t rows)
{
    Screen screen(columns, rows);
    screen.set(0, "plain");
    for (int i = 0; i < columns; ++i)
        screen.line(1).extended({long_character(5, 1), 0, 0, kRgb | 0x123456, 8, kRgb | i});
    return screen;
}

std::array<int32_t, 256> some_palette()
{
    std::array<int32_t, 256> palette;
    palette.fill(-1);
    palette[1] = kRgb | 0xabcdef;
    return palette;
}

// A path stops at the first thing that fails.
#define TRY(expression) \
    if (const ui_result_t tried = (expression); tried != UI_OK) \
    return tried

ui_result_t make_window(int fd, ui_backend_t **backend, ui_window_t **window)
{
    const ui_grid_layout_t layout = test_layout();
    const ui_input_t input = deaf_input();
    return ui_window_backend_create(fd, &layout, &input, nullptr, backend, window);
}

// Two ends; both halves leave their descriptor with its owner if they cannot be made.
struct Ends {
    Ends()
    {
        const Exempt exempt;
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0) {
            server.reset(ends[0]);
            client.reset(ends[1]);
        }
    }
    vitrine::UniqueFd server;
    vitrine::UniqueFd client;
};

// A whole attachment in one process, step by step.
class Pair {
public:
    ui_result_t open()
    {
        vitrine_options_t options = VITRINE_OPTIONS_INIT;
        options.columns = 10;
        options.rows = 3;
        vitrine_connection_t *made = nullptr;
        TRY(vitrine_connect_fd(ends_.client.get(), &options, &made));
        connection.reset(made);
        static_cast<void>(ends_.client.release());
        ui_backend_t *created = nullptr;
        TRY(make_window(ends_.server.get(), &created, &window));
        backend.reset(created);
        static_cast<void>(ends_.server.release());
        TRY(ui_window_read(window));
        TRY(next());
        return ui_window_read(window);
    }
    // All that is there for the window, a frame given back at once.
    ui_result_t next()
    {
        for (;;) {
            vitrine_event_t event;
            const ui_result_t result = vitrine_next_event(connection.get(), &event);
            if (result != UI_OK)
                return result == UI_ERROR_AGAIN ? UI_OK : result;
            if (event.kind == VITRINE_EVENT_FRAME)
                TRY(vitrine_frame_release(connection.get(), event.frame));
        }
    }
    ui_result_t show(const ui_frame_t &frame)
    {
        const ui_result_t result = ui_backend_frame(backend.get(), &frame);
        TRY(lost() ? UI_ERROR_MEMORY : result);
        TRY(next());
        return ui_window_read(window);
    }
    // The stream could not be written: the shim would end the attachment.
    bool lost() const { return ui_window_failed(window); }

private:
    Ends ends_;

public:
    Backend backend;
    ui_window_t *window = nullptr;
    Connection connection;
};

} // namespace

TEST_CASE("a backend that cannot be made")
{
    ui_callbacks_t callbacks = UI_CALLBACKS_INIT;
    callbacks.on_frame = [](void *, const ui_frame_t *) { return UI_OK; };
    const ui_grid_layout_t layout = test_layout();
    int tty;
    const size_t count = refuse_each(Outcome::error, [&] {
        ui_backend_t *made = nullptr;
        TRY(ui_backend_create(&callbacks, nullptr, &layout, &made));
        const Backend owner(made);
        TRY(ui_backend_register(made, reinterpret_cast<ui_tty_t *>(&tty)));
        ui_backend_t *null = nullptr;
        TRY(ui_null_backend_create(&layout, &null));
        const Backend null_owner(null);
        return UI_OK;
    });
    CHECK(count == 2);
}

TEST_CASE("a decoder without room for its caches decodes all the same")
{
    Screen screen = rich_screen(10, 2);
    const std::array<int32_t, 256> palette = some_palette();
    screen.panes()[1].palette = palette.data();
    const ui_frame_t &frame = screen.full();
    ui_cell_t expected[10] = {};
    const ui_grid_layout_t layout = test_layout();
    const size_t count = refuse_each(Outcome::error_or_less, [&]() -> ui_result_t {
        ui_decoder_t *made = nullptr;
        TRY(ui_decoder_create(&layout, &made));
        const std::unique_ptr<ui_decoder_t, void (*)(ui_decoder_t *)> owner(made,
                                                                            ui_decoder_destroy);
        ui_cell_t cells[10];
        uint32_t extras[200];
        uint32_t words = 0;
        TRY(ui_span_decode(made, &frame.spans[1], &frame.panes[1], cells, extras, 200, &words));
        if (expected[0].width == 0)
            std::copy(std::begin(cells), std::end(cells), std::begin(expected));
        return std::memcmp(cells, expected, sizeof cells) == 0 ? UI_OK : UI_ERROR_PROTOCOL;
    });
    CHECK(count >= 2);
}

TEST_CASE("a recording that cannot be made or grow")
{
    char folder[] = "/tmp/vitrine-test-XXXXXX";
    REQUIRE(::mkdtemp(folder) != nullptr);
    const std::string path = std::string(folder) + "/record";
    Screen small = rich_screen(4, 2), large = rich_screen(20, 2);
    const ui_frame_t &first = small.full(), &second = large.full();
    const ui_grid_layout_t layout = test_layout();
    const size_t count = refuse_each(Outcome::error_or_less, [&] {
        ui_backend_t *made = nullptr;
        TRY(ui_recording_backend_create(path.c_str(), &layout, &made));
        const Backend owner(made);
        TRY(ui_backend_frame(made, &first));
        TRY(ui_backend_frame(made, &second));
        vitrine_frame_t *frame = nullptr;
        TRY(vitrine_record_open(path.c_str(), &frame));
        vitrine_record_close(frame);
        return UI_OK;
    });
    CHECK(count > 20);
    ::unlink(path.c_str());
    ::unlink((path + ".new").c_str());
    // Nothing else is there.
    CHECK(::rmdir(folder) == 0);
}

TEST_CASE("an attachment that cannot be made, or not sent its frames")
{
    Screen plain(10, 3), rich = rich_screen(10, 3), large = rich_screen(30, 4);
    const std::array<int32_t, 256> palette = some_palette();
    rich.panes()[1].palette = palette.data();
    const ui_frame_t *const frames[] = {&plain.full(), &rich.full(), &large.full(), &plain.frame()};
    const size_t count = refuse_each(Outcome::error_or_less, [&] {
        Pair pair;
        TRY(pair.open());
        for (const ui_frame_t *frame : frames)
            TRY(pair.show(*frame));
        return UI_OK;
    });
    CHECK(count > 40);
}

TEST_CASE("events that cannot be queued or taken")
{
    const std::string title(3000, 't');
    const std::string clipboard(200000, 'c');
    const size_t count = refuse_each(Outcome::error_or_less, [&]() -> ui_result_t {
        Pair pair;
        TRY(pair.open());
        ui_backend_title(pair.backend.get(), title.data(), title.size());
        ui_backend_bell(pair.backend.get());
        ui_backend_clipboard(pair.backend.get(), "c", clipboard.data(), clipboard.size());
        while (!pair.lost() && ui_window_wants_write(pair.window)) {
            TRY(pair.next());
            ui_window_flush(pair.window);
        }
        ui_backend_pane_closed(pair.backend.get(), 1);
        ui_backend_detach(pair.backend.get(), "because");
        return pair.lost() ? UI_ERROR_MEMORY : pair.next();
    });
    CHECK(count > 10);
}

TEST_CASE("input that cannot be queued or taken")
{
    const std::string paste(300000, 'p');
    const size_t count = refuse_each(Outcome::error, [&]() -> ui_result_t {
        Pair pair;
        TRY(pair.open());
        vitrine_connection_t *to = pair.connection.get();
        TRY(vitrine_send_resize(to, 20, 5, 8, 16));
        TRY(vitrine_send_key(to, UI_KEY_ENTER, 0));
        TRY(vitrine_send_mouse(to, UI_MOUSE_PRESS, 1, 0, 2, 2));
        TRY(vitrine_send_focus(to, true));
        TRY(vitrine_send_colours(to, 0xffffff, 0));
        TRY(vitrine_send_command(to, "display-message hello"));
        TRY(vitrine_send_text(to, paste.data(), paste.size()));
        TRY(vitrine_send_paste(to, paste.data(), paste.size()));
        while (vitrine_wants_write(to)) {
            TRY(ui_window_read(pair.window));
            TRY(vitrine_flush(to));
        }
        TRY(vitrine_send_detach(to));
        return ui_window_read(pair.window);
    });
    CHECK(count > 10);
}

TEST_CASE("a refused send takes nothing and can be tried again")
{
    Screen screen(10, 3);
    for (size_t nth = 1;; ++nth) {
        CAPTURE(nth);
        Pair pair;
        REQUIRE(pair.open() == UI_OK);
        REQUIRE(ui_backend_frame(pair.backend.get(), &screen.full()) == UI_OK);
        vitrine_event_t event;
        REQUIRE(vitrine_next_event(pair.connection.get(), &event) == UI_OK);
        REQUIRE(event.kind == VITRINE_EVENT_FRAME);
        ui_result_t released, typed;
        bool happened;
        {
            const Refusal refusal(nth);
            released = vitrine_frame_release(pair.connection.get(), event.frame);
            typed = vitrine_send_key(pair.connection.get(), UI_KEY_ENTER, 0);
            happened = Refusal::happened();
        }
        if (released != UI_OK)
            CHECK(vitrine_frame_release(pair.connection.get(), event.frame) == UI_OK);
        if (typed != UI_OK)
            CHECK(vitrine_send_key(pair.connection.get(), UI_KEY_ENTER, 0) == UI_OK);
        CHECK(happened == (released != UI_OK || typed != UI_OK));
        REQUIRE(ui_window_read(pair.window) == UI_OK);
        CHECK(ui_backend_wants_frame(pair.backend.get()));
        if (!happened)
            break;
    }
}

TEST_CASE("a frame that was refused for want of memory is taken when it is offered again")
{
    Screen screen(10, 3), other(20, 4);
    other.set(2, "after all");
    size_t refused = 0;
    for (size_t nth = 1;; ++nth) {
        CAPTURE(nth);
        Pair pair;
        REQUIRE(pair.open() == UI_OK);
        REQUIRE(pair.show(screen.full()) == UI_OK);
        const ui_frame_t &frame = other.full();
        ui_result_t result;
        bool happened;
        {
            const Refusal refusal(nth);
            result = ui_backend_frame(pair.backend.get(), &frame);
            happened = Refusal::happened();
        }
        if (!happened)
            break;
        ++refused;
        if (pair.lost()) {
            CHECK(result == UI_ERROR_CLOSED);
            continue;
        }
        CHECK(says_refused(result));
        REQUIRE(ui_backend_frame(pair.backend.get(), &frame) == UI_OK);
        vitrine_event_t event;
        REQUIRE(vitrine_next_event(pair.connection.get(), &event) == UI_OK);
        REQUIRE(event.kind == VITRINE_EVENT_FRAME);
        CHECK(row_text(event.frame, 2) == "after all");
    }
    CHECK(refused > 5);
}

TEST_CASE("tmux that cannot be started or listened to")
{
    vitrine_options_t options = VITRINE_OPTIONS_INIT;
    options.tmux = "/bin/sh";
    const char *const flags[] = {"-c", "echo what is said takes more room than a short string has",
                                 nullptr};
    options.tmux_flags = flags;
    options.columns = 10;
    options.rows = 3;
    const size_t count = refuse_each(Outcome::error_or_less, [&] {
        vitrine_connection_t *made = nullptr;
        TRY(vitrine_connect(&options, &made));
        const Connection owner(made);
        TRY(vitrine_wait(made, 10000, nullptr));
        vitrine_event_t event;
        TRY(vitrine_next_event(made, &event));
        return event.kind == VITRINE_EVENT_CLOSED ? UI_OK : UI_ERROR_PROTOCOL;
    });
    CHECK(count > 5);
}
