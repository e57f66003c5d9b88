"""Focus, title and bell."""

from waiting import await_equal, await_true, check

FOCUS_REPORTS = "\033[?1004h"


def case_a_program_is_told_of_the_focus(stage):
    _, window, reader = stage.reader(FOCUS_REPORTS, "set -s focus-events on\n")
    reader.take(3)
    window.unfocus()
    reader.expect("focus lost", b"\033[O")
    window.focus()
    reader.expect("focus gained", b"\033[I")


def case_the_title_is_that_of_tmux(stage):
    server, window = stage.scene(
        configuration="set -g set-titles on\nset -g set-titles-string '#S / #W / #T'\n")
    window.type("printf '\\033]2;pane title \\303\\251\\007'\n")
    await_equal("title", "main / work / pane title é", window.title)
    server.ask("rename-window", "-t", "main:", "renamed")
    await_equal("title", "main / renamed / pane title é", window.title)


def case_a_bell_asks_for_attention(stage):
    _, window = stage.scene(configuration="set -g visual-bell off\n", managed=True)
    window.type("printf '\\a'")
    window.unfocus()
    window.server.ask("send-keys", "-t", "main:", "Enter")
    await_true("the window manager is asked to show urgency", lambda: asks_attention(window))


def case_a_bell_in_a_focused_window_flashes_only(stage):
    _, window = stage.scene(configuration="set -g visual-bell off\n", managed=True)
    window.type("printf '\\a'\n")
    await_true("it ran", lambda: window.server.content().count("$") == 2)
    stage.expect_picture("after-a-bell", window)
    check("it asks for attention", not asks_attention(window))


def asks_attention(window):
    """Whether the window manager was asked to show that the window wants to be looked at."""
    x = window.display.x
    wanted = [1, x.atom("_NET_WM_STATE_DEMANDS_ATTENTION")]
    return any(target == window.id and message == x.atom("_NET_WM_STATE") and data[:2] == wanted
               for target, message, data in x.pending_messages())
