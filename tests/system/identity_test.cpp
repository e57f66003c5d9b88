// An ordinary client of the hooked tmux is sent what stock tmux sends, to the byte: alone, and
// with a window attached to the same session, where stock tmux has another client.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "generator.h"
#include "server.h"
#include "window.h"

using namespace vitrine::test;

namespace {

enum class Company { none, window, terminal };

bool is_time(const std::string &text)
{
    static const std::string pattern = "00:00:00";
    return text.size() == pattern.size() &&
           std::equal(text.begin(), text.end(), pattern.begin(), [](unsigned char c, char like) {
               return like == '0' ? std::isdigit(c) != 0 : c == ':';
           });
}

// What 3.8 shows in copy mode is set without the time of day.
constexpr char kConfiguration[] =
    "set -g mouse on\n"
    "set -gq copy-mode-position-format '[#{scroll_position}/#{history_size}]'\n";

// What 3.5 shows in copy mode is when, not what.
std::string without_time(std::string text)
{
    for (size_t at = 0; at < text.size(); ++at) {
        if (is_time(text.substr(at, 8)))
            text.replace(at, 8, "time");
    }
    return text;
}

// A client on a terminal, which acts step by step: the next one begins when the server has done
// all of the last.
class Actor {
public:
    Actor(const std::string &program, Company company)
        : server_({.program = program, .configuration = kConfiguration})
    {
        if (company == Company::window) {
            // It takes the size that the terminal gives the session.
            WindowOptions options;
            options.flags = UI_HELLO_IGNORE_SIZE;
            window_ = std::make_unique<Window>(server_, options);
            await("a frame", [&] { return window_->frames() > 0; });
        }
        if (company == Company::terminal)
            other_ = attach({"-f", "ignore-size"});
        terminal_ = attach({});
        // Whether what follows an answer is drawn at once depends on how fast the terminal reads.
        terminal_->clear();
    }

    void type(const std::string &bytes)
    {
        terminal_->type(bytes);
        settle();
    }

    void print(const std::string &bytes)
    {
        server_.active_pane().show(bytes);
        settle();
    }

    // A key after the prefix. Keys that come with it would not see what it does.
    void prefix(const std::string &key)
    {
        type("\002");
        type(key);
    }

    void tmux(const Words &words)
    {
        server_.ask(words);
        settle();
    }

    void resize(int columns, int rows)
    {
        terminal_->resize(columns, rows);
        await("terminal's size", [&] { return server_knows(columns, rows); });
        settle();
    }

    // Lets a new pane's program start, which is when tmux may name it.
    void wait_for_panes()
    {
        server_.active_pane();
        settle();
    }

    // Detaches and returns all that the terminal was sent since it was set up.
    std::string finish()
    {
        type("\002");
        terminal_->type("d");
        CHECK(terminal_->status() == 0);
        return without_time(terminal_->output());
    }

private:
    std::unique_ptr<Terminal> attach(const Words &flags)
    {
        Words words = {"attach-session", "-t", "main"};
        words.insert(words.end(), flags.begin(), flags.end());
        auto terminal = std::make_unique<Terminal>(server_.words(words), 80, 24);
        await("client attaches", [&] { return terminal->contains("one*"); });
        settle(*terminal);
        // What tmux asks a terminal for on attaching; without an answer it would wait and then
        // draw again, at some time.
        for (const char *answer : {"\033[?62;22c", "\033[>41;370;0c", "\033P>|XTerm(370)\033\\"}) {
            terminal->type(answer);
            settle(*terminal);
        }
        // The last of them leads to another redraw, which may be late: it is read when it is.
        await("answers", [&] { return all_answered(); });
        settle(*terminal);
        return terminal;
    }

    void settle() { settle(*terminal_); }

    void settle(const Terminal &terminal)
    {
        // Two turns of the server's loop at least, and all of its output read.
        server_.format("");
        server_.format("");
        const auto size = [&] { return terminal.output().size(); };
        size_t before = size();
        wait_until([&] {
            const bool quiet = size() == before;
            before = size();
            return quiet;
        });
    }

    // Every client on a terminal has told of its kind.
    bool all_answered()
    {
        const std::string list =
            server_.ask({"list-clients", "-F", "#{client_termname} #{client_termtype}"});
        const std::string answered = "xterm-256color XTerm(370)";
        for (size_t at = 0; (at = list.find("xterm-256color", at)) != list.npos; ++at) {
            if (list.compare(at, answered.size(), answered) != 0)
                return false;
        }
        return true;
    }

    bool server_knows(int columns, int rows)
    {
        const std::string size = std::to_string(columns) + "x" + std::to_string(rows);
        const std::string list = server_.ask(
            {"list-clients", "-F", "#{client_termname} #{client_width}x#{client_height}"});
        return list.find("xterm-256color " + size) != list.npos;
    }

    Server server_;
    std::unique_ptr<Window> window_;
    std::unique_ptr<Terminal> other_;
    std::unique_ptr<Terminal> terminal_;
};

void print_programs(Actor &actor)
{
    Random random(2024);
    for (int i = 0; i < 40; ++i)
        actor.print(Generator(random, 80, 23).program(6));
    actor.print("\033[m\033[r\033[2J\033[H\033]2;a title\033\\\a\033[3 q\033]12;red\033\\");
    actor.print("\033]52;c;aGVsbG8=\a\033]8;;http://example.org\033\\link\033]8;;\033\\");
    actor.print("\033[?1000h\033[?1006h\033[?2004h\033[?1004h\033[?1h\033=");
    actor.print("\033[?1000l\033[?1006l\033[?2004l\033[?1004l\033[?1l\033>\033[0 q");
}

void use_layouts(Actor &actor)
{
    for (const char *key : {"%", "\"", "z", "z", " ", "{", "o", "x"}) {
        actor.prefix(key);
        actor.wait_for_panes();
    }
    actor.type("y"); // to the question of C-b x
    actor.print("beside");
    actor.resize(90, 30);
    actor.resize(60, 20);
    actor.resize(80, 24);
    actor.prefix("c");
    actor.wait_for_panes();
    actor.print("another window\r\n");
    actor.prefix("n");
    actor.prefix(",");
    actor.type("name\r");
    actor.tmux({"set", "-g", "status-position", "top"});
    actor.tmux({"set", "-g", "pane-border-status", "top"});
    actor.tmux({"set", "-g", "status", "2"});
    actor.tmux({"set", "-g", "window-style", "bg=colour236"});
    actor.tmux({"set", "-g", "pane-active-border-style", "fg=#ff8800"});
    actor.print("in other colours\r\n");
}

void use_modes(Actor &actor)
{
    actor.prefix("[");
    for (const char *key : {"\033[A", "\033[A", " ", "\033[C", "\033[5~", "g", "q"})
        actor.type(key);
    actor.prefix("s");
    actor.type("\033[B");
    actor.type("q");
    actor.prefix(":");
    actor.type("display-message 'a message'\r");
    actor.type("x");
    actor.prefix("q");
    actor.type("0");
    actor.prefix(":");
    actor.type("display-menu -x 5 -y 10 first f '' second s ''\r");
    actor.type("\033[B");
    actor.print("behind a menu");
    actor.type("q");
    actor.prefix("?");
    actor.type("q");
}

void use_mouse(Actor &actor)
{
    // tmux waits for a third click before it calls two a double one; a press in that time, or at
    // its end, would be another thing.
    actor.tmux({"bind", "-n", "DoubleClick1Pane", "wait-for", "-S", "clicked"});
    actor.type("\033[<0;10;10M\033[<0;10;10m\033[<0;10;10M\033[<0;10;10m");
    actor.tmux({"wait-for", "clicked"});
    actor.type("\033[<64;10;10M");
    actor.type("\033[<65;10;10M");
    actor.type("\033[<0;5;5M");
    actor.type("\033[<32;15;6M");
    actor.type("\033[<0;15;6m");
    actor.type("\033[I");
    actor.type("\033[O");
    actor.type("\033[200~pasted\033[201~");
}

std::string act(const std::string &program, Company company)
{
    Actor actor(program, company);
    print_programs(actor);
    use_layouts(actor);
    print_programs(actor);
    use_modes(actor);
    use_mouse(actor);
    return actor.finish();
}

void expect_same(const std::string &what, const std::string &stock, const std::string &hooked)
{
    const auto differ = std::mismatch(stock.begin(), stock.end(), hooked.begin(), hooked.end());
    const auto at = static_cast<size_t>(differ.first - stock.begin());
    const size_t from = at < 80 ? 0 : at - 80;
    const bool same = stock == hooked;
    CHECK_MESSAGE(same, what, ": streams differ at byte ", at, " of ", stock.size(), " and ",
                  hooked.size(), "\n  stock  ", escaped(stock.substr(from, 200)), "\n  hooked ",
                  escaped(hooked.substr(from, 200)));
}

} // namespace

TEST_SUITE("identity")
{
    TEST_CASE("an ordinary client gets the same bytes as from stock tmux")
    {
        const std::string stock = act(stock_tmux(), Company::none);
        CHECK(stock.size() > 10000);
        expect_same("stock again", stock, act(stock_tmux(), Company::none));
        expect_same("hooked", stock, act(hooked_tmux(), Company::none));
        // tmux draws some things for one of its clients only, so this one needs company too.
        expect_same("beside a window", act(stock_tmux(), Company::terminal),
                    act(hooked_tmux(), Company::window));
    }
}
