"""pane_reader.py LOG [PREAMBLE [flood]]: prints PREAMBLE and appends to LOG all that is
typed, raw; with "flood" it prints without end meanwhile."""

import os
import sys
import threading
import tty


def flood():
    """Lines, as fast as they are taken."""
    lines = b"".join(b"%d\r\n" % i for i in range(1000))
    while True:
        os.write(1, lines)


tty.setraw(0)
os.write(1, sys.argv[2].encode() if len(sys.argv) > 2 else b"")
if sys.argv[3:] == ["flood"]:
    threading.Thread(target=flood, daemon=True).start()
log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
while data := os.read(0, 4096):
    os.write(log, data)
