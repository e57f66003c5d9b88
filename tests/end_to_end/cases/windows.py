"""Several windows of one process."""

import os
import signal

import processes
from cases.configuration import NORD, Configuration
from waiting import await_equal, await_true, await_within, check_equal

RED = (0xcd, 0, 0)
NEW_WINDOW = "ctrl+shift+n"
BAD_WINDOW_OR_DRAWABLE = (" error 3", " error 9")


class Beside:
    """The window that a key opened beside another, of the same process."""

    def __init__(self, window, key=NEW_WINDOW):
        self.first = window
        self.display = window.display
        before = self.shown()
        clients = len(window.server.clients())
        self.display.x.focus(window.id)
        window.key(key)
        self.id = await_true("another window", lambda: self.shown() - before).pop()
        await_equal("clients", clients + 1, lambda: len(window.server.clients()))

    def shown(self):
        """All windows of the process."""
        return set(self.display.windows_of(self.first.process.pid))

    def uncover(self):
        """Puts it below the first, and makes it as large."""
        self.display.xdotool("windowsize", self.id, *self.display.x.size(self.first.id))
        self.display.xdotool("windowmove", self.id, 0, 500)

    def type(self, text):
        """Types into it."""
        self.display.x.focus(self.id)
        self.first.type(text)

    def close(self):
        """As the close button does, until it is gone."""
        self.display.x.ask_to_close(self.id)
        await_true("it is gone", lambda: self.id not in self.shown())


def corner(window, of):
    """What the window `of` shows near its left top, where nothing is written."""
    picture = window.display.x.capture(of)
    return picture and picture.pixel(picture.width // 4, picture.height // 4)


def own_clients(window):
    """(process, session) of the process's clients of tmux."""
    lines = [line.split() for line in window.server.clients("#{client_pid} #{client_session}")]
    return [(pid, session) for pid, session in lines
            if processes.parent(pid) == window.process.pid]


def case_another_window_on_the_same_session(stage):
    server, window = stage.scene()
    server.ask("new-session", "-d", "-s", "newer")
    other = Beside(window)
    check_equal("sessions", ["main", "main"], [session for _, session in own_clients(window)])
    other.uncover()
    other.type("printf '\\033[41m\\033[2J'\n")
    for shown in (window.id, other.id):
        await_equal("both show it", RED, lambda shown=shown: corner(window, shown))
    other.close()
    await_equal("clients", 1, lambda: len(own_clients(window)))
    window.focus()
    window.type("echo still-$((40 + 2))\n")
    await_within("the session", "still-42", server.content)
    window.ask_to_close()
    check_equal("exit code", 0, window.await_end())
    check_equal("its words", "[detached (from session main)]\n" * 2, window.stdout())
    check_equal("complaints", "", window.stderr())


def case_the_first_of_three_windows_closes(stage):
    server, window = stage.scene()
    others = [Beside(window), Beside(window)]
    check_equal("windows", 3, len(others[0].shown()))
    window.ask_to_close()
    await_equal("windows", {other.id for other in others}, others[0].shown)
    others[1].type("echo typed$((1 + 1))\n")
    await_within("the session", "typed2", server.content)
    others[1].close()
    others[0].type("exit\n")
    check_equal("exit code", 0, window.await_end())
    check_equal("its last words", "[exited]", window.stdout().split("\n")[-2])


def case_a_window_closes_while_the_server_is_busy(stage):
    configuration = Configuration(stage, "")
    server = stage.server().start()
    window = stage.window(server, environment=configuration.environment)
    window.resize(80, 24)
    client = own_clients(window)[0][0]
    other = Beside(window)
    other.uncover()
    await_true("it is drawn", lambda: corner(window, other.id))
    with server.stopped():
        window.ask_to_close()
        await_equal("windows", {other.id}, other.shown)
        configuration.write('theme = "nord"\n')
        await_equal("background", NORD, lambda: corner(window, other.id))
        check_equal("the first was given up before", "", window.stderr())
    await_true("the first is detached", lambda: not processes.running(client))
    other.type("echo typed$((1 + 1))\n")
    await_within("the session", "typed2", server.content)
    other.close()
    check_equal("exit code", 0, window.await_end())
    check_equal("its last words", "[detached (from session main)]", window.stdout().split("\n")[-2])


def case_windows_close_and_the_server_says_nothing(stage):
    server, window = stage.scene()
    other = Beside(window)
    with server.stopped():
        window.ask_to_close()
        other.close()
        check_equal("exit code", 1, window.await_end())
    check_equal("complaints", "vitrine: tmux: did not end with its stream\n" * 2, window.stderr())
    check_equal("words", "", window.stdout())


def case_the_client_of_one_window_is_killed(stage):
    server, window = stage.scene()
    first = own_clients(window)[0][0]
    other = Beside(window)
    second = next(pid for pid, _ in own_clients(window) if pid != first)
    os.kill(int(second), signal.SIGKILL)
    await_equal("windows", {window.id}, other.shown)
    window.focus()
    window.type("echo typed$((1 + 1))\n")
    await_within("the session", "typed2", server.content)


def case_both_windows_are_destroyed_before_it_learns_of_either(stage):
    server, window = stage.scene()
    other = Beside(window)
    window.process.send_signal(signal.SIGSTOP)
    for one in (window.id, other.id):
        stage.display.x.destroy(one)
    server.ask("send-keys", "-t", "main:", "echo still-$((40 + 2))", "Enter")
    await_within("the session", "still-42", server.content)
    window.process.send_signal(signal.SIGCONT)
    check_equal("exit code", 0, window.await_end())
    check_equal("its words", "[detached (from session main)]\n" * 2, window.stdout())
    complaints = window.stderr().split("\n")
    check_equal(f"complaints of missing windows: {complaints}", 2,
                sum(complaint.endswith(BAD_WINDOW_OR_DRAWABLE) for complaint in complaints))
    check_equal("clients", [], server.clients())


def case_the_server_ends_and_all_windows_do(stage):
    server, window = stage.scene()
    Beside(window)
    server.ask("kill-server")
    check_equal("exit code and words", (1, "[server exited]\n" * 2),
                (window.await_end(), window.stdout()))


def case_all_windows_follow_the_configuration(stage):
    configuration = Configuration(stage, "")
    server = stage.server().start()
    window = stage.window(server, environment=configuration.environment)
    window.resize(80, 24)
    other = Beside(window)
    other.uncover()
    configuration.write('theme = "nord"\n')
    for shown in (window.id, other.id):
        await_equal("background", NORD, lambda shown=shown: corner(window, shown))
    configuration.file.unlink()
    window.process.send_signal(signal.SIGUSR1)
    for shown in (window.id, other.id):
        await_true("background", lambda shown=shown: corner(window, shown) not in (None, NORD))


def case_another_key_opens_windows(stage):
    server = stage.server().start()
    window = stage.window(server, flags=("--keys-new-window", "F12"))
    window.key(NEW_WINDOW)
    check_equal("windows", 2, len(Beside(window, "F12").shown()))


def case_a_key_that_is_held_opens_one_window(stage):
    server = stage.server().start()
    window = stage.window(server, flags=("--keys-new-window", "F12"))
    stage.display.xdotool("keydown", "F12")
    window.type("echo typed$((1 + 1))\n")
    await_within("the session", "typed2", server.content)
    check_equal("windows", [window.id], stage.display.windows_of(window.process.pid))
    stage.display.xdotool("keyup", "F12")
    await_equal("windows", 2, lambda: len(stage.display.windows_of(window.process.pid)))


def case_a_window_beside_that_of_a_pane(stage):
    server = stage.server().start()
    server.ask("split-window", "-h", "-t", "main:")
    window = stage.window(server, ("attach", "-t", server.format("#{pane_id}", "main:.0"),
                                   "--pane"))
    width = window.capture().size[0]
    other = Beside(window)
    await_true("it shows the whole session",
               lambda: (stage.display.x.size(other.id)[0] > width))
