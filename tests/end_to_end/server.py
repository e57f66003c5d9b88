"""A tmux server on a private socket, and programs in its panes."""

import contextlib
import os
import pathlib
import shlex
import signal
import subprocess
import sys

import processes
from waiting import PATIENCE, Failure, await_equal, await_true, poll

# Nothing of the machine or of the time of day may get into a picture, and what a version has
# as its default only where that is what it draws: 3.8 takes the mouse unasked and has other
# styles, so all have the styles of 3.5a. -q: not every version knows every option.
CONFIGURATION = """
set -g mouse off
set -g status-right ''
set -g automatic-rename off
set -g set-titles off
set -g default-command 'exec sh'
set -g status-style bg=green,fg=black
set -g window-status-current-style default
set -g message-style bg=yellow,fg=black,fill=yellow
set -g message-command-style bg=black,fg=yellow,fill=black
set -g mode-style bg=yellow,fg=black
set -g pane-border-style default
set -g pane-active-border-style '#{?pane_in_mode,fg=yellow,fg=green}'
set -g popup-style default
set -g popup-border-style default
set -g display-panes-colour blue
set -g display-panes-active-colour red
set -gq display-panes-border-style default
set -gq fill-character ''
set -gq menu-style default
set -gq menu-selected-style bg=yellow,fg=black
set -gq menu-border-style default
set -gq prompt-cursor-colour black
set -gq tree-mode-border-style default
set -gq tree-mode-preview-format '#{window_index}'
set -gq tree-mode-preview-style fg=red
"""
# How long a single key may take; every one of a table is waited for before it is wrong.
TAKE_PATIENCE = PATIENCE / 4
READER = pathlib.Path(__file__).parent / "pane_reader.py"


class Server:
    """The server of one case. `program` is the tmux that starts and asks it."""

    def __init__(self, program, work, environment, configuration=""):
        self.program = str(program)
        self.work = pathlib.Path(work)
        self.environment = dict(environment, TMUX_TMPDIR=str(work))
        file = self.work / "tmux.conf"
        file.write_text(CONFIGURATION + configuration, encoding="utf-8")
        self.flags = ["-L", "test", "-f", str(file)]
        self.pid = None

    def start(self, command="", columns=80, rows=24):
        """A detached session "main" with one window "work" of this size in cells."""
        self.ask("new-session", "-d", "-s", "main", "-n", "work", "-x", str(columns), "-y",
                 str(rows), *([command] if command else []))
        return self

    def run(self, *arguments):
        """Runs tmux; what subprocess gives, with texts."""
        return subprocess.run([self.program, *self.flags, *arguments], env=self.environment,
                              capture_output=True, text=True, check=False, timeout=60)

    def ask(self, *arguments):
        """The output of a tmux command; fails if it does."""
        done = self.run(*arguments)
        if done.returncode != 0:
            raise Failure(f"tmux {shlex.join(arguments)}: {done.stderr.strip()}")
        return done.stdout.rstrip("\n")

    def format(self, text, target="main:"):
        """A format of the target pane."""
        return self.ask("display-message", "-p", "-t", target, text)

    def content(self, target="main:"):
        """The text of a pane, without blank ends."""
        lines = self.ask("capture-pane", "-p", "-t", target).split("\n")
        return "\n".join(line.rstrip() for line in lines).rstrip("\n")

    def await_prompt(self):
        """Until a fresh shell waits: the terminal shows at once what is typed before that."""
        await_equal("the shell's prompt", "$", self.content)

    def alive(self):
        """Whether there is a server with sessions."""
        return self.run("has-session").returncode == 0

    def clients(self, field="#{client_name}"):
        """A format of each client."""
        return self.run("list-clients", "-F", field).stdout.split("\n")[:-1]

    def page(self, name, content):
        """A command for a pane that shows content, bytes, and then keeps still."""
        path = self.work / name
        path.write_bytes(content.replace(b"\n", b"\r\n"))
        return f"stty raw -echo; cat {shlex.quote(str(path))}; exec cat >/dev/null"

    @contextlib.contextmanager
    def stopped(self):
        """As long as this lasts the server does nothing."""
        pid = int(self.format("#{pid}"))
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def stop(self):
        """Ends the server, if there is one, and waits until it is gone."""
        pid = self.run("display-message", "-p", "#{pid}").stdout.strip()
        self.run("kill-server")
        if pid and not poll(lambda: not processes.running(pid)):
            os.kill(int(pid), signal.SIGKILL)
            raise Failure(f"the server {pid} did not end when it was asked to")


class Reader:
    """A program in a pane that writes down, byte for byte, what it is sent."""

    def __init__(self, server, preamble="", *words):
        self.log = server.work / f"reader-{len(list(server.work.glob('reader-*')))}"
        self.command = shlex.join([sys.executable, str(READER), str(self.log), preamble, *words])

    def await_ready(self):
        """Until it reads; its terminal is raw then and its preamble is written."""
        await_true("the reader reads", self.log.exists)

    def received(self):
        """All bytes so far."""
        return self.log.read_bytes()

    def take(self, count):
        """What came since the last call, once it is that many bytes or no more comes."""
        poll(lambda: len(self.received()) >= count, seconds=TAKE_PATIENCE)
        got = self.received()
        with open(self.log, "r+b") as file:
            file.truncate(0)
        return got

    def take_some(self):
        """What came since the last call, once that is anything."""
        await_true("the program is sent something", self.received)
        return self.take(0)

    def expect(self, what, expected):
        """Waits until exactly these bytes have come since the last call."""
        poll(lambda: len(self.received()) >= len(expected))
        got = self.take(0)
        if got != expected:
            raise Failure(f"{what}: the program expected {expected!r} and got {got!r}")

    def expect_end(self, what, expected):
        """Waits until what came ends with these bytes."""
        await_true(f"{what}: {expected!r}", lambda: self.received().endswith(expected))
