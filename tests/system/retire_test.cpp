// Panes that close together, or with much history: their grids and ptys go bit by bit.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <sstream>

#include <doctest/doctest.h>

#include "oracle.h"
#include "window.h"

namespace fs = std::filesystem;
using namespace vitrine::test;

namespace {

constexpr int kRows = 8500; // more than its table is shrunk at
constexpr int kPanes = keeps_freed_memory ? 2 : 8;
constexpr long kAllPanes = kPanes * kRows / 1024 * 120; // kB, less than what their grids take

int pty_masters(pid_t pid)
{
    int count = 0;
    for (const auto &entry : fs::directory_iterator("/proc/" + std::to_string(pid) + "/fd")) {
        std::error_code gone; // one that was open a moment before
        count += fs::read_symlink(entry, gone).filename() == "ptmx";
    }
    return count;
}

int count(const std::string &text, const std::string &word)
{
    int found = 0;
    for (size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += word.size())
        ++found;
    return found;
}

// A server with a pane of the test's, and others that have printed much.
struct Stage {
    Server server{{.configuration = "set -g history-limit 50000\n"}};

    void add_panes()
    {
        const std::string rows = std::to_string(kRows);
        for (int i = 0; i < kPanes; ++i) {
            const std::string full = "full" + std::to_string(i);
            std::string signal;
            for (const std::string &word : server.words({"wait-for", "-S", full}))
                signal += word + " ";
            server.ask({"new-window", "-d", "-t", "main:",
                        "seq -f 'row %08g of many rows' " + rows + "; " + signal +
                            "; exec sleep 1000"});
            server.ask({"wait-for", full});
        }
    }
    void close_panes() { server.ask({"kill-window", "-a", "-t", "main:0"}); }
    long memory() const { return process_kb(server.pid(), "VmRSS"); }
};

} // namespace

TEST_SUITE("frames")
{
    TEST_CASE("what panes with much history had is freed, and others are shown meanwhile")
    {
        Stage stage;
        Pane &pane = stage.server.active_pane();
        Window window(stage.server);
        long before = 0;
        for (int round = 0; round < 4; ++round) {
            CAPTURE(round);
            stage.add_panes();
            stage.close_panes();
            const std::string text = "round " + std::to_string(round);
            pane.show("\r" + text);
            await("the text", [&] { return window.screen().text(0).starts_with(text); });
            if (round == 0)
                before = stage.memory();
        }
        if (!keeps_freed_memory)
            CHECK(wait_until([&] { return stage.memory() - before < kAllPanes; }));
    }

    TEST_CASE("a history is freed when the last window goes meanwhile, and when copy mode ends")
    {
        Stage stage;
        stage.add_panes();
        Window window(stage.server);
        stage.server.ask({"copy-mode", "-t", "main:1"});
        stage.server.ask({"send-keys", "-t", "main:1", "-X", "cancel"});
        stage.close_panes();
        window.detach();
        await("its end", [&] { return window.ended(); });
        const long before = stage.memory();
        stage.add_panes();
        CHECK(stage.server.ask({"capture-pane", "-p", "-t", "main:2", "-S", "0", "-E", "0"})
                  .starts_with("row 000"));
        if (!keeps_freed_memory)
            CHECK(wait_until([&] { return stage.memory() - before < kAllPanes; }));
    }

    TEST_CASE("panes that close together lose their ptys, also when the last window goes meanwhile")
    {
        Stage stage;
        const pid_t server = stage.server.pid();
        for (int i = 0; i < 20; ++i)
            stage.server.ask({"new-window", "-d", "-t", "main:", "exec sleep 1000"});
        std::istringstream pids(stage.server.ask({"list-panes", "-s", "-t", "main", "-f",
                                                  "#{window_index}", "-F", "#{pane_pid}"}));
        const std::vector<pid_t> programs(std::istream_iterator<pid_t>(pids), {});
        REQUIRE(programs.size() == 20);
        CHECK(pty_masters(server) == 21);
        Window window(stage.server);
        await("a frame", [&] { return window.frames() > 0; });
        stage.server.ask({"kill-window", "-a", "-t", "main:0", ";", "detach-client", "-s", "main"});
        await("its end", [&] { return window.ended(); });
        for (const pid_t program : programs)
            await("its end", [&] { return ::kill(program, 0) != 0; });
        CHECK(wait_until([&] { return pty_masters(server) == 1; }));
    }

    // A pty's name goes when tmux's end of it is closed, and is not another's while a program is
    // left on the other end.
    TEST_CASE("a program that starts finds those hung up that were closed before it")
    {
        Stage stage;
        const std::string stays = "trap '' HUP; printf ready; exec sleep 20";
        stage.server.ask({"new-window", "-d", "-t", "main:", stays});
        for (int i = 0; i < 9; ++i)
            stage.server.ask({"split-window", "-d", "-l", "1", "-t", "main:1", stays});
        Window window(stage.server, {.arguments = {"attach-session", "-t", "main:1"}});
        await("all of them", [&] { return count(window.screen().text(), "ready") == 10; });
        std::string ttys = stage.server.ask({"list-panes", "-t", "main:1", "-F", "#{pane_tty}"});
        std::replace(ttys.begin(), ttys.end(), '\n', ' ');
        const std::string looks = "there=; for tty in " + ttys +
                                  "; do [ ! -e $tty ] || there=$there$tty; done; "
                                  "echo looked: $there; exec sleep 1000";
        stage.server.ask({"respawn-window", "-k", "-t", "main:1", looks});
        await("its look", [&] { return window.screen().text(0).starts_with("looked:"); });
        CHECK(window.screen().text(0) == "looked:");
    }

    TEST_CASE("a server ends while it frees")
    {
        Stage stage;
        stage.add_panes();
        Window window(stage.server);
        await("a frame", [&] { return window.frames() > 0; });
        stage.server.ask({"kill-window", "-a", "-t", "main:0", ";", "kill-server"});
        await("its end", [&] { return window.ended(); });
        CHECK(window.exit_message() == "[server exited]");
    }
}
