"""The command line: what opens a window, what goes to tmux as it is."""

import subprocess

from server import Server
from waiting import await_equal, await_true, check, check_equal
from window import run_vitrine


def case_without_arguments_a_session_is_made(stage):
    server = stage.server()
    check("there is a server", not server.alive())
    window = stage.window(server, arguments=())
    await_equal("sessions", "0", lambda: server.ask("list-sessions", "-F", "#{session_name}"))
    window.ask_to_close()
    check_equal("exit code", 0, window.await_end())


def case_without_arguments_the_most_recent_session_is_attached(stage):
    server = stage.server().start()
    server.ask("new-session", "-d", "-s", "second")
    recent = stage.window(server, ("attach", "-t", "main"))
    recent.type("true\n")
    recent.ask_to_close()
    recent.await_end()
    window = stage.window(server, arguments=())
    check_equal("the session", "main", window.client("#{client_session}"))


def case_panes_of_a_new_server_are_told_of_its_colours(stage):
    server = stage.server()
    window = stage.window(server, arguments=())
    window.type("echo =$COLORTERM=$TERM_PROGRAM=\n")
    await_true("it is printed", lambda: "\n=truecolor=tmux=\n" in server.content("") + "\n")


def case_new_makes_a_session_of_that_name(stage):
    server = stage.server()
    window = stage.window(server, ("new", "-s", "made", "-n", "here", "exec cat"))
    await_equal("the session and its window", "made here",
                lambda: window.client("#{client_session} #{window_name}"))


def case_attach_to_a_target(stage):
    server = stage.server().start()
    server.ask("new-session", "-d", "-s", "second")
    server.ask("new-window", "-d", "-n", "deep", "-t", "second:")
    window = stage.window(server, ("attach", "-t", "second:deep"))
    check_equal("where it is", "second deep", window.client("#{client_session} #{window_name}"))


def case_other_commands_go_to_tmux(stage):
    server = stage.server().start()
    expected = server.run("list-sessions")
    for arguments in (("ls",), ("--", "ls"), ("list-sessions",)):
        check_equal(f"vitrine {arguments}", (0, expected.stdout, ""),
                    run_vitrine(stage, server, *arguments))
    check_equal("a format", (0, "main\n", ""),
                run_vitrine(stage, server, "display-message", "-p", "#{session_name}"))
    check_equal("-d makes no window", (0, "", ""),
                run_vitrine(stage, server, "new", "-d", "-s", "quiet"))
    check_equal("the command's exit code", 1,
                run_vitrine(stage, server, "has-session", "-t", "none")[0])


def case_other_commands_need_no_display(stage):
    server = stage.server().start()
    check_equal("sessions", 0, run_vitrine(stage, server, "ls", DISPLAY=None)[0])


def case_a_socket_by_path(stage):
    server = stage.server()
    server.flags = ["-S", str(stage.work / "socket"), *server.flags[2:]]
    window = stage.window(server, arguments=())
    check("the socket is there", (stage.work / "socket").is_socket())
    check("nobody is attached", window.client())


def case_a_configuration_file(stage):
    server = stage.server("set -g @read yes\nset -g status off\n")
    window = stage.window(server, arguments=())
    window.resize(80, 24)
    check_equal("an option", "yes", server.ask("show", "-gqv", "@read"))
    stage.expect_picture("no-status", window)


def case_sockets_are_apart(stage):
    one, other = stage.server().start(), stage.server()
    other.flags = ["-L", "other", *one.flags[2:]]
    other.environment = one.environment
    window = stage.window(other, arguments=())
    check_equal("clients of the first", [], one.clients())
    check("the other has none", window.client())


def case_inside_a_pane_nothing_is_nested(stage):
    server = stage.server().start()
    socket, pid = server.format("#{socket_path} #{pid}").split()
    inside = Server(server.program, stage.work, dict(server.environment, TMUX=f"{socket},{pid},0"))
    inside.flags = ["-f", "/dev/null"]
    check_equal("ls finds the server of the pane", 0, run_vitrine(stage, inside, "ls")[0])


def case_version_and_help(stage):
    for option, begin in (("--version", "vitrine "), ("--help", "usage: vitrine")):
        done = subprocess.run([stage.vitrine, option], env={}, capture_output=True, text=True,
                              check=False, timeout=20)
        check_equal(f"{option}: exit code and complaints", (0, ""),
                    (done.returncode, done.stderr))
        check(f"{option}: {done.stdout}", done.stdout.startswith(begin))


def case_fonts_by_option(stage):
    server = stage.server().start()
    window = stage.window(server, flags=("--font-size", "20"))
    await_true("cells are larger", lambda: window.cell() > (14, 28))
    window.resize(40, 12)
    window.type("echo large\n")
    stage.expect_picture("large", window)
