// Keys, text, paste and focus of a window, as programs and tmux's bindings get them.
#include <doctest/doctest.h>

#include "generator.h"
#include "server.h"
#include "window.h"

using namespace vitrine::test;

namespace {

struct Desk {
    Server server;
    Window window{server};
    Pane &pane = server.active_pane();

    explicit Desk(const std::string &configuration = "") : server({.configuration = configuration})
    {
        await("a frame", [&] { return window.frames() > 0; });
    }

    void open_prompt()
    {
        window.prefix(':');
        await("a prompt", [&] { return window.screen().text(23) == ":"; });
    }

    // What the program reads until a key that ends it: F12, which nothing else here sends.
    std::string read_until_end()
    {
        window.key(UI_KEY_F12);
        await("the last key", [&] { return pane.received("\033[24~"); });
        const std::string all = pane.received();
        pane.clear();
        return all.substr(0, all.find("\033[24~"));
    }
};

struct KeyCase {
    uint32_t key;
    uint32_t modifiers;
    const char *name; // tmux's
};

// Each key by the window and, by its name, by tmux: the program has to read the same.
void expect_same_keys(Desk &desk, const std::vector<KeyCase> &cases)
{
    for (const KeyCase &key : cases) {
        desk.window.key(key.key, key.modifiers);
        const std::string typed = desk.read_until_end();
        desk.server.ask({"send-keys", "-t", "main:", key.name});
        const std::string sent = desk.read_until_end();
        CHECK_MESSAGE(typed == sent, key.name, ": window ", escaped(typed), ", tmux ",
                      escaped(sent));
        CHECK_MESSAGE(!sent.empty(), key.name, " sends nothing");
    }
}

const std::vector<KeyCase> kKeys = {
    {'a', 0, "a"},
    {'A', UI_MOD_SHIFT, "A"},
    {0xe9, 0, "\u00e9"},
    {0x6f22, 0, "\u6f22"},
    {0x1f680, 0, "\U0001f680"},
    {'a', UI_MOD_CTRL, "C-a"},
    {'c', UI_MOD_CTRL, "C-c"},
    {'z', UI_MOD_CTRL, "C-z"},
    {' ', UI_MOD_CTRL, "C-Space"},
    {'x', UI_MOD_ALT, "M-x"},
    {'x', UI_MOD_ALT | UI_MOD_CTRL, "C-M-x"},
    {UI_KEY_ENTER, 0, "Enter"},
    {UI_KEY_TAB, 0, "Tab"},
    {UI_KEY_TAB, UI_MOD_SHIFT, "BTab"},
    {UI_KEY_BACKSPACE, 0, "BSpace"},
    {UI_KEY_ESCAPE, 0, "Escape"},
    {UI_KEY_ENTER, UI_MOD_ALT, "M-Enter"},
    {UI_KEY_UP, 0, "Up"},
    {UI_KEY_DOWN, UI_MOD_SHIFT, "S-Down"},
    {UI_KEY_LEFT, UI_MOD_CTRL, "C-Left"},
    {UI_KEY_RIGHT, UI_MOD_ALT, "M-Right"},
    {UI_KEY_HOME, 0, "Home"},
    {UI_KEY_END, UI_MOD_CTRL | UI_MOD_SHIFT, "C-S-End"},
    {UI_KEY_INSERT, 0, "IC"},
    {UI_KEY_DELETE, UI_MOD_CTRL, "C-DC"},
    {UI_KEY_PAGE_UP, 0, "PPage"},
    {UI_KEY_PAGE_DOWN, UI_MOD_CTRL, "C-NPage"},
    {UI_KEY_F1, 0, "F1"},
    {UI_KEY_F5, UI_MOD_SHIFT, "S-F5"},
    {UI_KEY_F11, UI_MOD_CTRL, "C-F11"},
    {'5', UI_MOD_KEYPAD, "KP5"},
    {'+', UI_MOD_KEYPAD, "KP+"},
    {UI_KEY_ENTER, UI_MOD_KEYPAD, "KPEnter"},
};

} // namespace

TEST_SUITE("input")
{
    TEST_CASE("a program reads each key as tmux itself would send it")
    {
        Desk desk("set -g status-keys emacs\n");
        expect_same_keys(desk, kKeys);
        SUBCASE("with application cursor keys and keypad")
        {
            desk.pane.show("\033[?1h\033=");
            expect_same_keys(desk, kKeys);
        }
    }

    TEST_CASE("a program that asked for extended keys gets them")
    {
        Desk desk("set -s extended-keys on\n");
        desk.pane.show("\033[>4;1m");
        expect_same_keys(desk, kKeys);
        expect_same_keys(desk, {{'i', UI_MOD_CTRL, "C-i"},
                                {'a', UI_MOD_CTRL | UI_MOD_SHIFT, "C-S-a"},
                                {'1', UI_MOD_CTRL, "C-1"},
                                {UI_KEY_ENTER, UI_MOD_CTRL, "C-Enter"},
                                {UI_KEY_TAB, UI_MOD_CTRL, "C-Tab"}});
    }

    TEST_CASE("control characters are what a terminal sends")
    {
        Desk desk;
        desk.window.key('a', UI_MOD_CTRL);
        desk.window.key('c', UI_MOD_CTRL);
        desk.window.key('i', UI_MOD_CTRL);
        desk.window.key('m', UI_MOD_CTRL);
        desk.window.key('[', UI_MOD_CTRL);
        CHECK(desk.read_until_end() == "\001\003\t\r\033");
    }

    TEST_CASE("the prefix and its bindings act")
    {
        Desk desk;
        desk.window.prefix('%');
        await("a split", [&] { return desk.server.format("#{window_panes}") == "2"; });
        desk.window.prefix('"');
        await("another", [&] { return desk.server.format("#{window_panes}") == "3"; });
        desk.window.prefix('c');
        await("a window", [&] { return desk.server.format("#{session_windows}") == "2"; });
        desk.window.prefix('p');
        await("the first window", [&] { return desk.server.format("#{window_index}") == "0"; });
        desk.window.prefix('[');
        await("copy mode", [&] { return desk.server.format("#{pane_in_mode}") == "1"; });
        desk.window.key('q');
        await("its end", [&] { return desk.server.format("#{pane_in_mode}") == "0"; });
        CHECK(desk.pane.received().empty());
    }

    TEST_CASE("a prompt takes keys and text")
    {
        Desk desk;
        desk.open_prompt();
        desk.window.keys("rename-window ");
        desk.window.text("n\u00e4me");
        desk.window.key(UI_KEY_ENTER);
        await("a new name", [&] { return desk.server.format("#{window_name}") == "n\u00e4me"; });
        await_text(desk.window, "n\u00e4me");
        CHECK(desk.pane.received().empty());
    }

    TEST_CASE("composed text reaches the program whole")
    {
        Desk desk;
        const std::string words = "gr\u00fc\u00df dich \u6f22\u5b57 \U0001f389 e\u0301";
        desk.window.text(words);
        CHECK(desk.read_until_end() == words);
        std::string all;
        for (int i = 0; i < 5000; ++i)
            all += "\u6f22" + std::to_string(i);
        desk.window.text(all);
        const bool whole = desk.read_until_end() == all;
        CHECK(whole);
    }

    TEST_CASE("a paste is text, and only bracketed for programs that ask")
    {
        Desk desk;
        desk.window.paste("one\ntwo\r\nthree\ttab");
        CHECK(desk.read_until_end() == "one\rtwo\rthree\ttab");
        desk.pane.show("\033[?2004h");
        desk.window.paste("one\ntwo");
        CHECK(desk.read_until_end() == "\033[200~one\rtwo\033[201~");
        desk.window.paste("evil\033[201~\003rm");
        CHECK(desk.read_until_end() == "\033[200~evil[201~rm\033[201~");
        desk.window.paste("");
        desk.read_until_end();
    }

    TEST_CASE("a long paste arrives whole")
    {
        Desk desk;
        std::string text;
        for (int i = 0; text.size() < 3000000; ++i)
            text += "line " + std::to_string(i) + "\r";
        desk.pane.show("\033[?2004h");
        desk.window.paste(text);
        // A paste of any length is taken at once; other input waits for it.
        await("the paste leaves", [&] { return !vitrine_wants_write(desk.window.connection()); });
        const bool whole = desk.read_until_end() == "\033[200~" + text + "\033[201~";
        CHECK(whole);
    }

    TEST_CASE("a paste into a prompt, a mode or synchronized panes goes where keys go")
    {
        Desk desk;
        desk.open_prompt();
        desk.window.paste("rename-window pasted");
        await_text(desk.window, ":rename-window pasted");
        desk.window.key(UI_KEY_ENTER);
        await("a new name", [&] { return desk.server.format("#{window_name}") == "pasted"; });
        desk.window.prefix('%');
        await("a split", [&] { return desk.server.format("#{window_panes}") == "2"; });
        Pane &other = desk.server.active_pane();
        desk.server.ask({"set", "-w", "-t", "main:", "synchronize-panes", "on"});
        desk.window.paste("both");
        await("both panes", [&] { return desk.pane.received("both") && other.received("both"); });
    }

    TEST_CASE("a program that asked learns of the focus")
    {
        Desk desk("set -s focus-events on\n");
        desk.pane.show("\033[?1004h");
        desk.pane.clear();
        desk.window.focus(false);
        await("focus lost", [&] { return desk.pane.received("\033[O"); });
        desk.pane.clear();
        desk.window.focus(true);
        await("focus gained", [&] { return desk.pane.received("\033[I"); });
    }

    TEST_CASE("a program that asks for the default colours is told the window's")
    {
        if (tmux_version() < 305)
            return; // 3.3a knows only of a pane's own
        Desk desk;
        desk.window.colours(0xdcdfe4, 0x282c34);
        desk.window.keys("x");
        await("what followed", [&] { return desk.pane.received("x"); });
        desk.pane.show("\033]10;?\033\\\033]11;?\033\\");
        await("both answers", [&] {
            return desk.pane.received("\033]10;rgb:dcdc/dfdf/e4e4\033\\") &&
                   desk.pane.received("\033]11;rgb:2828/2c2c/3434\033\\");
        });
        if (tmux_version() < 308)
            return;
        desk.pane.show("\033[?2031h\033[?996n");
        await("that it is dark", [&] { return desk.pane.received("\033[?997;1n"); });
        desk.window.colours(0x383a42, 0xfafafa);
        await("that it is light now", [&] { return desk.pane.received("\033[?997;2n"); });
    }

    TEST_CASE("a command line is run for the window")
    {
        Desk desk;
        desk.window.command("split-window -h ; rename-window 'by command'");
        await("both", [&] {
            return desk.server.format("#{window_panes} #{window_name}") == "2 by command";
        });
        desk.window.command("no-such-command");
        await_text(desk.window, "nknown command: no-such-command");
        desk.window.key(UI_KEY_ESCAPE);
        desk.window.command("display-message \"unfinished");
        desk.window.keys("x");
        await("later keys", [&] { return desk.server.active_pane().received("x"); });
    }
}
