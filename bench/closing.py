#!/usr/bin/env python3
"""How long frames are held up while panes with much history close.

    closing.py [--build build] [--panes 100] [--rows 100000] [--reps 3] [--json OUT]

A pane prints a number every other millisecond; a client of libvitrine notes the time from
each frame to the next. Then panes that have been scrolled through that many rows end, one
after another and all at once. What is beside: the same with panes of no history, which is
the machine's noise and what tmux does of its own when a pane ends. Compare the two, of one
run; they are taken by turns, and each figure is the median of its rounds. Needs as much
memory as the panes do: 1.5 GB for 100 of 100,000 rows.
"""

import argparse
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

TICKER = "import time\nfor i in range(1 << 30): print(end='\\r%d' % i, flush=True); time.sleep(.002)"


class Server:
    """A hooked tmux of its own, whose first window is the ticker."""

    def __init__(self, build):
        self.work = tempfile.TemporaryDirectory(prefix="vitrine-bench-")
        self.program = str(build / "shim" / "tmux")
        self.flags = ["-S", os.path.join(self.work.name, "socket"), "-f", "/dev/null"]
        self.tmux("new-session", "-d", "-x", "80", "-y", "24", sys.executable, "-c", TICKER)
        self.tmux("set-option", "-g", "history-limit", "200000")

    def tmux(self, *arguments):
        return subprocess.run([self.program, *self.flags, *arguments], check=True,
                              capture_output=True, text=True).stdout

    def fill(self, panes, rows):
        """Windows that printed that many rows; the process of each."""
        socket = f"{self.program} -S {self.flags[1]}"
        for i in range(panes):
            self.tmux("new-window", "-d", f"seq -f '%08g of many rows' {rows};"
                      f"{socket} wait-for -S {i}; exec sleep 1000")
        for i in range(panes):
            self.tmux("wait-for", str(i))
        pids = self.tmux("list-panes", "-s", "-F", "#{window_index} #{pane_pid}").splitlines()
        return [int(line.split()[1]) for line in pids if not line.startswith("0 ")]

    def close(self):
        self.tmux("kill-server")
        self.work.cleanup()


class Watcher(threading.Thread):
    """Milliseconds from each frame to the next."""

    def __init__(self, vitrine, server):
        super().__init__(daemon=True)
        self.session = vitrine.Session("attach", tmux=server.program, flags=server.flags)
        self.gaps = []
        self.ended = False

    def run(self):
        last = time.monotonic()
        while not self.ended:
            self.session.next_frame().release()
            now = time.monotonic()
            self.gaps.append((now - last) * 1000)
            last = now

    def during(self, work):
        """The gaps while that is done and half a second longer."""
        first = len(self.gaps)
        work()
        time.sleep(0.5)
        gaps = sorted(self.gaps[first:])
        return {"frames": len(gaps), "median_ms": statistics.median(gaps),
                "p99_ms": gaps[len(gaps) * 99 // 100], "max_ms": gaps[-1]}

    def close(self):
        self.ended = True
        self.join()
        self.session.close()


def end_each(pids):
    for pid in pids:
        os.kill(pid, signal.SIGTERM)
        time.sleep(0.02)


def measure(vitrine, build, panes, rows):
    server = Server(build)
    try:
        pids = server.fill(panes, rows)
        watcher = Watcher(vitrine, server)
        watcher.start()
        time.sleep(0.5)  # the attachment settles
        half = len(pids) // 2
        result = {
            "idle": watcher.during(lambda: time.sleep(1)),
            "one_after_another": watcher.during(lambda: end_each(pids[:half])),
            "at_once": watcher.during(lambda: server.tmux("kill-window", "-a", "-t", ":0")),
        }
        watcher.close()
        return result
    finally:
        server.close()


def medians(results):
    if isinstance(results[0], dict):
        return {key: medians([result[key] for result in results]) for key in results[0]}
    return statistics.median(results)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    parser.add_argument("--panes", type=int, default=100)
    parser.add_argument("--rows", type=int, default=100000)
    parser.add_argument("--reps", type=int, default=3)
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    build = options.build.resolve()
    os.environ.setdefault("VITRINE_LIBRARY", str(build / "bridge" / "libvitrine.so"))
    source = pathlib.Path(__file__).resolve().parent.parent
    sys.path.insert(0, str(source / "bridge" / "bindings" / "python"))
    import vitrine

    runs = [{"no_history": measure(vitrine, build, options.panes, 1),
             "history": measure(vitrine, build, options.panes, options.rows)}
            for _ in range(options.reps)]
    result = {"rows": options.rows, "panes": options.panes, **medians(runs)}
    print(json.dumps(result, indent=2))
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
