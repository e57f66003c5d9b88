// The same fault again and again while output floods: the server lives, its sessions have what
// was printed, and nothing of it grows. VITRINE_SOAK says how often; usually a few times.
#include <doctest/doctest.h>

#include <signal.h>

#include "fault_stream.h"
#include "soak.h"
#include "window.h"

using namespace vitrine::test;

TEST_SUITE("soak")
{
    TEST_CASE("windows killed")
    {
        Flooded flooded;
        for (int round = 0; round < rounds(); ++round) {
            CAPTURE(round);
            WindowProcess window(flooded.server);
            await("frames", [&] { return window.frames() > 2; });
            window.signal(SIGKILL);
            CHECK(window.status() == 128 + SIGKILL);
            if (round == 0)
                flooded.settle();
        }
        flooded.check_all();
    }

    TEST_CASE("servers killed")
    {
        for (int round = 0; round < rounds(); ++round) {
            CAPTURE(round);
            Flooded flooded;
            Window window(flooded.server);
            await("frames", [&] { return window.frames() > 2; });
            ::kill(flooded.server.pid(), SIGKILL);
            await("the end of the stream", [&] { return window.ended(); });
            CHECK(window.exit_status() == 1);
            CHECK(window.exit_message() == "[server exited unexpectedly]");
        }
    }

    TEST_CASE("a window stopped and continued")
    {
        Flooded flooded;
        {
            WindowProcess window(flooded.server);
            await("frames", [&] { return window.frames() > 2; });
        }
        flooded.settle();
        {
            WindowProcess window(flooded.server);
            for (int round = 0; round < rounds(); ++round) {
                CAPTURE(round);
                window.signal(SIGSTOP);
                flooded.await_flood();
                const size_t frames = window.frames();
                window.signal(SIGCONT);
                if (!wait_until([&] { return window.frames() > frames; }))
                    throw Failure("no frame after all: " + flooded.state(window.pid()));
            }
        }
        flooded.check_all();
    }

    TEST_CASE("streams cut in the middle of a message")
    {
        Flooded flooded;
        const std::string whole = hello() + first_credit() + resize(70, 20);
        for (int round = 0; round < rounds(); ++round) {
            CAPTURE(round);
            const size_t cut = hello().size() + static_cast<size_t>(round) % 20;
            RawWindow window(flooded.server, whole.substr(0, cut));
            await("the server's hello", [&] { return window.has(UI_MSG_SERVER_HELLO); });
            window.close();
            window.finish();
            if (round == 0)
                flooded.settle();
        }
        flooded.check_all();
    }

    TEST_CASE("a window that changes its size ten times as often")
    {
        Flooded flooded;
        for (int turn = 0; turn < 2; ++turn) {
            Window window(flooded.server);
            await("a frame", [&] { return window.frames() > 0; });
            for (int i = 0; i < (turn == 0 ? 50 : 10 * rounds()); ++i) {
                window.resize(40 + i % 60, 10 + i % 30);
                if (i % 10 == 0) {
                    const uint64_t frames = window.frames();
                    await("another frame", [&] { return window.frames() > frames; });
                }
            }
            window.resize(77, 23);
            await("the last size",
                  [&] { return window.screen().columns() == 77 && window.screen().rows() == 23; });
            window.disconnect();
            if (turn == 0)
                flooded.settle();
        }
        flooded.check_all();
    }

    TEST_CASE("two hundred panes")
    {
        ServerOptions options;
        options.columns = 400;
        options.rows = 240;
        Server server(options);
        for (int i = 1; i < 200; ++i) {
            server.ask(
                {"split-window", "-t", "main:", "echo pane-" + std::to_string(i) + ".; exec cat"});
            server.ask({"select-layout", "-t", "main:", "tiled"});
        }
        WindowOptions shown;
        shown.columns = 400;
        shown.rows = 240;
        Window window(server, shown);
        await("a frame", [&] { return window.frames() > 0; });
        for (int i = 1; i < 200; ++i) {
            CAPTURE(i);
            const std::string name = "pane-" + std::to_string(i) + ".";
            CHECK(wait_until([&] { return window.screen().contains(name); }));
        }
        CHECK(server.format("#{window_panes}") == "200");
    }
}
