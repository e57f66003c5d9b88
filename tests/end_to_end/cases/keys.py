"""What a program in a pane receives when keys are pressed."""

from plain_client import PlainClient
from server import Reader
from waiting import await_true, check

# Keys by xdotool's names, and what xterm sends for them to a program that asked for nothing.
PLAIN = (("a", b"a"), ("Z", b"Z"), ("Return", b"\r"), ("Tab", b"\t"), ("Escape", b"\033"),
         ("BackSpace", b"\x7f"), ("space", b" "), ("asciitilde", b"~"), ("backslash", b"\\"))
FUNCTION = (("F1", b"\033OP"), ("F2", b"\033OQ"), ("F3", b"\033OR"), ("F4", b"\033OS"),
            ("F5", b"\033[15~"), ("F6", b"\033[17~"), ("F7", b"\033[18~"), ("F8", b"\033[19~"),
            ("F9", b"\033[20~"), ("F10", b"\033[21~"), ("F12", b"\033[24~"))
MOVING = (("Up", b"\033[A"), ("Down", b"\033[B"), ("Right", b"\033[C"), ("Left", b"\033[D"),
          ("Home", b"\033[1~"), ("End", b"\033[4~"), ("Insert", b"\033[2~"),
          ("Delete", b"\033[3~"), ("Prior", b"\033[5~"), ("Next", b"\033[6~"))
MODIFIED = (("ctrl+a", b"\x01"), ("ctrl+z", b"\x1a"), ("ctrl+space", b"\0"),
            ("ctrl+bracketright", b"\x1d"), ("ctrl+underscore", b"\x1f"),
            ("ctrl+bracketleft", b"\033"), ("ctrl+i", b"\t"), ("ctrl+m", b"\r"),
            ("alt+a", b"\033a"), ("alt+A", b"\033A"), ("alt+period", b"\033."),
            ("alt+Return", b"\033\r"), ("alt+BackSpace", b"\033\x7f"),
            ("ctrl+alt+a", b"\033\x01"), ("shift+Tab", b"\033[Z"), ("ctrl+Up", b"\033[1;5A"),
            ("shift+Right", b"\033[1;2C"), ("alt+Left", b"\033[1;3D"),
            ("ctrl+shift+End", b"\033[1;6F"), ("shift+F5", b"\033[15;2~"),
            ("shift+F11", b"\033[23;2~"),
            ("ctrl+F1", b"\033[1;5P"), ("alt+F12", b"\033[24;3~"), ("ctrl+Delete", b"\033[3;5~"))
# The keypad as X has it without number lock, and with it.
KEYPAD = (("KP_Up", b"\033[A"), ("KP_Home", b"\033[1~"), ("KP_Next", b"\033[6~"),
          ("KP_Add", b"+"), ("KP_Subtract", b"-"), ("KP_Multiply", b"*"), ("KP_Divide", b"/"))
CTRL_C = ("ctrl+54",)
APPLICATION_KEYPAD = (("KP_Add", b"\033Ok"), ("KP_Subtract", b"\033Om"), ("KP_Enter", b"\033OM"))


def expect_keys(stage, keys, preamble=""):
    """Each key brings its bytes, one after the other."""
    _, window, reader = stage.reader(preamble)
    wrong = []
    for key, expected in keys:
        window.key(key)
        got = reader.take(len(expected))
        if got != expected:
            wrong.append(f"{key}: {got!r} instead of {expected!r}")
    check("; ".join(wrong), not wrong)


def case_characters(stage):
    expect_keys(stage, PLAIN)


def case_function_keys(stage):
    expect_keys(stage, FUNCTION)


def case_moving_keys(stage):
    expect_keys(stage, MOVING)


def case_moving_keys_for_an_application(stage):
    expect_keys(stage, (("Up", b"\033OA"), ("Left", b"\033OD")), preamble="\033[?1h")


def case_keys_with_modifiers(stage):
    expect_keys(stage, MODIFIED)


def case_the_keypad(stage):
    # Its Enter is what tmux makes of it, whatever terminal is attached.
    expect_keys(stage, (*KEYPAD, ("KP_Enter", b"\n")))


def case_the_keypad_for_an_application(stage):
    expect_keys(stage, APPLICATION_KEYPAD, preamble="\033=")


def case_the_keypad_with_number_lock(stage):
    _, window, reader = stage.reader()
    window.key("Num_Lock")
    try:
        window.keycodes(87, 83, 91)
        reader.expect("1, 4 and the decimal sign", b"14.")
    finally:
        window.key("Num_Lock")


def case_other_layouts(stage):
    _, window, reader = stage.reader()
    try:
        stage.display.set_layout("de")
        window.key("adiaeresis", "ssharp", "Z", "EuroSign", "ctrl+z", "at")
        reader.expect("German keys", "äßZ€\x1a@".encode())
        stage.display.set_layout("ru")
        window.key("Cyrillic_zhe", "Cyrillic_YA")
        reader.expect("Russian keys", "жЯ".encode())
        window.keycodes(*CTRL_C)
        reader.expect("Ctrl with the key of C", b"\x03")
    finally:
        stage.display.set_layout("us")


def case_dead_keys(stage):
    _, window, reader = stage.reader()
    try:
        stage.display.set_layout("de")
        window.key("dead_acute", "e", "dead_circumflex", "A", "dead_grave", "space")
        reader.expect("composed characters", "éÂ`".encode())
    finally:
        stage.display.set_layout("us")


def case_a_key_that_is_held_repeats(stage):
    _, window, reader = stage.reader()
    window.display.xdotool("keydown", "x")
    await_true("it repeats", lambda: len(reader.received()) >= 5)
    window.display.xdotool("keyup", "x")
    check("something else than x came", not reader.received().strip(b"x"))


def case_many_keys_arrive_in_order(stage):
    _, window, reader = stage.reader()
    text = "the quick brown fox jumps over the lazy dog 0123456789 " * 4
    window.display.xdotool("type", "--delay", "0", text)
    reader.expect("text", text.encode())


# What a terminal that reports extended keys sends for them.
EXTENDED = (("ctrl+i", "\033[105;5u"), ("ctrl+Return", "\033[13;5u"),
            ("ctrl+shift+a", "\033[97;6u"), ("ctrl+comma", "\033[44;5u"))


def case_extended_keys_are_as_in_a_terminal(stage):
    configuration = "set -s extended-keys on\nset -as terminal-features 'xterm*:extkeys'\n"
    preamble = "\033[>4;2m"
    _, window, reader = stage.reader(preamble, configuration)
    stock = stage.server(configuration, program=stage.house.stock)
    other = Reader(stock, preamble)
    stock.start(other.command)
    terminal = PlainClient(stage, stock, 80, 24)
    other.await_ready()
    await_true("it is attached", stock.clients)
    for key, sequence in EXTENDED:
        terminal.type(sequence)
        expected = other.take_some()
        window.key(key)
        reader.expect(key, expected)


def case_bindings_and_the_prefix(stage):
    server, window, reader = stage.reader(
        configuration="bind -n M-z set -g @bound yes\nset -g prefix C-a\nbind C-a send-prefix\n")
    window.key("alt+z")
    await_true("a key of the root table", lambda: server.ask("show", "-gqv", "@bound") == "yes")
    window.key("ctrl+a", "ctrl+a", "q")
    reader.expect("the prefix twice, and a key", b"\x01q")
