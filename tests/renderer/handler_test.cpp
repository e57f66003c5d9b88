// Events of a window in, messages on the stream out.

#include "input/handler.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <doctest/doctest.h>

#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

using namespace vitrine;

namespace {

class Pastes final : public PasteSource {
public:
    std::string clipboard() override { return "clip"; }
    std::string primary() override { return "sel"; }
};

template <typename Body>
Body body_as(const std::vector<char> &body)
{
    Body value = {};
    REQUIRE(body.size() >= sizeof value);
    std::memcpy(&value, body.data(), sizeof value);
    return value;
}

// The other end of a connection.
class Server {
public:
    Server()
    {
        int ends[2] = {-1, -1};
        REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
        end_ = ends[1];
        vitrine_options_t options = VITRINE_OPTIONS_INIT;
        vitrine_connection_t *connection = nullptr;
        REQUIRE(vitrine_connect_fd(ends[0], &options, &connection) == UI_OK);
        connection_.reset(connection);
        received(); // hello
    }
    ~Server() { close(end_); }
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    vitrine_connection_t *connection() { return connection_.get(); }

    // Everything sent since the last call, one text for each message.
    std::string received()
    {
        std::string text;
        ui_message_header_t header;
        while (read(end_, &header, sizeof header) == static_cast<ssize_t>(sizeof header)) {
            std::vector<char> body(header.length);
            if (!body.empty())
                REQUIRE(read(end_, body.data(), body.size()) == static_cast<ssize_t>(body.size()));
            text += (text.empty() ? "" : "; ") + print(header.type, body);
        }
        return text;
    }

private:
    struct Disconnect {
        void operator()(vitrine_connection_t *connection) const { vitrine_disconnect(connection); }
    };

    static std::string print(unsigned type, const std::vector<char> &body)
    {
        if (type == UI_MSG_KEY) {
            const auto key = body_as<ui_msg_key_t>(body);
            return "key " + std::to_string(key.key) + "/" + std::to_string(key.modifiers);
        }
        if (type == UI_MSG_MOUSE) {
            const auto mouse = body_as<ui_msg_mouse_t>(body);
            return "mouse " + std::to_string(mouse.event) + " b" + std::to_string(mouse.button) +
                   "/" + std::to_string(mouse.modifiers) + " " + std::to_string(mouse.column) +
                   "," + std::to_string(mouse.row);
        }
        if (type == UI_MSG_PASTE)
            return "paste " + std::string(body.begin() + sizeof(ui_msg_paste_t), body.end());
        if (type == UI_MSG_FOCUS)
            return "focus " + std::to_string(body_as<std::uint32_t>(body));
        return "message " + std::to_string(type);
    }

    int end_ = -1;
    std::unique_ptr<vitrine_connection_t, Disconnect> connection_;
};

struct Fixture {
    Server server;
    Pastes pastes;
    InputHandler input{server.connection(), pastes};
};

std::string key_text(std::uint32_t key, unsigned modifiers = 0)
{
    return "key " + std::to_string(key) + "/" + std::to_string(modifiers);
}

} // namespace

TEST_CASE_FIXTURE(Fixture, "a press is sent once, by key or by character")
{
    input.key({GLFW_KEY_A, 0, "a", 0});
    CHECK(server.received().empty());
    input.text('a', 0);
    CHECK(server.received() == key_text('a'));
    input.key({GLFW_KEY_A, GLFW_MOD_CONTROL, "a", 0});
    input.text('a', GLFW_MOD_CONTROL);
    CHECK(server.received() == key_text('a', UI_MOD_CTRL));
    input.key({GLFW_KEY_UP, GLFW_MOD_ALT, "", 0});
    CHECK(server.received() == key_text(UI_KEY_UP, UI_MOD_ALT));
    // A dead key and then a letter: one character.
    input.key({GLFW_KEY_GRAVE_ACCENT, 0, "`", 0});
    input.key({GLFW_KEY_E, 0, "e", 0});
    input.text(0xe8, 0);
    CHECK(server.received() == key_text(0xe8));
}

TEST_CASE_FIXTURE(Fixture, "what the keypad types says so, and only that")
{
    input.key({GLFW_KEY_KP_7, GLFW_MOD_NUM_LOCK, "7", 0});
    input.text('7', GLFW_MOD_NUM_LOCK);
    CHECK(server.received() == key_text('7', UI_MOD_KEYPAD));
    input.key({GLFW_KEY_7, GLFW_MOD_NUM_LOCK, "7", 0});
    input.text('7', GLFW_MOD_NUM_LOCK);
    CHECK(server.received() == key_text('7'));
    input.key({GLFW_KEY_KP_7, GLFW_MOD_NUM_LOCK | GLFW_MOD_ALT, "7", 0});
    input.text('7', GLFW_MOD_NUM_LOCK | GLFW_MOD_ALT);
    CHECK(server.received() == key_text('7', UI_MOD_ALT | UI_MOD_KEYPAD));
}

TEST_CASE_FIXTURE(Fixture, "pastes")
{
    input.key({GLFW_KEY_V, GLFW_MOD_CONTROL | GLFW_MOD_SHIFT, "v", 0});
    CHECK(server.received() == "paste clip");
    input.key({GLFW_KEY_INSERT, GLFW_MOD_SHIFT, "", 0});
    CHECK(server.received() == "paste clip");
    input.button_down(GLFW_MOUSE_BUTTON_MIDDLE, 0);
    input.button_up(GLFW_MOUSE_BUTTON_MIDDLE, 0);
    CHECK(server.received() == "paste sel");
    input.set_modes(UI_MODE_MOUSE);
    input.button_down(GLFW_MOUSE_BUTTON_MIDDLE, GLFW_MOD_SHIFT);
    CHECK(server.received() == "paste sel");
    input.button_down(GLFW_MOUSE_BUTTON_MIDDLE, 0);
    CHECK(server.received() == "mouse 1 b2/0 0,0");
}

TEST_CASE_FIXTURE(Fixture, "the mouse, in cells")
{
    input.set_geometry({10, 20, 80, 24, 0, 0});
    input.pointer(35, 41);
    input.button_down(GLFW_MOUSE_BUTTON_LEFT, 0);
    input.scroll(0, 1, 0);
    CHECK(server.received().empty());
    input.set_modes(UI_MODE_MOUSE);
    input.button_down(GLFW_MOUSE_BUTTON_LEFT, GLFW_MOD_CONTROL);
    input.pointer(39, 59);
    input.pointer(40, 60);
    input.pointer(1e6, -5);
    input.button_up(GLFW_MOUSE_BUTTON_LEFT, GLFW_MOD_CONTROL);
    CHECK(server.received() == "mouse 1 b1/4 3,2; mouse 3 b1/4 4,3; mouse 3 b1/4 79,0; "
                               "mouse 2 b1/4 79,0");
    input.scroll(0, -1, GLFW_MOD_CONTROL);
    CHECK(server.received() == "mouse 1 b5/4 79,0");
    input.set_geometry({10, 20, 40, 24, 0, 0}); // the grid got narrower
    input.scroll(0, -1, 0);
    CHECK(server.received() == "mouse 1 b5/0 39,0");
}

TEST_CASE_FIXTURE(Fixture, "focus")
{
    input.focus(true);
    input.focus(false);
    CHECK(server.received() == "focus 1; focus 0");
}
