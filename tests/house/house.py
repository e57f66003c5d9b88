#!/usr/bin/env python3
"""house.py SOURCE: the house is in order.

README.md's map (the section "## Map") has lines that begin with a path in backquotes, after
"- " or "| " if it is a list or a table, and say what is there:

    `folder/`        a folder; each with files in it has such a line
    `folder/file.c`  a file; `folder/file.*` is all files of that name, as a source with its header

Files of bridge/, renderer/ and shim/ have a line of their own, others and those of
bridge/bindings/ may leave it to their folder. No path has two lines, none names what is not there. Reference pictures do not count.

Includes point one way, renderer -> bridge <- shim, and only shim/ knows tmux.h.
"""

import pathlib
import re
import subprocess
import sys

SKIPPED = 77
MOST_LINES = 240
PICTURES = ("tests/end_to_end/reference/", "tests/text/reference/")
FILE_BY_FILE = ("bridge/", "renderer/", "shim/")
BY_FOLDER = "bridge/bindings/"
ENTRY = re.compile(r"^(?:[-*] |\| *)?`([^`]+)`(.*)$")
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)
# What each folder may take from another: headers of the C ABI.
PUBLIC = "bridge/include/vitrine/"
CODE = (".c", ".h", ".cpp")


def tracked_files(source):
    """What git knows, and None if this is no working copy."""
    done = subprocess.run(["git", "-c", f"safe.directory={source}", "-C", source, "ls-files"],
                          capture_output=True, text=True, check=False)
    return done.stdout.split("\n")[:-1] if done.returncode == 0 else None


def map_entries(readme):
    """(path, text) of each line of the map."""
    section = re.search(r"^## Map\n(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    lines = section.group(1).split("\n") if section else []
    return [(match[1], match[2].strip(" |—–-:")) for match in map(ENTRY.match, lines) if match]


def covers(path, file):
    """Whether a map entry's path names this file itself."""
    if path.endswith(".*"):
        return file.startswith(path[:-1]) and "/" not in file[len(path) - 1:]
    return path == file


def folder(file):
    """A file's folder as the map writes it, "" at the top."""
    return file[:file.rfind("/") + 1]


def map_faults(files, entries):
    """What is wrong with the map, a line each."""
    paths = [path for path, _ in entries]
    faults = [f"{path}: two lines" for path in sorted(set(paths)) if paths.count(path) > 1]
    faults += [f"{path}: says nothing" for path, text in entries if not text]
    folders = {folder(file) for file in files}
    faults += [f"{path}: not there" for path in paths
               if path not in folders and not any(covers(path, file) for file in files)]
    faults += [f"{name}: no line" for name in sorted(folders - set(paths) - {""})]
    for file in files:
        named = sum(covers(path, file) for path in paths)
        if named > 1:
            faults.append(f"{file}: {named} lines")
        by_file = file.startswith(FILE_BY_FILE) and not file.startswith(BY_FOLDER)
        if named == 0 and (folder(file) == "" or by_file):
            faults.append(f"{file}: no line")
    if len(paths) > MOST_LINES:
        faults.append(f"{len(paths)} lines, more than {MOST_LINES}")
    return faults


def included_file(source, file, kind, name):
    """The file of ours that an include means, by its path; None if it is none of ours."""
    top = file.split("/")[0]
    places = [PUBLIC.removesuffix("vitrine/")]
    if kind == '"':
        places += [folder(file), top + "/", "bridge/src/"]
    for place in places:
        path = (source / place / name).resolve()
        if path.is_file() and path.is_relative_to(source):
            return str(path.relative_to(source))
    return None


def include_faults(source, files):
    """Includes that point where they may not, a line each."""
    faults = []
    for file in files:
        if not file.startswith(FILE_BY_FILE) or not file.endswith(CODE):
            continue
        text = (source / file).read_text(encoding="utf-8")
        for kind, name in INCLUDE.findall(text):
            target = included_file(source, file, kind, name)
            top = file.split("/")[0]
            if name == "tmux.h" and top != "shim":
                faults.append(f"{file} includes tmux.h")
            elif target and target.split("/")[0] != top and not target.startswith(PUBLIC):
                faults.append(f"{file} includes {target}")
            elif target is None and kind == '"' and name != "tmux.h" and top != "shim" and (
                    "config" not in name):
                faults.append(f"{file} includes {name}, which is not there")
    return faults


def main(arguments):
    """The exit code."""
    source = pathlib.Path(arguments[0]).resolve()
    files = tracked_files(str(source))
    if files is None:
        print(f"skipped: {source} is not a git working copy")
        return SKIPPED
    files = [file for file in files if (source / file).exists() and not file.startswith(PICTURES)]
    readme = (source / "README.md").read_text(encoding="utf-8")
    entries = map_entries(readme)
    faults = ["README.md has no map: no section ## Map with entries"]
    if entries:
        faults = [f"README.md's map: {fault}" for fault in map_faults(files, entries)]
    faults += include_faults(source, files)
    print("\n".join(faults) or f"{len(files)} files in order")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
