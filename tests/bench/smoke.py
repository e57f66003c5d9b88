#!/usr/bin/env python3
"""smoke.py HOOKED STOCK: `vitrine bench` runs, and its figures hold together.

Not how fast it is: the machine may be busy. Exit code 77: it cannot run here, and says why.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
STAGES = ["sent", "read", "parsed", "emitted", "received", "drawn", "presented", "total"]


def start_display():
    """(Xvfb's process, display's name)."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
        pass_fds=[writer], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as number:
        return server, ":" + number.readline().strip()


class Bench:
    """The program under test."""

    def __init__(self, tmux, folder):
        build = pathlib.Path(os.environ.get("VITRINE_BUILD_DIR", "build"))
        self.program = str(build / "renderer" / "vitrine")
        self.tmux = tmux
        self.folder = folder
        self.environment = dict(os.environ, TMPDIR=folder)
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX"):
            self.environment.pop(name, None)

    def run(self, *arguments, **variables):
        """Status, output, errors."""
        done = subprocess.run(
            [self.program, "bench", *arguments, "--tmux", self.tmux, "--geometry", "100x30"],
            env={**self.environment, **variables}, capture_output=True, text=True, timeout=120,
            check=False)
        return done.returncode, done.stdout, done.stderr

    def results(self, *arguments):
        """What it prints with --json."""
        status, output, errors = self.run(*arguments, "--json")
        assert status == 0, f"bench {arguments}: status {status}: {errors}"
        return json.loads(output)


def check_latency(run, keys):
    """One latency run's figures."""
    assert run["keys"] + run["lost"] == keys, run
    assert run["lost"] <= keys / 4, run
    assert run["odd"] == 0, run
    stages = {stage["until"]: stage for stage in run["stages"]}
    assert list(stages) == STAGES, list(stages)
    for stage in stages.values():
        assert stage["p50_us"] <= stage["p95_us"] <= stage["p99_us"] <= stage["max_us"], stage
    # Times of the server and of the window are of one clock: the parts are the whole.
    means = [stages[name]["mean_us"] for name in STAGES]
    assert abs(sum(means[:-1]) - means[-1]) <= means[-1] * 0.02 + 1, means
    # The window's loop turns when a key is due, not when something else wakes it up.
    assert stages["sent"]["p50_us"] < 100000, stages["sent"]
    for name in ("read", "parsed", "received", "drawn"):
        assert stages[name]["p50_us"] > 0, stages[name]


def check_refusals(bench):
    """Errors are one line that names the cause."""
    status, _, errors = bench.run("latency", DISPLAY="")
    assert status == 1 and errors.count("\n") == 1 and "xvfb-run" in errors, errors
    status, _, errors = bench.run("nonsense")
    assert status == 1 and errors.count("\n") == 1 and "nonsense" in errors, errors
    status, _, errors = bench.run("latency", "--plot", "x.svg", PATH="/nowhere")
    assert status == 1 and errors.count("\n") == 1 and "gnuplot" in errors, errors


def check_plot(bench):
    """A picture, where there is a program for it."""
    if not shutil.which("gnuplot"):
        print("no plot: gnuplot is not installed")
        return
    for kind, magic in (("svg", b"<?xml"), ("png", b"\x89PNG")):
        path = pathlib.Path(bench.folder) / f"plot.{kind}"
        bench.results("latency", "--keys", "5", "--plot", str(path))
        assert path.read_bytes().startswith(magic), path


def check_all(bench):
    """Everything, briefly."""
    check_latency(bench.results("latency", "--keys", "20")["latency"][0], 20)
    flood = bench.results("latency", "--keys", "10", "--flood-kb", "500")["latency"][0]
    check_latency(flood, 10)
    assert 0.2 < flood["flood_mb_per_s"] < 0.6, flood
    result = bench.results("throughput", "--size", "1", "--reps", "1", "--kinds", "ascii,tui")
    for payload in result["throughput"]:
        assert len(payload["detached_s"]) == len(payload["shown_s"]) == 1, payload
        assert payload["shown_s"][0] >= payload["attached_s"][0] > 0, payload
        assert payload["pictures"][0] >= 1, payload
    idle = bench.results("idle", "--seconds", "2")["idle"]
    assert idle["seconds"] >= 2 and idle["pictures"] == idle["frames"] == 0, idle
    check_plot(bench)
    left = [name for name in os.listdir(bench.folder) if name.startswith("vitrine-bench-")]
    assert not left, left


def main(arguments):
    """The exit code."""
    if not shutil.which("Xvfb"):
        print("skipped: Xvfb is not installed (Debian: xvfb)")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(arguments[0], folder)
        server, display = start_display()
        try:
            bench.environment["DISPLAY"] = display
            check_refusals(bench)
            check_all(bench)
        finally:
            server.terminate()
            server.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
