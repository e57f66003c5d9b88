"""An ordinary tmux client in a terminal of ours: a pty whose output is kept."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios

from waiting import PATIENCE

ESCAPES = re.compile(rb"\033(\[[0-9;?>=]*[ -/]*[@-~]|\][^\007\033]*(\007|\033\\)|[()][A-Z0-9]|.)")


class PlainClient:
    """`tmux attach`, as people use it without a window."""

    def __init__(self, stage, server, columns, rows):
        self.terminal, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("4H", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            [server.program, *server.flags, "attach"], stdin=inner, stdout=inner, stderr=inner,
            env=server.environment, start_new_session=True, cwd=stage.work)
        os.close(inner)
        self.output = b""
        stage.windows.append(self)

    def read(self):
        """Takes what there is."""
        while select.select([self.terminal], [], [], 0)[0]:
            try:
                data = os.read(self.terminal, 65536)
            except OSError:
                return
            if not data:
                return
            self.output += data

    def shows(self, text):
        """Whether this was ever printed, in one piece but for escape sequences."""
        self.read()
        return text.encode() in ESCAPES.sub(b"", self.output)

    def type(self, text):
        """Keys, as the bytes that a terminal makes of them."""
        os.write(self.terminal, text.encode())

    def stderr(self):
        """What a terminal shows of errors is among its output."""
        return ""

    def await_end(self):
        """The exit code."""
        return self.process.wait(PATIENCE)

    def finish(self):
        """After a case: it is gone."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.terminal)
