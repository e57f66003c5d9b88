// Windows and servers that die, stall or are not what they seem. Streams that say nonsense are
// in fault_stream_test.cpp.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include <signal.h>

#include "fault_stream.h"
#include "oracle.h"
#include "window.h"

using namespace vitrine::test;

namespace {

constexpr int kLines = 60000;
constexpr long kMaxGrowth = 2000; // kB

// Time for a flood, also where a sanitizer watches.
Milliseconds long_patience() { return 3 * patience(); }

std::string flood_command(const std::string &flood)
{
    return flood + "; echo flood-end; exec cat";
}

std::string count_to(int last) { return "seq 1 " + std::to_string(last); }

std::string counted_to(int last)
{
    std::string lines;
    for (int i = 1; i <= last; ++i)
        lines += std::to_string(i) + "\n";
    return lines + "flood-end\n";
}

// A window of tmux in which a flood runs; its pane.
std::string start_flood(const Server &server, const std::string &flood)
{
    return server.ask(
        {"new-window", "-t", "main:", "-P", "-F", "#{pane_id}", flood_command(flood)});
}

void await_flood(const Server &server, const std::string &pane)
{
    await("the end of a flood",
          [&] {
              return server.ask({"capture-pane", "-p", "-t", pane}).find("flood-end") !=
                     std::string::npos;
          },
          long_patience());
}

// What a flood printed, without the screen's empty lines.
std::string captured(const Server &server, const std::string &pane)
{
    std::string text = server.ask({"capture-pane", "-p", "-S", "-", "-t", pane});
    return text.substr(0, text.find_last_not_of('\n') + 1) + "\n";
}

bool equal_panes(const Server &server, const Window &window)
{
    return wait_until([&] { return compare_panes(server, window.screen()).empty(); });
}

// What a history is to take. tmux makes room for one line after the other by realloc(), which
// always copies with a sanitizer.
constexpr int kHistoryLines = keeps_freed_memory ? kLines / 10 : kLines;

void expect_growth(const Server &server, long before)
{
    const long growth = process_kb(server.pid(), "VmRSS") - before;
    MESSAGE("the server grew by ", growth, " kB");
    if (!keeps_freed_memory)
        CHECK(growth < kMaxGrowth);
}

ServerOptions long_history()
{
    ServerOptions options;
    options.configuration = "set -g history-limit " + std::to_string(2 * kLines);
    return options;
}

// The last line a client on a terminal printed, and its status.
struct Farewell {
    std::string text;
    int status = -1;
    bool operator==(const Farewell &) const = default;
};

template <typename End>
Farewell stock_farewell(End end)
{
    ServerOptions options;
    options.program = stock_tmux();
    Server server(options);
    Terminal terminal(server.words({"attach-session", "-t", "main"}), 80, 24);
    await("an ordinary client",
          [&] { return server.ask({"list-clients"}).find("main") != std::string::npos; });
    end(server);
    Farewell farewell;
    farewell.status = terminal.status();
    const std::string &output = terminal.output();
    const size_t from = output.rfind('[', output.rfind(']'));
    farewell.text = output.substr(from, output.rfind(']') + 1 - from);
    return farewell;
}

template <typename End>
Farewell window_farewell(End end)
{
    Server server;
    Window window(server);
    await("a frame", [&] { return window.frames() > 0; });
    // That it is attached is told to tmux's client beside the frame; by the next answer it was.
    server.ask({"list-clients"});
    end(server);
    await("the end of the stream", [&] { return window.ended(); });
    CHECK(window.error() == UI_OK);
    const int status = window.exit_status();
    return {window.exit_message(), status};
}

// The hooked tmux under a limit of the shell's ulimit.
std::string limited_tmux(const Folder &folder, const std::string &limit)
{
    const std::string path = folder / "tmux";
    std::ofstream(path) << "#!/bin/sh\nulimit " << limit << "\nexec "
                        << std::filesystem::absolute(hooked_tmux()).string() << " \"$@\"\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
}

// Kills a server that may not answer any more.
struct ServerKill {
    const Server &server;
    ~ServerKill() { ::kill(server.pid(), SIGKILL); }
};

// Ends a server that a test's window started.
struct ServerEnd {
    const Server &server;
    ~ServerEnd() { server.command({"kill-server"}); }
};

} // namespace

TEST_SUITE("faults")
{
    TEST_CASE("a window killed while output floods harms nobody")
    {
        Server server(long_history());
        Window bystander(server);
        await("a frame", [&] { return bystander.frames() > 0; });
        const int lines = kHistoryLines;
        const std::string expected = counted_to(lines);
        const int descriptors = open_descriptors(server.pid());
        int midway = 0;
        for (int round = 0; round < 10; ++round) {
            CAPTURE(round);
            WindowProcess window(server);
            await("a frame", [&] { return window.frames() > 0; });
            const size_t before = window.frames();
            const uint64_t frames = bystander.frames();
            const std::string pane = start_flood(server, count_to(lines));
            await("frames of the flood", [&] { return window.frames() > before + 2; });
            window.signal(SIGKILL);
            midway += server.ask({"capture-pane", "-p", "-t", pane}).find("flood-end") ==
                              std::string::npos
                          ? 1
                          : 0;
            await_flood(server, pane);
            CHECK(captured(server, pane) == expected);
            CHECK(bystander.frames() > frames);
            CHECK(equal_panes(server, bystander));
            await("the window's client goes", [&] { return window_clients(server).size() == 1; });
            server.ask({"kill-window", "-t", pane});
            CHECK(window.status() == 128 + SIGKILL);
        }
        CHECK(midway > 0);
        CHECK(wait_until([&] { return open_descriptors(server.pid()) <= descriptors; }));
    }

    TEST_CASE("tmux's client killed while output floods ends its window only")
    {
        Server server(long_history());
        WindowProcess window(server);
        await("a frame", [&] { return window.frames() > 0; });
        const int lines = kHistoryLines;
        const std::string pane = start_flood(server, count_to(lines));
        await("frames of the flood", [&] { return window.frames() > 3; });
        const pid_t client = std::stoi(server.ask({"list-clients", "-F", "#{client_pid}"}));
        REQUIRE(::kill(client, SIGKILL) == 0);
        CHECK(window.status() == 0);
        await_flood(server, pane);
        CHECK(captured(server, pane) == counted_to(lines));
        CHECK(window_clients(server).empty());
    }

    TEST_CASE("a window that returns no credit holds nothing up")
    {
        Server server;
        Window window(server);
        await("a frame", [&] { return window.frames() > 0; });
        window.hold_frames(true);
        // The first flood fills the history.
        await_flood(server, start_flood(server, count_to(kLines)));
        const uint64_t frames = window.frames();
        const long memory = process_kb(server.pid(), "VmRSS");
        const std::string pane = server.format("#{pane_id}");
        server.ask({"respawn-pane", "-k", "-t", pane, flood_command(count_to(10 * kLines))});
        await_flood(server, pane);
        expect_growth(server, memory);
        CHECK(window.frames() == frames);
        window.hold_frames(false);
        CHECK(equal_panes(server, window));
        serve_for(Milliseconds(100));
        CHECK(window.frames() == frames + 1);
        CHECK(equal_panes(server, window));
    }

    TEST_CASE("a stopped window holds nothing up")
    {
        Server server;
        WindowProcess window(server);
        await("a frame", [&] { return window.frames() > 0; });
        await_flood(server, start_flood(server, count_to(kLines)));
        const std::string pane = server.format("#{pane_id}");
        window.signal(SIGSTOP);
        const long memory = process_kb(server.pid(), "VmRSS");
        // Titles, bells and clipboards go beside the credit.
        server.ask({"set", "-g", "set-clipboard", "on"});
        server.ask({"respawn-pane", "-k", "-t", pane,
                    flood_command("seq 1 20000 | sed "
                                  "'s/.*/\\x1b]2;title &\\x07\\x07\\x1b]52;c;aGVsbG8=\\x07&/'")});
        await_flood(server, pane);
        expect_growth(server, memory);
        const size_t frames = window.frames();
        window.signal(SIGCONT);
        await("a frame after all", [&] { return window.frames() > frames; });
        CHECK(window_clients(server).size() == 1);
    }

    TEST_CASE("a killed server is told of as tmux does")
    {
        const auto end = [](Server &server) { ::kill(server.pid(), SIGKILL); };
        const Farewell farewell = window_farewell(end), stock = stock_farewell(end);
        CHECK(farewell.status != 0);
        CHECK(farewell.status == stock.status);
        CHECK(farewell.text == stock.text);
    }

    TEST_CASE("kill-server is told of as tmux does")
    {
        const auto end = [](Server &server) { server.ask({"kill-server"}); };
        const Farewell farewell = window_farewell(end), stock = stock_farewell(end);
        CHECK(farewell.status == stock.status);
        CHECK(farewell.text == stock.text);
    }

    TEST_CASE("panes of a server that a window started do not see VITRINE")
    {
        ServerOptions server_options;
        server_options.session = false;
        Server server(server_options);
        WindowOptions options;
        options.arguments = {"new-session", "-s", "main", "env; echo env-end; exec cat"};
        Window window(server, options);
        const ServerEnd end{server};
        await_text(window, "env-end");
        const std::string tmux = std::filesystem::absolute(server.program());
        server.ask({"new-window", "-d", "-t", "main:9",
                    "env; " + tmux + " -C list-sessions; echo env-end; exec cat"});
        for (const char *target : {"main:0", "main:9"}) {
            CAPTURE(target);
            std::string text;
            await("env", [&] {
                text = server.ask({"capture-pane", "-p", "-S", "-", "-t", target});
                return text.find("env-end") != text.npos;
            });
            CHECK(text.find("TMUX=") != text.npos);
            CHECK(text.find("VITRINE=") == text.npos);
            if (target == std::string("main:9"))
                CHECK(text.find("%begin") != text.npos);
        }
        CHECK(server.ask({"show-environment", "-g"}).find("VITRINE=") == std::string::npos);
        // 3.3a, stock too, may see the end of its input before it has answered.
        const std::string answer = server.ask({"-C", "list-sessions"});
        CHECK((answer.find("%begin") != std::string::npos ||
               answer.find("%exit") != std::string::npos));
    }

    TEST_CASE("a server without hooks is named and left as it was")
    {
        ServerOptions server_options;
        server_options.program = stock_tmux();
        Server server(server_options);
        server.active_pane().show("untouched");
        const std::string screen = server.ask({"capture-pane", "-p", "-t", "main:"});
        for (const int size : {80, 10}) { // 10 is a newline to control mode
            CAPTURE(size);
            WindowOptions options;
            options.program = hooked_tmux();
            options.columns = options.rows = size;
            Window window(server, options);
            std::string text;
            await("an error", [&] {
                if (window.ended() && text.empty())
                    text = ui_last_error();
                return window.ended();
            });
            CHECK(window.error() == UI_ERROR_NOT_HOOKED);
            CHECK_MESSAGE(text.find("hooks") != text.npos, text);
            CHECK_MESSAGE(text.find("kill-server") != text.npos, text);
            window.disconnect();
            await("the client goes", [&] { return server.ask({"list-clients"}).empty(); });
            CHECK(server.alive());
            CHECK(server.ask({"list-windows", "-a", "-F", "#{window_name}"}) == "one");
            CHECK(server.ask({"list-sessions", "-F", "#{session_name}"}) == "main");
        }
        CHECK(server.ask({"capture-pane", "-p", "-t", "main:"}) == screen);
    }

    // tmux itself takes nobody in while it has no room for descriptors, and lets clients wait.
    TEST_CASE("a server that has no descriptors left lives and takes windows again")
    {
        const Folder folder;
        ServerOptions options;
        options.program = limited_tmux(folder, "-n 40");
        Server server(options);
        const ServerKill end{server};
        Pane &pane = server.active_pane();
        std::vector<std::unique_ptr<Window>> windows;
        bool taken = true;
        while (taken && windows.size() < 40) {
            windows.push_back(std::make_unique<Window>(server));
            const Window &last = *windows.back();
            taken = wait_until([&] { return last.ended() || last.frames() > 0; },
                               Milliseconds(2000)) &&
                    !last.ended();
        }
        CHECK_FALSE(taken);
        REQUIRE(windows.size() > 6);
        // Who was in goes on.
        pane.print("still here");
        for (size_t i = 0; i + 1 < windows.size(); ++i)
            await_text(*windows[i], "still here");
        // Windows that go make room.
        windows.resize(2);
        Command question(server.words({"display-message", "-p", "-t", "main:", "answer"}));
        CHECK(wait_until([&] { return question.output().out == "answer\n"; }));
        REQUIRE(server.alive());
        Window window(server);
        CHECK(wait_until([&] { return window.screen().contains("still here"); }));
        CHECK_FALSE(windows[0]->ended());
    }

    TEST_CASE("a server that may make no large files refuses windows and lives")
    {
        const Folder folder;
        ServerOptions options;
        options.program = limited_tmux(folder, "-f 8");
        Server server(options);
        const ServerKill end{server};
        server.active_pane().show("kept");
        Window window(server);
        CHECK(wait_until([&] { return window.ended(); }));
        CHECK(window.exit_message().find("frame pool: File too large") != std::string::npos);
        REQUIRE(server.alive());
        CHECK(server.ask({"capture-pane", "-p", "-t", "main:"}).find("kept") != std::string::npos);
    }
}
