#!/usr/bin/env python3
"""Writes bench/RESULTS.md anew from measurements. On a quiet machine, all of it is one command:

    bench/results.py --peers-program .../peers/run.py

which runs, one after the other, and keeps what they print under build/results/:
    micro      every program of bench/ that is in the build, with --benchmark_out
    bench      `vitrine bench all --json`, in an Xvfb of 1920x1080
    peers      run.py of the harness that measures other terminals with tmux inside (it is no
               part of this repository), with our window as a subject

What was measured already can be given as files instead of being measured: --micro DIR,
--bench FILE, --peers FILE. What is neither given nor measured is left out, with a line that says
so. --only micro,bench runs only these. --print writes to the standard output.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import shlex
import statistics
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parent.parent
FONT, POINTS = "DejaVu Sans Mono", 12
MICRO_REPETITIONS = 3
SKIPPED = 77  # as meson takes it
NANOSECONDS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
NOT_MEASURED = """\
- Micro-benchmarks are CPU time of one process with warm caches, those of draw-gl of the thread that
  calls OpenGL, and GPU time beside it, by timer queries; the message that tells the window of a
  frame is only in `one_message`, and nothing of them includes a display.
- In `vitrine bench` a key enters where GLFW hands it over, so the way from the keyboard through
  the display to the window is missing; *presented* is when the call that hands pixels to the
  display returned and what was queued for it was sent. What the display, a compositor and a GPU
  do after that, and scan-out, are not measured.
- The peers' harness sees the way through the X server both ways, in an Xvfb without a window
  manager: no compositor, no refresh of a monitor, OpenGL by the CPU.
"""


# ---------------------------------------------------------------- measuring

def under_xvfb(command):
    """The command with a display of its own."""
    return ["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24 -dpi 96 -nolisten tcp", *command]


def benchmark_programs(build):
    """The micro-benchmarks that meson knows, built."""
    text = subprocess.run(["meson", "introspect", "--benchmarks", str(build)], check=True,
                          capture_output=True, text=True).stdout
    programs = [pathlib.Path(entry["cmd"][0]) for entry in json.loads(text)]
    targets = [str(program.relative_to(build)) for program in programs]
    subprocess.run(["ninja", "-C", str(build), *targets], check=True, stdout=subprocess.DEVNULL)
    return programs


def measure_micro(build, folder):
    """Runs all micro-benchmarks; the folder of their JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    for program in benchmark_programs(build):
        print(f"micro: {program.name}", file=sys.stderr)
        file, skipped = (folder / f"{program.name}.{kind}" for kind in ("json", "skipped"))
        for old in (file, skipped):
            old.unlink(missing_ok=True)
        done = subprocess.run([program, f"--benchmark_out={file}", "--benchmark_out_format=json",
                               "--benchmark_enable_random_interleaving",
                               f"--benchmark_repetitions={MICRO_REPETITIONS}",
                               "--benchmark_min_time=0.2"],
                              check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              text=True)
        sys.stderr.write(done.stderr)
        if done.returncode == SKIPPED:
            skipped.write_text((done.stderr.strip().splitlines() or ["skipped"])[-1] + "\n")
        else:
            done.check_returncode()
    return folder


def measure_bench(build, file):
    """Runs vitrine bench all; the file of its JSON."""
    print("bench: vitrine bench all", file=sys.stderr)
    command = [str(build / "renderer" / "vitrine"), "bench", "all", "--json", "--geometry",
               "160x45", "--font", FONT, "--font-size", str(POINTS),
               "--plot", str(file.with_suffix(".svg"))]
    done = subprocess.run(under_xvfb(command), check=True, stdout=subprocess.PIPE)
    file.write_bytes(done.stdout)
    return file


def measure_peers(build, program, file, arguments):
    """Runs the peers' harness with our window among them; the file of its JSON."""
    print("peers: the harness", file=sys.stderr)
    tmux = build / "shim" / "tmux"
    subject = (f"vitrine=env VITRINE_TMUX={tmux} {build / 'renderer' / 'vitrine'} "
               "-L {sock} -f {conf} --size {cols}x{rows} --font '{font}' --font-size {pt}")
    # The same tmux for all: detached it is what each of them is compared with.
    subprocess.run([sys.executable, program, "--tmux", str(tmux), "--subject", subject,
                    "--json", str(file), *arguments], check=False, stdout=subprocess.DEVNULL)
    return file


# ---------------------------------------------------------------- tables

def table(head, rows):
    """A table of Markdown; all columns but the first to the right."""
    lines = ["| " + " | ".join(head) + " |",
             "|---|" + "---:|" * (len(head) - 1)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def short(value):
    """A number with three digits that count."""
    if value is None:
        return "-"
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.2g}" if abs(value) < 1 else f"{value:.3g}"


def spread_percent(values):
    """(greatest - least) / median, in percent."""
    middle = statistics.median(values)
    return 100 * (max(values) - min(values)) / middle if middle else 0


def time_text(nanoseconds):
    """With a unit that suits it."""
    for unit, factor in (("ms", 1e6), ("us", 1e3)):
        if nanoseconds >= 10 * factor or (unit == "us" and nanoseconds >= factor):
            return f"{short(nanoseconds / factor)} {unit}"
    return f"{short(nanoseconds)} ns"


def micro_name(run):
    """As the program has it, with its label."""
    name = f"`{run['run_name'].removesuffix('/manual_time')}`"
    return f"{name} ({run['label']})" if run.get("label") else name


def beside_times(repeated, emulated):
    """What a benchmark counts beside its time: medians over the repetitions."""
    def median(counter):
        return statistics.median(run[counter] for run in repeated)
    for counter in ("cell", "span", "message"):
        if counter in repeated[0]:
            yield f"{short(median(counter) * 1e9)} ns a {counter}"
    if "gpu_us" in repeated[0] and not emulated:
        yield f"GPU {time_text(median('gpu_us') * 1e3)}"


def micro_rows(document):
    """A row for each benchmark of one program: medians over the repetitions."""
    emulated = document["context"].get("gl_emulated") == "yes"
    runs = {}
    for run in document["benchmarks"]:
        if run["run_type"] == "iteration" and "error_occurred" not in run:
            runs.setdefault(run["run_name"], []).append(run)
    for name, repeated in runs.items():
        # What was waited for the CPU does not count; manual times are "real".
        clock = "real_time" if name.endswith("/manual_time") else "cpu_time"
        times = [run[clock] * NANOSECONDS[run["time_unit"]] for run in repeated]
        yield [micro_name(repeated[0]), time_text(statistics.median(times)),
               ", ".join(beside_times(repeated, emulated)), f"{spread_percent(times):.0f} %"]


def drawn_by(context):
    """What draws for a program that uses OpenGL."""
    if "gl_renderer" not in context:
        return ""
    emulated = context.get("gl_emulated") == "yes"
    return (f"; OpenGL by {context['gl_renderer']}, {context.get('gl_version', '?')}"
            f"{', a software rasteriser: no GPU times' if emulated else ''}")


def micro_section(folder):
    """All micro-benchmarks."""
    text = "## Micro-benchmarks\n\n"
    for file in sorted(folder.glob("*.json")):
        document = json.loads(file.read_text())
        load = ", ".join(f"{value:.2f}" for value in document["context"].get("load_avg", [])[:1])
        text += (f"### {file.stem}\n\n{document['context']['date']}, load {load or '?'}"
                 f"{drawn_by(document['context'])}\n\n")
        text += table(["benchmark", "median", "beside", "spread"], micro_rows(document)) + "\n"
    for file in sorted(folder.glob("*.skipped")):
        text += f"### {file.stem}\n\n{file.read_text()}\n"
    return text


def latency_text(run):
    """One latency run of vitrine bench."""
    flood = f", flood read at {short(run['flood_mb_per_s'])} MB/s" if run["flood_mb_per_s"] else ""
    rows = [[stage["until"]] + [short(stage[f"{column}_us"])
                                for column in ("p50", "p95", "p99", "max", "mean")]
            for stage in run["stages"]]
    return (f"### Latency, {run['name']}\n\n{run['keys']} keys, {run['lost']} lost, "
            f"{run['odd']} odd{flood}; us from the stage before.\n\n" +
            table(["until", "p50", "p95", "p99", "max", "mean"], rows) + "\n")


def throughput_text(results):
    """Throughput as vitrine bench has it."""
    rows = []
    for result in results:
        megabytes = result["bytes"] / 1e6
        speed = [short(megabytes / statistics.median(result[name]))
                 for name in ("detached_s", "attached_s")]
        rows.append([result["payload"], short(megabytes), *speed, f"{result['ratio']:.3f}",
                     f"{result['ratio_shown']:.3f}", f"{result['tmux_cpu_ratio']:.3f}",
                     short(1e3 * statistics.median(result["window_cpu_s"]) / megabytes),
                     f"{spread_percent(result['detached_s']):.0f} %",
                     f"{spread_percent(result['attached_s']):.0f} %"])
    head = ["payload", "MB", "detached MB/s", "attached MB/s", "ratio", "last picture shown",
            "tmux CPU ratio", "window CPU ms/MB", "spread detached", "attached"]
    count = len(results[0]["detached_s"])
    return f"### Throughput\n\nMedians of {count}, alternating.\n\n" + table(head, rows) + "\n"


def idle_text(idle):
    """Idle as vitrine bench has it."""
    rows = [[name, short(idle[f"{name}_wake_ups"]), short(idle[f"{name}_cpu_ms_per_s"])]
            for name in ("window", "tmux")]
    return (f"### Idle\n\n{short(idle['seconds'])} s, {idle['frames']} frames, "
            f"{idle['pictures']} pictures.\n\n" +
            table(["", "wake-ups", "CPU ms/s"], rows) + "\n")


def bench_section(file):
    """What vitrine bench all says."""
    result = json.loads(file.read_text())
    text = (f"## vitrine bench\n\n{result['date']}, {result['tmux']}, {result['geometry']}, "
            f"{result['font']}, {result['display']}, load {result['load']:.2f}"
            f"{'' if result['optimised'] else ', compiled WITHOUT optimisation'}\n\n")
    text += "".join(map(latency_text, result.get("latency", [])))
    if result.get("throughput"):
        text += throughput_text(result["throughput"])
    if result.get("idle"):
        text += idle_text(result["idle"])
    return text


def dig(value, *path):
    """A value deep in a document, None if it is not there."""
    for key in path:
        if not isinstance(value, dict) or key not in value:
            return None
        value = value[key]
    return value


def per_key(peer, run, who):
    """CPU ms a key of one process."""
    cpu, keys = dig(peer, "latency", run, "cpu", who), dig(peer, "latency", run, "keys_sent")
    return None if cpu is None or not keys else 1000 * cpu / keys


def peers_rows(peers):
    """The rows of the table of peers: a label, and how to find the value."""
    kinds = []
    for peer in peers.values():
        kinds += [kind for kind in dig(peer, "throughput", "kinds") or {} if kind not in kinds]
    runs = (("tmux", "key to pixel"), ("flood", "the same, another pane floods"),
            ("floor", "bare X client"))
    for run, label in runs:
        for part in ("p50", "p99"):
            yield (f"{label}, {part} us",
                   lambda peer, run=run, part=part: dig(peer, "latency", run, part))
    yield "CPU a key, window ms", lambda peer: per_key(peer, "tmux", "term")
    yield "CPU a key, X server ms", lambda peer: per_key(peer, "tmux", "xvfb")
    yield "flood read at MB/s", lambda peer: dig(peer, "latency", "flood", "flood_mb_s")
    for kind in kinds:
        for key, label in (("ratio", "attached/detached"), ("glass_ratio", "last picture shown"),
                           ("spread_pct", "spread %")):
            yield (f"{kind}, {label}",
                   lambda peer, kind=kind, key=key: dig(peer, "throughput", "kinds", kind, key))
        for who, label in (("term", "window"), ("xvfb", "X server"), ("tmux", "tmux")):
            yield (f"{kind}, CPU of {label} s",
                   lambda peer, kind=kind, who=who: dig(peer, "throughput", "kinds", kind, "cpu",
                                                        who))
    yield "idle CPU, window ms/s", lambda peer: dig(peer, "idle", "ms_s", "term")
    yield "idle memory of the window, PSS MB", lambda peer: dig(peer, "idle", "term", "pss_mb")


def peers_section(file):
    """Other terminals with tmux inside, and us."""
    result = json.loads(file.read_text())
    peers = result["peers"]
    load = f"{result['loadavg'][0]:.2f} to {result['loadavg_end'][0]:.2f}"
    grids = {grid for peer in peers.values() for part in ("latency", "throughput", "idle")
             if (grid := dig(peer, part, "grid"))}
    text = (f"## Beside other terminals\n\n{result['when']}, {result['tmux_version']}, "
            f"{', '.join(sorted(grids)) or '?'}, {result['font']}, {result['reps']} repetitions, "
            f"{result['keys']} keys, flood "
            f"{dig(result, 'options', 'flood_kb') or 'without bound'}, load {load}\n\n")
    rows = []
    for label, find in peers_rows(peers):
        values = [find(peer) for peer in peers.values()]
        if any(value is not None for value in values):
            rows.append([label, *map(short, values)])
    text += table(["", *peers], rows) + "\n"
    for name, peer in peers.items():
        text += "".join(f"{name}, {part}: {error}\n" for part, error in
                        peer.get("errors", {}).items())
    return text


# ---------------------------------------------------------------- the document

def processor():
    """The name of the CPU."""
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def build_options(build):
    """The options of the build that matter here."""
    text = subprocess.run(["meson", "introspect", "--buildoptions", str(build)], check=False,
                          capture_output=True, text=True).stdout
    wanted = ("buildtype", "optimization", "b_lto", "b_ndebug", "b_sanitize")
    values = {entry["name"]: entry["value"] for entry in json.loads(text or "[]")}
    return ", ".join(f"{name} {values[name]}" for name in wanted if name in values) or "?"


def revision():
    """The commit, and whether something is changed."""
    done = subprocess.run(["git", "-C", str(SOURCE), "describe", "--always", "--dirty"],
                          check=False, capture_output=True, text=True)
    return done.stdout.strip() or "?"


def head_section(build):
    """What holds for all that follows."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (f"# Results\n\nWritten by `bench/results.py`; measure anew by running it on a quiet "
            f"machine.\n\n"
            f"- date: {datetime.date.today().isoformat()}, commit {revision()}\n"
            f"- machine: {processor()}, {os.cpu_count()} CPUs, {memory:.0f} GiB, "
            f"{platform.system()} {platform.release().split('-')[0]}\n"
            f"- build: {build_options(build)}\n"
            f"- spread is (greatest - least) / median of the repetitions; compare figures of one "
            f"run, and ratios rather than times\n\n"
            f"Not measured:\n\n{NOT_MEASURED}\n")


def sections(options, build, folder):
    """All sections; measures what was not given."""
    wanted = options.only.split(",") if options.only else ["micro", "bench", "peers"]
    micro, bench, peers = options.micro, options.bench, options.peers
    if micro is None and "micro" in wanted:
        micro = measure_micro(build, folder / "micro")
    if bench is None and "bench" in wanted:
        bench = measure_bench(build, folder / "bench.json")
    if peers is None and "peers" in wanted and options.peers_program:
        peers = measure_peers(build, options.peers_program, folder / "peers.json",
                              shlex.split(options.peers_arguments))
    for name, file, section in (("micro-benchmarks", micro, micro_section),
                                ("vitrine bench", bench, bench_section),
                                ("other terminals", peers, peers_section)):
        yield section(file) if file else f"*{name}: not measured in this run.*\n\n"


def main():
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=SOURCE / "build")
    parser.add_argument("--only", help="of micro,bench,peers: what to measure")
    parser.add_argument("--micro", type=pathlib.Path, help="folder of JSON files")
    parser.add_argument("--bench", type=pathlib.Path, help="JSON of vitrine bench")
    parser.add_argument("--peers", type=pathlib.Path, help="JSON of the peers' harness")
    parser.add_argument("--peers-program", help="the harness, run.py")
    parser.add_argument("--peers-arguments", default="", help="further arguments for it")
    parser.add_argument("--print", action="store_true", help="leave RESULTS.md as it is")
    options = parser.parse_args()
    build = options.build.resolve()
    folder = build / "results"
    folder.mkdir(parents=True, exist_ok=True)
    text = head_section(build) + "".join(sections(options, build, folder))
    text = text.rstrip("\n") + "\n"
    if options.print:
        sys.stdout.write(text)
    else:
        (SOURCE / "bench" / "RESULTS.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
