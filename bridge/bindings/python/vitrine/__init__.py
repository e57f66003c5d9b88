"""Frames of a hooked tmux as views of shared memory, and input to it.

    import vitrine

    with vitrine.Session("attach", tmux="/usr/libexec/vitrine/tmux") as session:
        with session.next_frame(timeout=5) as frame:
            print(frame.text())
        session.send_text("ls")
        session.send_key("ENTER")

A session and its frames belong to one thread at a time.
"""

from ._library import KEYS, SCREEN, VitrineError, allocation_count
from ._session import Cursor, Event, Frame, Pane, Session

__all__ = ["KEYS", "SCREEN", "Cursor", "Event", "Frame", "Pane", "Session", "VitrineError",
           "allocation_count"]
