"""The package against a server that runs: VITRINE_TMUX is the hooked tmux."""

import os
import subprocess
import sys
import tempfile
import time
import unittest

import vitrine

PATIENCE = 20 * float(os.environ.get("VITRINE_TEST_PATIENCE", "1"))
TMUX = os.environ["VITRINE_TMUX"]
# Asks what the background is and shows the answer, without its first and last byte.
ASK_BACKGROUND = (r'stty raw -echo; printf "\033]11;?\007"; '
                  r'dd bs=1 count=23 2>/dev/null | tr -d "\033"; exec cat')


class Server:
    """A tmux server of its own, with `cat` in a pane of 40 columns."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.flags = ["-S", os.path.join(self.folder.name, "socket"), "-f", "/dev/null"]
        self.ask("new-session", "-d", "-s", "main", "-x", "40", "-y", "6", "cat")

    def ask(self, *arguments):
        """What tmux prints."""
        return subprocess.run([TMUX, *self.flags, *arguments], check=True, capture_output=True,
                              text=True, timeout=PATIENCE).stdout

    def close(self):
        """Ends it, if it runs."""
        subprocess.run([TMUX, *self.flags, "kill-server"], check=False, capture_output=True)
        self.folder.cleanup()


def await_frame(session, wanted):
    """The first frame that `wanted` is true of, held."""
    end = time.monotonic() + PATIENCE
    while True:
        frame = session.next_frame(timeout=max(0, end - time.monotonic()))
        if wanted(frame):
            return frame
        frame.release()


class SessionTest(unittest.TestCase):
    """Each test has a server and an attachment."""

    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.close)
        self.session = vitrine.Session("attach", tmux=TMUX, flags=self.server.flags, columns=40,
                                       rows=6)
        self.addCleanup(lambda: self.assertEqual(vitrine.allocation_count(), 0))
        self.addCleanup(self.session.close)
        self.session.next_frame(timeout=PATIENCE).release()

    def test_text_that_is_sent_is_seen(self):
        self.session.send_text("h\u00e9llo \u4f60\u597d")
        self.session.send_key("ENTER")
        with await_frame(self.session, lambda frame: frame.text(row=1) != "") as frame:
            pane = frame.panes[0]
            self.assertEqual((pane.column, pane.row, pane.columns), (0, 0, 40))
            self.assertEqual(frame.text(pane.id), "h\u00e9llo \u4f60\u597d\n"
                             + "h\u00e9llo \u4f60\u597d")
            self.assertEqual(frame.text(pane.id, row=0, trim=False),
                             "h\u00e9llo \u4f60\u597d" + " " * 30)
            self.assertEqual(frame.texts([(pane.id, 1, 1), (pane.id, 0, 2)]),
                             ["h\u00e9llo \u4f60\u597d",
                              "h\u00e9llo \u4f60\u597d\nh\u00e9llo \u4f60\u597d"])
            self.assertEqual(frame.cursor, vitrine.Cursor(0, 2, True))

    def test_cells_are_the_mapped_memory(self):
        self.session.send_text("xyz")
        with await_frame(self.session, lambda frame: frame.text(row=0) == "xyz") as frame:
            cells = frame.cells
            self.assertTrue(cells.readonly)
            self.assertEqual(cells.nbytes, frame.columns * frame.rows * 16)
            self.assertEqual(cells[:4].tobytes(), b"x\0\0\0")
            self.assertEqual(int.from_bytes(cells[16:20], "little"), ord("y"))
            # A second view is of the same bytes, not of a copy.
            self.assertIs(frame.cells.obj, cells.obj)
            with self.assertRaises(TypeError):
                cells[0] = 1
            del cells

    def test_numpy_sees_the_cells_too(self):
        try:
            import numpy
        except ImportError:
            self.skipTest("numpy is not installed")
        self.session.send_text("ab")
        with await_frame(self.session, lambda frame: frame.text(row=0) == "ab") as frame:
            array = frame.array()
            self.assertEqual(array.shape, (frame.rows, frame.columns))
            self.assertEqual(array["codepoint"][0, :3].tolist(), [97, 98, 32])
            self.assertFalse(array.flags.writeable or array.flags.owndata)
            self.assertTrue(numpy.all(array["width"] == 1))
            del array

    def test_a_view_that_is_kept_keeps_the_frame(self):
        self.session.send_text("x")
        frame = self.session.next_frame(timeout=PATIENCE)
        kept = frame.cells[16:32]
        with self.assertRaises(BufferError):
            frame.release()
        self.assertEqual(len(kept), 16)
        del kept
        frame.release()
        with self.assertRaises(ValueError):
            frame.text()

    def test_the_process_is_the_client_of_tmux(self):
        self.assertEqual(self.server.ask("list-clients", "-F", "#{client_pid}"),
                         f"{self.session.process}\n")

    def test_programs_that_ask_are_told_the_colours(self):
        if " 3.3" in self.server.ask("-V"):
            self.skipTest("this tmux does not answer")
        self.session.send_colours(0xabcdef, 0x123456)
        self.session.send_command(f"respawn-pane -k '{ASK_BACKGROUND}'")
        await_frame(self.session,
                    lambda frame: "]11;rgb:1212/3434/5656" in frame.text()).release()
        with self.assertRaises(vitrine.VitrineError):
            self.session.send_colours(0x1000000, 0)

    def test_panes_come_and_go(self):
        self.session.send_command("split-window -h cat")
        frame = await_frame(self.session, lambda frame: len(frame.panes) == 2)
        with frame:
            left, right = frame.panes
            self.assertEqual((left.active, right.active), (False, True))
            self.assertEqual(left.columns + 1 + right.columns, 40)
        self.server.ask("kill-pane", "-t", f"%{right.id}")
        with await_frame(self.session, lambda frame: len(frame.panes) == 1) as frame:
            with self.assertRaises(vitrine.VitrineError) as raised:
                frame.text(right.id)
            self.assertEqual(str(raised.exception), f"no pane %{right.id} in the frame")
            self.assertEqual(raised.exception.code, -20)

    def test_detaching_ends_the_session_of_the_window_only(self):
        self.session.detach()
        with self.assertRaises(EOFError):
            while True:
                self.session.next_frame(timeout=PATIENCE).release()
        self.assertEqual(self.session.wait(PATIENCE), 0)
        self.assertEqual(self.session.exit_message, "[detached (from session main)]")
        self.assertEqual(self.server.ask("list-sessions", "-F", "#S"), "main\n")

    def test_the_example_prints_the_pane(self):
        self.session.send_text("seen by the example")
        await_frame(self.session, lambda frame: "example" in frame.text()).release()
        example = os.path.join(os.path.dirname(os.path.abspath(__file__)), "print_pane.py")
        with subprocess.Popen([sys.executable, example, TMUX, "--", *self.server.flags],
                              stdout=subprocess.PIPE, text=True) as program:
            for line in program.stdout:
                if "seen by the example" in line:
                    break
            self.server.ask("kill-session", "-t", "main")
            rest = program.stdout.read()
        self.assertIn("seen by the example", line)
        self.assertIn("exited", rest)
        self.assertEqual(program.returncode, 0)


class RefusalTest(unittest.TestCase):
    """What cannot be is an exception with the library's words."""

    def test_no_such_tmux(self):
        with self.assertRaises(vitrine.VitrineError) as raised:
            vitrine.Session("attach", tmux="/nonexistent/tmux")
        self.assertIn("/nonexistent/tmux", str(raised.exception))
        self.assertEqual(vitrine.allocation_count(), 0)


if __name__ == "__main__":
    unittest.main()
