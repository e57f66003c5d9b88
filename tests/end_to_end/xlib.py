"""What xdotool cannot do, by libX11: pictures of windows, and the messages of a window
manager."""

import ctypes
import os
import struct

import picture

CLIENT_MESSAGE = 33
STRUCTURE_NOTIFY = 1 << 17
SUBSTRUCTURE_NOTIFY = 1 << 19
REVERT_TO_PARENT = 2
ICONIC = 3
XA_ATOM, XA_STRING, XA_WINDOW = 4, 31, 33
REPLACE = 0
Z_PIXMAP = 2
ALL_PLANES = 0xffffffff


class ClientMessage(ctypes.Structure):
    """XClientMessageEvent."""
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("sent", ctypes.c_int),
                ("display", ctypes.c_void_p), ("window", ctypes.c_ulong),
                ("message", ctypes.c_ulong), ("format", ctypes.c_int),
                ("data", ctypes.c_long * 5)]


class Event(ctypes.Union):
    """XEvent."""
    _fields_ = [("type", ctypes.c_int), ("client", ClientMessage), ("pad", ctypes.c_long * 24)]


class Image(ctypes.Structure):
    """The head of XImage."""
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("offset", ctypes.c_int),
                ("format", ctypes.c_int), ("data", ctypes.c_void_p), ("order", ctypes.c_int),
                ("unit", ctypes.c_int), ("bit_order", ctypes.c_int), ("pad", ctypes.c_int),
                ("depth", ctypes.c_int), ("line", ctypes.c_int), ("bits", ctypes.c_int)]


# A window may go at any moment: an error is an answer here, and must not end the test.
ErrorHandler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
IGNORE_ERRORS = ErrorHandler(lambda display, error: 0)


class Connection:
    """A connection to an X server, with the few calls wanted here."""

    def __init__(self, name):
        self.lib = ctypes.CDLL("libX11.so.6")
        self.lib.XOpenDisplay.restype = ctypes.c_void_p
        for call in ("XInternAtom", "XDefaultRootWindow", "XCreateSimpleWindow"):
            getattr(self.lib, call).restype = ctypes.c_ulong
        self.display = ctypes.c_void_p(self.lib.XOpenDisplay(os.fsencode(name)))
        if not self.display.value:
            raise OSError(f"cannot open display {name}")
        self.lib.XGetImage.restype = ctypes.POINTER(Image)
        self.lib.XSetErrorHandler(IGNORE_ERRORS)
        self.root = ctypes.c_ulong(self.lib.XDefaultRootWindow(self.display))

    def close(self):
        """Ends the connection."""
        self.lib.XCloseDisplay(self.display)

    def atom(self, name):
        """The number of an atom."""
        return self.lib.XInternAtom(self.display, name.encode(), 0)

    def sync(self):
        """Until the server has done all that was asked."""
        self.lib.XSync(self.display, 0)

    def make_window(self, x, y, width, height):
        """A black window of our own at that place, mapped."""
        window = self.lib.XCreateSimpleWindow(
            self.display, self.root, x, y, width, height, 0, ctypes.c_ulong(0),
            ctypes.c_ulong(0))
        self.lib.XMapRaised(self.display, ctypes.c_ulong(window))
        self.sync()
        return window

    def destroy(self, window):
        """Ends a window, whoever's it is."""
        self.lib.XDestroyWindow(self.display, ctypes.c_ulong(window))
        self.sync()

    def size(self, window):
        """(width, height) in px; (0, 0) if there is no such window."""
        root, place = ctypes.c_ulong(), ctypes.c_int()
        width, height, other = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
        self.lib.XGetGeometry(
            self.display, ctypes.c_ulong(window), ctypes.byref(root), ctypes.byref(place),
            ctypes.byref(place), ctypes.byref(width), ctypes.byref(height), ctypes.byref(other),
            ctypes.byref(other))
        return (width.value, height.value)

    def capture(self, window):
        """What a window shows; None while that cannot be had."""
        width, height = self.size(window)
        image = width and self.lib.XGetImage(
            self.display, ctypes.c_ulong(window), 0, 0, width, height,
            ctypes.c_ulong(ALL_PLANES), Z_PIXMAP)
        if not image:
            return None
        head = image.contents
        if head.bits != 32 or head.line != width * 4:
            raise OSError("the X server's pixels are not of 32 bits")
        pixels = ctypes.string_at(head.data, head.line * height)
        self.lib.XFree(ctypes.c_void_p(head.data))
        self.lib.XFree(image)
        return picture.from_bgrx(width, height, pixels)

    def focus(self, window):
        """Keys go to this window from now on."""
        self.lib.XSetInputFocus(self.display, ctypes.c_ulong(window), REVERT_TO_PARENT,
                                ctypes.c_ulong(0))
        self.sync()

    def iconify(self, window):
        """Says that it is not seen, as a window manager does."""
        self.set_property(window, "WM_STATE", self.atom("WM_STATE"), (ICONIC, 0))

    def set_property(self, window, name, kind, values):
        """A property of 32 bit values."""
        array = (ctypes.c_ulong * len(values))(*values)
        self.lib.XChangeProperty(self.display, ctypes.c_ulong(window),
                                 ctypes.c_ulong(self.atom(name)), ctypes.c_ulong(kind), 32,
                                 REPLACE, ctypes.byref(array), len(values))
        self.sync()

    def set_bytes(self, window, name, kind, content):
        """A property of bytes; None takes it away."""
        if content is None:
            self.lib.XDeleteProperty(self.display, ctypes.c_ulong(window),
                                     ctypes.c_ulong(self.atom(name)))
        else:
            self.lib.XChangeProperty(self.display, ctypes.c_ulong(window),
                                     ctypes.c_ulong(self.atom(name)), ctypes.c_ulong(kind), 8,
                                     REPLACE, content, len(content))
        self.sync()

    def set_resources(self, text):
        """As xrdb does; None: there are none."""
        self.set_bytes(self.root.value, "RESOURCE_MANAGER", XA_STRING,
                       None if text is None else text.encode())

    def manage_settings(self, window, settings):
        """A window of our own becomes the XSETTINGS manager and says so, as desktops have one."""
        selection = self.atom("_XSETTINGS_S0")
        self.set_settings(window, settings)
        self.lib.XSetSelectionOwner(self.display, ctypes.c_ulong(selection),
                                    ctypes.c_ulong(window), ctypes.c_ulong(0))
        event = Event()
        event.client.type = CLIENT_MESSAGE
        event.client.window = self.root.value
        event.client.message = self.atom("MANAGER")
        event.client.format = 32
        event.client.data[1] = selection
        event.client.data[2] = window
        self.lib.XSendEvent(self.display, self.root, 0, ctypes.c_long(STRUCTURE_NOTIFY),
                            ctypes.byref(event))
        self.sync()

    def set_settings(self, window, settings):
        """What a manager says: numbers by name."""
        packed = struct.pack("<B3xII", 0, 1, len(settings))
        for name, number in settings.items():
            padded = name.encode() + bytes(-len(name) % 4)
            packed += struct.pack("<BxH", 0, len(name)) + padded + struct.pack("<Ii", 1, number)
        kind = self.atom("_XSETTINGS_SETTINGS")
        self.set_bytes(window, "_XSETTINGS_SETTINGS", kind, packed)

    def ask_to_close(self, window):
        """What a window manager sends when the person closes a window."""
        event = Event()
        event.client.type = CLIENT_MESSAGE
        event.client.window = window
        event.client.message = self.atom("WM_PROTOCOLS")
        event.client.format = 32
        event.client.data[0] = self.atom("WM_DELETE_WINDOW")
        self.lib.XSendEvent(self.display, ctypes.c_ulong(window), 0, ctypes.c_long(0),
                            ctypes.byref(event))
        self.sync()

    def pose_as_window_manager(self, window, pose):
        """Tells windows that there is a manager that shows urgency, which gets their
        messages, or that there is none."""
        for owner in (self.root.value, window):
            self.set_property(owner, "_NET_SUPPORTING_WM_CHECK", XA_WINDOW,
                              [window] if pose else [])
        names = ("_NET_SUPPORTED", "_NET_WM_STATE", "_NET_WM_STATE_DEMANDS_ATTENTION")
        self.set_property(self.root.value, "_NET_SUPPORTED", XA_ATOM,
                          [self.atom(name) for name in names] if pose else [])
        self.lib.XSelectInput(self.display, self.root,
                              ctypes.c_long(SUBSTRUCTURE_NOTIFY if pose else 0))
        self.sync()
        self.pending_messages()

    def pending_messages(self):
        """(window, message atom, data) of the client messages that came since the last call."""
        found = []
        event = Event()
        while self.lib.XPending(self.display):
            self.lib.XNextEvent(self.display, ctypes.byref(event))
            if event.type == CLIENT_MESSAGE:
                client = event.client
                found.append((client.window, client.message, list(client.data)))
        return found
