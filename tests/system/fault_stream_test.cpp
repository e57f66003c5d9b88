// Streams written by hand: whatever a window sends, the server answers, other windows go on, and
// who is refused learns why.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <utility>

#include "fault_stream.h"
#include "oracle.h"
#include "window.h"

using namespace vitrine::test;

namespace {

struct Attack {
    std::string name;
    std::string first;  // in the stream before tmux starts
    std::string later;  // once the server said hello
    std::string text;   // part of what it says; "" if it has to bear all this
    bool close = false; // the window's side, after it has sent
};

ui_msg_hello_t changed_hello(uint32_t magic, uint32_t version)
{
    return {magic, version, 0, UINT32_MAX, 80, 24, 8, 16};
}

std::string key(uint32_t key, uint32_t modifiers = 0)
{
    return message_of(UI_MSG_KEY, ui_msg_key_t{key, modifiers});
}

std::string mouse(int event, int button, int column, int row)
{
    return message_of(UI_MSG_MOUSE,
                      ui_msg_mouse_t{static_cast<uint8_t>(event), static_cast<uint8_t>(button), 0,
                                     static_cast<uint16_t>(column), static_cast<uint16_t>(row)});
}

std::string header(uint32_t length, uint32_t type)
{
    const ui_message_header_t bytes = {length, static_cast<uint16_t>(type), 0};
    return std::string(reinterpret_cast<const char *>(&bytes), sizeof bytes);
}

std::string paste_piece(uint32_t flags, const std::string &data)
{
    return message(UI_MSG_PASTE, message_of(0, flags).substr(8) + data);
}

std::vector<Attack> attacks_on_hello()
{
    const std::string text = "list-sessions\nkill-session -t main\nkill-server\n";
    return {
        {"commands of control mode", text, "", "message at byte 0"},
        {"garbage", std::string(3000, '\xff'), "", "message at byte 0"},
        {"zeros", std::string(64, '\0'), "", "not a hello"},
        {"a key before hello", key('a') + hello(), "", "not a hello"},
        {"wrong magic",
         message_of(UI_MSG_HELLO, changed_hello(0x12345678, UI_PROTOCOL_VERSION)), "",
         "not a Vitrine window"},
        {"another version",
         message_of(UI_MSG_HELLO, changed_hello(UI_PROTOCOL_MAGIC, UI_PROTOCOL_VERSION + 1)), "",
         "version " + std::to_string(UI_PROTOCOL_VERSION + 1) + ", tmux speaks " +
             std::to_string(UI_PROTOCOL_VERSION)},
        {"a short hello", message(UI_MSG_HELLO, hello().substr(8, 12)), "", "12 bytes"},
        {"no hello in a hello", message(UI_MSG_HELLO), "", "not a hello"},
        {"half a hello", hello().substr(0, 20), "", "not a window"},
        {"half a hello, then closed", hello().substr(0, 20), "", "gone", true},
        {"nothing", "", "", "not a window"},
        {"nothing, then closed", "", "", "gone", true},
        {"no columns", hello(0, 24), "", "size 0 x 24"},
        {"no rows", hello(80, 0), "", "size 80 x 0"},
        {"enormous", hello(65535, 65535), "", "size 65535 x 65535"},
        {"too many cells", hello(UI_MAX_COLUMNS, UI_MAX_ROWS), "", "too many cells"},
        {"two hellos", hello() + hello(), "", "a second one"},
        {"an error right after hello", hello() + key(0), "", "key 0x0"},
    };
}

std::vector<Attack> attacks_after_hello()
{
    return {
        {"a message over the limit", hello(), header(UI_MESSAGE_MAX + 1, UI_MSG_TEXT), "length"},
        {"a message of 4 GiB", hello(), header(UINT32_MAX, UI_MSG_PASTE), "length"},
        {"an unknown message", hello(), message(0x3f), "no such message"},
        {"a message of the server's", hello(), message(UI_MSG_FRAME, std::string(16, 'x')),
         "no such message"},
        {"half a message, then closed", hello(), key('a').substr(0, 11), "", true},
        {"a resize to nothing", hello(), resize(0, 0), "size 0 x 0"},
        {"an enormous resize", hello(), resize(65535, 65535), "size 65535 x 65535"},
        {"a resize to too many cells", hello(), resize(UI_MAX_COLUMNS, UI_MAX_ROWS),
         "too many cells"},
        {"a short resize", hello(), message(UI_MSG_RESIZE, "abc"), "resize"},
        {"credit for a slot that is not out", hello(),
         message_of(UI_MSG_CREDIT, ui_msg_credit_t{0, 1}), "is not out"},
        {"credit given twice", hello() + first_credit(), first_credit() + first_credit(),
         "is not out"},
        {"text that is not UTF-8", hello(), message(UI_MSG_TEXT, "a\xc3(\xff"), "not UTF-8"},
        {"text of nothing", hello(), message(UI_MSG_TEXT), "0 bytes"},
        {"mouse far outside", hello(), mouse(UI_MOUSE_PRESS, 1, 65535, 65535), "column 65535"},
        {"mouse outside the screen", hello(),
         mouse(UI_MOUSE_PRESS, 1, UI_MAX_COLUMNS - 1, UI_MAX_ROWS - 1) +
             mouse(UI_MOUSE_DRAG, 1, 0, UI_MAX_ROWS - 1) + mouse(UI_MOUSE_RELEASE, 1, 90, 30),
         ""},
        {"mouse with a button that is none", hello(), mouse(UI_MOUSE_PRESS, 200, 1, 1),
         "button 200"},
        {"mouse with an event that is none", hello(), mouse(99, 1, 1, 1), "event 99"},
        {"a key that is none", hello(), key(0xfffffff0), "key 0xfffffff0"},
        {"half a surrogate as a key", hello(), key(0xd800), "key 0xd800"},
        {"modifiers that are none", hello(), key('a', 0xffff), "modifiers 0xffff"},
        {"control characters as keys", hello(), key(1) + key(0x1f) + key(0x10ffff), ""},
        {"a paste within a paste", hello(),
         paste_piece(UI_PASTE_FIRST, "a") + paste_piece(UI_PASTE_FIRST, "b"), "within a paste"},
        {"a paste that never ends", hello(), paste_piece(UI_PASTE_FIRST, "a"), ""},
        {"a focus that is neither", hello(), message_of(UI_MSG_FOCUS, uint32_t{7}), "focus"},
        {"colours that are none", hello(),
         message_of(UI_MSG_COLOURS, ui_msg_colours_t{0x1ffffff, 0}), "colours"},
        {"a command with a zero", hello(), message(UI_MSG_COMMAND, std::string("a\0b", 3)),
         "not a command"},
        {"a command that is none", hello(), message(UI_MSG_COMMAND, "no-such-command {"), ""},
        {"a detach with a body", hello(), message(UI_MSG_DETACH, "now"), "detach"},
    };
}

// A server, and a window that must notice nothing.
struct Stage {
    Server server;
    Window bystander{server};
    int markers = 0;
    int descriptors = 0;

    Stage()
    {
        await("a frame", [&] { return bystander.frames() > 0; });
        descriptors = open_descriptors(server.pid());
    }

    void expect_unharmed()
    {
        const std::string marker = "marker " + std::to_string(++markers) + ".";
        CHECK(server.format("#{session_name}") == "main");
        server.active_pane().show("\033[H\033[2J" + marker);
        await_text(bystander, marker);
        CHECK_FALSE(bystander.ended());
    }

    // The attacker has gone: so has all the server had for it.
    void expect_released()
    {
        const bool released = wait_until(
            [&] { return open_descriptors(server.pid()) <= descriptors; }, patience() / 5);
        CHECK_MESSAGE(released, open_descriptors(server.pid()), " descriptors, not ", descriptors);
        CHECK(window_clients(server).size() == 1);
        expect_unharmed();
    }
};

// One line that a person can read.
void expect_reason(const RawWindow &window, const Output &output, const std::string &text)
{
    const std::string said = window.exit_text() + output.out;
    CHECK_MESSAGE(said.find(text) != said.npos, "said: ", said);
    CHECK(window.exit_text().find('\n') == std::string::npos);
}

void expect_refused(RawWindow &window, const Attack &attack)
{
    await("the end of the stream", [&] { return window.ended(); });
    const Output output = window.finish();
    expect_reason(window, output, attack.text);
    if (!attack.close)
        CHECK(window.exit_text().find(attack.text) != std::string::npos);
    if (attack.later.empty())
        CHECK(output.status != 0);
}

void carry_out(Stage &stage, const Attack &attack)
{
    CAPTURE(attack.name);
    RawWindow window(stage.server, attack.first);
    if (!attack.later.empty()) {
        await("hello", [&] { return window.has(UI_MSG_SERVER_HELLO); });
        await("an attachment", [&] { return window_clients(stage.server).size() == 2; });
        window.send(attack.later);
    }
    if (attack.close) {
        await("bytes sent", [&] { return window.sent(); });
        window.close();
    }
    if (!attack.text.empty()) {
        expect_refused(window, attack);
    } else {
        stage.expect_unharmed();
        CHECK(window.exit_text() == "");
        CHECK(window.ended() == attack.close);
        window.close();
        window.finish();
    }
    stage.expect_released();
}

} // namespace

TEST_SUITE("faults")
{
    TEST_CASE("nonsense instead of a hello is refused with a reason")
    {
        Stage stage;
        for (const Attack &attack : attacks_on_hello())
            carry_out(stage, attack);
    }

    TEST_CASE("nonsense after the hello ends the attachment with a reason, or is borne")
    {
        Stage stage;
        for (const Attack &attack : attacks_after_hello())
            carry_out(stage, attack);
    }

    TEST_CASE("a descriptor sent along is refused and closed")
    {
        for (const bool again : {false, true}) {
            Stage stage;
            RawWindow window(stage.server, hello());
            await("hello", [&] { return window.has(UI_MSG_SERVER_HELLO); });
            window.send_descriptor(key('a'));
            if (again)
                window.send_descriptor(key('b'));
            expect_refused(window, {"descriptor", "", "later", "descriptor"});
            stage.expect_released();
        }
    }

    TEST_CASE("a stdin that is no socket is refused with a reason")
    {
        Stage stage;
        const Output output = run(stage.server.words({"-C", "attach-session", "-t", "main"}),
                                  RawWindow::kWindow);
        CHECK(output.status != 0);
        CHECK_MESSAGE((output.out + output.err).find("socket") != std::string::npos, output.out,
                      output.err);
        stage.expect_released();
    }

    TEST_CASE("the longest and the tallest screen are drawn")
    {
        Stage stage;
        for (const auto &size : {std::pair{4096, 128}, {256, 2048}, {1, 1}}) {
            const int columns = size.first, rows = size.second;
            CAPTURE(columns);
            RawWindow window(stage.server, hello());
            await("an attachment", [&] { return window_clients(stage.server).size() == 2; });
            window.send(resize(columns, rows) + first_credit());
            await("a frame", [&] { return window.has(UI_MSG_FRAME); });
            CHECK(stage.server.format("#{window_width}x#{window_height}") ==
                  std::to_string(columns) + "x" + std::to_string(std::max(1, rows - 1)));
            if (columns > 1)
                stage.expect_unharmed();
            window.close();
            window.finish();
            stage.expect_released();
        }
    }

    TEST_CASE("a paste of 1 MiB arrives whole")
    {
        Stage stage;
        RawWindow window(stage.server, hello());
        await("an attachment", [&] { return window_clients(stage.server).size() == 2; });
        const std::string data(UI_MESSAGE_MAX - 4, 'p');
        constexpr int kPieces = 16;
        for (int i = 0; i < kPieces; ++i)
            window.send(paste_piece((i == 0 ? UI_PASTE_FIRST : 0) |
                                        (i == kPieces - 1 ? UI_PASTE_LAST : 0),
                                    data));
        Pane &pane = stage.server.active_pane();
        await("the paste", [&] { return pane.received().size() >= kPieces * data.size(); });
        CHECK(pane.received() == std::string(kPieces * data.size(), 'p'));
        window.close();
        window.finish();
        stage.expect_released();
    }

    TEST_CASE("random messages harm nobody")
    {
        Stage stage;
        for (unsigned seed = 1; seed <= 40; ++seed) {
            CAPTURE(seed);
            std::mt19937 random(seed);
            RawWindow window(stage.server, hello() + first_credit());
            await("hello", [&] { return window.has(UI_MSG_SERVER_HELLO); });
            for (int i = 0; i < 20; ++i) {
                std::string body(random() % 3 == 0 ? random() % 200 : 8, '\0');
                for (char &byte : body)
                    byte = static_cast<char>(random() % 2 == 0 ? 0 : random() % 256);
                window.send(message(UI_MSG_RESIZE + random() % (UI_MSG_CREDIT - 1), body));
            }
            wait_until([&] { return window.sent(); });
            window.close();
            window.finish();
            stage.expect_released();
        }
    }

    TEST_CASE("without VITRINE control mode is tmux's")
    {
        Stage stage;
        RawWindow control(stage.server, "list-windows\n", {});
        await("an answer",
              [&] { return control.output().out.find("%end") != std::string::npos; });
        CHECK(control.output().out.find("%begin") != std::string::npos);
        stage.expect_unharmed();
        control.send("\n");
        await("%exit", [&] { return control.output().out.find("%exit") != std::string::npos; });
        control.close();
        CHECK(control.finish().status == 0);
        stage.expect_released();
    }
}
