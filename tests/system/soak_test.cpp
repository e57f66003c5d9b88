// The same fault again and again while output floods: the server lives, its sessions have what
// was printed, and nothing of it grows. VITRINE_SOAK says how often; usually a few times.
#include <doctest/doctest.h>

#include <cstdlib>

#include <signal.h>
#include <sys/resource.h>

#include "fault_stream.h"
#include "oracle.h"
#include "window.h"

using namespace vitrine::test;

namespace {

constexpr long kMaxGrowth = 2000; // kB

int rounds(int divisor = 1)
{
    const char *text = std::getenv("VITRINE_SOAK");
    const int all = text != nullptr ? std::atoi(text) : 5;
    return std::max(all / divisor, 3);
}

// A server with a pane that never stops printing, and one that must keep what it has.
class Flooded {
public:
    Flooded()
    {
        server.active_pane().show("kept through all of it");
        server.ask({"new-window", "-t", "main:", "exec yes a line of a flood without an end"});
        descriptors_ = open_descriptors(server.pid());
    }
    // After the first round everything has its size.
    void settle()
    {
        CHECK(wait_until([&] { return window_clients(server).empty(); }));
        memory_ = process_kb(server.pid(), "VmRSS");
    }
    void check_all()
    {
        REQUIRE(server.alive());
        CHECK(wait_until([&] { return window_clients(server).empty(); }));
        CHECK(wait_until([&] { return open_descriptors(server.pid()) <= descriptors_; }));
        const std::string kept = server.ask({"capture-pane", "-p", "-t", "main:0"});
        CHECK(kept.find("kept through all of it") != kept.npos);
        const std::string maps = read_file("/proc/" + std::to_string(server.pid()) + "/maps");
        const long growth = process_kb(server.pid(), "VmRSS") - memory_;
        MESSAGE("the server grew by ", growth, " kB");
        if (maps.find("libasan") == maps.npos)
            CHECK(growth < kMaxGrowth);
    }

    Server server;

private:
    int descriptors_ = 0;
    long memory_ = 0;
};

} // namespace

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

    TEST_CASE("windows that no descriptor is left for")
    {
        Flooded flooded;
        Window stays(flooded.server);
        await("a frame", [&] { return stays.frames() > 0; });
        const pid_t pid = flooded.server.pid();
        rlimit before = {};
        REQUIRE(::prlimit(pid, RLIMIT_NOFILE, nullptr, &before) == 0);
        for (int round = 0; round < rounds(); ++round) {
            CAPTURE(round);
            const auto open = static_cast<rlim_t>(open_descriptors(pid));
            const rlimit none = {open, before.rlim_max};
            REQUIRE(::prlimit(pid, RLIMIT_NOFILE, &none, nullptr) == 0);
            Window window(flooded.server);
            const uint64_t frames = stays.frames();
            await("frames meanwhile", [&] { return stays.frames() > frames + 2; });
            CHECK(window.frames() == 0);
            REQUIRE(::prlimit(pid, RLIMIT_NOFILE, &before, nullptr) == 0);
            await("an end, or a frame", [&] { return window.ended() || window.frames() > 0; });
        }
        CHECK_FALSE(stays.ended());
        stays.disconnect();
        flooded.settle();
        flooded.check_all();
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
                flooded.server.ask({"display-message", "-p", "-t", "main:", "answered"});
                const size_t frames = window.frames();
                window.signal(SIGCONT);
                await("a frame after all", [&] { return window.frames() > frames; });
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
