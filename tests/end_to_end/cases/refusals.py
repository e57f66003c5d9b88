"""What cannot be: one line that names the cause, an exit code, and nothing is lost."""

import os
import shutil
import subprocess

from waiting import Skip, check, check_equal
from window import run_vitrine, without_remarks

NOBODY = 65534
# Mesa has words of its own to say.
DRIVER = ("libGL error:", "libEGL warning:", "MESA: error:", "MESA-LOADER:")


def expect_refusal(outcome, *causes):
    """An exit code, one line on stderr with these words in it, nothing on stdout."""
    status, output, errors = outcome
    check(f"exit code {status}, complaint {errors!r}", status not in (0, -6, -11) and status > 0)
    check_equal("standard output", "", output)
    errors = "".join(line for line in errors.splitlines(True) if not line.startswith(DRIVER) and line.strip())
    check(f"not one line: {errors!r}", errors.count("\n") == 1 and errors.endswith("\n"))
    for cause in causes:
        check(f"{cause!r} is not in {errors!r}", cause.lower() in errors.lower())


def expect_untouched(server):
    """The session is as it was, with nobody attached."""
    check_equal("sessions", "main", server.ask("list-sessions", "-F", "#{session_name}"))
    check_equal("clients", [], server.clients())


def case_no_such_target(stage):
    server = stage.server().start()
    for target in ("none", "main:77", "%99"):
        expect_refusal(run_vitrine(stage, server, "attach", "-t", target), "can't find")
    expect_refusal(run_vitrine(stage, server, "attach", "-t", "none", "--pane"), "none")
    expect_refusal(run_vitrine(stage, server, "attach", "-t", "%99", "--pane"))
    expect_untouched(server)


def case_a_session_that_is_there_already(stage):
    server = stage.server().start()
    expect_refusal(run_vitrine(stage, server, "new", "-s", "main"), "duplicate session")
    expect_untouched(server)


def case_no_sessions(stage):
    server = stage.server()
    outcome = run_vitrine(stage, server, "attach")
    expect_refusal(outcome)
    # The server that attach starts ends at once, at times before its client heard why: stock's too.
    check(f"said {outcome[2]!r}", any(words in outcome[2] for words in
                                      ("no sessions", "server exited unexpectedly")))


def case_a_command_that_tmux_does_not_know(stage):
    server = stage.server().start()
    expect_refusal(run_vitrine(stage, server, "frobnicate"), "unknown command: frobnicate")
    expect_untouched(server)


def case_a_server_without_hooks(stage):
    server = stage.server(program=stage.house.stock).start()
    expect_refusal(run_vitrine(stage, server, "attach"), "hooks")
    expect_untouched(server)


def case_a_tmux_that_is_not_there(stage):
    server = stage.server().start()
    nowhere = str(stage.work / "nowhere")
    expect_refusal(run_vitrine(stage, server, "attach", VITRINE_TMUX=nowhere), nowhere,
                   "no such file")
    expect_refusal(run_vitrine(stage, server, "--tmux", nowhere, "attach"), nowhere)
    expect_refusal(run_vitrine(stage, server, "--tmux", nowhere, "ls"), nowhere)
    expect_refusal(run_vitrine(stage, server, "--tmux", str(stage.work), "attach"),
                   "not a program")
    expect_untouched(server)


def case_a_tmux_without_hooks(stage):
    server = stage.server()
    expect_refusal(run_vitrine(stage, server, "--tmux", str(stage.house.stock), "new"), "hooks")


def case_a_tmux_that_is_something_else(stage):
    server = stage.server()
    for program in ("/bin/true",):
        expect_refusal(run_vitrine(stage, server, "--tmux", program, "attach"), "tmux")


def case_no_font(stage):
    server = stage.server().start()
    empty = stage.work / "fonts.conf"
    empty.write_text("<fontconfig></fontconfig>", encoding="utf-8")
    expect_refusal(run_vitrine(stage, server, "attach", FONTCONFIG_FILE=str(empty)), "font")
    expect_refusal(run_vitrine(stage, server, "--screenshot", "x.png", "attach",
                               FONTCONFIG_FILE=str(empty)), "font")
    expect_untouched(server)


def case_a_font_that_is_not_installed(stage):
    server = stage.server().start()
    picture = stage.work / "other-font.png"
    status, _, errors = run_vitrine(stage, server, "--font", "No Such Family", "--screenshot",
                                    str(picture), "attach")
    check_equal("exit code", 0, status)
    check(f"it is named once: {errors!r}", errors.count('"No Such Family" is installed') == 1)
    check("drawn all the same", picture.exists())


def case_no_gl(stage):
    server = stage.server().start()
    nothing = stage.work / "drivers"
    nothing.mkdir()
    gl = {"VITRINE_RENDERER": "gl"}  # else the CPU draws
    old = {"MESA_GL_VERSION_OVERRIDE": "2.1", **gl}
    none = {"LIBGL_DRIVERS_PATH": str(nothing), "GBM_BACKENDS_PATH": str(nothing), **gl}
    for variables in (old, none):
        expect_refusal(run_vitrine(stage, server, "attach", **variables), "OpenGL 3.3")
        expect_refusal(run_vitrine(stage, server, "--screenshot", "x.png", "attach",
                                   DISPLAY=None, **variables), "OpenGL 3.3")
    expect_untouched(server)


def case_no_display(stage):
    server = stage.server().start()
    expect_refusal(run_vitrine(stage, server, "attach", DISPLAY=None), "display")
    expect_refusal(run_vitrine(stage, server, "attach", DISPLAY=":987"), "display")
    expect_untouched(server)


def case_a_picture_that_cannot_be_written(stage):
    server = stage.server().start()
    file = str(stage.work / "no" / "shot.png")
    expect_refusal(run_vitrine(stage, server, "--screenshot", file, "attach"), file,
                   "no such file")
    expect_untouched(server)


def run_beside_full_disk(stage, server, *arguments):
    """As run_vitrine(), with a file system that takes no file in the folder disk."""
    folder = stage.work / "disk"
    folder.mkdir(exist_ok=True)
    mount = ["unshare", "-m", "sh", "-c",
             'mount -t tmpfs -o nr_inodes=1 none "$0" && exec "$@"', folder]
    if not shutil.which("unshare") or subprocess.run([*mount, "true"], check=False,
                                                     capture_output=True).returncode != 0:
        raise Skip("no file system can be mounted here")
    done = subprocess.run([*mount, stage.vitrine, *server.flags, *arguments], check=False,
                          env=dict(server.environment, DISPLAY=stage.display.name),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, without_remarks(done.stderr)


def case_a_disk_that_is_full(stage):
    server = stage.server()
    server.flags = ["-S", str(stage.work / "disk" / "socket"), *server.flags[2:]]
    expect_refusal(run_beside_full_disk(stage, server, "new"), server.flags[1],
                   "no space left on device")
    server = stage.server().start()
    picture = str(stage.work / "disk" / "shot.png")
    expect_refusal(run_beside_full_disk(stage, server, "--screenshot", picture, "attach"),
                   picture, "no space left on device")
    expect_untouched(server)


def case_options_that_are_wrong(stage):
    server = stage.server().start()
    for arguments, cause in ((("--frobnicate",), "--frobnicate"), (("-Z",), "-Z"),
                             (("--font-size", "large"), "--font-size"),
                             (("--font-size", "1"), "--font-size"),
                             (("--screenshot",), "--screenshot"), (("-L",), "-L"),
                             (("--screenshot", "x.png", "ls"), "--screenshot"),
                             (("--pane", "ls"), "--pane"),
                             (("attach", "-t", "main", "--frobnicate"), "--frobnicate")):
        expect_refusal(run_vitrine(stage, server, *arguments), cause)
    expect_untouched(server)


def case_a_socket_of_somebody_else(stage):
    server = stage.server()
    server.flags = ["-S", str(stage.work / "socket"), *server.flags[2:]]
    server.start()
    command = [stage.vitrine, *server.flags, "attach"]
    environment = dict(server.environment, DISPLAY=stage.display.name)
    if os.getuid() == 0:
        # Where nobody may not even read the program there is nothing to learn.
        other = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        if not shutil.which("setpriv") or subprocess.run(
                [*other, "test", "-x", stage.vitrine], check=False).returncode != 0:
            raise Skip("another user cannot run the program from here")
        command = other + command
    else:
        (stage.work / "socket").chmod(0)
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False,
                          capture_output=True, text=True, timeout=60)
    if os.getuid() != 0:
        (stage.work / "socket").chmod(0o700)
    expect_refusal((done.returncode, done.stdout, done.stderr), "permission denied", "socket")
    expect_untouched(server)


def case_a_socket_that_cannot_be_made(stage):
    server = stage.server()
    nowhere = str(stage.work / "no" / "socket")
    server.flags = ["-S", nowhere, *server.flags[2:]]
    for command in ("new", "attach"):
        expect_refusal(run_vitrine(stage, server, command), nowhere, "no such file or directory")
    expect_refusal(run_vitrine(stage, server, "--screenshot", "x.png", "new"), nowhere)


def case_an_error_in_the_configuration_is_shown(stage):
    server = stage.server("frobnicate the tmux\n")
    window = stage.window(server, arguments=())
    check("it runs", window.client())
