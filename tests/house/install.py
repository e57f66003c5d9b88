#!/usr/bin/env python3
"""install.py BUILD PREFIX: what `meson install` gives is all there, and is used where it lies.

Installed below a folder that is thrown away, as a packager does it. The program from there finds
its own library and its own tmux, not those of the build, and a C program is made with what lies
there by pkg-config.
"""

import contextlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

FILES = (
    "bin/vitrine", "libexec/vitrine/tmux", "lib/libvitrine.so", "lib/pkgconfig/vitrine.pc",
    "include/vitrine/client.h", "include/vitrine/backend.h", "include/vitrine/protocol.h",
    "share/man/man1/vitrine.1", "share/man/man5/vitrine.5",
    "share/bash-completion/completions/vitrine", "share/zsh/site-functions/_vitrine",
    "share/fish/vendor_completions.d/vitrine.fish", "share/applications/vitrine.desktop",
)
PROGRAM = """#include <vitrine/client.h>
int main(void) { return vitrine_connect(0, 0) == UI_OK ? 1 : 0; }
"""
SKIPPED = 77
PNG = b"\x89PNG\r\n"


def run(*command, **variables):
    """What a command prints; it must succeed. Beside the house's own nothing is set."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment.update(variables, LANG="C.UTF-8")
    done = subprocess.run([str(word) for word in command], env=environment, cwd="/", check=False,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise SystemExit(f"{command}: {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def check(what, holds):
    """Ends the test with what it is that does not hold."""
    if not holds:
        raise SystemExit(what)


@contextlib.contextmanager
def unchanged(log):
    """What a real installation wrote there is how it is taken away again."""
    if log.exists() and not os.access(log, os.W_OK):
        print(f"skipped: {log} is somebody else's")
        sys.exit(SKIPPED)
    before = log.read_bytes() if log.exists() else None
    try:
        yield
    finally:
        if before is not None:
            log.write_bytes(before)
        else:
            log.unlink(missing_ok=True)


def check_program(place, work):
    """A session and a picture of it."""
    vitrine = [place / "bin" / "vitrine", "-L", "installed", "-f", "/dev/null"]
    places = {"TMUX_TMPDIR": str(work)}
    picture = work / "picture.png"
    used = re.search(r"libvitrine\.so\S* => (\S+)", run("ldd", vitrine[0]))
    check("no library", used)
    check(f"not the library beside it: {used[1]}",
          pathlib.Path(used[1]).resolve().is_relative_to(place))
    try:
        run(*vitrine, "new", "-d", "exec cat", **places)
        server = run(*vitrine, "display-message", "-p", "#{pid}", **places).strip()
        tmux = os.readlink(f"/proc/{server}/exe")
        check(f"tmux is {tmux}", tmux == str(place / "libexec" / "vitrine" / "tmux"))
        run(*vitrine, "--screenshot", picture, "attach", **places)
        check("no picture", picture.read_bytes().startswith(PNG))
    finally:
        subprocess.run([place / "libexec" / "vitrine" / "tmux", "-L", "installed", "kill-server"],
                       env=places, check=False, capture_output=True, timeout=60)


def check_library(root, place, work):
    """A C program with it."""
    flags = run("pkg-config", "--cflags", "--libs", "vitrine",
                PKG_CONFIG_PATH=str(place / "lib" / "pkgconfig"), PKG_CONFIG_SYSROOT_DIR=str(root),
                PKG_CONFIG_ALLOW_SYSTEM_CFLAGS="1", PKG_CONFIG_ALLOW_SYSTEM_LIBS="1").split()
    (work / "program.c").write_text(PROGRAM, encoding="utf-8")
    run("cc", "-o", work / "program", work / "program.c", *flags)
    run(work / "program", LD_LIBRARY_PATH=str(place / "lib"))


def main(arguments):
    """Nothing, or the test ends with what is wrong."""
    build, prefix = arguments
    # Ended from outside, too, it leaves no server and no files behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="vitrine-install-") as folder:
        work = pathlib.Path(folder).resolve()
        root = work / "root"
        with unchanged(pathlib.Path(build) / "meson-logs" / "install-log.txt"):
            run("meson", "install", "-C", build, "--no-rebuild", DESTDIR=str(root))
        place = pathlib.Path(f"{root}{prefix}")
        for file in FILES:
            check(f"{file} is missing", (place / file).is_file())
        strangers = [path for path in root.rglob("*")
                     if path.is_file() and not path.is_relative_to(place)]
        check(f"outside the prefix: {strangers}", not strangers)
        check_program(place, work)
        check_library(root, place, work)


if __name__ == "__main__":
    main(sys.argv[1:])
