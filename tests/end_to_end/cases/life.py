"""How windows begin and end, and what outlives them."""

import os
import pathlib

import picture
from plain_client import PlainClient
from waiting import await_equal, await_true, await_within, check, check_equal
from window import run_vitrine


def expect_end(window, status, message):
    """The window ends with this exit code, and its last words are these."""
    check_equal("exit code", (status, message), (window.await_end(), window.stdout()))
    check_equal("complaints", "", window.stderr())


def case_closing_the_window_detaches(stage):
    server, window = stage.scene()
    window.type("echo still here\n")
    window.ask_to_close()
    expect_end(window, 0, "[detached (from session main)]\n")
    check_equal("clients", [], server.clients())
    await_within("the session", "\nstill here", server.content)


def case_a_window_that_is_destroyed_detaches(stage):
    server, window = stage.scene()
    stage.display.x.destroy(window.id)
    server.ask("send-keys", "-t", "main:", "echo still here", "Enter")
    check_equal("exit code", 0, window.await_end())
    check_equal("last words", "[detached (from session main)]\n", window.stdout())
    check("few complaints: " + window.stderr(), window.stderr().count("\n") <= 2)
    check_equal("clients", [], server.clients())
    await_within("the session", "\nstill here", server.content)


def case_detaching_by_key(stage):
    server, window = stage.scene()
    window.key("ctrl+b", "d")
    expect_end(window, 0, "[detached (from session main)]\n")
    check("the server is gone", server.alive())


def case_the_shell_exits(stage):
    server, window = stage.scene()
    window.type("exit\n")
    expect_end(window, 0, "[exited]\n")
    await_true("the server ended too", lambda: not server.alive())


def case_the_server_is_asked_to_end(stage):
    server, window = stage.scene()
    server.ask("kill-server")
    expect_end(window, 1, "[server exited]\n")


def case_the_server_is_killed(stage):
    server, window = stage.scene()
    os.kill(int(server.format("#{pid}")), 9)
    expect_end(window, 1, "[server exited unexpectedly]\n")


def case_killing_the_window_while_output_floods(stage):
    server, window, reader = stage.reader(words=("flood",))
    window.type("before")
    reader.expect("keys", b"before")
    window.kill()
    await_equal("clients", [], server.clients)
    content = server.content()
    await_true("the flood goes on", lambda: server.content() != content)
    again = stage.window(server)
    again.type("after")
    reader.expect("keys", b"after")


def case_resizing_while_output_floods(stage):
    server, window, reader = stage.reader(words=("flood",))
    width, height = window.cell()
    for columns in (100, 60, 90, 50, 110, 40, 70):
        stage.display.xdotool("windowsize", window.id, columns * width, columns // 4 * height)
        await_equal("the session's width", str(columns), lambda: server.format("#{pane_width}"))
    window.type("still here")
    reader.expect("keys", b"still here")
    check(window.stderr(), window.process.poll() is None)


def case_killing_the_client_ends_the_window(stage):
    server, window = stage.scene()
    os.kill(int(window.client("#{client_pid}")), 9)
    check("it ended well", window.await_end() != 0)
    check("the server is gone", server.alive())


def case_windows_and_a_terminal_on_one_session(stage):
    server, window = stage.scene()
    other = stage.window(server)
    other.move(0, 500)
    other.resize(80, 24)
    terminal = PlainClient(stage, server, columns=80, rows=24)
    await_equal("clients", 3, lambda: len(server.clients()))
    other.focus()
    other.type("echo from-$((40 + 2))\n")
    stage.expect_picture("beside", other)
    window.focus()
    stage.expect_picture("beside", window)
    await_true("the terminal shows it", lambda: terminal.shows("from-42"))
    terminal.type("echo back-$((1 + 1))\r")
    await_within("the session", "\nback-2", server.content)
    other.kill()
    window.type("exit\n")
    expect_end(window, 0, "[exited]\n")
    check_equal("the terminal's exit code", 0, terminal.await_end())


def case_a_window_of_one_pane(stage):
    server = stage.server()
    server.start()
    server.ask("split-window", "-h", "-t", "main:", server.page("right", b"the right pane"))
    pane = server.format("#{pane_id}", "main:.0")
    window = stage.window(server, ("attach", "-t", pane, "--pane"))
    window.type("echo only this\n")
    await_within("the pane", "\nonly this", lambda: server.content("main:.0"))
    stage.expect_picture("one-pane", window)
    server.ask("kill-pane", "-t", pane)
    check_equal("exit code", 0, window.await_end())
    check("the session is gone", server.alive())


def case_a_screenshot_without_a_display(stage):
    server, window = stage.scene()
    window.type("printf '\\033[31mred\\033[4:3m curly\\033[0m \\303\\251\\n'\n")
    stage.expect_picture("screenshot", window)
    file = stage.work / "shot.png"
    status, _, errors = run_vitrine(stage, server, "--screenshot", str(file), "attach",
                                    DISPLAY=None)
    check_equal("exit code and complaints", (0, ""), (status, errors))
    shot = picture.read_png(file)
    check_equal("its size", window.capture().size, shot.size)
    stage.expect_picture("screenshot", lambda: shot)
    check_equal("clients", 1, len(server.clients()))


def case_a_screenshot_of_one_pane(stage):
    server = stage.server()
    server.start()
    server.ask("split-window", "-h", "-l", "30", "-t", "main:", server.page("r", b"right"))
    file = stage.work / "shot.png"
    status, _, errors = run_vitrine(stage, server, "--screenshot", str(file), "attach", "-t",
                                    server.format("#{pane_id}"), "--pane", DISPLAY=None)
    check_equal("exit code and complaints", (0, ""), (status, errors))
    stage.expect_picture("screenshot-pane", lambda: picture.read_png(file))


def case_the_hidden_window_costs_the_session_nothing(stage):
    server, window = stage.scene()
    window.display.xdotool("windowunmap", window.id)
    done = pathlib.Path(stage.work / "done")
    server.ask("send-keys", "-t", "main:", f"seq 1 20000; touch {done}", "Enter")
    await_true("the program ran to its end", done.exists)
    window.display.xdotool("windowmap", window.id)
    window.focus()
    window.type("clear; echo seen again\n")
    stage.expect_picture("seen-again", window)


def case_a_log_of_some_modules(stage):
    server = stage.server().start("cat", 40, 6)
    status, _, errors = run_vitrine(stage, server, "--screenshot", str(stage.work / "logged.png"),
                                    "attach", VITRINE_LOG="info,connection,process")
    check_equal("exit code", 0, status)
    lines = [line.split(" ", 2)[2] for line in errors.splitlines() if line.startswith("vitrine: ")]
    check(f"wrote {errors!r}", "info connection: greeted" in lines)
    check(f"wrote {errors!r}", any(" runs as " in line for line in lines))
    check(f"wrote {errors!r}", not any(" session:" in line or "debug " in line for line in lines))
