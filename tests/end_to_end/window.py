"""A window: the vitrine program, and what a person does to its window."""

import signal
import subprocess

import processes
from waiting import PATIENCE, Failure, await_equal, await_true

# How lines begin that tell what a driver of OpenGL says, and those of what it objects to.
MESSAGE = "vitrine: gl: "
OBJECTIONS = tuple(f"{MESSAGE}{kind}: "
                   for kind in ("error", "deprecated", "undefined", "not portable"))


def without_remarks(text):
    """A standard error without what drivers say that is no objection, as that it is slow."""
    return "".join(line for line in text.splitlines(keepends=True)
                   if line.startswith(OBJECTIONS) or not line.startswith(MESSAGE))


class Window:
    """One running vitrine. It attaches to `server` by `arguments`."""

    def __init__(self, stage, server, arguments=("attach",), environment=(), flags=()):
        self.server = server
        self.display = stage.display
        self.output = stage.work / f"window-{len(list(stage.work.glob('window-*.out')))}.out"
        self.errors = self.output.with_suffix(".err")
        with open(self.output, "wb") as out, open(self.errors, "wb") as err:
            self.process = subprocess.Popen(
                [stage.vitrine, *server.flags, *flags, *arguments], stdin=subprocess.DEVNULL,
                stdout=out, stderr=err, cwd=stage.work,
                env=dict(server.environment, DISPLAY=self.display.name, **dict(environment)))
        self.id = self.await_shown()
        self.focus()

    def await_shown(self):
        """The X window, once it is visible."""
        def shown():
            if self.process.poll() is not None:
                raise Failure(f"the window ended with {self.process.returncode}: "
                              f"{self.stdout()}{self.stderr()}")
            return self.display.windows_of(self.process.pid)
        return await_true("the window is there", shown)[0]

    def client(self, field="#{client_name}"):
        """A format of the window's tmux client."""
        for line in self.server.clients("#{client_pid} " + field):
            pid, _, text = line.partition(" ")
            if processes.parent(pid) == self.process.pid:
                return text
        return ""

    def resize(self, columns, rows):
        """As if dragged to that many cells; waits until tmux has followed."""
        width, height = self.cell()
        self.display.xdotool("windowsize", self.id, columns * width, rows * height)
        await_equal("the client's size in tmux", f"{columns}x{rows}",
                    lambda: self.client("#{client_width}x#{client_height}"))

    def move(self, x, y):
        """To another place of the display, in px."""
        self.display.xdotool("windowmove", self.id, x, y)

    def cell(self):
        """(width, height) of a cell in px."""
        size = self.client("#{client_cell_width} #{client_cell_height}").split()
        if not size:
            raise Failure("the window is not attached any more")
        return tuple(map(int, size))

    def focus(self):
        """Keys go to this window."""
        self.display.x.focus(self.id)
        await_true("the window is focused", lambda: "focused" in self.client("#{client_flags}"))

    def unfocus(self):
        """Keys go elsewhere."""
        self.display.x.focus(self.display.elsewhere)
        await_true("the window is not focused",
                   lambda: "focused" not in self.client("#{client_flags}"))

    def type(self, text):
        """Types text; a newline is Return."""
        for number, line in enumerate(text.split("\n")):
            if number > 0:
                self.key("Return")
            if line:
                self.display.xdotool("type", "--delay", "5", line)

    def key(self, *keys):
        """Presses keys by xdotool's names, one after the other."""
        self.display.xdotool("key", "--delay", "5", *keys)

    def keycodes(self, *codes):
        """Presses keys by where they are on the keyboard."""
        self.display.xdotool("key", "--delay", "5", *codes)

    def point(self, column, row):
        """Moves the mouse to the middle of a cell."""
        width, height = self.cell()
        self.display.xdotool("mousemove", "--window", self.id, column * width + width // 2,
                             row * height + height // 2)

    def click(self, column, row, button=1, times=1):
        """Clicks in a cell, fast if more than once."""
        self.point(column, row)
        self.display.xdotool("click", "--repeat", times, "--delay", "40", button)

    def drag(self, start, end):
        """Drags with the left button from cell to cell, (column, row) each."""
        self.point(*start)
        self.display.xdotool("mousedown", 1)
        self.point((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        self.point(*end)
        self.display.xdotool("mouseup", 1)

    def capture(self):
        """Its picture; None while it cannot be had."""
        return self.display.x.capture(self.id)

    def title(self):
        """What is in its title bar."""
        return self.display.xdotool("getwindowname", self.id).rstrip("\n")

    def stdout(self):
        """All it printed."""
        return self.output.read_text(encoding="utf-8")

    def stderr(self):
        """All it complained of, and a driver of OpenGL."""
        return without_remarks(self.errors.read_text(encoding="utf-8"))

    def objections(self):
        """What the driver of OpenGL said was wrong."""
        return [line for line in self.stderr().splitlines() if line.startswith(OBJECTIONS)]

    def ask_to_close(self):
        """As the close button does."""
        self.display.x.ask_to_close(self.id)

    def await_end(self):
        """Its exit code."""
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise Failure("the window did not end") from error

    def kill(self):
        """Ends it without giving it a chance."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def finish(self):
        """After a case: it and its client are gone."""
        if self.process.poll() is None:
            self.kill()


def run_vitrine(stage, server, *arguments, **environment):
    """vitrine until it ends; (exit code, standard output, standard error)."""
    variables = dict(server.environment, DISPLAY=stage.display.name)
    variables.update(environment)
    variables = {name: value for name, value in variables.items() if value is not None}
    done = subprocess.run([stage.vitrine, *server.flags, *arguments], env=variables,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                          cwd=stage.work, timeout=PATIENCE * 2)
    return done.returncode, done.stdout, without_remarks(done.stderr)
