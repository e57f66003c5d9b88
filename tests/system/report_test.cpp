// Reports: the server's, and each window's of the same server.
#include <doctest/doctest.h>

#include <algorithm>

#include <signal.h>
#include <unistd.h>

#include "window.h"

using namespace vitrine::test;

namespace {

// Who asks for reports and is no window.
WindowOptions asker()
{
    WindowOptions options;
    options.arguments = {"has-session"};
    options.flags = UI_HELLO_REPORTS;
    return options;
}

void ask(Window &window, size_t reports)
{
    const size_t before = window.reports().size();
    REQUIRE(vitrine_send_report_ask(window.connection()) == UI_OK);
    await("reports", [&] { return window.reports().size() >= before + reports; });
}

// The report of the only window there is.
ui_report_t report_of_window(Window &asking)
{
    ask(asking, 2);
    return asking.reports().back();
}

// Has the pane print, and looks at the frame that shows it.
uint64_t time_of_next_frame(Server &server, Window &window)
{
    window.hold_frames(true);
    server.pane(server.format("#{pane_id}")).show(".");
    await("the frame", [&] { return window.held_frame() != nullptr; });
    const uint64_t time = vitrine_frame_time(window.held_frame());
    window.hold_frames(false);
    return time;
}

uint64_t live(const ui_report_t &report, uint32_t tag)
{
    return report.memory.usage[tag].live_bytes;
}

} // namespace

TEST_SUITE("basic")
{
    TEST_CASE("who asks is told of the server and of its windows, and is no client")
    {
        Server server;
        Window window(server);
        await("a frame", [&] { return window.frames() > 0; });
        Window asking(server, asker());
        ask(asking, 2);
        const ui_report_t first = asking.reports()[0];
        const ui_report_t second = asking.reports()[1];
        CHECK(first.memory.origin == UI_MEMORY_SERVER);
        CHECK(first.memory.process == static_cast<uint32_t>(server.pid()));
        CHECK(first.memory.windows == 1);
        // Three slots of 80 x 24 cells at least.
        CHECK(live(first, UI_MEMORY_POOL) >= 3 * 80 * 24 * sizeof(ui_cell_t));
        CHECK(live(first, UI_MEMORY_CANVAS) >= 80 * 24);
        CHECK(second.memory.origin == UI_MEMORY_WINDOW);
        CHECK(second.memory.process == static_cast<uint32_t>(::getpid()));
        CHECK(live(second, UI_MEMORY_POOL) == live(first, UI_MEMORY_POOL));
        // It is attached to nothing and is sent no frames.
        CHECK(server.format("#{session_attached}") == "1");
        CHECK(asking.frames() == 0);
    }

    TEST_CASE("what a window held is given back when it goes")
    {
        Server server;
        Window asking(server, asker());
        ask(asking, 1);
        const uint64_t pools = live(asking.reports()[0], UI_MEMORY_POOL);
        const uint64_t canvas = live(asking.reports()[0], UI_MEMORY_CANVAS);
        {
            Window window(server);
            await("a frame", [&] { return window.frames() > 0; });
            ask(asking, 2);
            CHECK(live(asking.reports()[1], UI_MEMORY_POOL) > pools);
        }
        await("its memory", [&] {
            ask(asking, 1);
            const ui_report_t &last = asking.reports().back();
            return last.memory.origin == UI_MEMORY_SERVER && last.memory.windows == 0 &&
                   live(last, UI_MEMORY_POOL) == pools && live(last, UI_MEMORY_CANVAS) == canvas;
        });
    }

    TEST_CASE("who asks stays for as long as there are sessions, and can go")
    {
        Server server;
        {
            Window asking(server, asker());
            ask(asking, 1);
            ask(asking, 1);
            asking.detach();
            await("its end", [&] { return asking.ended(); });
            CHECK(asking.exit_status() == 0);
        }
        Window asking(server, asker());
        ask(asking, 1);
        server.ask({"kill-session", "-t", "main"});
        await("its end with the last session", [&] { return asking.ended(); });
        await("the server's end", [&] { return ::kill(server.pid(), 0) != 0; });
    }

    TEST_CASE("a window is no asker, and says nothing of itself that was not asked")
    {
        Server server;
        Window asking(server, asker());
        Window window(server);
        await("a frame", [&] { return window.frames() > 0; });
        REQUIRE(vitrine_send_report_ask(window.connection()) == UI_OK);
        ask(asking, 2);
        CHECK(window.reports().empty());
        CHECK(asking.reports().size() == 2);
        CHECK(window.error() == UI_OK);
    }

    TEST_CASE("a window's report says what was sent to it")
    {
        Server server;
        Window window(server);
        await("a frame", [&] { return window.frames() > 0; });
        Window asking(server, asker());
        const ui_report_t before = report_of_window(asking);
        CHECK(before.client == static_cast<uint32_t>(vitrine_process(window.connection())));
        CHECK(before.sending.frames == window.frames());
        CHECK(before.sending.rows >= 24);
        CHECK(before.sending.spans >= before.sending.rows);
        CHECK(report_of_window(asking).sending.frames == window.frames());

        const uint64_t frames = window.frames();
        server.pane(server.format("#{pane_id}")).show("a\r\nb");
        await("the change", [&] { return window.frames() > frames; });
        const ui_report_t after = report_of_window(asking);
        CHECK(after.sending.frames == window.frames());
        CHECK(after.sending.rows >= before.sending.rows + 2);
        CHECK(after.sending.spans >= before.sending.spans + 2);
    }

    TEST_CASE("what a window gives no credit for is held back")
    {
        Server server;
        Window window(server);
        await("a frame", [&] { return window.frames() > 0; });
        Window asking(server, asker());
        window.hold_frames(true);
        Pane &pane = server.pane(server.format("#{pane_id}"));
        pane.show("a");
        await("a frame that is kept", [&] { return window.held_frame() != nullptr; });
        const uint64_t held = report_of_window(asking).sending.held;
        pane.show("b");
        CHECK(report_of_window(asking).sending.held > held);
        window.hold_frames(false);
    }

    TEST_CASE("frames carry times only while someone asks")
    {
        Server server;
        Window window(server);
        await("a frame", [&] { return window.frames() > 0; });
        CHECK(time_of_next_frame(server, window) == 0);
        {
            Window first(server, asker());
            Window second(server, asker());
            ask(first, 2);
            CHECK(time_of_next_frame(server, window) != 0);
            second.detach();
            await("its end", [&] { return second.ended(); });
            CHECK(time_of_next_frame(server, window) != 0);
            first.detach();
            await("its end", [&] { return first.ended(); });
        }
        CHECK(time_of_next_frame(server, window) == 0);
    }
}
