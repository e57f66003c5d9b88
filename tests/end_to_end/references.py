"""Reference pictures: what a window has to look like.

reference/NAME.png holds for every tmux, NAME-VERSION.png, if it is there, for that one.
UPDATE_REFERENCES=1 writes them anew; look at what was written before it is committed.
A picture that differs is left in the build's end_to_end/ with what differs marked in red.
"""

import os
import pathlib

import picture
from waiting import PATIENCE, Failure, await_true, poll

FOLDER = pathlib.Path(__file__).parent / "reference"
MAIN_VERSION = "3.5a"
# Looks, INTERVAL apart, that a picture has to stay the same before it becomes a reference.
STILL_FOR = 25


def updating():
    """Whether references are written, not compared."""
    return os.environ.get("UPDATE_REFERENCES") == "1"


def reference_path(name, version):
    """The file that holds for this version."""
    own = FOLDER / f"{name}-{version}.png"
    return own if own.exists() else FOLDER / f"{name}.png"


def expect(house, name, capture):
    """Waits until capture() is like the reference NAME, which is stored without the finest
    shades: that makes a file of text a third as long."""
    if updating():
        update(house, name, capture)
        return
    path = reference_path(name, house.version)
    if not path.exists():
        raise Failure(f"no reference {path.name}; UPDATE_REFERENCES=1 writes it")
    expect_alike(house, name, picture.read_png(path), capture)


def expect_alike(house, name, wanted, capture, seconds=PATIENCE):
    """Waits until capture() is like the picture `wanted`, which is called NAME."""
    last = []

    def shown():
        last[:] = [capture()]
        return last[0] is not None and picture.alike(last[0], wanted)

    if not poll(shown, seconds):
        raise Failure(leave(house, name, last[0], wanted))


def leave(house, name, got, wanted):
    """Keeps what differed where a person can look at it; says where."""
    if got is None:
        return f"{name}: there was nothing to compare"
    stem = house.left_behind / f"{name}-{house.version}"
    picture.write_png(f"{stem}-got.png", got)
    if got.size != wanted.size:
        return f"{name}: {got.size} px instead of {wanted.size}: {stem}-got.png"
    picture.write_png(f"{stem}-difference.png", picture.difference(got, wanted))
    count = len(picture.differing_pixels(got, wanted))
    return f"{name}: {count} px differ: {stem}-difference.png, {stem}-got.png"


def update(house, name, capture):
    """Writes the reference, unless the one that holds is already like it."""
    got = picture.rounded(await_still(capture))
    path = FOLDER / f"{name}.png"
    if path.exists() and picture.alike(picture.read_png(path), got):
        (FOLDER / f"{name}-{house.version}.png").unlink(missing_ok=True)
        return
    if path.exists() and house.version != MAIN_VERSION:
        path = FOLDER / f"{name}-{house.version}.png"
    picture.write_png(path, got)


def await_still(capture):
    """A picture that did not change for a while."""
    seen = []

    def still():
        seen.append(capture())
        recent = seen[-STILL_FOR:]
        seen[:] = recent
        return len(recent) == STILL_FOR and all(
            other is not None and other == recent[0] for other in recent)

    await_true("the picture keeps still", still)
    return seen[-1]
