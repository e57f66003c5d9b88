// A server's half and a window's half of one attachment, in one process.
#pragma once

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/socket.h>

#include <cstdio>
#include <cstring>
#include <string>

#include "screen.h"
#include "stream.h"
#include "vitrine/client.h"
#include "vitrine/window.h"

// Input callbacks that write down what they are told.
class InputLog {
public:
    std::string text;
    ui_report_t report = UI_REPORT_INIT;

    static ui_input_t callbacks()
    {
        ui_input_t input{};
        input.size = sizeof input;
        input.on_hello = [](void *data, const ui_hello_t *hello) {
            add(data, "hello " + std::to_string(hello->columns) + "x" +
                          std::to_string(hello->rows) + " flags " + std::to_string(hello->flags));
        };
        input.on_resize = [](void *data, uint16_t columns, uint16_t rows, uint16_t width,
                             uint16_t height) {
            add(data, "resize " + std::to_string(columns) + "x" + std::to_string(rows) + " of " +
                          std::to_string(width) + "x" + std::to_string(height));
        };
        input.on_key = [](void *data, uint32_t key, uint32_t modifiers) {
            add(data, "key " + std::to_string(key) + " " + std::to_string(modifiers));
        };
        input.on_text = [](void *data, const char *bytes, size_t length) {
            const bool is_short = length < 100;
            add(data, "text " + (is_short ? std::string(bytes, length) : std::to_string(length)));
        };
        input.on_mouse = [](void *data, uint32_t event, uint32_t button, uint32_t modifiers,
                            uint16_t column, uint16_t row) {
            add(data, "mouse " + std::to_string(event) + " " + std::to_string(button) + " " +
                          std::to_string(modifiers) + " at " + std::to_string(column) + "," +
                          std::to_string(row));
        };
        input.on_paste = [](void *data, const char *, size_t length, bool first, bool last) {
            add(data, std::string("paste") + (first ? " first " : " ") + std::to_string(length) +
                          (last ? " last" : ""));
        };
        input.on_focus = [](void *data, bool focused) { add(data, focused ? "in" : "out"); };
        input.on_colours = [](void *data, uint32_t foreground, uint32_t background) {
            char text[32];
            std::snprintf(text, sizeof text, "colours %06x %06x", foreground, background);
            add(data, text);
        };
        input.on_command = [](void *data, const char *command) {
            add(data, std::string("command ") + command);
        };
        input.on_detach = [](void *data) { add(data, "detach"); };
        input.on_report_ask = [](void *data) { add(data, "report ask"); };
        input.on_report = [](void *data, const ui_report_t *report) {
            static_cast<InputLog *>(data)->report = *report;
            add(data, "report of " + std::to_string(report->memory.usage_count) + " tags");
        };
        return input;
    }

    std::string take()
    {
        std::string taken;
        taken.swap(text);
        return taken;
    }

private:
    static void add(void *data, const std::string &entry)
    {
        std::string &text = static_cast<InputLog *>(data)->text;
        text += (text.empty() ? "" : "; ") + entry;
    }
};

class Server {
public:
    explicit Server(int fd)
    {
        const ui_grid_layout_t layout = test_layout();
        const ui_input_t input = InputLog::callbacks();
        REQUIRE(ui_window_backend_create(fd, &layout, &input, &log, &backend, &window) == UI_OK);
    }
    ~Server() { destroy(); }
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    void destroy()
    {
        ui_backend_destroy(backend);
        backend = nullptr;
        window = nullptr;
    }
    ui_result_t read() { return ui_window_read(window); }

    InputLog log;
    ui_backend_t *backend = nullptr;
    ui_window_t *window = nullptr;
};

inline vitrine_options_t test_options(uint16_t columns = 10, uint16_t rows = 3)
{
    vitrine_options_t options = VITRINE_OPTIONS_INIT;
    options.columns = columns;
    options.rows = rows;
    return options;
}

class Client {
public:
    explicit Client(int fd)
    {
        const vitrine_options_t options = test_options();
        REQUIRE(vitrine_connect_fd(fd, &options, &connection) == UI_OK);
    }
    ~Client() { disconnect(); }
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    void disconnect()
    {
        vitrine_disconnect(connection);
        connection = nullptr;
    }
    ui_result_t next() { return vitrine_next_event(connection, &event); }
    // The next event's kind, or zero if there is none.
    uint32_t kind()
    {
        const ui_result_t result = next();
        CHECK((result == UI_OK || result == UI_ERROR_AGAIN));
        return result == UI_OK ? event.kind : 0;
    }
    ui_result_t release() { return vitrine_frame_release(connection, event.frame); }

    vitrine_connection_t *connection = nullptr;
    vitrine_event_t event{};
};

struct SocketPair {
    SocketPair() { REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0); }
    int ends[2];
};

// Both halves, greeted.
struct Attachment : private SocketPair {
    Attachment() : server(ends[0]), client(ends[1])
    {
        REQUIRE(server.read() == UI_OK);
        REQUIRE(client.kind() == VITRINE_EVENT_CONNECTED);
        REQUIRE(server.read() == UI_OK);
        server.log.take();
    }
    Server server;
    Client client;
};

// One end spoken by hand, message by message: a peer that need not behave.
class RawPeer {
public:
    explicit RawPeer(int fd) : stream(vitrine::UniqueFd(fd))
    {
        REQUIRE(vitrine::Stream::prepare(fd) == UI_OK);
    }
    template <typename Body>
    void send(uint16_t type, const Body &body)
    {
        send_bytes(type, vitrine::bytes_of(body));
    }
    void send_bytes(uint16_t type, vitrine::Bytes body, vitrine::UniqueFd fd = {})
    {
        REQUIRE(stream.queue(type, body, {}, std::move(fd)) == UI_OK);
        stream.flush();
    }
    void send_text(uint16_t type, const std::string &text)
    {
        send_bytes(type, vitrine::bytes_of(text.data(), text.size()));
    }
    // The next message, its body as text; "" where there is none.
    std::string receive(uint16_t *type)
    {
        vitrine::Message message;
        while (stream.next(message) != UI_OK)
            if (stream.receive() != UI_OK)
                return "";
        *type = message.type;
        return {reinterpret_cast<const char *>(message.body.data()), message.body.size()};
    }

    vitrine::Stream stream;
};

inline ui_msg_hello_t raw_hello()
{
    return {UI_PROTOCOL_MAGIC, UI_PROTOCOL_VERSION, 0, 0, 10, 3, 8, 16};
}
