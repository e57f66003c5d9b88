#!/usr/bin/env python3
"""print_pane.py TMUX [PANE] [-- TMUX_FLAG...]: prints a live pane whenever it changes.

PANE is tmux's %id; without it, the whole screen. Control-C ends it, not the session.
"""

import sys

import vitrine


def main(arguments):
    """Until the session ends."""
    flags = []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, flags = arguments[:at], arguments[at + 1:]
    pane = int(arguments[1].lstrip("%")) if len(arguments) > 1 else vitrine.SCREEN
    with vitrine.Session("attach", tmux=arguments[0], flags=flags, ignore_size=True) as session:
        shown = None
        while True:
            with session.next_frame() as frame:
                text = frame.text(pane)
            if text != shown:
                print(f"\033[H\033[2J{text}", flush=True)
            shown = text


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (EOFError, KeyboardInterrupt) as end:
        print(end)
