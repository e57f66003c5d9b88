// The server's half against a real client, and the client's against it.
#include "attachment.h"

TEST_CASE("an attachment: hello, frame, credit, frame")
{
    SocketPair pair;
    // The window writes first: the hello waits in the socket.
    Client client(pair.ends[1]);
    Server server(pair.ends[0]);
    Screen screen(10, 3);
    screen.set(1, "hello");
    CHECK_FALSE(ui_backend_wants_frame(server.backend));
    CHECK(ui_backend_frame(server.backend, &screen.full()) == UI_ERROR_BUSY);
    CHECK(server.read() == UI_OK);
    CHECK(server.log.take() == "hello 10x3 flags 0");
    CHECK_FALSE(ui_backend_wants_frame(server.backend));
    CHECK(client.kind() == VITRINE_EVENT_CONNECTED);
    CHECK(client.kind() == 0);
    CHECK(server.read() == UI_OK);
    CHECK(ui_backend_wants_frame(server.backend));

    CHECK(ui_backend_frame(server.backend, &screen.full()) == UI_OK);
    CHECK_FALSE(ui_backend_wants_frame(server.backend));
    CHECK(ui_backend_frame(server.backend, &screen.full()) == UI_ERROR_BUSY);
    REQUIRE(client.kind() == VITRINE_EVENT_FRAME);
    uint16_t columns, rows;
    vitrine_frame_size(client.event.frame, &columns, &rows);
    CHECK(columns == 10);
    CHECK(rows == 3);
    CHECK(row_text(client.event.frame, 1) == "hello");
    vitrine_row_t row;
    CHECK_FALSE(vitrine_frame_row(client.event.frame, 3, &row));
    CHECK(client.release() == UI_OK);
    CHECK(client.release() == UI_ERROR_ARGUMENT);
    CHECK(server.read() == UI_OK);
    CHECK(ui_backend_wants_frame(server.backend));

    screen.set(2, "again");
    CHECK(ui_backend_frame(server.backend, &screen.changed({2})) == UI_OK);
    REQUIRE(client.kind() == VITRINE_EVENT_FRAME);
    CHECK(row_text(client.event.frame, 1) == "hello");
    CHECK(row_text(client.event.frame, 2) == "again");
    CHECK(row_generation(client.event.frame, 2) > row_generation(client.event.frame, 1));
    CHECK(client.release() == UI_OK);
}

TEST_CASE("sizes change, and pools with them, for as long as one likes")
{
    Attachment both;
    uint64_t last = 0;
    for (uint16_t turn = 1; turn < 200; ++turn) {
        Screen screen(static_cast<uint16_t>(turn % 7 + 1), static_cast<uint16_t>(turn % 5 + 1));
        screen.set(0, std::string(1, static_cast<char>('a' + turn % 26)));
        REQUIRE(ui_backend_frame(both.server.backend, &screen.full()) == UI_OK);
        REQUIRE(both.client.kind() == VITRINE_EVENT_FRAME);
        CHECK(row_text(both.client.event.frame, 0) ==
              std::string(1, static_cast<char>('a' + turn % 26)));
        CHECK(vitrine_frame_sequence(both.client.event.frame) > last);
        last = vitrine_frame_sequence(both.client.event.frame);
        REQUIRE(both.client.release() == UI_OK);
        REQUIRE(both.server.read() == UI_OK);
        REQUIRE(ui_backend_wants_frame(both.server.backend));
    }
}

TEST_CASE("a window that never gives credit back costs nothing more")
{
    Attachment both;
    Screen screen(10, 3);
    REQUIRE(ui_backend_frame(both.server.backend, &screen.full()) == UI_OK);
    const size_t memory = ui_window_memory(both.server.window);
    for (uint16_t turn = 0; turn < 1000; ++turn) {
        Screen other(static_cast<uint16_t>(turn % 50 + 1), 3);
        CHECK(ui_backend_frame(both.server.backend, &other.full()) == UI_ERROR_BUSY);
    }
    CHECK(ui_window_memory(both.server.window) == memory);
    CHECK_FALSE(ui_window_failed(both.server.window));
}

TEST_CASE("extras that outgrow their room reach the window through a new pool")
{
    Attachment both;
    Screen screen(10, 3);
    screen.set(0, "kept");
    REQUIRE(ui_backend_frame(both.server.backend, &screen.full()) == UI_OK);
    REQUIRE(both.client.kind() == VITRINE_EVENT_FRAME);
    REQUIRE(both.client.release() == UI_OK);
    REQUIRE(both.server.read() == UI_OK);
    for (int i = 0; i < 10; ++i)
        screen.line(1).extended({long_character(5, 1)});
    REQUIRE(ui_backend_frame(both.server.backend, &screen.changed({1})) == UI_OK);
    REQUIRE(both.client.kind() == VITRINE_EVENT_FRAME);
    vitrine_row_t row;
    REQUIRE(vitrine_frame_row(both.client.event.frame, 1, &row));
    CHECK(row.extra_words == 110);
    CHECK(row_text(both.client.event.frame, 0) == "kept");
    CHECK(row_generation(both.client.event.frame, 0) == 1);
    CHECK(both.client.release() == UI_OK);
    CHECK(both.server.read() == UI_OK);
}

TEST_CASE("a frame that is held is whole while later ones are written")
{
    Attachment both;
    Screen screen(10, 3);
    screen.set(0, "one");
    REQUIRE(ui_backend_frame(both.server.backend, &screen.full()) == UI_OK);
    REQUIRE(both.client.kind() == VITRINE_EVENT_FRAME);
    CHECK(ui_backend_frame(both.server.backend, &screen.full()) == UI_ERROR_BUSY);
    CHECK(row_text(both.client.event.frame, 0) == "one");
    // The server goes; what was mapped stays.
    both.server.destroy();
    CHECK(row_text(both.client.event.frame, 0) == "one");
    vitrine_frame_t *frame = both.client.event.frame;
    CHECK(both.client.kind() == VITRINE_EVENT_CLOSED);
    CHECK(both.client.next() == UI_ERROR_CLOSED);
    CHECK(row_text(frame, 0) == "one");
    CHECK(vitrine_frame_release(both.client.connection, frame) == UI_ERROR_CLOSED);
}

TEST_CASE("events reach the window")
{
    Attachment both;
    ui_backend_t *backend = both.server.backend;
    Client &client = both.client;
    ui_backend_title(backend, "t\xc3\xadtulo", 7);
    ui_backend_bell(backend);
    ui_backend_clipboard(backend, "p", "copied", 6);
    ui_backend_clipboard(backend, "", "", 0);
    ui_backend_pane_closed(backend, 42);
    ui_backend_detach(backend, "[detached]");
    REQUIRE(client.kind() == VITRINE_EVENT_TITLE);
    CHECK(std::string(client.event.text) == "t\xc3\xadtulo");
    CHECK(client.kind() == VITRINE_EVENT_BELL);
    REQUIRE(client.kind() == VITRINE_EVENT_CLIPBOARD);
    CHECK(std::string(client.event.text) == "copied");
    CHECK(std::string(client.event.selection) == "p");
    REQUIRE(client.kind() == VITRINE_EVENT_CLIPBOARD);
    CHECK(client.event.length == 0);
    CHECK(std::string(client.event.selection).empty());
    REQUIRE(client.kind() == VITRINE_EVENT_PANE_CLOSED);
    CHECK(client.event.pane == 42);
    REQUIRE(client.kind() == VITRINE_EVENT_EXIT);
    CHECK(std::string(client.event.text) == "[detached]");
    both.server.destroy();
    CHECK(client.kind() == VITRINE_EVENT_CLOSED);
}

TEST_CASE("long titles are cut between characters, selections to their room")
{
    Attachment both;
    std::string title = "x";
    while (title.size() < 5000)
        title += "\xe2\x82\xac";
    ui_backend_title(both.server.backend, title.data(), title.size());
    REQUIRE(both.client.kind() == VITRINE_EVENT_TITLE);
    CHECK(both.client.event.length == 4096);
    title.resize(4096);
    CHECK(std::string(both.client.event.text) == title);
    ui_backend_clipboard(both.server.backend, "cpqs01234567", "x", 1);
    REQUIRE(both.client.kind() == VITRINE_EVENT_CLIPBOARD);
    CHECK(std::string(both.client.event.selection) == "cpqs012");
}

TEST_CASE("a large clipboard comes in pieces, a larger one not at all")
{
    Attachment both;
    std::string text(size_t{768} << 10, 'c');
    text.back() = '!';
    ui_backend_clipboard(both.server.backend, "c", (text + "x").data(), text.size() + 1);
    CHECK(std::string(ui_last_error()) == "clipboard of 786433 bytes dropped");
    ui_backend_clipboard(both.server.backend, "c", text.data(), text.size());
    CHECK(ui_window_wants_write(both.server.window));
    while (both.client.kind() == 0)
        REQUIRE(ui_window_flush(both.server.window) == UI_OK);
    CHECK(both.client.event.kind == VITRINE_EVENT_CLIPBOARD);
    CHECK(std::string(both.client.event.text, both.client.event.length) == text);
    CHECK_FALSE(ui_window_wants_write(both.server.window));
}

TEST_CASE("a window that does not read loses titles first, its attachment last")
{
    Attachment both;
    const std::string title(4096, 't');
    for (int i = 0; i < 1000; ++i)
        ui_backend_title(both.server.backend, title.data(), title.size());
    CHECK_FALSE(ui_window_failed(both.server.window));
    CHECK(ui_window_memory(both.server.window) < (size_t{5} << 18));
    const std::string reason(4000, 'r');
    for (int i = 0; i < 1000 && !ui_window_failed(both.server.window); ++i)
        ui_backend_detach(both.server.backend, reason.c_str());
    CHECK(ui_window_failed(both.server.window));
    CHECK_FALSE(ui_window_wants_write(both.server.window));
    CHECK(ui_window_flush(both.server.window) == UI_ERROR_CLOSED);
    CHECK(both.server.read() == UI_ERROR_CLOSED);
    Screen screen(10, 3);
    CHECK(ui_backend_frame(both.server.backend, &screen.full()) == UI_ERROR_CLOSED);
}

TEST_CASE("a window that has gone is noticed")
{
    Attachment both;
    both.client.disconnect();
    CHECK(both.server.read() == UI_ERROR_CLOSED);
    CHECK(ui_window_failed(both.server.window));
    ui_backend_bell(both.server.backend);
}

TEST_CASE("what a window did wrong is told, also when it has gone since")
{
    SocketPair pair;
    Server server(pair.ends[0]);
    {
        RawPeer peer(pair.ends[1]);
        peer.send_text(UI_MSG_HELLO, "too short");
    }
    CHECK(server.read() == UI_ERROR_PROTOCOL);
    const std::string error = ui_last_error();
    CHECK_MESSAGE(error.find("not a Vitrine window") != std::string::npos, error);
}

TEST_CASE("memory of an attachment stays within its budget")
{
    Attachment small;
    Screen screen(80, 24);
    screen.line(0).extended({long_character(1, 1)});
    REQUIRE(ui_backend_frame(small.server.backend, &screen.full()) == UI_OK);
    CHECK(ui_window_memory(small.server.window) <= 160000);
    Attachment large;
    Screen wide(160, 45);
    REQUIRE(ui_backend_frame(large.server.backend, &wide.full()) == UI_OK);
    CHECK(ui_window_memory(large.server.window) < 1000000);
}

TEST_CASE("window backends are created only with all they need")
{
    SocketPair pair;
    const vitrine::UniqueFd one(pair.ends[0]), two(pair.ends[1]);
    const ui_grid_layout_t layout = test_layout();
    ui_input_t input = InputLog::callbacks();
    ui_backend_t *backend = nullptr;
    ui_window_t *window = nullptr;
    const auto create = [&](int fd) {
        return ui_window_backend_create(fd, &layout, &input, nullptr, &backend, &window);
    };
    CHECK(create(-1) == UI_ERROR_SYSTEM);
    input.size = 8;
    CHECK(create(one.get()) == UI_ERROR_SIZE);
    input = InputLog::callbacks();
    input.on_paste = nullptr;
    CHECK(create(one.get()) == UI_ERROR_CALLBACK);
    input = InputLog::callbacks();
    CHECK(ui_window_backend_create(one.get(), &layout, &input, nullptr, nullptr, &window) ==
          UI_ERROR_ARGUMENT);
    CHECK(ui_window_backend_create(one.get(), nullptr, &input, nullptr, &backend, &window) ==
          UI_ERROR_ARGUMENT);
    CHECK(backend == nullptr);
    CHECK(window == nullptr);
    // The descriptor is still the caller's.
    CHECK(::fcntl(one.get(), F_GETFD) != -1);
    CHECK(ui_window_read(nullptr) == UI_ERROR_ARGUMENT);
    CHECK(ui_window_descriptor(nullptr) == -1);
}

TEST_CASE("a credit waits behind a paste, however long, and is not lost")
{
    Attachment both;
    Screen screen(10, 3);
    REQUIRE(ui_backend_frame(both.server.backend, &screen.full()) == UI_OK);
    REQUIRE(both.client.kind() == VITRINE_EVENT_FRAME);
    const std::string paste(3 << 20, 'p');
    REQUIRE(vitrine_send_paste(both.client.connection, paste.data(), paste.size()) == UI_OK);
    CHECK(vitrine_send_key(both.client.connection, UI_KEY_ENTER, 0) == UI_ERROR_LIMIT);
    CHECK(both.client.release() == UI_OK);
    while (vitrine_wants_write(both.client.connection)) {
        REQUIRE(both.server.read() == UI_OK);
        REQUIRE(vitrine_flush(both.client.connection) == UI_OK);
    }
    while (!ui_backend_wants_frame(both.server.backend)) {
        const std::string before = both.server.log.text;
        REQUIRE(both.server.read() == UI_OK);
        REQUIRE(both.server.log.text != before);
    }
}

TEST_CASE("a window cannot write into the memory it is sent, however it tries")
{
    SocketPair pair;
    Server server(pair.ends[0]);
    RawPeer peer(pair.ends[1]);
    peer.send(UI_MSG_HELLO, raw_hello());
    peer.send(UI_MSG_CREDIT, ui_msg_credit_t{0, UINT32_MAX});
    REQUIRE(server.read() == UI_OK);
    Screen screen(10, 3);
    REQUIRE(ui_backend_frame(server.backend, &screen.full()) == UI_OK);
    uint16_t type = 0;
    while (type != UI_MSG_POOL)
        REQUIRE_FALSE(peer.receive(&type).empty());
    const vitrine::UniqueFd fd = peer.stream.take_descriptor();
    REQUIRE(fd);
    const std::string again = "/proc/self/fd/" + std::to_string(fd.get());
    const vitrine::UniqueFd reopened(::open(again.c_str(), O_RDWR | O_CLOEXEC));
    REQUIRE(reopened);
    for (const int tried : {fd.get(), reopened.get()}) {
        CHECK_FALSE(vitrine::Mapping::map(tried, 4096, PROT_READ | PROT_WRITE));
        CHECK(::pwrite(tried, "scribble", 8, 0) < 0);
        CHECK(::ftruncate(tried, 0) < 0);
        CHECK(vitrine::Mapping::map(tried, 4096, PROT_READ));
    }
}
