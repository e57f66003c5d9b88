// Reports on the stream: asked for, answered, forwarded; and lies about them.
#include "attachment.h"

#include <unistd.h>

#include <algorithm>
#include <functional>

namespace {

constexpr size_t head_size = offsetof(ui_report_t, memory) + offsetof(ui_memory_report_t, usage);

// The part of a report that travels.
vitrine::Bytes body_of(const ui_report_t &report)
{
    return {reinterpret_cast<const uint8_t *>(&report),
            head_size + report.memory.usage_count * sizeof *report.memory.usage};
}

// A server, and a window that is greeted and lies.
struct Liar : private SocketPair {
    Liar() : server(ends[0]), window(ends[1])
    {
        window.send(UI_MSG_HELLO,
                    ui_msg_hello_t{UI_PROTOCOL_MAGIC, UI_PROTOCOL_VERSION, 0, 0, 10, 3, 0, 0});
    }
    ui_result_t report(vitrine::Bytes body)
    {
        window.send_bytes(UI_MSG_REPORT, body);
        return server.read();
    }
    Server server;
    RawPeer window;
};

ui_report_t window_report()
{
    ui_report_t report = UI_REPORT_INIT;
    report.drawing.frames = 10;
    report.drawing.shown = 9;
    report.drawing.stages[UI_STAGE_KEY][3] = 4;
    report.memory.origin = UI_MEMORY_WINDOW;
    report.memory.usage_count = 2;
    report.memory.usage[1] = {100, 200, 80, 0, 1, 5};
    return report;
}

} // namespace

TEST_CASE("a window answers by itself what it holds")
{
    Attachment both;
    ui_window_want_report(both.server.window);
    CHECK(both.client.next() == UI_ERROR_AGAIN);
    CHECK(both.server.read() == UI_OK);
    CHECK(both.server.log.take() == "report of " + std::to_string(UI_MEMORY_TAG_COUNT) + " tags");
    const ui_memory_report_t &report = both.server.log.report.memory;
    CHECK(report.origin == UI_MEMORY_WINDOW);
    CHECK(report.process == static_cast<uint32_t>(::getpid()));
    CHECK(report.usage[UI_MEMORY_CONNECTION].live_count >= 1);
}

TEST_CASE("what a window drew is in its reports, as it is when it is asked")
{
    Attachment both;
    ui_drawing_t drawing = {};
    const auto reported = [&]() -> const ui_drawing_t & {
        ui_window_want_report(both.server.window);
        CHECK(both.client.next() == UI_ERROR_AGAIN);
        CHECK(both.server.read() == UI_OK);
        return both.server.log.report.drawing;
    };
    REQUIRE(vitrine_report_drawing(both.client.connection, &drawing) == UI_OK);
    drawing.frames = 3;
    drawing.cells = 80;
    drawing.stages[UI_STAGE_SHOW][15] = 1;
    CHECK(std::memcmp(&reported(), &drawing, sizeof drawing) == 0);
    drawing.frames = 4;
    CHECK(reported().frames == 4);
    REQUIRE(vitrine_report_drawing(both.client.connection, nullptr) == UI_OK);
    CHECK(reported().frames == 0);
    CHECK(vitrine_report_drawing(nullptr, &drawing) == UI_ERROR_ARGUMENT);
}

TEST_CASE("who asks is sent reports, each an event")
{
    Attachment both;
    CHECK(vitrine_report(both.client.connection) == nullptr);
    CHECK(vitrine_send_report_ask(both.client.connection) == UI_OK);
    CHECK(both.server.read() == UI_OK);
    CHECK(both.server.log.take() == "report ask");
    const ui_report_t sent = window_report();
    ui_window_send_report(both.server.window, &sent);
    CHECK(both.client.kind() == VITRINE_EVENT_REPORT);
    const ui_report_t *report = vitrine_report(both.client.connection);
    REQUIRE(report != nullptr);
    CHECK(std::memcmp(report, &sent, sizeof sent) == 0);
    CHECK(both.client.kind() == 0);
}

TEST_CASE("a report that cannot be ends the attachment, on either side")
{
    const std::function<void(ui_report_t &)> lies[] = {
        [](ui_report_t &report) { report.size = 8; },
        [](ui_report_t &report) { report.drawing.shown = 11; },
        [](ui_report_t &report) { report.memory.size = 8; },
        [](ui_report_t &report) { report.memory.origin = 3; },
        [](ui_report_t &report) { report.memory.usage[1].used_bytes = 101; },
        [](ui_report_t &report) { report.memory.usage[1].live_bytes = 201; },
        [](ui_report_t &report) { report.memory.usage[1].live_count = 6; },
    };
    for (size_t i = 0; i < std::size(lies); ++i) {
        CAPTURE(i);
        ui_report_t report = window_report();
        lies[i](report);
        Attachment both;
        ui_window_send_report(both.server.window, &report);
        CHECK(both.client.next() == UI_ERROR_PROTOCOL);

        CHECK(Liar().report(body_of(report)) == UI_ERROR_PROTOCOL);
    }
}

TEST_CASE("a report has the size that its tags have")
{
    const ui_report_t report = window_report();
    const vitrine::Bytes whole = body_of(report);
    for (const size_t size : {size_t{0}, head_size - 1, head_size, whole.size() - 1}) {
        CAPTURE(size);
        CHECK(Liar().report(whole.first(size)) == UI_ERROR_PROTOCOL);
        CHECK(std::string(ui_last_error()).find("window's report") != std::string::npos);
    }
}

TEST_CASE("a window says nothing of the server")
{
    ui_report_t report = window_report();
    report.memory.origin = UI_MEMORY_SERVER;
    CHECK(Liar().report(body_of(report)) == UI_ERROR_PROTOCOL);
}
