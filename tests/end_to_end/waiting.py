"""Waiting for what a test expects: a condition is asked again until a deadline, and no
test sleeps for a time that seemed long enough on somebody's machine."""

import os
import time

# How long a condition may take that should hold at once: a busy machine is no fault.
PATIENCE = 20.0 * float(os.environ.get("VITRINE_TEST_PATIENCE", "1"))
INTERVAL = 0.02


class Failure(Exception):
    """What was expected did not happen."""


class Skip(Exception):
    """The case cannot run here; says why."""


def poll(condition, seconds=PATIENCE):
    """Asks until condition() is true; its last answer, true or not."""
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer or time.monotonic() > deadline:
            return answer
        time.sleep(INTERVAL)


def await_true(what, condition, seconds=PATIENCE):
    """The first true answer of condition(); fails with `what` after the deadline."""
    answer = poll(condition, seconds)
    if not answer:
        raise Failure(f"after {seconds:g} s still not: {what}")
    return answer


def await_equal(what, expected, ask, seconds=PATIENCE):
    """Waits until ask() is what is expected; fails with what it was last."""
    last = []

    def equal():
        last[:] = [ask()]
        return last[0] == expected

    if not poll(equal, seconds):
        raise Failure(f"{what}: expected {expected!r}, got {last[0]!r}")


def await_within(what, part, ask, seconds=PATIENCE):
    """Waits until `part` is in ask(); fails with what it was last."""
    last = []

    def within():
        last[:] = [ask()]
        return part in last[0]

    if not poll(within, seconds):
        raise Failure(f"{what}: expected {part!r} within {last[0]!r}")


def check(what, holds):
    """Fails with `what` if it does not hold now."""
    if not holds:
        raise Failure(what)


def check_equal(what, expected, got):
    """Fails unless both are equal."""
    if expected != got:
        raise Failure(f"{what}: expected {expected!r}, got {got!r}")
