"""Sessions and frames, with their lifetimes as context managers."""

import ctypes
import select
import time
import weakref
from ctypes import byref, c_int, c_uint16, c_void_p
from typing import NamedTuple, Optional

from . import _library as abi
from ._library import check, library

EVENTS = (None, "connected", "frame", "title", "bell", "clipboard", "pane-closed", "exit",
          "closed")


class Pane(NamedTuple):
    """Where a pane is on the screen, in cells; id is tmux's, without the %."""
    id: int
    active: bool
    column: int
    row: int
    columns: int
    rows: int


class Cursor(NamedTuple):
    """Where the cursor is on the screen."""
    column: int
    row: int
    visible: bool


class Event(NamedTuple):
    """What happened; kind is one of EVENTS. text is bytes for a clipboard."""
    kind: str
    frame: Optional["Frame"] = None
    text: object = None
    pane: Optional[int] = None


def leave(end, kind):
    """Ends a `with`. The traceback of what was raised in it may hold views: that is what is told."""
    try:
        end()
    except BufferError:
        if kind is None:
            raise


class Frame:
    """A whole screen in shared memory, until release() or the end of `with`."""

    def __init__(self, session, handle):
        self._session = session
        self._handle = handle
        columns, rows = c_uint16(), c_uint16()
        library.vitrine_frame_size(handle, byref(columns), byref(rows))
        self.columns, self.rows = columns.value, rows.value
        self._cells = None
        self._memory = lambda: None

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        leave(self.release, kind)

    def _held(self):
        if self._handle is None:
            raise ValueError("the frame was released")
        return self._handle

    @property
    def sequence(self):
        """Counts frames, upwards."""
        return library.vitrine_frame_sequence(self._held())

    @property
    def cursor(self):
        """The cursor, copied."""
        raw = library.vitrine_frame_cursor(self._held())
        return Cursor(raw.column, raw.row, bool(raw.visible))

    @property
    def panes(self):
        """The panes on the screen, copied."""
        first = ctypes.POINTER(abi.SlotPane)()
        count = library.vitrine_frame_panes(self._held(), byref(first))
        return [Pane(raw.id, bool(raw.flags & 1), raw.column, raw.row, raw.columns, raw.rows)
                for raw in first[:count] if raw.id != abi.SCREEN]

    @property
    def cells(self):
        """The cells, CELL_BYTES each, row after row: a read-only view, nothing is copied."""
        if self._cells is None:
            size = self.columns * self.rows * abi.CELL_BYTES
            memory = (ctypes.c_ubyte * size).from_address(
                library.vitrine_frame_cells(self._held()))
            self._memory = weakref.ref(memory)
            self._cells = memoryview(memory).cast("B").toreadonly()
        return self._cells

    def array(self):
        """The same as a numpy array of rows and columns, with a field per member of a cell."""
        import numpy  # only for those who have it
        cells = numpy.frombuffer(self.cells, dtype=abi.CELL_FIELDS)
        return cells.reshape(self.rows, self.columns)

    def text(self, pane=abi.SCREEN, row=None, trim=True):
        """The text of a pane or of one row of it; trim leaves out blanks at ends."""
        flags = abi.TRIM_BLANKS | abi.TRIM_ROWS if trim else 0
        view = abi.TextView()
        if row is None:
            check(library.vitrine_pane_text_view(self._held(), pane, flags, byref(view)))
        else:
            check(library.vitrine_row_text_view(self._held(), pane, row, flags, byref(view)))
        return ctypes.string_at(view.bytes, view.length).decode("utf-8")

    def texts(self, parts, trim=True):
        """The texts of (pane, first row, count of rows), all by one call; count 0 is the rest."""
        return abi.batch(self._held(), list(parts), abi.TRIM_BLANKS if trim else 0)

    def release(self):
        """Gives the memory back, and with it the credit for the next frame.

        BufferError: a view of it is still in use, `del` it first; the frame is held on.
        """
        if self._handle is None:
            return
        self._cells = None
        if self._memory() is not None:
            raise BufferError("a view of the frame's cells is still in use")
        handle, self._handle = self._handle, None
        self._session._release(self, handle)


class Session:
    """An attachment to a tmux server: Session("attach", "-t", "work", tmux=PATH, ...).

    arguments are a tmux command that attaches, flags those of tmux itself ("-L", name);
    columns and rows are the size in cells, or with size of the server's choosing
    ignore_size. pane shows only that pane. tmux hears input from the first frame on.
    """

    def __init__(self, *arguments, tmux="tmux", flags=(), columns=80, rows=24, pane=None,
                 ignore_size=False, environment=()):
        options = abi.Options(ctypes.sizeof(abi.Options), abi.VERSION)
        options.tmux = tmux.encode()
        options.tmux_flags = abi.string_array(flags)
        options.arguments = abi.string_array(arguments)
        options.environment = abi.string_array(environment)
        options.columns, options.rows = columns, rows
        options.flags = abi.HELLO_IGNORE_SIZE if ignore_size else 0
        if pane is not None:
            options.flags |= abi.HELLO_PANE
            options.pane = pane
        self._connection = c_void_p()
        self._frames = set()
        check(library.vitrine_connect(byref(options), byref(self._connection)))

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        leave(self.close, kind)

    def close(self):
        """Ends the attachment and releases its frames; BufferError as Frame.release()."""
        if not self._connection:
            return
        for frame in list(self._frames):
            frame.release()
        library.vitrine_disconnect(self._connection)
        self._connection = None

    def _open(self):
        if not self._connection:
            raise ValueError("the session was closed")
        return self._connection

    def _release(self, frame, handle):
        self._frames.discard(frame)
        library.vitrine_frame_release(self._connection, handle)

    def next(self, timeout=None):
        """The next event, or None if there is none within timeout seconds."""
        end = None if timeout is None else time.monotonic() + timeout
        raw = abi.RawEvent()
        while True:
            result = library.vitrine_next_event(self._open(), byref(raw))
            if result != abi.AGAIN:
                check(result)
                return self._event(raw)
            left = None if end is None else max(0.0, end - time.monotonic())
            if not self._await(left):
                return None

    def _await(self, seconds):
        """Whether something can be read or written within that time."""
        poll = select.poll()
        writes = select.POLLOUT if library.vitrine_wants_write(self._connection) else 0
        poll.register(library.vitrine_descriptor(self._connection), select.POLLIN | writes)
        output = library.vitrine_output_descriptor(self._connection)
        if output >= 0:
            poll.register(output, select.POLLIN)
        ready = poll.poll(None if seconds is None else seconds * 1000)
        if writes:
            library.vitrine_flush(self._connection)
        return bool(ready)

    def _event(self, raw):
        kind = EVENTS[raw.kind]
        frame = None
        if raw.frame:
            frame = Frame(self, raw.frame)
            self._frames.add(frame)
        text = ctypes.string_at(raw.text, raw.length) if raw.text else None
        if text is not None and kind != "clipboard":
            text = text.decode("utf-8", "replace")
        return Event(kind, frame, text, raw.pane if kind == "pane-closed" else None)

    def next_frame(self, timeout=None):
        """The next frame, other events passed over. TimeoutError, or EOFError at the end."""
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            event = self.next(None if end is None else max(0.0, end - time.monotonic()))
            if event is None:
                raise TimeoutError("no frame came")
            if event.kind == "closed":
                raise EOFError(self.exit_message or "the session ended")
            if event.frame is not None:
                return event.frame

    def send_text(self, text):
        """Text as if typed."""
        data = text.encode()
        check(library.vitrine_send_text(self._open(), data, len(data)))

    def send_paste(self, data):
        """Bytes as if pasted."""
        check(library.vitrine_send_paste(self._open(), data, len(data)))

    def send_key(self, key, modifiers=0):
        """One key: a character, or a name or a value of KEYS."""
        if isinstance(key, str):
            key = abi.KEYS.get(key) or ord(key)
        check(library.vitrine_send_key(self._open(), key, modifiers))

    def send_colours(self, foreground, background):
        """What the default colours look like, each 0xrrggbb: what programs that ask are told."""
        check(library.vitrine_send_colours(self._open(), foreground, background))

    def send_command(self, line):
        """A tmux command line, as at its prompt."""
        check(library.vitrine_send_command(self._open(), line.encode()))

    def resize(self, columns, rows, cell_width=0, cell_height=0):
        """Another size in cells, and that of a cell in pixels."""
        check(library.vitrine_send_resize(self._open(), columns, rows, cell_width, cell_height))

    def detach(self):
        """Asks to be detached; "exit" and "closed" are the events that follow."""
        check(library.vitrine_send_detach(self._open()))

    @property
    def process(self):
        """The id of the tmux process: the #{client_pid} of this attachment."""
        return library.vitrine_process(self._open())

    @property
    def exit_message(self):
        """What tmux printed, "[detached (from session 0)]" for one."""
        return library.vitrine_exit_message(self._open()).decode("utf-8", "replace")

    def wait(self, timeout=None):
        """tmux's exit status once it ended, or None after timeout seconds."""
        status = c_int()
        result = library.vitrine_wait(
            self._open(), -1 if timeout is None else int(timeout * 1000), byref(status))
        if result == abi.AGAIN:
            return None
        check(result)
        return status.value
