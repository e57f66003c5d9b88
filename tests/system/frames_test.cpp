// Frames that once were wrong, or easily could be: each the smallest way to see it.
#include <doctest/doctest.h>

#include "oracle.h"
#include "server.h"
#include "window.h"

#include <chrono>
#include <csignal>

using namespace vitrine::test;

namespace {

// A window on a session, and an ordinary client beside it once it is asked for.
struct Stage {
    Server server;
    Window window{server};

    Stage()
    {
        await("a frame", [&] { return window.frames() > 0; });
    }

    // The client name of the window.
    std::string client() const { return window_clients(server).at(0); }

    void expect_panes(const std::string &what)
    {
        std::string difference;
        wait_until([&] { return (difference = compare_panes(server, window.screen())).empty(); },
                   patience() / 5);
        CHECK_MESSAGE(difference.empty(), what, ": ", difference);
    }

    void expect_beside(const OrdinaryClient &beside, const std::string &what,
                       const PaneCheck &check = {})
    {
        std::string difference;
        wait_until([&] { return (difference = beside.compare(window.screen(), check)).empty(); },
                   patience() / 5);
        CHECK_MESSAGE(difference.empty(), what, ": ", difference);
    }
};

std::string numbered_lines(int count)
{
    std::string lines;
    for (int i = 1; i <= count; ++i)
        lines += (i == 1 ? "line " : "\r\nline ") + std::to_string(i) + std::string(40, '.');
    return lines;
}

} // namespace

TEST_SUITE("frames")
{
    TEST_CASE("each way to change rows is seen at once")
    {
        // Lines 6 to 8 scroll, where the sequence says so.
        static const char *kChanges[] = {
            "\033[6;8r\033[2;1H\033[3L", // above the region: down to the last line
            "\033[6;8r\033[2;1H\033[3M",
            "\033[6;8r\033[9;1H\033[1L", // below it
            "\033[6;8r\033[9;1H\033[1M",
            "\033[6;8r\033[7;1H\033[1L", // inside
            "\033[6;8r\033[7;1H\033[1M",
            "\033[6;8r\033[2S",
            "\033[6;8r\033[2T",
            "\033[6;8r\033[6;1H\033M",
            "\033[6;8r\033[1;1H\033M",
            "\033[6;8r\033[8;1H\nx",
            "\033[6;8r\033[23;1H\nx",
            "\033[5;5H\033[J",
            "\033[5;5H\033[1J",
            "\033[5;5H\033[2J",
            "\033[3J",
            "\033[5;5H\033[K",
            "\033[5;5H\033[1K",
            "\033[5;5H\033[2K",
            "\033[5;5H\033[3X",
            "\033[5;5H\033[3@",
            "\033[5;5H\033[3P",
            "\033[5;5H\033[4hxyz\033[4l",
            "\033[5;80Hxyz",
            "\033[23;1H\n\n\n",
            "\033[H\033M\033M",
            "\033#8",
            "\033[?1049h",
            "\033[?1049hother\033[?1049l",
            "\033c",
            "\033[5;5H\033(0lqk\033(B",
            "\033[5;5H\033[?25l",
            "\033[5;80H",
            "\033[5;5H\t\033[Z",
            "\033[5;5Hx\033[5b",
            "\033[5;5H\033[44m\033[K\033[J",
        };
        Stage stage;
        Pane &pane = stage.server.active_pane();
        for (const char *change : kChanges) {
            pane.show("\033c" + numbered_lines(23));
            stage.expect_panes("lines");
            pane.show(change);
            stage.expect_panes(change + 1);
        }
    }

    TEST_CASE("a picture that takes several reads is shown whole")
    {
        Stage stage;
        Pane &pane = stage.server.active_pane();
        const auto filled = [](char with) {
            std::string text = "\033[H";
            for (int row = 0; row < 23; row++)
                text += (row > 0 ? "\r\n" : "") + std::string(79, with);
            return text;
        };
        pane.show(filled('a'));
        await_text(stage.window, "a");
        stage.expect_panes("the picture before");
        int halves = 0;
        stage.window.watch_frames([&](const Screen &screen) {
            halves += screen.text(0) != screen.text(22);
        });
        // Three pictures, of which the last counts: more than tmux reads at once.
        kill(stage.server.pid(), SIGSTOP);
        pane.write(filled('b') + filled('c') + filled('d'));
        kill(stage.server.pid(), SIGCONT);
        await_text(stage.window, "d");
        CHECK(halves == 0);
    }

    TEST_CASE("what flows with pauses is not shown at each of them")
    {
        using Clock = std::chrono::steady_clock;
        constexpr std::chrono::milliseconds kLeastGap{8};
        constexpr int kBursts = 30;
        Stage stage;
        Pane &pane = stage.server.active_pane();
        std::string burst; // some milliseconds of tmux's work
        while (burst.size() < 192 * 1024)
            burst += std::string(70, 'x') + "\r\n";
        pane.show(burst);
        const uint64_t before = stage.window.frames();
        const Clock::time_point began = Clock::now();
        for (int i = 0; i < kBursts; i++)
            pane.show(burst);
        const auto most = static_cast<uint64_t>((Clock::now() - began) / kLeastGap);
        const uint64_t shown = stage.window.frames() - before;
        CHECK(shown <= most + most / 4); // it was twice as many
        pane.show("the end");
        await_text(stage.window, "the end");
    }

    TEST_CASE("a cursor that moves beside a flood is shown as soon as text is")
    {
        Stage stage;
        Pane &pane = stage.server.active_pane();
        stage.server.ask({"split-window", "-d", "-t", "main:", "exec yes flows"});
        await_text(stage.window, "flows");
        const auto time = [&](const std::string &right, const std::string &left) {
            const auto began = std::chrono::steady_clock::now();
            for (int i = 0; i < 20; ++i) {
                const int before = stage.window.screen().cursor.column;
                pane.print(before == 0 ? right : left);
                await("the cursor", [&] { return stage.window.screen().cursor.column != before; });
            }
            return std::chrono::steady_clock::now() - began;
        };
        const auto text = time("x", "\r\033[K");
        pane.show("\r");
        await("its place", [&] { return stage.window.screen().cursor.column == 0; });
        CHECK(time("\033[C", "\r") < 4 * text);
    }

    TEST_CASE("synchronized output is shown when it ends")
    {
        if (tmux_version() <= 305) // knows nothing of it, and says so to programs that ask
            return;
        Stage stage;
        Pane &pane = stage.server.active_pane();
        stage.server.ask({"split-window", "-d", "-t", "main:"});
        stage.expect_panes("a split");
        pane.show("\033[?2026hfirst half");
        stage.server.pane("%1").show("in the other pane");
        await_text(stage.window, "in the other pane");
        CHECK(stage.window.screen().text(0).empty());
        pane.show(" and second\033[?2026l");
        await_text(stage.window, "first half and second");
    }

    TEST_CASE("borders have the colours an ordinary client gives them")
    {
        Stage stage;
        OrdinaryClient beside(stage.server, 80, 24);
        stage.server.ask({"split-window", "-h", "-t", "main:"});
        stage.expect_beside(beside, "a split");
        stage.server.ask({"set", "-g", "pane-border-status", "top"});
        stage.expect_beside(beside, "pane-border-status");
    }

    TEST_CASE("copy mode has the colours an ordinary client gives it")
    {
        Stage stage;
        OrdinaryClient beside(stage.server, 80, 24);
        stage.server.active_pane().show(numbered_lines(40));
        stage.server.ask({"copy-mode", "-t", "main:"});
        stage.expect_beside(beside, "copy mode");
        stage.server.ask({"send-keys", "-t", "main:", "-X", "select-line"});
        stage.expect_beside(beside, "copy mode with a selection");
    }

    TEST_CASE("the pane shows on all sides of a popup")
    {
        Stage stage;
        stage.server.active_pane().show(numbered_lines(23));
        await_text(stage.window, "line 23");
        Command popup(
            stage.server.words({"display-popup", "-E", "-c", stage.client(), "-x", "5", "-y", "12",
                                "-w", "20", "-h", "6", stage.server.hub().command("popup")}));
        stage.server.pane("popup").show("in the popup");
        await_text(stage.window, "in the popup");
        CHECK(stage.window.screen().text(7) ==
              "line \u2502in the popup      \u2502" + std::string(21, '.'));
        const auto covered = [&] {
            return (stage.window.screen().panes.at(0).flags & UI_PANE_OVERLAY) != 0;
        };
        CHECK(covered());
        stage.server.pane("popup").end();
        stage.expect_panes("the popup closed");
        CHECK_FALSE(covered());
    }

    TEST_CASE("the number of a small pane takes no more room than it draws")
    {
        Stage stage;
        OrdinaryClient beside(stage.server, 80, 24);
        stage.server.ask({"split-window", "-t", "main:", "-l", "2"});
        stage.server.active_pane().show("\033[44m\033[2J");
        stage.expect_panes("a coloured pane");
        const Screen before = stage.window.screen();
        const Words clients = {stage.client(), beside.name()};
        std::vector<std::unique_ptr<Command>> waiting;
        for (const std::string &client : clients)
            waiting.push_back(std::make_unique<Command>(
                stage.server.words({"display-panes", "-d", "0", "-t", client})));
        await("numbers", [&] { return !stage.window.screen().same_cells(before); });
        stage.expect_beside(beside, "display-panes", {false, true});
        stage.window.key('0');
        beside.press("0");
        stage.expect_panes("display-panes ended");
    }
}
