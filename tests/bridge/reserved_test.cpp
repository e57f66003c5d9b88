// What the library fills has zero in its reserved members, whatever was there before.
#include "attachment.h"
#include "frame_view.h"

namespace {

template <typename Value>
Value garbage()
{
    Value value;
    std::memset(&value, 0xff, sizeof value);
    return value;
}

} // namespace

TEST_CASE("reserved members of events, rows, cursors and times are zero")
{
    Attachment both;
    Screen screen(10, 3);
    both.client.event = garbage<vitrine_event_t>();
    REQUIRE(ui_backend_frame(both.server.backend, &screen.full()) == UI_OK);
    REQUIRE(both.client.kind() == VITRINE_EVENT_FRAME);
    CHECK(both.client.event.reserved == 0);
    const vitrine_frame_t *frame = both.client.event.frame;
    auto row = garbage<vitrine_row_t>();
    REQUIRE(vitrine_frame_row(frame, 0, &row));
    CHECK(row.reserved == 0);
    CHECK(vitrine_frame_cursor(frame).reserved == 0);
    CHECK(vitrine_frame_cursor(nullptr).reserved == 0);
    auto times = garbage<ui_frame_times_t>();
    vitrine_frame_times(frame, &times);
    CHECK(times.reserved == 0);
    CHECK(both.client.release() == UI_OK);
}

TEST_CASE("reserved members of a pool, its slots and their rows are zero")
{
    Attachment both;
    Screen screen(10, 3);
    for (int turn = 0; turn < 4; ++turn) {
        screen.set(0, std::to_string(turn));
        REQUIRE(ui_backend_frame(both.server.backend, &screen.full()) == UI_OK);
        REQUIRE(both.client.kind() == VITRINE_EVENT_FRAME);
        const vitrine_frame &frame = *both.client.event.frame;
        CHECK(frame.header().reserved == 0);
        CHECK(frame.header().reserved2 == 0);
        const auto *rows =
            reinterpret_cast<const ui_slot_row_t *>(frame.slot + frame.layout.rows_offset);
        for (int row = 0; row < 3; ++row)
            CHECK(rows[row].reserved == 0);
        const uint8_t *pool =
            frame.slot - frame.index * frame.layout.slot_bytes - frame.layout.slots_offset;
        const auto &header = *reinterpret_cast<const ui_pool_header_t *>(pool);
        REQUIRE(header.magic == UI_PROTOCOL_MAGIC);
        CHECK(header.reserved == 0);
        CHECK(header.reserved2 == 0);
        REQUIRE(both.client.release() == UI_OK);
        REQUIRE(both.server.read() == UI_OK);
    }
}

TEST_CASE("the reserved member of a report is zero")
{
    auto report = garbage<ui_memory_report_t>();
    report.size = sizeof report;
    REQUIRE(ui_memory_report(&report) == UI_OK);
    CHECK(report.reserved == 0);
}
