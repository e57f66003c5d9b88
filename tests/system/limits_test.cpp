// Limits of the server's memory, as a user sets them in tmux.
#include <doctest/doctest.h>

#include "oracle.h"
#include "window.h"

using namespace vitrine::test;

namespace {

const std::string kAll = "@vitrine-memory-limit";
const std::string kTags = "@vitrine-memory-limits";

bool attaches(const Server &server)
{
    Window window(server);
    CHECK(wait_until([&] { return window.ended() || window.frames() > 0; }));
    return window.frames() > 0;
}

// Why a window is refused.
std::string refusal(const Server &server)
{
    Window window(server);
    await("the end of the window", [&] { return window.ended(); });
    return window.exit_text() + window.exit_message();
}

bool says(const std::string &text, const std::string &part) { return text.find(part) != text.npos; }

} // namespace

TEST_SUITE("memory")
{
    TEST_CASE("a limit that is set in tmux refuses windows, and is lifted")
    {
        Server server;
        Window before(server);
        await("a frame", [&] { return before.frames() > 0; });
        server.ask({"set", "-g", kTags, "pool=0.05,rows=1"});
        CHECK(says(refusal(server), "bytes for pool, the limit of pool is 52429"));
        server.ask({"set", "-gu", kTags});
        CHECK(attaches(server));
        server.ask({"set", "-s", kAll, "0.1"});
        CHECK(says(refusal(server), "the limit of all is 104858"));
        server.ask({"set", "-s", kAll, "64"});
        CHECK(attaches(server));
        server.active_pane().show("and the first goes on");
        await_text(before, "and the first goes on");
    }

    TEST_CASE("a window that grows past a limit is told so, and the rest goes on")
    {
        Server server;
        Window grows(server);
        Window beside(server);
        await("frames", [&] { return grows.frames() > 0 && beside.frames() > 0; });
        server.ask({"set", "-g", kTags, "pool=0.3"});
        grows.resize(200, 60);
        await("the end of the window", [&] { return grows.ended(); });
        CHECK(says(grows.exit_text() + grows.exit_message(), "the limit of pool"));
        server.active_pane().show("\033[2J\033[Hthe other");
        await_text(beside, "the other");
    }

    TEST_CASE("a limit that is wrong is said, and changes nothing")
    {
        Server server;
        server.ask({"set", "-g", kTags, "pool=0.05"});
        const auto said = [&](const std::string &name, const std::string &value) {
            const Output output = server.command({"set", "-g", name, value});
            CHECK(output.status == 1);
            CHECK_MESSAGE(output.err.starts_with(name + ": not "), output.err);
            CHECK_MESSAGE(output.err.ends_with(": " + value + "\n"), output.err);
        };
        for (const char *value : {"pool", "pool=", "pool=-1", "pool=1x", "pol=1", "pool=1,,rows=1"})
            said(kTags, value);
        for (const char *value : {"many", "0", "-1", "1e99", "nan"})
            said(kAll, value);
        CHECK(says(refusal(server), "the limit of pool is 52429"));
    }

    TEST_CASE("a wrong limit is said to who sets it, not to who waited for that")
    {
        Server server;
        Command waits(server.words({"wait-for", "-S", "begun", ";", "wait-for", "go"}));
        server.ask({"wait-for", "begun"});
        const Output sets =
            server.command({"wait-for", "-S", "go", ";", "set", "-g", kAll, "many"});
        CHECK(sets.status == 1);
        CHECK_MESSAGE(says(sets.err, "not a number of MiB"), sets.err);
        const Output waited = waits.finish();
        CHECK(waited.status == 0);
        CHECK(waited.err == "");
    }

    TEST_CASE("a wrong limit of a key's command is said to who pressed it")
    {
        Server server;
        WindowOptions wide;
        wide.columns = 160;
        Window window(server, wide);
        Window other(server, wide);
        await("frames", [&] { return window.frames() > 0 && other.frames() > 0; });
        server.ask({"set", "-g", "display-time", "0"});
        server.ask({"bind", "-n", "y", "set", "-g", kAll, "many"});
        window.key('y');
        await("the message", [&] {
            return window.screen().text(window.screen().rows() - 1) ==
                   kAll + ": not a number of MiB: many";
        });
        CHECK_FALSE(says(other.screen().text(other.screen().rows() - 1), "MiB"));
    }

    TEST_CASE("a wrong limit in the configuration is said with its line")
    {
        ServerOptions options;
        options.configuration = "set -g " + kAll + " many\n";
        Server server(options);
        WindowOptions wide;
        wide.columns = 160;
        Window window(server, wide);
        await("the message", [&] {
            return window.frames() > 0 &&
                   says(window.screen().text(0), ": " + kAll + ": not a number of MiB: many");
        });
    }

    TEST_CASE("what a limit refuses of a canvas is named")
    {
        Server server;
        server.ask({"set", "-g", kTags, "canvas=0.001"});
        CHECK(says(refusal(server), " bytes for canvas, the limit of canvas is 1049"));
        // Room for the canvas of this size, not for the spans of a frame.
        server.ask({"set", "-g", kTags, "canvas=0.002"});
        CHECK(says(refusal(server), " bytes for canvas, the limit of canvas is 2098"));
        server.ask({"set", "-g", kTags, "connection=0.001"});
        CHECK(says(refusal(server), " bytes for connection, the limit of connection is 1049"));
    }
}
