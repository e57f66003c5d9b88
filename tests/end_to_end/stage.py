"""What a case gets: programs, a display, a place for files, and servers and windows that
are gone when it is over."""

import os
import pathlib
import shutil
import subprocess
import tempfile

import references
import server as tmux_server
import window as vitrine_window
from display import Display
from waiting import Failure

FONTS = "/usr/share/fonts/truetype/dejavu"
# Of the package that every Debian with a desktop has; nothing else may be found.
FONT_FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf",
              "DejaVuSansMono-Bold.ttf")
FONT_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
"""
# Of the environment only what has nothing to do with the person who runs the tests, and what
# says which OpenGL it is.
PASSED_ON = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH", "VITRINE_RENDERER",
             "GALLIUM_DRIVER", "LIBGL_ALWAYS_SOFTWARE", "LIBGL_DRIVERS_PATH",
             "MESA_EXTENSION_OVERRIDE", "MESA_GL_VERSION_OVERRIDE", "MESA_LOADER_DRIVER_OVERRIDE")


class House:
    """What all cases share."""

    def __init__(self, hooked, stock):
        self.hooked = pathlib.Path(hooked).resolve()
        self.stock = pathlib.Path(stock).resolve()
        build = os.environ.get("VITRINE_BUILD_DIR") or self.hooked.parent.parent
        self.build = pathlib.Path(build).resolve()
        self.vitrine = str(self.build / "renderer" / "vitrine")
        answer = subprocess.run([self.hooked, "-V"], capture_output=True, text=True, check=True)
        self.version = answer.stdout.split()[-1]
        self.left_behind = self.build / "end_to_end"
        self.left_behind.mkdir(exist_ok=True)
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="vitrine-e2e-"))
        # Other users pass too: one of them is refused by the socket, not by the way there.
        self.root.chmod(0o755)
        self.environment = self.make_environment()
        self.display = Display(self.environment, self.root / "xvfb.log")

    def make_environment(self):
        """The variables of every program that is started here."""
        home = self.root / "home"
        home.mkdir()
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        environment.update(
            HOME=str(home), LANG="C.UTF-8", SHELL="/bin/sh", PS1="$ ", TERM="xterm-256color",
            FONTCONFIG_FILE=str(self.configure_fonts()), VITRINE_TMUX=str(self.hooked),
            VITRINE_DEBUG="gl")
        return environment

    def configure_fonts(self):
        """A fonts.conf that knows FONT_FILES."""
        fonts = self.root / "fonts"
        fonts.mkdir()
        for name in FONT_FILES:
            (fonts / name).symlink_to(f"{FONTS}/{name}")
        file = self.root / "fonts.conf"
        file.write_text(FONT_CONFIGURATION.format(fonts=fonts, cache=self.root / "font-cache"),
                        encoding="utf-8")
        return file

    def close(self):
        """Ends the display, removes all files but what failed cases left."""
        self.display.close()
        shutil.rmtree(self.root, ignore_errors=True)


class Stage:
    """What one case has for itself."""

    def __init__(self, house):
        self.house = house
        self.display = house.display
        self.vitrine = house.vitrine
        self.version = house.version
        # Short: a socket's path has room for a hundred bytes.
        self.work = house.root / str(len(list(house.root.iterdir())))
        self.work.mkdir()
        self.work.chmod(0o755)
        self.environment = dict(house.environment)
        self.servers = []
        self.windows = []

    def server(self, configuration="", program=None):
        """A server that is not started yet."""
        folder = self.work / f"server-{len(self.servers)}"
        folder.mkdir()
        made = tmux_server.Server(program or self.house.hooked, folder, self.environment,
                                  configuration)
        self.servers.append(made)
        return made

    def window(self, server, arguments=("attach",), **options):
        """A window that vitrine ARGUMENTS opens, of whatever size."""
        made = vitrine_window.Window(self, server, arguments, **options)
        self.windows.append(made)
        return made

    def scene(self, command="", columns=80, rows=24, configuration="", environment=(),
              managed=False):
        """The usual: a session that runs command, and a window of this size on it. If it is
        managed, there is something that says it is a window manager."""
        self.display.x.pose_as_window_manager(self.display.elsewhere, managed)
        server = self.server(configuration).start(command, columns, rows)
        window = self.window(server, environment=environment)
        window.resize(columns, rows)
        if not command:
            server.await_prompt()
        return server, window

    def reader(self, preamble="", configuration="", words=()):
        """A window on a program that writes down what it is sent."""
        server = self.server(configuration)
        reader = tmux_server.Reader(server, preamble, *words)
        server.start(reader.command)
        window = self.window(server)
        window.resize(80, 24)
        reader.await_ready()
        return server, window, reader

    def expect_picture(self, name, source):
        """Waits until the window (or capture function) shows the reference picture."""
        capture = source if callable(source) else source.capture
        references.expect(self.house, name, capture)

    def last_words(self):
        """What windows said that ended with an error, for whoever reads of a failed case."""
        return "".join(f"; a window ended with {window.process.returncode}: {window.stderr()}"
                       for window in self.windows if window.process.poll() and window.stderr())

    def finish(self):
        """Ends what is still running; what drivers of OpenGL objected to and what did not end,
        which fails a case that passed."""
        faults = []
        for window in self.windows:
            window.finish()
            if isinstance(window, vitrine_window.Window):
                faults += window.objections()
        for server in self.servers:
            try:
                server.stop()
            except Failure as failure:
                faults.append(str(failure))
        return faults
