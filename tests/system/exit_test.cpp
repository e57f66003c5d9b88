// How attachments end, and what a window is told: the words and the exit status of tmux, which
// an ordinary client is asked for, and the reason in the stream.
#include <doctest/doctest.h>

#include <sys/mman.h>
#include <unistd.h>

#include "server.h"
#include "window.h"

using namespace vitrine::test;

namespace {

struct Ending {
    int status = -1;
    std::string words;
};

// The line an ordinary client leaves behind, without what restores the terminal.
Ending of(Terminal &terminal)
{
    Ending ending;
    ending.status = terminal.status();
    const std::string &output = terminal.output();
    const size_t bracket = output.rfind('[');
    const size_t end = output.find(']', bracket);
    if (bracket != output.npos && end != output.npos)
        ending.words = output.substr(bracket, end + 1 - bracket);
    return ending;
}

Ending of(Window &window)
{
    await("the window's end", [&] { return window.ended(); });
    const int status = window.exit_status();
    return {status, window.exit_message()};
}

// Lets a window and an ordinary client end the same way.
void expect_same_end(const std::string &what, void (*end_window)(Server &, Window &),
                     void (*end_terminal)(Server &, Terminal &))
{
    Ending window_ending, terminal_ending;
    {
        Server server;
        Window window(server);
        await("a frame", [&] { return window.frames() > 0; });
        end_window(server, window);
        window_ending = of(window);
        CHECK(window.error() == UI_OK);
    }
    {
        Server server;
        Terminal terminal(server.words({"attach-session", "-t", "main"}), 80, 24);
        await("client attaches", [&] { return terminal.contains("one*"); });
        end_terminal(server, terminal);
        terminal_ending = of(terminal);
    }
    CHECK_MESSAGE(window_ending.words == terminal_ending.words, what);
    CHECK_MESSAGE(window_ending.status == terminal_ending.status, what);
    CHECK_MESSAGE(!terminal_ending.words.empty(), what);
}

// What is written to the test's stderr while this lives, which tmux inherits.
class StandardError {
public:
    StandardError() : kept_(dup(2)), file_(memfd_create("stderr", MFD_CLOEXEC))
    {
        dup2(file_.get(), 2);
    }
    ~StandardError() { dup2(kept_.get(), 2); }
    std::string text() const
    {
        std::string text(65536, '\0');
        const ssize_t n = pread(file_.get(), text.data(), text.size(), 0);
        text.resize(n > 0 ? static_cast<size_t>(n) : 0);
        return text;
    }

private:
    Descriptor kept_;
    Descriptor file_;
};

// tmux refuses what a window asked for, in the words it has on a terminal.
void expect_refusal(const Server &server, const Words &arguments, const std::string &words)
{
    const StandardError standard_error;
    WindowOptions options;
    options.arguments = arguments;
    Window window(server, options);
    CHECK(of(window).status == 1);
    CHECK(window.frames() == 0);
    CHECK(standard_error.text() == words + "\n");
}

} // namespace

TEST_SUITE("exits")
{
    TEST_CASE("detached by the prefix")
    {
        expect_same_end(
            "C-b d", [](Server &, Window &window) { window.prefix('d'); },
            [](Server &, Terminal &terminal) {
                terminal.type("\002");
                terminal.type("d");
            });
    }

    TEST_CASE("detached by the window itself")
    {
        expect_same_end(
            "detach", [](Server &, Window &window) { window.detach(); },
            [](Server &server, Terminal &) {
                server.ask({"detach-client", "-s", "main"});
            });
    }

    TEST_CASE("detached by another")
    {
        // The stream says so too, for a window that does not wait for tmux's client.
        {
            Server server;
            Window window(server);
            await("a frame", [&] { return window.frames() > 0; });
            server.ask({"detach-client", "-s", "main"});
            await("the window's end", [&] { return window.ended(); });
            CHECK(window.said_exit());
        }
        const auto by_other = [](Server &server, auto &) {
            server.ask({"detach-client", "-s", "main"});
        };
        expect_same_end("detach-client", by_other, by_other);
        const auto by_attach = [](Server &server, auto &) {
            Terminal other(server.words({"attach-session", "-d", "-t", "main"}), 80, 24);
            await("the other client", [&] { return other.contains("one*"); });
            other.type("\002");
            other.type("d");
            await("its end", [&] { return other.ended(); });
        };
        expect_same_end("attach -d", by_attach, by_attach);
    }

    TEST_CASE("the session ends")
    {
        const auto end_program = [](Server &server, auto &) { server.active_pane().end(); };
        expect_same_end("the last program ended", end_program, end_program);
        const auto kill = [](Server &server, auto &) {
            server.ask({"new-session", "-d", "-s", "another"});
            server.ask({"kill-session", "-t", "main"});
        };
        expect_same_end("kill-session", kill, kill);
    }

    TEST_CASE("the server ends")
    {
        const auto kill = [](Server &server, auto &) { server.kill(); };
        expect_same_end("kill-server", kill, kill);
    }

    TEST_CASE("what cannot be attached to is named")
    {
        Server server;
        expect_refusal(server, {"attach-session", "-t", "nowhere"}, "can't find session: nowhere");
        expect_refusal(server, {"attach-session", "-t", "main:7"}, "can't find window: 7");
        expect_refusal(server, {"new-session", "-s", "main"}, "duplicate session: main");
        expect_refusal(server, {"no-such-command"}, "unknown command: no-such-command");
        CHECK(server.alive());
        ServerOptions none;
        none.session = false;
        Server empty(none);
        expect_refusal(empty, {"attach-session"}, "no sessions");
    }

    TEST_CASE("a pane that is not there is named")
    {
        Server server;
        WindowOptions options;
        options.flags = UI_HELLO_PANE;
        options.pane = 12345;
        Window window(server, options);
        await("the window's end", [&] { return window.ended(); });
        REQUIRE(window.closed_panes().size() == 1);
        CHECK(window.closed_panes()[0] == 12345);
        CHECK(server.alive());
    }

    TEST_CASE("a window makes a session, and a server for it")
    {
        ServerOptions none;
        none.session = false;
        Server server(none);
        WindowOptions options;
        options.arguments = {"new-session", "-s", "made", "-n", "one"};
        Window window(server, options);
        await_text(window, "0:one");
        server.adopt();
        CHECK(server.format("#{window_width}x#{window_height}", "made:") == "80x23");
        window.keys("typed");
        await("keys", [&] { return server.pane("%0").received("typed"); });
        server.pane("%0").end();
        const Ending ending = of(window);
        CHECK(ending.status == 0);
        CHECK(ending.words == "[exited]");
    }

    TEST_CASE("a tmux that is not there is an error at once")
    {
        const char *arguments[] = {"attach-session", nullptr};
        vitrine_options_t options = VITRINE_OPTIONS_INIT;
        options.tmux = "/nonexistent/tmux";
        options.arguments = arguments;
        vitrine_connection_t *connection = nullptr;
        CHECK(vitrine_connect(&options, &connection) == UI_ERROR_SYSTEM);
        CHECK(connection == nullptr);
    }

    TEST_CASE("closing the stream detaches")
    {
        Server server;
        {
            Window window(server);
            await("a frame", [&] { return window.frames() > 0; });
            CHECK(server.format("#{session_attached}") == "1");
        }
        await("detached", [&] { return server.format("#{session_attached}") == "0"; });
        CHECK(server.format("#{window_panes}") == "1");
    }

    TEST_CASE("everything is released in the process of the window")
    {
        const size_t before = ui_debug_allocation_count();
        {
            Server server;
            Window window(server);
            await("a frame", [&] { return window.frames() > 0; });
            CHECK(ui_debug_allocation_count() > before);
        }
        CHECK(ui_debug_allocation_count() == before);
    }

    TEST_CASE("suspending and locking do not stop a window")
    {
        Server server;
        Window window(server);
        await("a frame", [&] { return window.frames() > 0; });
        window.key('b', UI_MOD_CTRL);
        window.key('z', UI_MOD_CTRL);
        server.command({"suspend-client"});
        server.command({"lock-server"});
        server.active_pane().show("still drawn");
        await_text(window, "still drawn");
        window.keys("still typed");
        await("keys", [&] { return server.active_pane().received("still typed"); });
    }
}
