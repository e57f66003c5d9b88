"""What is copied and pasted."""

import base64

import pages
from waiting import await_equal, await_true, await_within

MOUSE_ON = "set -g mouse on\n"
BRACKETED = "\033[?2004h"


def selected(stage, name):
    """A function that gives a selection of the display."""
    return lambda: stage.display.selection(name)


def case_shift_insert_and_ctrl_shift_v_paste(stage):
    stage.display.set_selection("clipboard", "one\ntwo é")
    _, window, reader = stage.reader()
    for key in ("shift+Insert", "ctrl+shift+v"):
        window.key(key)
        reader.expect(key, "one\rtwo é".encode())


def case_a_paste_is_bracketed_when_the_program_asks(stage):
    stage.display.set_selection("clipboard", "a\033[201~b\n")
    _, window, reader = stage.reader(BRACKETED)
    window.key("shift+Insert")
    reader.expect("the paste, which cannot end itself", b"\033[200~a[201~b\r\033[201~")


def case_a_middle_click_pastes_the_primary_selection(stage):
    stage.display.set_selection("primary", "from primary")
    stage.display.set_selection("clipboard", "from the clipboard")
    _, window, reader = stage.reader()
    window.click(10, 10, button=2)
    reader.expect("the paste", b"from primary")


def case_a_long_paste_arrives_whole(stage):
    text = "".join(f"line {i:06}\n" for i in range(20000))
    stage.display.set_selection("clipboard", text)
    _, window, reader = stage.reader()
    window.key("shift+Insert")
    reader.expect("the paste", text.replace("\n", "\r").encode())


def case_a_paste_into_the_prompt(stage):
    stage.display.set_selection("clipboard", "rename-window pasted")
    server, window = stage.scene()
    window.key("ctrl+b", "colon")
    window.key("shift+Insert", "Return")
    await_equal("window", "pasted", lambda: server.format("#{window_name}"))


def case_what_the_mouse_selects_is_in_the_clipboard(stage):
    server = stage.server(MOUSE_ON)
    server.start(server.page("lines", pages.numbered_lines()))
    window = stage.window(server)
    window.resize(80, 24)
    await_within("content", "40 the quick", server.content)
    line = server.content().split("\n")[6]
    window.drag((4, 6), (13, 6))
    await_equal("the clipboard", line[4:13], selected(stage, "clipboard"))


def case_what_copy_mode_copies_is_in_the_clipboard(stage):
    server = stage.server()
    server.start(server.page("text", "copied ÄÖ\n\033[?25l".encode()))
    window = stage.window(server)
    await_equal("content", "copied ÄÖ", server.content)
    server.ask("copy-mode", "-t", "main:")
    server.ask("send-keys", "-t", "main:", "-X", "history-top")
    server.ask("send-keys", "-t", "main:", "-X", "begin-selection")
    server.ask("send-keys", "-t", "main:", "-X", "end-of-line")
    window.key("alt+w")
    await_equal("the clipboard", "copied ÄÖ", selected(stage, "clipboard"))


def case_a_program_sets_the_clipboard(stage):
    stage.display.set_selection("clipboard", "before")
    server = stage.server("set -s set-clipboard on\n")
    encoded = base64.b64encode("by OSC 52 é".encode()).decode()
    server.start()
    window = stage.window(server)
    window.type(f"printf '\\033]52;c;{encoded}\\007'\n")
    await_equal("the clipboard", "by OSC 52 é", selected(stage, "clipboard"))


def case_a_program_may_not_set_the_clipboard_by_default(stage):
    stage.display.set_selection("clipboard", "before")
    server, window = stage.scene()
    encoded = base64.b64encode(b"stolen").decode()
    window.type(f"printf '\\033]52;c;{encoded}\\007'; echo done\n")
    await_true("it printed", lambda: "\ndone" in server.content())
    # What follows arrives after anything the window was told before.
    server.ask("set-buffer", "-w", "after")
    await_equal("the clipboard", "after", selected(stage, "clipboard"))


def case_the_clipboard_outlives_a_second_copy(stage):
    server, _ = stage.scene()
    for text in ("first", "second", "first"):
        server.ask("set-buffer", "-w", text)
        await_equal("the clipboard", text, selected(stage, "clipboard"))
