"""An X server of our own without a screen, and the person in front of it."""

import os
import shutil
import subprocess

import xlib
from waiting import Failure, Skip, await_equal

NEEDED = {"Xvfb": "xvfb", "xdotool": "xdotool", "xprop": "x11-utils", "xclip": "xclip",
          "setxkbmap": "x11-xkb-utils"}


def missing_programs():
    """Names of Debian packages of what is not installed."""
    return [package for program, package in NEEDED.items() if not shutil.which(program)]


class Display:
    """Xvfb, started on the first free number; what is done there with mouse and keyboard."""

    def __init__(self, environment, log):
        reader, writer = os.pipe()
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x1024x24",
                   "-nolisten", "tcp", "-noreset"]
        with open(log, "wb") as output:
            self.server = subprocess.Popen(command, pass_fds=[writer], env=environment,
                                           stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        os.close(writer)
        with os.fdopen(reader) as number:
            self.name = ":" + number.readline().strip()
        if self.name == ":":
            self.server.wait()
            raise Skip(f"Xvfb does not start (see {log})")
        self.environment = dict(environment, DISPLAY=self.name)
        self.x = xlib.Connection(self.name)
        self.elsewhere = self.x.make_window(1270, 1014, 8, 8)

    def close(self):
        """Ends the X server."""
        self.x.close()
        self.server.terminate()
        self.server.wait()

    def run(self, *command, stdin=None):
        """A program's output as bytes, "" if it fails."""
        done = subprocess.run(command, env=self.environment, input=stdin, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60)
        return done.stdout if done.returncode == 0 else b""

    def xdotool(self, *arguments):
        """Acts as the person; fails if xdotool does."""
        done = subprocess.run(["xdotool", *map(str, arguments)], env=self.environment,
                              capture_output=True, check=False, timeout=60)
        if done.returncode != 0:
            raise Failure(f"xdotool {arguments}: {done.stderr.decode()}")
        return done.stdout.decode()

    def windows_of(self, pid):
        """The visible windows of a process."""
        found = self.run("xdotool", "search", "--onlyvisible", "--pid", str(pid))
        return [int(line) for line in found.split()]

    def set_layout(self, name):
        """The keyboard's layout from now on, "us" to begin with."""
        subprocess.run(["setxkbmap", name], env=self.environment, check=True, timeout=60,
                       stderr=subprocess.DEVNULL)

    def set_selection(self, name, text):
        """Somebody copied this; name is "primary" or "clipboard"."""
        # xclip stays in the background as the owner, so nothing may wait for its output.
        subprocess.run(["xclip", "-selection", name], input=text.encode(), check=True,
                       env=self.environment, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, timeout=60)
        # It becomes the owner at some time after it went there.
        await_equal(f"selection {name}", text, lambda: self.selection(name))

    def selection(self, name):
        """What a paste elsewhere would bring."""
        return self.run("xclip", "-o", "-selection", name).decode()
