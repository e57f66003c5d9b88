"""What memory is used for: vitrine memory, and the limit of it."""

import json
import signal

from cases.configuration import NOTICE, Configuration, configured, last_row
from cases.windows import Beside, corner
from waiting import await_equal, await_true, await_within, check, check_equal
from window import run_vitrine

EMOJI = "\U0001f600"
ALL_FONTS = {"FONTCONFIG_FILE": "/etc/fonts/fonts.conf"}


def report_of(stage, server):
    """The document of `vitrine memory --json`, {kind: process} with tags by name in it."""
    code, text, complaints = run_vitrine(stage, server, "memory", "--json", DISPLAY=None)
    check_equal("exit code and complaints", (0, ""), (code, complaints))
    document = json.loads(text)
    for process in document["processes"]:
        process["tags"] = {tag["tag"]: tag for tag in process["tags"]}
    return document


def of_kind(document, kind):
    """Its processes of that kind."""
    return [process for process in document["processes"] if process["kind"] == kind]


def case_it_is_told_of_a_live_window_and_its_server(stage):
    server = stage.server().start()
    window = stage.window(server)
    document = report_of(stage, server)
    (on_server,), (shown,) = of_kind(document, "server"), of_kind(document, "window")
    check_equal("the server", int(server.format("#{pid}")), on_server["process"])
    check_equal("the window", window.process.pid, shown["process"])
    check_equal("windows without an answer", 0, document["silent_windows"])
    check_equal("the pool, mapped by both", on_server["tags"]["pool"]["live_bytes"],
                shown["tags"]["pool"]["live_bytes"])
    for tag in ("screen", "scene", "shapes", "atlas", "fonts", "connection"):
        usage = shown["tags"][tag]
        check(f"{tag}: {usage}", 0 < usage["live_bytes"] <= usage["peak_bytes"])
    atlas = shown["tags"]["atlas"]
    check(f"unused parts of the atlas: {atlas}", 0 < atlas["fragmentation"] < 1)
    check_equal("all processes", document["live_bytes"],
                sum(process["all"]["live_bytes"] for process in document["processes"]))
    for process in document["processes"]:
        check_equal(f"all of {process['kind']}", process["all"]["live_bytes"],
                    sum(usage["live_bytes"] for usage in process["tags"].values()))
    check("the heap", 0 < shown["heap_counted_bytes"] < shown["heap_bytes"])
    check_equal("the server's, which is tmux's", 0, on_server["heap_bytes"])
    check_equal("clients of the session", 1, len(server.clients()))


def case_as_a_table(stage):
    server = stage.server().start()
    window = stage.window(server)
    code, text, _ = run_vitrine(stage, server, "memory")
    check_equal("exit code", 0, code)
    lines = text.split("\n")
    check(text, any(line.startswith("server ") for line in lines))
    check(text, any(line == f"window {window.process.pid}" for line in lines))
    check(text, any(line.split()[:1] == ["atlas"] for line in lines))


def case_a_window_that_is_stopped_is_said_not_to_answer(stage):
    server = stage.server().start()
    window = stage.window(server)
    window.process.send_signal(signal.SIGSTOP)
    try:
        document = report_of(stage, server)
    finally:
        window.process.send_signal(signal.SIGCONT)
    check_equal("windows without an answer", 1, document["silent_windows"])
    check_equal("processes", ["server"], [one["kind"] for one in document["processes"]])
    check_equal("with it again", 1, len(of_kind(report_of(stage, server), "window")))


def case_two_windows_of_one_process_are_told_once_and_both_answer(stage):
    server = stage.server().start()
    window = stage.window(server)
    Beside(window)
    document = report_of(stage, server)
    check_equal("windows without an answer", 0, document["silent_windows"])
    (shown,) = of_kind(document, "window")
    check_equal("the process", window.process.pid, shown["process"])


def case_of_a_server_without_windows(stage):
    server = stage.server().start()
    document = report_of(stage, server)
    check_equal("processes", ["server"], [one["kind"] for one in document["processes"]])


def case_there_is_no_server(stage):
    code, text, complaints = run_vitrine(stage, stage.server(), "memory")
    check_equal("exit code and output", (1, ""), (code, text))
    check(f"it is said: {complaints}", "tmux" in complaints or "connect" in complaints)


def case_other_words_are_refused(stage):
    code, _, complaints = run_vitrine(stage, stage.server(), "memory", "--all")
    check_equal("exit code", 1, code)
    check(complaints, "--all" in complaints)


def case_a_limit_that_there_is_no_room_in_ends_the_window_with_a_message(stage):
    server = stage.server().start()
    code, _, complaints = run_vitrine(stage, server, "--memory-limit", "1", "attach",
                                      DISPLAY=stage.display.name)
    check_equal("exit code", 1, code)
    check(f"it is said: {complaints}", "memory" in complaints)
    check("the session is there", server.alive())


def case_a_window_lives_within_its_limit(stage):
    server = stage.server().start()
    free = stage.window(server)
    before = of_kind(report_of(stage, server), "window")[0]["all"]["live_bytes"]
    free.ask_to_close()
    free.await_end()
    # Little more than it takes at first, less than glyphs of many kinds take.
    most = before // 2**20 + 1
    window = stage.window(server, flags=("--memory-limit", str(most)))
    page = "".join(chr(code) for code in range(0x21, 0x2c00, 3) if chr(code).isprintable())
    command = server.page("page", page.encode())
    server.ask("respawn-pane", "-k", "-t", "main:", command)
    await_true("it is shown", lambda: page[-1] in server.content())
    window.type("x")
    await_true("the window lives", lambda: window.client() and window.process.poll() is None)
    held = of_kind(report_of(stage, server), "window")[0]["all"]
    check(f"{held['live_bytes']} bytes of {most} MiB", held["live_bytes"] <= most * 2**20)
    check_equal("the limit, as it is told", most * 2**20, held["limit_bytes"])


def case_what_a_limit_by_tag_refuses_is_named(stage):
    server = stage.server().start()
    for limit, said in (("screen=0.015625", " for screen, memory.limits.screen is 0.015625 MiB"),
                        ("pool=0.125", " bytes for pool, the limit of pool is 131072")):
        code, _, complaints = run_vitrine(stage, server, "--memory-limits", limit, "attach",
                                          DISPLAY=stage.display.name)
        check_equal("exit code", 1, code)
        check(f"it is said: {complaints}", said in complaints)
        check("the session is there", server.alive())


def case_text_past_the_atlas_s_limit_comes_when_the_limit_goes(stage):
    window, configuration = configured(stage, "memory.limits.atlas = 0.5\n")

    def has_text():
        prompt = window.capture().part(0, 0, *window.cell())
        return any(value > 0x80 for value in prompt.data)

    await_equal("the notice", NOTICE, lambda: last_row(window))
    await_within("standard error", " bytes for atlas, memory.limits.atlas is 0.5 MiB\n",
                 window.stderr)
    check("text", not has_text())
    configuration.replace("memory.limits.atlas = 64\n")
    await_true("text without the limit", has_text)
    await_true("no notice", lambda: last_row(window) != NOTICE)
    check("the window lives", window.process.poll() is None)


def case_text_past_the_limit_comes_when_another_window_that_held_the_memory_is_closed(stage):
    configuration = Configuration(stage, "")
    server = stage.server().start()
    holder = stage.window(server, environment=dict(configuration.environment, **ALL_FONTS))

    def show(character):
        page = server.page("page", f"\033[H{character}\n".encode())
        server.ask("respawn-pane", "-k", "-t", "main:", page)

    def coloured(window):
        picture = holder.display.x.capture(window)
        first = picture and picture.part(0, 0, *holder.cell())
        return first and any(max(first.pixel(x, y)) - min(first.pixel(x, y)) > 0x40
                             for x in range(first.width) for y in range(first.height))

    show(EMOJI)
    await_true("it has an emoji", lambda: coloured(holder.id))
    holder.display.x.iconify(holder.id)
    show("x")
    lean = Beside(holder)
    await_true("the other has text", lambda: corner(holder, lean.id))
    held = of_kind(report_of(stage, server), "window")[0]["all"]["live_bytes"]
    most = held // 2**20 + 1
    configuration.write(f"memory.limit = {most}\n")
    show(EMOJI)
    await_within("standard error", "some text is not shown: out of memory: ", holder.stderr)
    check(holder.stderr(), f", memory.limit is {most} MiB\n" in holder.stderr())
    check_equal("an emoji is shown", False, coloured(lean.id))
    holder.display.x.ask_to_close(holder.id)
    await_true("the emoji", lambda: coloured(lean.id))
