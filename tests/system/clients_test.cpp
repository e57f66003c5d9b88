// Several clients on one session, what a client may do, and what tmux tells a window beside
// frames.
#include <doctest/doctest.h>

#include <fstream>

#include "oracle.h"
#include "server.h"
#include "window.h"

using namespace vitrine::test;

namespace {

void expect_equal(const Server &server, const Window &window, const std::string &what)
{
    std::string difference;
    wait_until([&] { return (difference = compare_panes(server, window.screen())).empty(); });
    CHECK_MESSAGE(difference.empty(), what, ": ", difference);
}

void await_frame(const Window &window)
{
    await("a frame", [&] { return window.frames() > 0; });
}

// What a window sends has no effect; the command that follows it, on the server, proves that it
// was read: it is run after it.
void expect_ignored(Server &server, Window &window, const std::function<void()> &act)
{
    Pane &pane = server.active_pane();
    pane.clear();
    act();
    window.command("display-message -p ''"); // a read-only client may
    window.resize(81, 25);
    window.resize(80, 24);
    server.format("");
    serve_for(Milliseconds(50));
    CHECK(pane.received().empty());
}

} // namespace

TEST_SUITE("clients")
{
    TEST_CASE("two windows and an ordinary client work on one session")
    {
        Server server;
        Window first(server), second(server);
        OrdinaryClient ordinary(server, 80, 24);
        await_frame(first);
        await_frame(second);
        // One after the other: what is typed at once arrives mixed.
        Pane &pane = server.active_pane();
        first.keys("from the first ");
        await("the first's keys", [&] { return pane.received("from the first "); });
        second.keys("from the second ");
        await("the second's keys", [&] { return pane.received("from the second "); });
        ordinary.press("o");
        await("the ordinary client's key", [&] { return pane.received("from the second o"); });
        pane.show("for all \033[31mof them");
        server.ask({"split-window", "-t", "main:"});
        expect_equal(server, first, "first");
        expect_equal(server, second, "second");
        std::string difference;
        wait_until([&] { return (difference = ordinary.compare(first.screen())).empty(); });
        CHECK_MESSAGE(difference.empty(), difference);
    }

    TEST_CASE("the session takes the size of the window that was used last")
    {
        Server server;
        WindowOptions small;
        small.columns = 60;
        small.rows = 20;
        Window first(server);
        await_frame(first);
        Window second(server, small);
        // Once attached, tmux's client reports a size of its own, which counts as use at some
        // time; so each is used until it is the last.
        const auto await_size = [&](const std::string &size, const std::function<void()> &use) {
            await("window of " + size, [&] {
                use();
                return server.format("#{window_width}x#{window_height}") == size;
            });
        };
        await_size("60x19", [&] { second.keys("x"); });
        await_size("80x23", [&] { first.keys("x"); });
        await_size("100x29", [&] { second.resize(100, 30); });
        expect_equal(server, second, "second");
        // The first shows a part of what is now larger than it.
        CHECK(first.screen().columns() == 80);
        CHECK(first.screen().rows() == 24);
        await_size("40x9", [&] { first.resize(40, 10); });
        expect_equal(server, first, "first");
    }

    TEST_CASE("a window that sets no size follows the session's")
    {
        Server server;
        Window leader(server);
        await_frame(leader);
        WindowOptions options;
        options.flags = UI_HELLO_IGNORE_SIZE;
        options.columns = 30;
        options.rows = 10;
        Window follower(server, options);
        expect_equal(server, follower, "at first");
        leader.resize(100, 40);
        await("the new size", [&] { return follower.screen().columns() == 100; });
        expect_equal(server, follower, "larger");
        follower.resize(20, 5);
        leader.resize(60, 12);
        expect_equal(server, follower, "smaller");
        CHECK(server.format("#{window_width}") == "60");
    }

    TEST_CASE("a read-only window looks and does not touch")
    {
        Server server;
        Window owner(server);
        await_frame(owner);
        WindowOptions options;
        options.arguments = {"attach-session", "-r", "-t", "main"};
        Window guest(server, options);
        await_frame(guest);
        expect_ignored(server, guest, [&] {
            guest.keys("abc");
            guest.text("text");
            guest.paste("paste");
            guest.prefix('%');
            guest.click(5, 5);
            guest.command("split-window");
            guest.command("send-keys -t main: x");
            guest.command("kill-server");
        });
        CHECK(server.format("#{window_panes}") == "1");
        CHECK(server.format("#{window_width}x#{window_height}") == "80x23");
        server.active_pane().show("seen by guests");
        await_text(guest, "seen by guests");
        guest.prefix('d');
        await("the guest leaves", [&] { return guest.ended(); });
    }

    TEST_CASE("a window of one pane")
    {
        Server server;
        server.active_pane().show("the left one");
        const std::string left = server.active_pane().id();
        server.ask({"split-window", "-h", "-t", "main:"});
        Pane &right = server.active_pane();
        right.show("the right one");
        WindowOptions options;
        options.flags = UI_HELLO_PANE;
        options.pane = static_cast<uint32_t>(std::stoi(left.substr(1)));
        Window window(server, options);
        await_text(window, "the left one");
        const auto is_size = [&](int columns, int rows) {
            return [&window, columns, rows] {
                return window.screen().columns() == columns && window.screen().rows() == rows;
            };
        };
        await("the pane's size", is_size(40, 24));
        CHECK(!window.screen().contains("the right one"));
        CHECK(!window.screen().contains("0:one"));
        window.keys("to the left");
        await("keys", [&] { return server.pane(left).received("to the left"); });
        CHECK(right.received().empty());
        server.ask({"resize-pane", "-t", left, "-x", "30"});
        await("its new size", is_size(30, 24));
        // Elsewhere, hidden, alone: it is shown all the same.
        server.ask({"new-window", "-t", "main:"});
        server.pane(left).show("\r\nwhile away");
        await_text(window, "while away");
        server.pane(left).end();
        await("the window ends with its pane", [&] { return window.ended(); });
        REQUIRE(window.closed_panes().size() == 1);
        CHECK(window.closed_panes()[0] == options.pane);
        CHECK(server.alive());
    }

    TEST_CASE("titles, bells")
    {
        Server server;
        Window window(server);
        await_frame(window);
        Pane &pane = server.active_pane();
        pane.show("\033]2;a t\u00eftle\033\\");
        await("the title",
              [&] { return window.title().find("a t\u00eftle") != std::string::npos; });
        server.ask({"set", "-g", "set-titles", "on"});
        server.ask({"set", "-g", "set-titles-string", "only #T"});
        await("its format", [&] { return window.title() == "only a t\u00eftle"; });
        pane.show("\a");
        await("a bell", [&] { return window.bells() == 1; });
        server.ask({"set", "-g", "bell-action", "none"});
        pane.show("\a");
        server.ask({"set", "-g", "bell-action", "any"});
        pane.show("\a");
        await("another", [&] { return window.bells() == 2; });
    }

    TEST_CASE("what is copied reaches the clipboard, what programs copy if they may")
    {
        Server server;
        Window window(server);
        await_frame(window);
        Pane &pane = server.active_pane();
        pane.show("copy this line");
        const auto clip = [&](const std::string &text) {
            return [&window, text] {
                return !window.clips().empty() && window.clips().back().text == text;
            };
        };
        server.ask({"copy-mode", "-t", "main:"});
        server.ask({"send-keys", "-t", "main:", "-X", "select-line"});
        server.ask({"send-keys", "-t", "main:", "-X", "copy-pipe-and-cancel"});
        await("a clip", [&] {
            return !window.clips().empty() && window.clips().back().text.starts_with("copy this");
        });
        server.ask({"set-buffer", "-w", "a buffer"});
        await("a buffer", clip("a buffer"));
        const size_t before = window.clips().size();
        server.ask({"set", "-s", "set-clipboard", "external"});
        pane.show("\033]52;c;aGVsbG8=\a");
        server.ask({"set", "-s", "set-clipboard", "on"});
        pane.show("\033]52;c;d29ybGQ=\a");
        await("a program's", clip("world"));
        CHECK(window.clips().size() == before + 1);
        const std::string big(600000, 'x');
        server.ask({"set", "-s", "buffer-limit", "5"});
        std::ofstream(server.folder() / "big") << big;
        server.ask({"load-buffer", "-w", server.folder() / "big"});
        await("a long clip", clip(big));
        server.ask({"set", "-s", "set-clipboard", "off"});
        server.ask({"set-buffer", "-w", "not sent"});
    }

    TEST_CASE("the name of the selection is passed on")
    {
        Server server;
        Window window(server);
        await_frame(window);
        server.ask({"set", "-s", "set-clipboard", "on"});
        server.active_pane().show("\033]52;p;aGVsbG8=\a");
        await("a clip", [&] { return !window.clips().empty(); });
        CHECK(window.clips().back().text == "hello");
        // 3.3a forgets which one it was.
        CHECK(window.clips().back().selection == (tmux_version() < 305 ? "" : "p"));
    }

    TEST_CASE("control clients work beside a window and in its panes")
    {
        Server server;
        Window window(server);
        await_frame(window);
        // With a terminal as stdin: at the end of its input a control client ends too, perhaps
        // before it has said anything.
        Terminal control(server.words({"-C", "attach-session", "-t", "main"}), 80, 24);
        await("control mode", [&] { return control.contains("%session-changed"); });
        server.active_pane().show("for the control client");
        await("output", [&] { return control.contains("for the control client"); });
        control.type("\n");
        CHECK(control.status() == 0);
        CHECK(control.contains("%exit"));
        server.ask({"new-window", "-t", "main:", "-n", "inside",
                    "'" + server.program() + "' -C list-sessions; " + server.hub().command()});
        server.active_pane();
        await_text(window, "%begin");
        await_text(window, "%end");
        CHECK(server.alive());
    }
}
