#!/usr/bin/env python3
"""run.py HOOKED STOCK [WORD...]: drives the real window as a person would.

Opens it on a real tmux under Xvfb, with real keys and a real mouse, and looks at its
pixels, at what programs in panes receive and at what tmux says. Runs the cases whose name
has one of the words in it, or all. Exit code 77: it cannot run here, and says why.
UPDATE_REFERENCES=1 writes the reference pictures anew, KEEP_GOING=0 stops at the first
failure, VITRINE_TEST_PATIENCE=F waits F times as long.
"""

import importlib
import os
import signal
import sys
import time
import traceback

# The source folder stays as it is.
sys.dont_write_bytecode = True

import display
from stage import House, Stage
from waiting import Failure, Skip, check

MODULES = ("drawing", "overlays", "damage", "keys", "mouse", "clipboard", "events", "life",
           "launching", "refusals", "configuration", "appearance", "cursor", "windows",
           "memory", "top", "readme")
SKIPPED = 77


def cases(words):
    """(name, function) of what is to be run, in order."""
    for module in MODULES:
        members = vars(importlib.import_module(f"cases.{module}"))
        for name, member in members.items():
            if not name.startswith("case_"):
                continue
            title = f"{module}: {name.removeprefix('case_').replace('_', ' ')}"
            if not words or any(word in title for word in words):
                yield title, member


def run_case(house, function):
    """Runs one case; ("passed" | "failed" | "skipped", why)."""
    stage = Stage(house)
    try:
        try:
            function(stage)
        except Failure as failure:
            raise Failure(f"{failure}{stage.last_words()}") from failure
        finally:
            faults = stage.finish()
        check("\n".join(faults), not faults)
        return "passed", ""
    except Skip as reason:
        return "skipped", str(reason)
    except Failure as failure:
        return "failed", str(failure)
    except Exception:  # a fault of the test is a failure of its case only
        return "failed", traceback.format_exc()


def run_all(house, words):
    """Runs the cases, one line each; how many (passed, failed, skipped)."""
    count = {"passed": 0, "failed": 0, "skipped": 0}
    for title, function in cases(words):
        begin = time.monotonic()
        outcome, why = run_case(house, function)
        count[outcome] += 1
        print(f"{outcome:8}{title} ({time.monotonic() - begin:.1f} s)" + (why and f": {why}"),
              flush=True)
        if outcome == "failed" and os.environ.get("KEEP_GOING") == "0":
            break
    return count


def main(arguments):
    """The exit code."""
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    if missing := display.missing_programs():
        print(f"skipped: not installed: {', '.join(missing)}")
        return SKIPPED
    # Ended from outside, too, it leaves no server and no display behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        house = House(arguments[0], arguments[1])
    except Skip as reason:
        print(f"skipped: {reason}")
        return SKIPPED
    try:
        count = run_all(house, arguments[2:])
    finally:
        house.close()
    print(f"{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    return 1 if count["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
