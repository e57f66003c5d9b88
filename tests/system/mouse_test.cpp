// The mouse, through tmux's own bindings and to programs that want it.
#include <doctest/doctest.h>

#include "server.h"
#include "window.h"

using namespace vitrine::test;

namespace {

// Two panes side by side, 40 and 39 columns, the right one active.
struct Table {
    Server server{{.configuration = "set -g mouse on\n"}};
    Window window{server};
    Pane &left = server.active_pane();
    Pane *right = nullptr;

    Table()
    {
        await("a frame", [&] { return window.frames() > 0; });
        server.ask({"split-window", "-h", "-t", "main:"});
        right = &server.active_pane();
        left.show("left side");
        right->show("right side");
        await_text(window, "right side");
    }

    std::string active() const { return server.format("#{pane_id}"); }
    std::string of(const std::string &format, const Pane &pane) const
    {
        return server.format(format, pane.id());
    }
};

// What the right pane's program, which wants buttons and drags, reads of some events.
std::string program_reads(void (*act)(Table &))
{
    Table table;
    table.right->show("\033[?1002h\033[?1006h");
    table.right->clear();
    act(table);
    await("the last event", [&] { return table.right->received("\033[<64;1;23M"); });
    CHECK(table.left.received().empty());
    return table.right->received();
}

} // namespace

TEST_SUITE("input")
{
    TEST_CASE("a click selects a pane")
    {
        Table table;
        CHECK((table.window.screen().modes & UI_MODE_MOUSE) != 0);
        table.window.click(5, 5);
        await("the left pane", [&] { return table.active() == table.left.id(); });
        table.window.click(60, 5);
        await("the right pane", [&] { return table.active() == table.right->id(); });
    }

    TEST_CASE("the wheel scrolls back and forth")
    {
        Table table;
        for (int i = 0; i < 60; ++i)
            table.left.print("line " + std::to_string(i) + "\r\n");
        table.left.show("");
        table.window.mouse(UI_MOUSE_PRESS, 4, 5, 5);
        await("copy mode", [&] { return table.of("#{pane_in_mode}", table.left) == "1"; });
        table.window.mouse(UI_MOUSE_PRESS, 4, 5, 5);
        await("scrolling", [&] { return table.of("#{scroll_position}", table.left) >= "5"; });
        for (int i = 0; i < 4; ++i)
            table.window.mouse(UI_MOUSE_PRESS, 5, 5, 5);
        await("its end", [&] { return table.of("#{pane_in_mode}", table.left) == "0"; });
    }

    TEST_CASE("dragging a border resizes")
    {
        Table table;
        table.window.mouse(UI_MOUSE_PRESS, 1, 40, 5);
        for (int column = 39; column >= 30; --column)
            table.window.mouse(UI_MOUSE_DRAG, 1, column, 5);
        table.window.mouse(UI_MOUSE_RELEASE, 1, 30, 5);
        await("width", [&] { return table.of("#{pane_width}", table.left) == "30"; });
        await("the border there",
              [&] { return table.window.screen().cell(30, 5).text == U"\u2502"; });
    }

    TEST_CASE("a double click copies a word")
    {
        Table table;
        table.right->show("\r\nfirst second third");
        await_text(table.window, "second");
        table.window.click(41 + 8, 1);
        table.window.click(41 + 8, 1);
        await("a word on the clipboard", [&] {
            return !table.window.clips().empty() && table.window.clips().back().text == "second";
        });
        await("copy mode's end", [&] { return table.of("#{pane_in_mode}", *table.right) == "0"; });
    }

    TEST_CASE("a drag copies what it covers")
    {
        Table table;
        table.right->show("\r\nfirst second third");
        await_text(table.window, "second");
        table.window.mouse(UI_MOUSE_PRESS, 1, 41, 1);
        for (int column = 42; column <= 41 + 11; ++column)
            table.window.mouse(UI_MOUSE_DRAG, 1, column, 1);
        table.window.mouse(UI_MOUSE_RELEASE, 1, 41 + 11, 1);
        await("a range on the clipboard", [&] {
            return !table.window.clips().empty() &&
                   table.window.clips().back().text.starts_with("first sec");
        });
    }

    TEST_CASE("a program that asked gets the events a terminal would send it")
    {
        // The same events by the window and, as reports, by an ordinary client.
        const std::string by_window = program_reads([](Table &table) {
            table.window.click(41 + 4, 7);
            table.window.mouse(UI_MOUSE_PRESS, 3, 79, 0, UI_MOD_CTRL);
            table.window.mouse(UI_MOUSE_DRAG, 3, 78, 1, UI_MOD_CTRL);
            table.window.mouse(UI_MOUSE_DRAG, 3, 77, 1, UI_MOD_CTRL | UI_MOD_SHIFT);
            table.window.mouse(UI_MOUSE_RELEASE, 3, 77, 1, UI_MOD_CTRL);
            table.window.mouse(UI_MOUSE_PRESS, 8, 50, 3, UI_MOD_ALT);
            table.window.mouse(UI_MOUSE_RELEASE, 8, 50, 3, UI_MOD_ALT);
            table.window.mouse(UI_MOUSE_PRESS, 5, 60, 3);
            table.window.mouse(UI_MOUSE_PRESS, 4, 41, 22);
        });
        const std::string by_terminal = program_reads([](Table &table) {
            Terminal terminal(table.server.words({"attach-session", "-t", "main"}), 80, 24);
            await("terminal", [&] { return terminal.contains("right side"); });
            for (const char *report :
                 {"0;46;8M", "0;46;8m", "18;80;1M", "50;79;2M", "54;78;2M", "18;78;2m", "136;51;4M",
                  "136;51;4m", "65;61;4M", "64;42;23M"})
                terminal.type("\033[<" + std::string(report));
            await("all events", [&] { return table.right->received("\033[<64;1;23M"); });
        });
        CHECK(by_window.starts_with("\033[<0;5;8M\033[<0;5;8m"));
        CHECK(by_window == by_terminal);
    }

    TEST_CASE("motion goes only to a program that asked for all of it")
    {
        Table table;
        CHECK((table.window.screen().modes & UI_MODE_MOUSE_MOTION) == 0);
        table.right->show("\033[?1003h\033[?1006h");
        await("the mode", [&] { return table.window.screen().modes & UI_MODE_MOUSE_MOTION; });
        table.right->clear();
        table.window.mouse(UI_MOUSE_MOTION, 0, 50, 3);
        await("motion", [&] { return table.right->received("\033[<35;10;4M"); });
    }

    TEST_CASE("the status line takes clicks")
    {
        Table table;
        table.server.ask({"new-window", "-d", "-t", "main:", "-n", "other"});
        int column = 0, row = 0;
        await("the status line",
              [&] { return table.window.screen().find("1:other", &column, &row); });
        table.window.click(column + 2, row);
        await("the other window", [&] { return table.server.format("#{window_index}") == "1"; });
    }

    TEST_CASE("a menu takes clicks")
    {
        Table table;
        int column = 0, row = 0;
        table.window.mouse(UI_MOUSE_PRESS, 3, 50, 10);
        await("a menu",
              [&] { return table.window.screen().find("Horizontal Split", &column, &row); });
        table.window.mouse(UI_MOUSE_DRAG, 3, column + 2, row);
        table.window.mouse(UI_MOUSE_RELEASE, 3, column + 2, row);
        await("a split", [&] { return table.server.format("#{window_panes}") == "3"; });
    }

    TEST_CASE("positions outside the screen harm nobody")
    {
        Table table;
        for (const int far : {80, 81, 500, 2047}) {
            for (const uint32_t event : {UI_MOUSE_PRESS, UI_MOUSE_DRAG, UI_MOUSE_RELEASE}) {
                table.window.mouse(event, 1, far, far);
                table.window.mouse(event, 1, far, 2);
                table.window.mouse(event, 1, 2, far);
            }
        }
        table.window.command("copy-mode -q");
        table.window.keys("still here");
        await("keys", [&] { return table.server.active_pane().received("still here"); });
        CHECK(table.server.alive());
    }
}
