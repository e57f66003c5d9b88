"""vitrine top: what a window does, live, on a terminal of its own."""

import json
import re
import shlex
import signal

from cases.windows import Beside
from waiting import await_equal, await_true, await_within, check, check_equal
from window import run_vitrine


class Top:
    """vitrine top in the pane of another tmux, about the windows of `server`."""

    def __init__(self, stage, server, columns=80, rows=24):
        # libtickit 0.4.3 reads some of its memory before it has written to it: it is to be odd.
        words = ["env", "-u", "TMUX", "MALLOC_PERTURB_=85", f"TMUX_TMPDIR={server.work}",
                 stage.vitrine, *server.flags, "top"]
        self.terminal = stage.server(program=stage.house.stock)
        # The shell is to live on where Ctrl-C is for all that runs in the terminal.
        self.terminal.start(f"trap : INT; {shlex.join(words)}; echo it ended with $?; "
                            "exec cat >/dev/null", columns, rows)
        self.terminal.ask("set", "-g", "status", "off")
        self.resize(columns, rows)

    def resize(self, columns, rows):
        """Gives the terminal that size."""
        self.terminal.ask("resize-window", "-t", "main:", "-x", str(columns), "-y", str(rows))

    def key(self, key):
        """Presses a key, by tmux's name."""
        self.terminal.ask("send-keys", "-t", "main:", key)

    def text(self):
        """What it shows."""
        return self.terminal.content()

    def await_shown(self):
        """Until it shows numbers, in whatever size."""
        await_true("vitrine top shows something",
                   lambda: self.text().startswith(" vitrine top ") and "frames taken" in self.text())

    def counter(self, label):
        """(total, how many a second) of what is counted."""
        found = re.search(rf"{label} +(\d+) +([\d.]+)", self.text())
        return (int(found[1]), float(found[2])) if found else None

    def times(self, stage):
        """How often a stage was timed."""
        found = re.search(rf"{stage} .* 99 % +\S+(?: \w+)? +(\d+)", self.text())
        return int(found[1]) if found else None

    def await_rest(self):
        """Until a refresh found that no frame had come since the one before; how many there were
        and the pictures of them."""
        await_true("nothing happens", lambda: (self.counter("frames taken") or (0, 1))[1] == 0)
        return self.counter("frames taken")[0]

    def expect_end(self, status, message):
        """It ends with this exit code, says this and leaves the terminal as it was."""
        expected = "\n".join([message] * bool(message) + [f"it ended with {status}"])
        await_equal("how vitrine top ended", expected, self.text)


def idle_scene(stage, **options):
    """A window in which nothing happens: without the focus its cursor does not blink."""
    server, window = stage.scene(**options)
    window.unfocus()
    return server, window


def activity(stage, server):
    """The document of `vitrine top --json`."""
    code, text, complaints = run_vitrine(stage, server, "top", "--json", DISPLAY=None)
    check_equal("exit code and complaints", (0, ""), (code, complaints))
    return json.loads(text)


def case_typing_moves_the_numbers_and_rest_does_not(stage):
    server, window = idle_scene(stage)
    top = Top(stage, server)
    top.await_shown()
    frames = top.await_rest()
    before = {label: top.counter(label)[0]
              for label in ("frames sent", "spans", "rows sent", "cells drawn", "pictures")}
    window.focus()
    window.type("echo hello\n")
    await_within("the echo", "\nhello", server.content)
    window.unfocus()
    await_true("frames are counted", lambda: top.counter("frames taken")[0] >= frames + 2)
    shown = top.await_rest()
    for label, count in before.items():
        check(f"{label}: {count}, then {top.counter(label)}", top.counter(label)[0] > count)
    check_equal("frames sent and taken", shown, top.counter("frames sent")[0])
    await_true("keys are timed", lambda: top.times("key to picture") > 0)
    check("frames are timed", top.times("frame to picture") >= top.times("key to picture"))
    check_equal("frames at rest", shown, top.await_rest())


def case_a_window_that_is_watched_draws_nothing_for_that(stage):
    server, window = idle_scene(stage)
    await_true("the window is at rest", lambda: activity(stage, server)["windows"][0]["drawing"] ==
               activity(stage, server)["windows"][0]["drawing"])
    (before,) = activity(stage, server)["windows"]
    top = Top(stage, server)
    top.await_shown()
    top.await_rest()
    (after,) = activity(stage, server)["windows"]
    check_equal("the window", window.process.pid, after["process"])
    for name, counter in before["drawing"].items():
        check_equal(name, counter["total"], after["drawing"][name]["total"])
    check_equal("its stages", before["stages"], after["stages"])


def case_screens_of_all_sizes(stage):
    server, _ = idle_scene(stage)
    top = Top(stage, server)
    for columns, rows, words in ((80, 24, ("held back", "key to frame", "q quits", "atlas")),
                                 (160, 45, ("rows sent", "connection", "q quits", ">268 ms")),
                                 (40, 10, ("frames sent", "key to picture", "all ")),
                                 (5, 2, ()), (80, 24, ("q quits",))):
        top.resize(columns, rows)
        if columns > 5:
            top.await_shown()
        for word in words:
            await_within(f"{columns}x{rows}", word, top.text)
        await_true(f"{columns}x{rows} has its title",
                   lambda: top.text().startswith(" vitrine"[:columns]))


def case_keys_end_it(stage):
    server, _ = idle_scene(stage)
    for key in ("q", "Escape", "C-c"):
        top = Top(stage, server)
        top.await_shown()
        top.key(key)
        top.expect_end(0, "")


def case_its_window_is_closed(stage):
    server, window = idle_scene(stage)
    top = Top(stage, server)
    top.await_shown()
    window.ask_to_close()
    window.await_end()
    top.expect_end(1, "vitrine: top: the window has gone")


def case_the_server_ends(stage):
    server, _ = idle_scene(stage)
    top = Top(stage, server)
    top.await_shown()
    server.stop()
    top.expect_end(1, "vitrine: top: the server has gone")


def case_a_window_that_is_stopped_does_not_answer(stage):
    server, window = idle_scene(stage)
    top = Top(stage, server)
    top.await_shown()
    window.process.send_signal(signal.SIGSTOP)
    try:
        await_within("a notice", "the window does not answer", top.text)
        check_equal("as JSON", (1, "", "vitrine: top: the window does not answer\n"),
                    run_vitrine(stage, server, "top", "--json"))
    finally:
        window.process.send_signal(signal.SIGCONT)
    await_true("the notice goes", lambda: "answer" not in top.text())


def case_one_of_several_windows_is_watched(stage):
    server, window = idle_scene(stage)
    Beside(window)
    window.unfocus()
    clients = sorted(int(pid) for pid in server.clients("#{client_pid}"))
    top = Top(stage, server)
    for place, client in enumerate((*clients, clients[0])):
        await_within("the window", f"client {client}   {place % 2 + 1} of 2", top.text)
        top.key("Tab")
    check_equal("as JSON", clients,
                [shown["client"] for shown in activity(stage, server)["windows"]])


def case_there_is_nothing_to_watch(stage):
    server = stage.server()
    code, text, complaints = run_vitrine(stage, server, "top", "--json")
    check_equal("exit code and output without a server", (1, ""), (code, text))
    check(f"it is said: {complaints}", "tmux" in complaints or "connect" in complaints)
    server.start()
    said = "vitrine: top: no window is attached to this server\n"
    check_equal("without a window", (1, "", said), run_vitrine(stage, server, "top", "--json"))
    Top(stage, server).expect_end(1, said.rstrip())


def case_there_is_no_terminal(stage):
    server, _ = idle_scene(stage)
    code, text, complaints = run_vitrine(stage, server, "top")
    check_equal("exit code and output", (1, ""), (code, text))
    check(f"it is said: {complaints}",
          "terminal" in complaints and complaints.count("\n") == 1)
