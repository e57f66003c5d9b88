"""libvitrine as ctypes sees it: the structs and functions of its headers that are used here."""

import ctypes
import os
from ctypes import POINTER, Structure, byref, c_bool, c_char_p, c_int, c_int16, c_size_t
from ctypes import c_uint8, c_uint16, c_uint32, c_uint64, c_void_p

VERSION = 1
SCREEN = 0xFFFFFFFF
OK, AGAIN = 0, -17
HELLO_PANE, HELLO_IGNORE_SIZE = 0x1, 0x2
TRIM_BLANKS, TRIM_ROWS = 0x1, 0x2

KEY_BASE = 0x110000
KEYS = {name: KEY_BASE + value for name, value in (
    ("ESCAPE", 1), ("ENTER", 2), ("TAB", 3), ("BACKSPACE", 4), ("INSERT", 5), ("DELETE", 6),
    ("HOME", 7), ("END", 8), ("PAGE_UP", 9), ("PAGE_DOWN", 10), ("UP", 11), ("DOWN", 12),
    ("LEFT", 13), ("RIGHT", 14), *((f"F{n}", 20 + n) for n in range(1, 13)))}


class Options(Structure):
    """vitrine_options_t"""
    _fields_ = [("size", c_uint32), ("version", c_uint32), ("tmux", c_char_p),
                ("tmux_flags", POINTER(c_char_p)), ("arguments", POINTER(c_char_p)),
                ("flags", c_uint32), ("pane", c_uint32), ("columns", c_uint16),
                ("rows", c_uint16), ("cell_width", c_uint16), ("cell_height", c_uint16),
                ("environment", POINTER(c_char_p))]


class RawEvent(Structure):
    """vitrine_event_t; text is not a c_char_p, since a clipboard may have zeros in it."""
    _fields_ = [("size", c_uint32), ("kind", c_uint32), ("frame", c_void_p), ("text", c_void_p),
                ("length", c_size_t), ("selection", c_char_p), ("pane", c_uint32),
                ("reserved", c_uint32)]


class RawCursor(Structure):
    """ui_cursor_t"""
    _fields_ = [("column", c_uint16), ("row", c_uint16), ("colour", c_uint32),
                ("shape", c_uint8), ("visible", c_uint8), ("blinking", c_uint8),
                ("reserved", c_uint8)]


class SlotPane(Structure):
    """ui_slot_pane_t"""
    _fields_ = [("id", c_uint32), ("flags", c_uint32), ("column", c_int16), ("row", c_int16),
                ("columns", c_uint16), ("rows", c_uint16)]


class TextPart(Structure):
    """vitrine_text_part_t"""
    _fields_ = [("pane", c_uint32), ("first_row", c_uint16), ("row_count", c_uint16)]


class TextView(Structure):
    """vitrine_text_view_t"""
    _fields_ = [("bytes", c_void_p), ("length", c_size_t)]


CELL_BYTES = 16
# What numpy.dtype() takes for ui_cell_t.
CELL_FIELDS = [("codepoint", "<u4"), ("foreground", "<u4"), ("background", "<u4"),
               ("attributes", "<u2"), ("width", "u1"), ("cluster", "u1")]

# name: result, arguments
FUNCTIONS = {
    "ui_last_error": (c_char_p,),
    "ui_result_text": (c_char_p, c_int),
    "ui_debug_allocation_count": (c_size_t,),
    "vitrine_connect": (c_int, POINTER(Options), POINTER(c_void_p)),
    "vitrine_disconnect": (None, c_void_p),
    "vitrine_descriptor": (c_int, c_void_p),
    "vitrine_output_descriptor": (c_int, c_void_p),
    "vitrine_process": (c_int, c_void_p),
    "vitrine_wants_write": (c_bool, c_void_p),
    "vitrine_next_event": (c_int, c_void_p, POINTER(RawEvent)),
    "vitrine_flush": (c_int, c_void_p),
    "vitrine_send_key": (c_int, c_void_p, c_uint32, c_uint32),
    "vitrine_send_text": (c_int, c_void_p, c_char_p, c_size_t),
    "vitrine_send_paste": (c_int, c_void_p, c_char_p, c_size_t),
    "vitrine_send_resize": (c_int, c_void_p, c_uint16, c_uint16, c_uint16, c_uint16),
    "vitrine_send_colours": (c_int, c_void_p, c_uint32, c_uint32),
    "vitrine_send_command": (c_int, c_void_p, c_char_p),
    "vitrine_send_detach": (c_int, c_void_p),
    "vitrine_exit_message": (c_char_p, c_void_p),
    "vitrine_wait": (c_int, c_void_p, c_int, POINTER(c_int)),
    "vitrine_frame_sequence": (c_uint64, c_void_p),
    "vitrine_frame_size": (None, c_void_p, POINTER(c_uint16), POINTER(c_uint16)),
    "vitrine_frame_cursor": (RawCursor, c_void_p),
    "vitrine_frame_panes": (c_size_t, c_void_p, POINTER(POINTER(SlotPane))),
    "vitrine_frame_cells": (c_void_p, c_void_p),
    "vitrine_frame_release": (c_int, c_void_p, c_void_p),
    "vitrine_pane_text_view": (c_int, c_void_p, c_uint32, c_uint32, POINTER(TextView)),
    "vitrine_row_text_view": (c_int, c_void_p, c_uint32, c_uint16, c_uint32, POINTER(TextView)),
    "vitrine_text_batch": (c_int, c_void_p, POINTER(TextPart), c_size_t, c_uint32, c_void_p,
                           c_size_t, POINTER(c_size_t)),
}


def _load():
    """The library, its functions declared. Its symbols stay its own (RTLD_LOCAL)."""
    library = ctypes.CDLL(os.environ.get("VITRINE_LIBRARY", "libvitrine.so.0"),
                          mode=ctypes.RTLD_LOCAL)
    for name, (result, *arguments) in FUNCTIONS.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    return library


library = _load()


class VitrineError(Exception):
    """A negative result of the library: its code, and what the thread's last error says."""

    def __init__(self, code):
        text = library.ui_last_error() or library.ui_result_text(code)
        super().__init__(text.decode("utf-8", "replace"))
        self.code = code


def check(result):
    """Raises what is not UI_OK."""
    if result != OK:
        raise VitrineError(result)


def allocation_count():
    """How many objects of the library are alive in this process."""
    return library.ui_debug_allocation_count()


def string_array(strings):
    """A NULL-terminated array of C strings."""
    encoded = [os.fsencode(string) for string in strings]
    return (c_char_p * (len(encoded) + 1))(*encoded, None)


def batch(frame, parts, flags):
    """The texts of (pane, first row, count of rows), by the library's two calls."""
    array = (TextPart * len(parts))(*(TextPart(*part) for part in parts))
    offsets = (c_size_t * (len(parts) + 1))()
    check(library.vitrine_text_batch(frame, array, len(parts), flags, None, 0, offsets))
    buffer = ctypes.create_string_buffer(offsets[len(parts)])
    check(library.vitrine_text_batch(frame, array, len(parts), flags, byref(buffer), len(buffer),
                                     offsets))
    return [buffer[offsets[i]:offsets[i + 1] - 1].decode("utf-8") for i in range(len(parts))]
