// The first things: a window attaches, shows what tmux says, takes a key, ends.
#include <doctest/doctest.h>

#include "oracle.h"
#include "server.h"
#include "window.h"

using namespace vitrine::test;

namespace {

void expect_equal(const Server &server, const Window &window)
{
    std::string difference;
    wait_until([&] { return (difference = compare_panes(server, window.screen())).empty(); });
    CHECK_MESSAGE(difference.empty(), difference);
}

} // namespace

TEST_SUITE("basic")
{
    TEST_CASE("a window shows what is in the session")
    {
        Server server;
        server.active_pane().show("hello\r\n\033[1;31mred\033[0m \033[4:3;58;5;20mcurl\033[0m "
                                  "\xe6\xbc\xa2\xe5\xad\x97 e\xcc\x81");
        Window window(server);
        await_text(window, "hello");
        CHECK(window.connected());
        expect_equal(server, window);
    }

    TEST_CASE("what is printed later arrives")
    {
        Server server;
        Window window(server);
        await("a frame", [&] { return window.frames() > 0; });
        server.active_pane().show("\033[10;20Hlater\033[?25l");
        await_text(window, "later");
        expect_equal(server, window);
    }

    TEST_CASE("a split is shown")
    {
        Server server;
        Window window(server);
        await("a frame", [&] { return window.frames() > 0; });
        server.ask({"split-window", "-h", "-t", "main:"});
        server.active_pane().show("right");
        await_text(window, "right");
        expect_equal(server, window);
        OrdinaryClient beside(server, 80, 24);
        std::string difference;
        wait_until([&] { return (difference = beside.compare(window.screen())).empty(); });
        CHECK_MESSAGE(difference.empty(), difference);
    }

    TEST_CASE("a recording shows the same")
    {
        Server server;
        server.active_pane().show("recorded");
        WindowOptions options;
        options.recorded = true;
        Window window(server, options);
        await_text(window, "recorded");
        expect_equal(server, window);
    }

    TEST_CASE("keys reach the program")
    {
        Server server;
        Window window(server);
        await("a frame", [&] { return window.frames() > 0; });
        window.keys("ls");
        window.key(UI_KEY_ENTER);
        await("keys", [&] { return server.active_pane().received("ls\r"); });
    }
}
