// Stage times on their way from the shim to the window.
#include <doctest/doctest.h>

#include <memory>

#include "attachment.h"

namespace {

ui_frame_times_t times_of(const vitrine_frame_t *frame)
{
    ui_frame_times_t times;
    vitrine_frame_times(frame, &times);
    return times;
}

struct TimedAttachment {
    TimedAttachment()
    {
        int ends[2];
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
        server = std::make_unique<Server>(ends[0]);
        vitrine_options_t options = test_options();
        options.flags = UI_HELLO_TIMES;
        REQUIRE(vitrine_connect_fd(ends[1], &options, &connection) == UI_OK);
        CHECK(server->read() == UI_OK);
        // Connected; with that the first credit goes out.
        vitrine_event_t event{};
        REQUIRE(vitrine_next_event(connection, &event) == UI_OK);
        CHECK(event.kind == VITRINE_EVENT_CONNECTED);
        CHECK(server->read() == UI_OK);
    }
    ~TimedAttachment() { vitrine_disconnect(connection); }

    // The next frame that the window receives; it is given back already.
    ui_frame_times_t pass(const ui_frame_t &frame)
    {
        REQUIRE(ui_backend_frame(server->backend, &frame) == UI_OK);
        vitrine_event_t event{};
        while (event.kind != VITRINE_EVENT_FRAME)
            REQUIRE(vitrine_next_event(connection, &event) == UI_OK);
        const ui_frame_times_t times = times_of(event.frame);
        CHECK(vitrine_frame_time(event.frame) == times.built_ns);
        CHECK(vitrine_frame_release(connection, event.frame) == UI_OK);
        CHECK(server->read() == UI_OK);
        return times;
    }

    std::unique_ptr<Server> server;
    vitrine_connection_t *connection = nullptr;
};

} // namespace

TEST_CASE("a hello can ask for times")
{
    TimedAttachment attachment;
    CHECK(attachment.server->log.take() == "hello 10x3 flags 4");
}

TEST_CASE("times are each frame's own")
{
    TimedAttachment attachment;
    Screen screen(10, 3);
    ui_frame_times_t times = {sizeof times, 0, 10, 20, 30};
    ui_frame_t &frame = screen.full();
    frame.time_ns = times.built_ns;
    frame.times = &times;
    const ui_frame_times_t got = attachment.pass(frame);
    CHECK(got.size == sizeof got);
    CHECK(got.key_read_ns == 10);
    CHECK(got.parsed_ns == 20);
    CHECK(got.built_ns == 30);

    // Slots are used again: nothing of the frame before is left over.
    for (unsigned i = 0; i < UI_POOL_SLOTS; ++i) {
        ui_frame_t &quiet = screen.changed({1});
        quiet.time_ns = 0;
        quiet.times = nullptr;
        const ui_frame_times_t none = attachment.pass(quiet);
        CHECK(none.key_read_ns + none.parsed_ns + none.built_ns == 0);
    }
}

TEST_CASE("times of another size are refused")
{
    Screen screen(10, 3);
    const ui_frame_times_t times = {sizeof times - 8, 0, 1, 2, 3};
    ui_frame_t &frame = screen.full();
    frame.times = &times;
    CHECK(ui_frame_validate(&frame) == UI_ERROR_SIZE);
}

TEST_CASE("no frame has no times")
{
    const ui_frame_times_t none = times_of(nullptr);
    CHECK(none.size == sizeof none);
    CHECK(none.built_ns == 0);
    vitrine_frame_times(nullptr, nullptr);
}

TEST_CASE("where times lie")
{
    CHECK(sizeof(ui_frame_times_t) == 32);
    CHECK(offsetof(ui_frame_times_t, key_read_ns) == 8);
    CHECK(offsetof(ui_frame_t, times) == 72);
    CHECK(offsetof(ui_slot_t, time_ns) == 8);
    CHECK(offsetof(ui_slot_t, key_read_ns) == 40);
    CHECK(offsetof(ui_slot_t, parsed_ns) == 48);
    CHECK(offsetof(ui_slot_t, panes) == 64);
}
