// The window's half against servers that lie, break off, or are none.
#include <sys/mman.h>
#include <unistd.h>

#include <functional>

#include "attachment.h"
#include "pool_layout.h"

using namespace vitrine;

namespace {

// A client and, in place of a server, a peer spoken by hand.
struct Lie : private SocketPair {
    explicit Lie(bool greet = true) : peer(ends[0]), client(ends[1])
    {
        uint16_t type = 0;
        peer.receive(&type);
        REQUIRE(type == UI_MSG_HELLO);
        if (!greet)
            return;
        peer.send(UI_MSG_SERVER_HELLO,
                  ui_msg_server_hello_t{UI_PROTOCOL_MAGIC, UI_PROTOCOL_VERSION, 0, 0});
        REQUIRE(client.kind() == VITRINE_EVENT_CONNECTED);
        peer.receive(&type);
        REQUIRE(type == UI_MSG_CREDIT);
    }

    void send_pool(uint32_t number, uint64_t announced, UniqueFd fd)
    {
        const ui_msg_pool_t body = {number, 0, announced};
        peer.send_bytes(UI_MSG_POOL, bytes_of(body), std::move(fd));
    }
    void send_frame(uint32_t pool, uint32_t slot)
    {
        peer.send(UI_MSG_FRAME, ui_msg_frame_t{pool, slot, 1});
    }
    ui_msg_credit_t receive_credit()
    {
        uint16_t type = 0;
        const std::string body = peer.receive(&type);
        ui_msg_credit_t credit{99, 99};
        if (type == UI_MSG_CREDIT && body.size() == sizeof credit)
            std::memcpy(&credit, body.data(), sizeof credit);
        return credit;
    }

    RawPeer peer;
    Client client;
};

UniqueFd make_pool(const ui_pool_header_t &header, uint64_t bytes, int seals = F_SEAL_SHRINK)
{
    UniqueFd fd(::memfd_create("lie", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    REQUIRE(::ftruncate(fd.get(), static_cast<off_t>(bytes)) == 0);
    REQUIRE(::pwrite(fd.get(), &header, sizeof header, 0) == sizeof header);
    REQUIRE(::fcntl(fd.get(), F_ADD_SEALS, seals) == 0);
    return fd;
}

const PoolLayout kLayout = pool_layout(10, 3, 10, UI_POOL_SLOTS);

UniqueFd good_pool() { return make_pool(pool_header(kLayout), kLayout.bytes); }

} // namespace

TEST_CASE("a server of another version is named, and told")
{
    Lie lie(false);
    lie.peer.send(UI_MSG_SERVER_HELLO, ui_msg_server_hello_t{UI_PROTOCOL_MAGIC, 7, 0, 0});
    CHECK(lie.client.next() == UI_ERROR_VERSION);
    CHECK(std::string(ui_last_error()) == "tmux speaks protocol version 7, this window speaks 2");
    uint16_t type = 0;
    CHECK(lie.peer.receive(&type) == "tmux speaks protocol version 7, this window speaks 2");
    CHECK(type == UI_MSG_EXIT);
    CHECK(lie.client.next() == UI_ERROR_CLOSED);
    CHECK(vitrine_send_key(lie.client.connection, 'a', 0) == UI_ERROR_CLOSED);
}

TEST_CASE("a server that refuses is heard before it greets")
{
    Lie lie(false);
    lie.peer.send_text(UI_MSG_EXIT, "no");
    REQUIRE(lie.client.kind() == VITRINE_EVENT_EXIT);
    CHECK(std::string(lie.client.event.text) == "no");
    lie.peer.stream = Stream(UniqueFd());
    CHECK(lie.client.kind() == VITRINE_EVENT_CLOSED);
}

TEST_CASE("messages that are not valid are errors, each said")
{
    const auto judge = [](const std::function<void(Lie &)> &send, bool greet = true) {
        Lie lie(greet);
        send(lie);
        const ui_result_t result = lie.client.next();
        if (result == UI_ERROR_PROTOCOL)
            CHECK(lie.client.next() == UI_ERROR_CLOSED);
        return result;
    };
    const auto text = [&](uint16_t type, const std::string &body, bool greet = true) {
        return judge([&](Lie &lie) { lie.peer.send_text(type, body); }, greet);
    };
    CHECK(text(UI_MSG_SERVER_HELLO, "VITR", false) == UI_ERROR_PROTOCOL);
    CHECK(text(UI_MSG_SERVER_HELLO, std::string(16, 'x'), false) == UI_ERROR_PROTOCOL);
    CHECK(text(UI_MSG_TITLE, "early", false) == UI_ERROR_PROTOCOL);
    CHECK(text(UI_MSG_SERVER_HELLO, std::string(16, 'x')) == UI_ERROR_PROTOCOL);
    CHECK(text(UI_MSG_HELLO, "") == UI_ERROR_PROTOCOL);
    CHECK(text(0x7f, "") == UI_ERROR_PROTOCOL);
    CHECK(text(UI_MSG_BELL, "x") == UI_ERROR_PROTOCOL);
    CHECK(text(UI_MSG_PANE_CLOSED, "abc") == UI_ERROR_PROTOCOL);
    CHECK(text(UI_MSG_POOL, "short") == UI_ERROR_PROTOCOL);
    CHECK(text(UI_MSG_FRAME, "short") == UI_ERROR_PROTOCOL);
    CHECK(text(UI_MSG_CLIPBOARD, "short") == UI_ERROR_PROTOCOL);
    for (const ui_msg_clipboard_t &piece :
         {ui_msg_clipboard_t{0, 1, {}}, {UINT32_MAX, 0, {}}, {4, 2, {}}})
        CHECK(judge([&](Lie &lie) { lie.peer.send(UI_MSG_CLIPBOARD, piece); }) ==
              UI_ERROR_PROTOCOL);
    CHECK(judge([](Lie &lie) {
              const ui_message_header_t header = {UI_MESSAGE_MAX + 1, UI_MSG_TITLE, 0};
              REQUIRE(::send(lie.peer.stream.descriptor(), &header, sizeof header, 0) == 8);
          }) == UI_ERROR_PROTOCOL);
}

TEST_CASE("pools that are not what was said are refused")
{
    const auto judge = [](uint64_t announced, UniqueFd fd) {
        Lie lie;
        lie.send_pool(1, announced, std::move(fd));
        return lie.client.next();
    };
    CHECK(judge(kLayout.bytes, good_pool()) == UI_ERROR_AGAIN);
    CHECK(judge(kLayout.bytes, UniqueFd()) == UI_ERROR_PROTOCOL);
    CHECK(judge(kLayout.bytes + 64, good_pool()) == UI_ERROR_PROTOCOL);
    CHECK(judge(0, good_pool()) == UI_ERROR_PROTOCOL);
    CHECK(judge(kLayout.bytes, UniqueFd(::open("/dev/null", O_RDONLY))) == UI_ERROR_PROTOCOL);
    CHECK(judge(kLayout.bytes, make_pool(pool_header(kLayout), kLayout.bytes, 0)) ==
          UI_ERROR_PROTOCOL);
    CHECK(std::string(ui_last_error()) == "pool 1 is not sealed");
    ui_pool_header_t header = pool_header(kLayout);
    header.rows = 4;
    CHECK(judge(kLayout.bytes, make_pool(header, kLayout.bytes)) == UI_ERROR_PROTOCOL);
    header = pool_header(kLayout);
    header.slot_count = 1000;
    CHECK(judge(kLayout.bytes, make_pool(header, kLayout.bytes)) == UI_ERROR_PROTOCOL);
    CHECK(judge(8, make_pool(header, 8 + 56)) == UI_ERROR_PROTOCOL);
}

TEST_CASE("frames must name a slot that is the server's")
{
    const auto judge = [](uint32_t pool, uint32_t slot) {
        Lie lie;
        lie.send_pool(1, kLayout.bytes, good_pool());
        lie.send_frame(pool, slot);
        return lie.client.next();
    };
    CHECK(judge(1, 2) == UI_OK);
    CHECK(judge(1, 3) == UI_ERROR_PROTOCOL);
    CHECK(judge(1, UINT32_MAX) == UI_ERROR_PROTOCOL);
    CHECK(judge(0, 0) == UI_ERROR_PROTOCOL);
    CHECK(judge(2, 0) == UI_ERROR_PROTOCOL);

    Lie lie;
    lie.send_frame(1, 0);
    CHECK(lie.client.next() == UI_ERROR_PROTOCOL);

    Lie twice;
    twice.send_pool(1, kLayout.bytes, good_pool());
    twice.send_frame(1, 0);
    REQUIRE(twice.client.kind() == VITRINE_EVENT_FRAME);
    twice.send_frame(1, 0);
    CHECK(twice.client.next() == UI_ERROR_PROTOCOL);
}

TEST_CASE("what a slot says of itself is kept within bounds")
{
    Lie lie;
    UniqueFd fd = good_pool();
    ui_slot_t slot{};
    slot.pane_count = UINT32_MAX;
    REQUIRE(::pwrite(fd.get(), &slot, sizeof slot, kLayout.slots_offset) == sizeof slot);
    const ui_slot_row_t row = {1, UINT32_MAX, 0};
    REQUIRE(::pwrite(fd.get(), &row, sizeof row, kLayout.slots_offset + kLayout.rows_offset) ==
            sizeof row);
    lie.send_pool(1, kLayout.bytes, std::move(fd));
    lie.send_frame(1, 0);
    REQUIRE(lie.client.kind() == VITRINE_EVENT_FRAME);
    const ui_slot_pane_t *panes = nullptr;
    CHECK(vitrine_frame_panes(lie.client.event.frame, &panes) == UI_MAX_PANES);
    vitrine_row_t line;
    REQUIRE(vitrine_frame_row(lie.client.event.frame, 0, &line));
    CHECK(line.extra_words == 10);
}

TEST_CASE("the newest of several frames wins, and the older ones go back")
{
    Lie lie;
    lie.send_pool(1, kLayout.bytes, good_pool());
    lie.send_frame(1, 0);
    lie.send_frame(1, 1);
    lie.send_pool(2, kLayout.bytes, good_pool());
    lie.send_frame(2, 2);
    lie.peer.send_text(UI_MSG_BELL, "");
    REQUIRE(lie.client.kind() == VITRINE_EVENT_FRAME);
    vitrine_frame_t *frame = lie.client.event.frame;
    CHECK(lie.client.kind() == VITRINE_EVENT_BELL);
    ui_msg_credit_t credit = lie.receive_credit();
    CHECK(credit.pool == 1);
    CHECK(credit.slot == 0);
    credit = lie.receive_credit();
    CHECK(credit.pool == 1);
    CHECK(credit.slot == 1);
    CHECK(vitrine_frame_release(lie.client.connection, frame) == UI_OK);
    credit = lie.receive_credit();
    CHECK(credit.pool == 2);
    CHECK(credit.slot == 2);
}

TEST_CASE("a frame of a retired pool stays readable until it is released")
{
    Lie lie;
    lie.send_pool(1, kLayout.bytes, good_pool());
    lie.send_frame(1, 0);
    REQUIRE(lie.client.kind() == VITRINE_EVENT_FRAME);
    vitrine_frame_t *frame = lie.client.event.frame;
    lie.send_pool(2, kLayout.bytes, good_pool());
    CHECK(lie.client.kind() == 0);
    CHECK(row_text(frame, 0) == "");
    CHECK(vitrine_frame_release(lie.client.connection, frame) == UI_OK);
    lie.send_pool(4, kLayout.bytes, good_pool());
    CHECK(lie.client.next() == UI_ERROR_PROTOCOL);
}

TEST_CASE("a stream that breaks off at any byte is closed, not misread")
{
    std::string bytes;
    const auto append = [&](uint16_t type, const std::string &body) {
        const ui_message_header_t header = {static_cast<uint32_t>(body.size()), type, 0};
        bytes.append(reinterpret_cast<const char *>(&header), sizeof header);
        bytes += body;
    };
    const ui_msg_server_hello_t hello = {UI_PROTOCOL_MAGIC, UI_PROTOCOL_VERSION, 0, 0};
    append(UI_MSG_SERVER_HELLO, {reinterpret_cast<const char *>(&hello), sizeof hello});
    append(UI_MSG_TITLE, "title");
    append(UI_MSG_BELL, "");
    for (size_t end = 0; end <= bytes.size(); ++end) {
        Lie lie(false);
        if (end > 0)
            REQUIRE(::send(lie.peer.stream.descriptor(), bytes.data(), end, 0) ==
                    static_cast<ssize_t>(end));
        lie.peer.stream = Stream(UniqueFd());
        size_t events = 0;
        ui_result_t result;
        while ((result = lie.client.next()) == UI_OK && lie.client.event.kind != 8)
            ++events;
        CHECK(result == UI_OK);
        CHECK(events == (end >= 24) + (end >= 37) + (end >= 45));
    }
}

TEST_CASE("options are checked before anything is started")
{
    vitrine_options_t options = test_options();
    vitrine_connection_t *connection = nullptr;
    CHECK(vitrine_connect(nullptr, &connection) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_connect(&options, nullptr) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_connect(&options, &connection) == UI_ERROR_ARGUMENT); // no tmux
    options.size = 1;
    CHECK(vitrine_connect(&options, &connection) == UI_ERROR_SIZE);
    options = test_options();
    options.version = 3;
    CHECK(vitrine_connect(&options, &connection) == UI_ERROR_VERSION);
    options = test_options(0, 24);
    CHECK(vitrine_connect(&options, &connection) == UI_ERROR_ARGUMENT);
    options = test_options();
    CHECK(vitrine_connect_fd(-1, &options, &connection) == UI_ERROR_SYSTEM);
    CHECK(connection == nullptr);
    vitrine_disconnect(nullptr);
    CHECK(vitrine_descriptor(nullptr) == -1);
    CHECK(std::string(vitrine_exit_message(nullptr)).empty());
}
