// Who may be a window, and clients that do not keep to tmux's protocol.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "fault_stream.h"
#include "raw_client.h"
#include "server.h"
#include "window.h"

using namespace vitrine::test;

namespace {

bool is_root()
{
    if (geteuid() == 0)
        return true;
    MESSAGE("skipped: only root can become another user");
    return false;
}

// A server that other users may at least connect to, and how they do.
struct OpenServer {
    Server server;
    WindowOptions options; // of another user's window

    OpenServer()
    {
        namespace fs = std::filesystem;
        options.program = server.folder() / "as-nobody";
        std::ofstream(options.program) << "#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 "
                                          "--clear-groups '"
                                       << server.program() << "' \"$@\"\n";
        fs::permissions(options.program, fs::perms::all);
        fs::permissions(server.folder() / "", fs::perms::all);
        fs::permissions(server.socket(), fs::perms::all);
    }
};

// Turns of the server in which it has read what was sent to it.
void await_turns(const Server &server)
{
    for (int turn = 0; turn < 3; turn++)
        server.format("");
}

} // namespace

TEST_SUITE("clients")
{
    TEST_CASE("server-access decides for other users")
    {
        if (!is_root())
            return;
        OpenServer open;
        Server &server = open.server;
        {
            Window stranger(server, open.options);
            await("refusal", [&] { return stranger.ended(); });
            CHECK(stranger.frames() == 0);
        }
        server.ask({"server-access", "-a", "-r", "nobody"});
        Window guest(server, open.options);
        await("a frame", [&] { return guest.frames() > 0; });
        Pane &pane = server.active_pane();
        guest.keys("abc");
        guest.command("display-message -p ''"); // which a read-only client may
        await_turns(server);
        CHECK(pane.received().empty());
        server.ask({"server-access", "-w", "nobody"});
        guest.keys("now");
        await("keys", [&] { return pane.received("now"); });
        server.ask({"server-access", "-d", "nobody"});
        await("the guest is sent away", [&] { return guest.ended(); });
    }

    TEST_CASE("who asks for reports is sent away with its user")
    {
        if (!is_root())
            return;
        OpenServer open;
        open.server.ask({"server-access", "-a", "nobody"});
        open.options.arguments = {"has-session"};
        open.options.flags = UI_HELLO_REPORTS;
        Window asking(open.server, open.options);
        REQUIRE(vitrine_send_report_ask(asking.connection()) == UI_OK);
        await("a report", [&] { return !asking.reports().empty(); });
        open.server.ask({"server-access", "-d", "nobody"});
        await("its end", [&] { return asking.ended(); });
        CHECK(asking.exit_message().find("access not allowed") != std::string::npos);
    }

    TEST_CASE("who is not let in and stays has no command run")
    {
        if (!is_root())
            return;
        OpenServer open;
        for (const uint32_t flags : {0u, UI_HELLO_REPORTS}) {
            RawClient stranger(open.server, RawClient::kNobody);
            stranger.say_window(hello(80, 24, flags));
            await("refusal", [&] { return stranger.told(RawClient::kExit); });
            await_turns(open.server);
            stranger.command({"set-option", "-g", "@taken", "yes"});
            await_turns(open.server);
            CHECK(open.server.format("#{@taken}") == "");
        }
    }

    TEST_CASE("who is sent away and writes on harms nobody")
    {
        if (!is_root())
            return;
        OpenServer open;
        Window owner(open.server);
        open.server.ask({"server-access", "-a", "nobody"});
        RawClient guest(open.server, RawClient::kNobody);
        guest.say_window(hello());
        guest.command({"attach-session", "-t", "main"});
        await("attachment", [&] { return open.server.format("#{session_attached}") == "2"; });
        open.server.ask({"server-access", "-d", "nobody"});
        await("dismissal", [&] { return guest.told(RawClient::kExit); });
        guest.write_stream(std::string(64, 'x'));
        await_turns(open.server);
        CHECK(open.server.alive());
        open.server.active_pane().show("still there");
        await_text(owner, "still there");
    }

    TEST_CASE("who is sent away and asks on is told no more")
    {
        if (!is_root())
            return;
        OpenServer open;
        open.server.ask({"server-access", "-a", "nobody"});
        RawClient guest(open.server, RawClient::kNobody);
        guest.say_window(hello(80, 24, UI_HELLO_REPORTS));
        guest.command({"has-session"});
        await_turns(open.server);
        const auto answer = [&] {
            guest.read_stream();
            guest.write_stream(message(UI_MSG_REPORT_ASK));
            await_turns(open.server);
            return guest.read_stream();
        };
        CHECK(answer() != "");
        open.server.ask({"server-access", "-d", "nobody"});
        await("dismissal", [&] { return guest.told(RawClient::kExit); });
        CHECK(answer() == "");
    }

    TEST_CASE("a stranger whose stdin is no stream harms nobody")
    {
        if (!is_root())
            return;
        OpenServer open;
        for (int i = 0; i < 20; i++) {
            Words words = open.server.words({"-C", "ls"});
            words[0] = open.options.program;
            const Output output = run(words, {"VITRINE=1"});
            CHECK(output.out.find("access not allowed") != std::string::npos);
        }
        CHECK(open.server.alive());
    }

    TEST_CASE("a client that goes before it has said all of itself harms nobody")
    {
        Server server;
        Window window(server);
        {
            RawClient client(server, geteuid());
            client.say_control();
            await_turns(server);
        }
        await_turns(server);
        CHECK(server.alive());
        server.active_pane().show("still there");
        await_text(window, "still there");
    }
}
