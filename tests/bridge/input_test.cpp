// What a window sends: as the library sends it, and as a liar does.
#include <unistd.h>

#include <functional>
#include <random>

#include "attachment.h"

TEST_CASE("input reaches the server's callbacks")
{
    Attachment both;
    vitrine_connection_t *window = both.client.connection;
    CHECK(vitrine_send_resize(window, 100, 40, 9, 18) == UI_OK);
    CHECK(vitrine_send_key(window, 'a', UI_MOD_CTRL) == UI_OK);
    CHECK(vitrine_send_key(window, UI_KEY_F12, UI_MOD_SHIFT | UI_MOD_ALT) == UI_OK);
    CHECK(vitrine_send_text(window, "\xc3\xa9!", 3) == UI_OK);
    CHECK(vitrine_send_mouse(window, UI_MOUSE_PRESS, 1, 0, 5, 6) == UI_OK);
    CHECK(vitrine_send_mouse(window, UI_MOUSE_MOTION, 0, UI_MOD_ALT, 7, 8) == UI_OK);
    CHECK(vitrine_send_paste(window, "p\0q", 3) == UI_OK);
    CHECK(vitrine_send_paste(window, nullptr, 0) == UI_OK);
    CHECK(vitrine_send_focus(window, true) == UI_OK);
    CHECK(vitrine_send_focus(window, false) == UI_OK);
    CHECK(vitrine_send_colours(window, 0xdcdfe4, 0x282c34) == UI_OK);
    CHECK(vitrine_send_command(window, "split-window -h") == UI_OK);
    CHECK(vitrine_send_detach(window) == UI_OK);
    CHECK(both.server.read() == UI_OK);
    CHECK(both.server.log.take() ==
          "resize 100x40 of 9x18; key 97 4; key 1114144 3; text \xc3\xa9!; mouse 1 1 0 at 5,6; "
          "mouse 4 0 2 at 7,8; paste first 3 last; paste first 0 last; in; out; "
          "colours dcdfe4 282c34; command split-window -h; detach");
}

TEST_CASE("input that makes no sense is refused before it is sent")
{
    Attachment both;
    vitrine_connection_t *window = both.client.connection;
    CHECK(vitrine_send_resize(window, 0, 24, 0, 0) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_send_resize(window, 80, 5000, 0, 0) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_send_text(window, "", 0) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_send_text(window, "\xff", 1) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_send_command(window, "") == UI_ERROR_ARGUMENT);
    CHECK(vitrine_send_command(window, nullptr) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_send_key(nullptr, 'a', 0) == UI_ERROR_ARGUMENT);
    CHECK(both.server.read() == UI_OK);
    CHECK(both.server.log.take().empty());
}

TEST_CASE("long texts and pastes travel in pieces")
{
    Attachment both;
    std::string text = "x";
    while (text.size() < 100000)
        text += "\xe2\x82\xac";
    CHECK(vitrine_send_text(both.client.connection, text.data(), text.size()) == UI_OK);
    text.resize(2 * 65532 + 1);
    CHECK(vitrine_send_paste(both.client.connection, text.data(), text.size()) == UI_OK);
    for (int i = 0; i < 8; ++i) {
        CHECK(vitrine_flush(both.client.connection) == UI_OK);
        CHECK(both.server.read() == UI_OK);
    }
    CHECK(both.server.log.take() ==
          "text 65536; text 34464; paste first 65532; paste 65532; paste 1 last");

    // A paste is as long as it is; behind it nothing more is taken until the server reads.
    const std::string huge(size_t{5} << 20, 'x');
    CHECK(vitrine_send_paste(both.client.connection, huge.data(), huge.size()) == UI_OK);
    CHECK(vitrine_send_key(both.client.connection, 'a', 0) == UI_ERROR_LIMIT);
    CHECK(vitrine_send_paste(both.client.connection, "x", 1) == UI_ERROR_LIMIT);
    size_t turns = 0;
    while (vitrine_wants_write(both.client.connection) && ++turns < 1000) {
        CHECK(both.server.read() == UI_OK);
        CHECK(vitrine_flush(both.client.connection) == UI_OK);
    }
    CHECK(vitrine_send_key(both.client.connection, 'a', 0) == UI_OK);
    while (both.server.log.text.find("key") == std::string::npos && ++turns < 1000)
        CHECK(both.server.read() == UI_OK);
    const std::string log = both.server.log.take();
    CHECK(log.starts_with("paste first 65532; paste 65532; "));
    CHECK(log.ends_with("paste 320 last; key 97 0"));
}

namespace {

// What the server makes of one message after a good hello.
struct Verdict {
    ui_result_t result;
    std::string error;
    std::string told; // what the window is told by its exit message
    std::string log;
};

Verdict judge(const std::function<void(RawPeer &)> &send, bool greeted = true)
{
    SocketPair pair;
    Server server(pair.ends[0]);
    RawPeer peer(pair.ends[1]);
    uint16_t type = 0;
    if (greeted) {
        peer.send(UI_MSG_HELLO, raw_hello());
        REQUIRE(server.read() == UI_OK);
        peer.receive(&type);
        REQUIRE(type == UI_MSG_SERVER_HELLO);
        server.log.take();
    }
    ui_clear_error();
    send(peer);
    Verdict verdict;
    verdict.result = server.read();
    verdict.error = ui_last_error();
    verdict.told = peer.receive(&type);
    if (type != UI_MSG_EXIT)
        verdict.told.clear();
    verdict.log = server.log.take();
    CHECK(ui_window_failed(server.window) == (verdict.result != UI_OK));
    if (verdict.result != UI_OK)
        CHECK(server.read() == UI_ERROR_CLOSED);
    return verdict;
}

template <typename Body>
Verdict judge_message(uint16_t type, const Body &body)
{
    return judge([&](RawPeer &peer) { peer.send(type, body); });
}

Verdict judge_text(uint16_t type, const std::string &body)
{
    return judge([&](RawPeer &peer) { peer.send_text(type, body); });
}

} // namespace

TEST_CASE("a hello of another version is named on both sides")
{
    ui_msg_hello_t hello = raw_hello();
    hello.version = UI_PROTOCOL_VERSION + 1;
    Verdict verdict = judge([&](RawPeer &peer) { peer.send(UI_MSG_HELLO, hello); }, false);
    CHECK(verdict.result == UI_ERROR_VERSION);
    CHECK(verdict.error == "the window speaks protocol version 3, tmux speaks 2");
    CHECK(verdict.told == verdict.error);
    CHECK(verdict.log.empty());
    // Even where a later version's hello is longer.
    verdict = judge(
        [&](RawPeer &peer) {
            std::string longer(reinterpret_cast<const char *>(&hello), sizeof hello);
            peer.send_text(UI_MSG_HELLO, longer + longer);
        },
        false);
    CHECK(verdict.result == UI_ERROR_VERSION);
}

TEST_CASE("hellos that lie are refused")
{
    const auto spoilt = [](const std::function<void(ui_msg_hello_t &)> &spoil) {
        ui_msg_hello_t hello = raw_hello();
        spoil(hello);
        return judge([&](RawPeer &peer) { peer.send(UI_MSG_HELLO, hello); }, false).result;
    };
    CHECK(spoilt([](auto &) {}) == UI_OK);
    CHECK(spoilt([](auto &h) { h.magic = 0; }) == UI_ERROR_PROTOCOL);
    CHECK(spoilt([](auto &h) { h.flags = 0x80; }) == UI_ERROR_PROTOCOL);
    CHECK(spoilt([](auto &h) { h.columns = 0; }) == UI_ERROR_PROTOCOL);
    CHECK(spoilt([](auto &h) { h.rows = 0; }) == UI_ERROR_PROTOCOL);
    CHECK(spoilt([](auto &h) { h.columns = 4097; }) == UI_ERROR_PROTOCOL);
    CHECK(spoilt([](auto &h) { h.rows = 65535; }) == UI_ERROR_PROTOCOL);
    CHECK(judge(
              [](RawPeer &peer) {
                  peer.send(UI_MSG_KEY, ui_msg_key_t{'a', 0});
              },
              false)
              .result == UI_ERROR_PROTOCOL);
    CHECK(judge([](RawPeer &peer) { peer.send_text(UI_MSG_HELLO, "VIT"); }, false).result ==
          UI_ERROR_PROTOCOL);
    // What stock tmux's control mode would be sent, or an HTTP request.
    CHECK(judge(
              [](RawPeer &peer) {
                  const std::string text = "GET / HTTP/1.0\r\n\r\n";
                  REQUIRE(::send(peer.stream.descriptor(), text.data(), text.size(), 0) > 0);
              },
              false)
              .result == UI_ERROR_PROTOCOL);
}

TEST_CASE("messages that are not valid end the attachment and say where")
{
    const ui_msg_hello_t hello = raw_hello();
    CHECK(judge_message(UI_MSG_HELLO, hello).result == UI_ERROR_PROTOCOL);
    CHECK(judge_message(UI_MSG_FRAME, ui_msg_frame_t{}).result == UI_ERROR_PROTOCOL);
    CHECK(judge_text(0x3f, "").result == UI_ERROR_PROTOCOL);

    Verdict verdict = judge_message(UI_MSG_RESIZE, ui_msg_resize_t{0, 24, 8, 16});
    CHECK(verdict.result == UI_ERROR_PROTOCOL);
    CHECK(verdict.error == "resize message (0x02) at byte 32: size 0 x 24");
    CHECK(verdict.told == verdict.error);
    CHECK(judge_message(UI_MSG_RESIZE, ui_msg_resize_t{80, 2049, 8, 16}).result ==
          UI_ERROR_PROTOCOL);
    CHECK(judge_text(UI_MSG_RESIZE, "1234567").result == UI_ERROR_PROTOCOL);

    for (const ui_msg_key_t &key : {ui_msg_key_t{0, 0},
                                    {0xd800, 0},
                                    {UI_KEY_BASE, 0},
                                    {UI_KEY_BASE + 15, 0},
                                    {'a', 0x10},
                                    {UINT32_MAX, 0}})
        CHECK(judge_message(UI_MSG_KEY, key).result == UI_ERROR_PROTOCOL);
    for (const ui_msg_mouse_t &mouse : {ui_msg_mouse_t{0, 1, 0, 0, 0},
                                        {5, 1, 0, 0, 0},
                                        {UI_MOUSE_PRESS, 0, 0, 0, 0},
                                        {UI_MOUSE_MOTION, 1, 0, 0, 0},
                                        {UI_MOUSE_PRESS, 12, 0, 0, 0},
                                        {UI_MOUSE_PRESS, 1, 0x10, 0, 0},
                                        {UI_MOUSE_PRESS, 1, 0, 4096, 0},
                                        {UI_MOUSE_PRESS, 1, 0, 0, 2048}})
        CHECK(judge_message(UI_MSG_MOUSE, mouse).result == UI_ERROR_PROTOCOL);

    CHECK(judge_text(UI_MSG_TEXT, "").result == UI_ERROR_PROTOCOL);
    CHECK(judge_text(UI_MSG_TEXT, "\xe2\x82").result == UI_ERROR_PROTOCOL);
    CHECK(judge_text(UI_MSG_COMMAND, "").result == UI_ERROR_PROTOCOL);
    CHECK(judge_text(UI_MSG_COMMAND, std::string("a\0b", 3)).result == UI_ERROR_PROTOCOL);
    CHECK(judge_text(UI_MSG_DETACH, "x").result == UI_ERROR_PROTOCOL);
    CHECK(judge_message(UI_MSG_FOCUS, uint32_t{2}).result == UI_ERROR_PROTOCOL);
    CHECK(judge_message(UI_MSG_COLOURS, uint32_t{2}).result == UI_ERROR_PROTOCOL);
    CHECK(judge_message(UI_MSG_COLOURS, ui_msg_colours_t{0, 0x1000000}).result ==
          UI_ERROR_PROTOCOL);
    CHECK(judge_text(UI_MSG_PASTE, "abc").result == UI_ERROR_PROTOCOL);
    CHECK(judge_message(UI_MSG_PASTE, ui_msg_paste_t{0}).result == UI_ERROR_PROTOCOL);
    CHECK(judge_message(UI_MSG_PASTE, ui_msg_paste_t{7}).result == UI_ERROR_PROTOCOL);
    verdict = judge([](RawPeer &peer) {
        peer.send(UI_MSG_PASTE, ui_msg_paste_t{UI_PASTE_FIRST});
        peer.send(UI_MSG_PASTE, ui_msg_paste_t{0});
        peer.send(UI_MSG_PASTE, ui_msg_paste_t{UI_PASTE_FIRST});
    });
    CHECK(verdict.result == UI_ERROR_PROTOCOL);
    CHECK(verdict.log == "paste first 0; paste 0");

    verdict = judge_text(UI_MSG_EXIT, "no such version");
    CHECK(verdict.result == UI_ERROR_CLOSED);
    CHECK(verdict.error == "the window left: no such version");
}

TEST_CASE("a descriptor from a window ends the attachment")
{
    const Verdict verdict = judge(
        [](RawPeer &peer) { peer.send_bytes(UI_MSG_DETACH, {}, vitrine::UniqueFd(::dup(0))); });
    CHECK(verdict.result == UI_ERROR_PROTOCOL);
    CHECK(verdict.log.empty());
}

TEST_CASE("credit that is not there to give ends the attachment")
{
    const auto credit = [](RawPeer &peer, uint32_t pool, uint32_t slot) {
        peer.send(UI_MSG_CREDIT, ui_msg_credit_t{pool, slot});
    };
    CHECK(judge([&](RawPeer &p) { credit(p, 0, UINT32_MAX); }).result == UI_OK);
    CHECK(judge([&](RawPeer &p) { credit(p, 0, 0); }).result == UI_ERROR_PROTOCOL);
    CHECK(judge([&](RawPeer &p) {
              credit(p, 0, UINT32_MAX);
              credit(p, 0, UINT32_MAX);
          }).result == UI_ERROR_PROTOCOL);

    // With a frame out only its own slot is right, and that once.
    struct Case {
        uint32_t pool, slot;
        ui_result_t result;
    };
    for (const Case &entry : {Case{1, 0, UI_OK},
                              {1, 1, UI_ERROR_PROTOCOL},
                              {1, 3, UI_ERROR_PROTOCOL},
                              {0, 0, UI_ERROR_PROTOCOL},
                              {2, 0, UI_ERROR_PROTOCOL},
                              {1, UINT32_MAX, UI_ERROR_PROTOCOL}}) {
        SocketPair pair;
        Server server(pair.ends[0]);
        RawPeer peer(pair.ends[1]);
        peer.send(UI_MSG_HELLO, raw_hello());
        credit(peer, 0, UINT32_MAX);
        REQUIRE(server.read() == UI_OK);
        Screen screen(10, 3);
        REQUIRE(ui_backend_frame(server.backend, &screen.full()) == UI_OK);
        credit(peer, entry.pool, entry.slot);
        CHECK(server.read() == entry.result);
        CHECK(ui_backend_wants_frame(server.backend) == (entry.result == UI_OK));
        if (entry.result == UI_OK) {
            credit(peer, entry.pool, entry.slot);
            CHECK(server.read() == UI_ERROR_PROTOCOL);
        }
    }
}

TEST_CASE("garbage ends an attachment, and nothing else")
{
    std::mt19937 random(5);
    for (int turn = 0; turn < 300; ++turn) {
        SocketPair pair;
        Server server(pair.ends[0]);
        RawPeer peer(pair.ends[1]);
        peer.send(UI_MSG_HELLO, raw_hello());
        // Messages of a right shape with random bodies, up to the first that is not valid.
        ui_result_t result = UI_OK;
        for (int i = 0; i < 200 && result == UI_OK; ++i) {
            std::string body(random() % 24, '\0');
            for (char &byte : body)
                byte = static_cast<char>(random() % 3 ? random() % 4 : random());
            peer.send_text(static_cast<uint16_t>(random() % 12), body);
            result = server.read();
        }
        CHECK((result == UI_ERROR_PROTOCOL || result == UI_ERROR_CLOSED));
        CHECK(ui_window_failed(server.window));
    }
}

TEST_CASE("a flood of input is taken in turns")
{
    Attachment both;
    const std::string text(60000, 'x');
    size_t sent = 0;
    while (vitrine_send_text(both.client.connection, text.data(), text.size()) == UI_OK)
        ++sent;
    size_t handled = 0;
    for (int turn = 0; turn < 100 && handled < sent; ++turn) {
        REQUIRE(both.server.read() == UI_OK);
        const std::string log = both.server.log.take();
        for (size_t at = log.find("text"); at != std::string::npos; at = log.find("text", at + 1))
            ++handled;
        REQUIRE(vitrine_flush(both.client.connection) == UI_OK);
    }
    CHECK(handled == sent);
}
