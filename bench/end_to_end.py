#!/usr/bin/env python3
"""What a window costs: throughput, idling, memory, starting and stopping a flood.

    end_to_end.py [--build build] [--reps 5] [--lines 2000000] [--json OUT]

Starts an Xvfb, a hooked tmux on a private socket and a window of 160x45 on it.
Throughput compares the same server without and with the window, alternating, so
that the machine's noise falls on both; medians are printed. Compare ratios, not
times. Needs: xvfb, xdotool.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

COLUMNS, ROWS = 160, 45
# What a software GL driver maps: code and data of these do not count as ours.
DRIVER = ("libgallium", "libLLVM", "swrast", "libGL", "libEGL", "libX", "libxcb", "libdrm",
          "libglapi", "libz.", "libzstd", "libedit", "libelf", "libsensors", "libxml2", "libicu")


class Session:
    """A tmux server of its own with one session, and a window on demand."""

    def __init__(self, build):
        self.vitrine = str(build / "renderer" / "vitrine")
        self.work = tempfile.mkdtemp(prefix="vitrine-bench-")
        self.program = str(build / "shim" / "tmux")
        self.window = None
        reader, writer = os.pipe()
        self.xvfb = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
            pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as number:
            self.environment = dict(os.environ, TMUX_TMPDIR=self.work, TERM="xterm-256color",
                                    DISPLAY=":" + number.readline().strip())
        self.environment.pop("TMUX", None)
        self.tmux("new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), "sh")
        self.server = int(self.tmux("display-message", "-p", "#{pid}"))

    def tmux(self, *arguments):
        command = [self.program, "-L", "bench", "-f", "/dev/null", *arguments]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True,
                              text=True).stdout.strip()

    def open_window(self, *words):
        """A window that tells of its pictures."""
        process = subprocess.Popen(
            [self.vitrine, *words], env=dict(self.environment, VITRINE_DEBUG="frames"),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        return process, Pictures(process.stderr)

    def attach(self):
        self.window, self.pictures = self.open_window("-L", "bench", "attach")
        search = ["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(self.window.pid)]
        subprocess.run(search, env=self.environment, check=True, capture_output=True, timeout=60)
        subprocess.run(["xdotool", "search", "--sync", "--class", "vitrine", "windowfocus"],
                       env=self.environment, capture_output=True, timeout=60)
        deadline = time.monotonic() + 30
        while not self.tmux("list-clients"):
            if self.window.poll() is not None or time.monotonic() > deadline:
                sys.exit("the window did not attach")
            time.sleep(0.02)

    def detach(self):
        for client in self.tmux("list-clients", "-F", "#{client_name}").split():
            self.tmux("detach-client", "-t", client)
        self.window.wait(timeout=30)
        self.window = None

    def close(self):
        if self.window is not None:
            self.window.kill()
            self.window.wait()
        subprocess.run([self.program, "-L", "bench", "kill-server"], env=self.environment,
                       capture_output=True, check=False)
        self.xvfb.terminate()
        self.xvfb.wait()
        shutil.rmtree(self.work, ignore_errors=True)

    def flood(self, lines):
        """Seconds that `seq` takes in a pane of the usual size, and tmux's CPU seconds."""
        report = os.path.join(self.work, "report")
        script = (f"s=$(date +%s%N); seq 1 {lines}; e=$(date +%s%N); "
                  f"echo $((e - s)) >{report}; {self.program} -L bench wait-for -S done; exec cat")
        before = cpu_seconds(self.server)
        self.tmux("respawn-pane", "-k", f"sh -c '{script}'")
        self.tmux("wait-for", "done")
        cpu = cpu_seconds(self.server) - before
        return int(pathlib.Path(report).read_text()) / 1e9, cpu


class Pictures:
    """When a window says that it drew a picture: time.time_ns() of each."""

    def __init__(self, stream):
        self.times = []
        self.came = threading.Condition()
        threading.Thread(target=self.read, args=(stream,), daemon=True).start()

    def read(self, stream):
        for line in stream:
            if line.startswith("picture"):
                with self.came:
                    self.times.append(time.time_ns())
                    self.came.notify_all()

    def await_one(self, seconds=30):
        with self.came:
            if not self.came.wait_for(lambda: self.times, seconds):
                sys.exit("the window drew nothing")
            return self.times[0]


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def switches(pid):
    """Context switches of all threads: how often the process woke up."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text().splitlines():
            if "ctxt_switches" in line:
                total += int(line.split()[1])
    return total


def resident(pid):
    """Resident KiB: of the GL driver's mappings, and of all else."""
    driver = other = 0
    name = ""
    for line in pathlib.Path(f"/proc/{pid}/smaps").read_text().splitlines():
        words = line.split()
        if not words[0].endswith(":"):
            name = words[5] if len(words) > 5 else ""
        elif words[0] == "Rss:":
            if any(part in name for part in DRIVER):
                driver += int(words[1])
            else:
                other += int(words[1])
    return driver, other


def throughput(session, lines, reps):
    detached, attached, cpu_detached, cpu_attached = [], [], [], []
    for _ in range(reps):
        wall, cpu = session.flood(lines)
        detached.append(wall)
        cpu_detached.append(cpu)
        session.attach()
        wall, cpu = session.flood(lines)
        attached.append(wall)
        cpu_attached.append(cpu)
        session.detach()
    ratio = statistics.median(detached) / statistics.median(attached)
    return {
        "detached_s": detached, "attached_s": attached, "attached_to_detached": ratio,
        "server_cpu_ratio": statistics.median(cpu_attached) / statistics.median(cpu_detached),
    }


def idle(session, seconds):
    session.tmux("respawn-pane", "-k", "cat")
    session.attach()
    time.sleep(17)  # the cursor stops blinking 15 s after the last input
    pids = {"window": session.window.pid, "server": session.server}
    before = {name: (switches(pid), cpu_seconds(pid)) for name, pid in pids.items()}
    time.sleep(seconds)
    result = {}
    for name, pid in pids.items():
        woken, cpu = before[name]
        result[name] = {"wake_ups": switches(pid) - woken,
                        "cpu_ms_per_s": 1000 * (cpu_seconds(pid) - cpu) / seconds}
    session.detach()
    return result


def memory(session):
    session.flood(10000)  # the history is full, and does not grow with what follows
    before = sum(resident(session.server))
    session.attach()
    session.flood(2000)
    server = sum(resident(session.server)) - before
    driver, other = resident(session.window.pid)
    session.detach()
    return {"server_kib_per_attachment": server, "window_kib": other,
            "window_driver_kib": driver}


def start(session, reps):
    """Milliseconds from the command to the first picture, the server's start included."""
    times = []
    for _ in range(reps):
        began = time.time_ns()
        process, pictures = session.open_window("-L", "start", "-f", "/dev/null", "new", "cat")
        times.append((pictures.await_one() - began) / 1e6)
        subprocess.run([session.program, "-L", "start", "kill-server"], env=session.environment,
                       check=True)
        process.wait(timeout=30)
    return {"ms": times, "median_ms": statistics.median(times)}


def interrupt(session, reps):
    """What is shown after ^C ended a flood: pictures, and milliseconds until the last."""
    report = pathlib.Path(session.work, "ended")
    script = f'trap : INT; yes; date +%s%N >{report}; echo; echo ended; exec cat'
    session.attach()
    pictures, late = [], []
    for _ in range(reps):
        report.unlink(missing_ok=True)
        session.tmux("respawn-pane", "-k", f"sh -c '{script}'")
        time.sleep(1)  # of flood
        subprocess.run(["xdotool", "key", "ctrl+c"], env=session.environment, check=True)
        while not report.exists() or not report.read_text():
            time.sleep(0.01)
        time.sleep(0.5)  # long enough for whatever is still to be drawn
        ended = int(report.read_text())
        after = [at for at in session.pictures.times if at > ended]
        pictures.append(len(after))
        late.append((after[-1] - ended) / 1e6 if after else 0)
    session.detach()
    return {"pictures_after_the_end": pictures, "ms_to_the_last": late,
            "median_ms": statistics.median(late)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"))
    parser.add_argument("--reps", type=int, default=5)
    parser.add_argument("--lines", type=int, default=2000000)
    parser.add_argument("--idle", type=int, default=10, help="seconds to watch")
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()

    session = Session(options.build.resolve())
    try:
        result = {"geometry": f"{COLUMNS}x{ROWS}",
                  "memory": memory(session),
                  "throughput": throughput(session, options.lines, options.reps),
                  "idle": idle(session, options.idle),
                  "start": start(session, options.reps),
                  "interrupt": interrupt(session, options.reps)}
    finally:
        session.close()
    print(json.dumps(result, indent=2))
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
