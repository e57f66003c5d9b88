"""What tmux draws itself, over and beside the panes."""

import pages
from waiting import await_equal, await_true

MENU = """display-menu -T " menu " -x 20 -y 12 "first" 1 "" \
    "second" 2 "set -g @chosen second" "" "-off" 3 ""
"""
CONFIGURATION = f"""
bind P display-popup -E -w 40 -h 8 "exec sh"
bind M {MENU}
bind D display-panes -d 0
bind G display-message -d 0 "a message"
set -g mouse on
bind -n MouseDown3Pane {MENU}
"""


def numbered(stage):
    """A window on panes that are full of numbered lines."""
    server = stage.server(CONFIGURATION)
    server.start(server.page("lines", pages.numbered_lines()))
    window = stage.window(server)
    window.resize(80, 24)
    return server, window


def act_and_await(window, row, act):
    """Acts and waits until that row is drawn otherwise. tmux gives to the pane what comes in
    one piece with what opens a prompt or a menu, as it does from a slow window."""
    _, height = window.cell()

    def look():
        shown = window.capture()
        return shown and shown.part(0, row * height, shown.width, height)
    before = await_true("a picture", look)
    act()
    await_true(f"row {row} is drawn otherwise", lambda: look() not in (None, before))


def case_popup(stage):
    _, window = numbered(stage)
    window.key("ctrl+b", "P")
    stage.expect_picture("popup-opened", window)
    window.type("echo in a popup\n")
    stage.expect_picture("popup", window)
    window.type("exit\n")
    stage.expect_picture("numbered", window)


def case_menu(stage):
    server, window = numbered(stage)
    window.key("ctrl+b", "M")
    stage.expect_picture("menu", window)
    window.key("Down")
    stage.expect_picture("menu-second", window)
    window.key("Return")
    await_equal("the chosen item ran", "second", lambda: server.ask("show", "-gqv", "@chosen"))
    stage.expect_picture("numbered", window)


def case_menu_by_mouse(stage):
    server, window = numbered(stage)
    window.point(50, 5)
    stage.expect_picture("numbered", window)
    act_and_await(window, 8, lambda: window.display.xdotool("mousedown", 3))
    window.point(24, 8)
    stage.expect_picture("menu-second", window)
    window.display.xdotool("mouseup", 3)
    await_equal("the item ran", "second", lambda: server.ask("show", "-gqv", "@chosen"))


def case_display_panes(stage):
    server, window = numbered(stage)
    server.ask("split-window", "-h", "-t", "main:", server.page("empty", b""))
    window.key("ctrl+b", "D")
    stage.expect_picture("display-panes", window)
    window.key("0")
    await_equal("the pane of that number is chosen", "0",
                lambda: server.format("#{pane_index}"))


def case_copy_mode_with_a_selection(stage):
    server, window = numbered(stage)
    window.key("ctrl+b", "bracketleft")
    await_equal("mode", "copy-mode", lambda: server.format("#{pane_mode}"))
    window.key("Prior", "Up", "Up", "Right", "Right", "ctrl+space", "Down", "Down", "Right",
               "Right", "Right")
    stage.expect_picture("copy-mode", lambda: without_time(window))
    window.key("alt+w")
    await_equal("mode", "", lambda: server.format("#{pane_mode}"))
    await_true("what is marked is copied", lambda: "quick" in server.run("show-buffer").stdout)
    stage.expect_picture("numbered", window)


def without_time(window):
    """In copy mode newer versions say, in the top right corner, when a line was written."""
    width, height = window.cell()
    got = window.capture()
    return got and got.without(60 * width, 0, 20 * width, height)


def case_choose_tree(stage):
    server, window = numbered(stage)
    server.ask("new-window", "-d", "-n", "other", "-t", "main:",
               server.page("other", b"the other window"))
    window.key("ctrl+b", "w")
    stage.expect_picture("choose-tree", window)
    window.key("Down", "Return")
    await_equal("window", "other", lambda: server.format("#{window_name}"))


def case_command_prompt(stage):
    server, window = numbered(stage)
    stage.expect_picture("numbered", window)
    act_and_await(window, 23, lambda: window.key("ctrl+b", "colon"))
    window.type("rename-window 'new name'")
    window.key("Left", "Left")
    stage.expect_picture("prompt", window)
    window.key("Return")
    await_equal("the command ran", "new name", lambda: server.format("#{window_name}"))


def case_message(stage):
    _, window = numbered(stage)
    window.key("ctrl+b", "G")
    stage.expect_picture("message", window)
    window.key("q")
    stage.expect_picture("numbered", window)


def case_question(stage):
    server, window = numbered(stage)
    server.ask("split-window", "-t", "main:", server.page("empty", b""))
    window.key("ctrl+b", "x")
    stage.expect_picture("question", window)
    window.key("y")
    await_equal("panes", "1", lambda: server.format("#{window_panes}"))
    stage.expect_picture("numbered", window)
