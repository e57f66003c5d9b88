"""What programs print, as it looks in the window."""

import pages
from waiting import await_equal


def case_a_shell_is_typed_into(stage):
    server, window = stage.scene()
    window.type("echo hello\n")
    # What is typed while a shell is busy is echoed where the cursor happens to be.
    await_equal("content", "$ echo hello\nhello\n$", server.content)
    window.type("echo 'a  b' | tr a-z A-Z\n")
    stage.expect_picture("shell", window)


def case_attributes(stage):
    server = stage.server()
    stage.expect_picture("attributes", on_page(stage, server, pages.attributes()))


def case_colours(stage):
    server = stage.server()
    stage.expect_picture("colours", on_page(stage, server, pages.colours()))


def case_characters(stage):
    server = stage.server()
    stage.expect_picture("characters", on_page(stage, server, pages.characters()))


def on_page(stage, server, content):
    """A window on a session that shows this."""
    server.start(server.page("page", content))
    window = stage.window(server)
    window.resize(80, 24)
    return window


def case_cursor_shapes(stage):
    server = stage.server()
    window = on_page(stage, server, b"abc\033[1;2H")
    stage.expect_picture("cursor-block", window)
    for name, shape in (("underline", 4), ("bar", 6)):
        server.ask("respawn-pane", "-k", "-t", "main:", server.page(
            name, f"abc\033[1;2H\033[{shape} q".encode()))
        stage.expect_picture(f"cursor-{name}", window)
        window.unfocus()
        stage.expect_picture("cursor-hollow", window)
        window.focus()
    server.ask("respawn-pane", "-k", "-t", "main:", server.page(
        "coloured", "\033[2 q\033]12;#ff8000\033\\漢b\033[1;1H".encode()))
    stage.expect_picture("cursor-wide-coloured", window)


def case_splits(stage):
    server, window = stage.scene()
    window.key("ctrl+b", "percent")
    await_equal("panes", "2", lambda: server.format("#{window_panes}"))
    server.await_prompt()
    window.type("echo right\n")
    window.key("ctrl+b", "quotedbl")
    await_equal("panes", "3", lambda: server.format("#{window_panes}"))
    server.await_prompt()
    window.type("echo below\n")
    stage.expect_picture("splits", window)


def case_output_that_scrolls(stage):
    server, window = stage.scene()
    window.type("seq 1 500\n")
    stage.expect_picture("scrolled", window)
    window.type("clear\n")
    server.await_prompt()
    window.type("printf 'one\\ntwo\\n'\n")
    stage.expect_picture("cleared", window)


def case_the_window_is_resized(stage):
    server, window = stage.scene(server_page(stage))
    server.ask("split-window", "-h", "-t", "main:")
    window.resize(93, 19)
    stage.expect_picture("resized-93x19", window)
    window.resize(51, 30)
    stage.expect_picture("resized-51x30", window)
    width, height = window.cell()
    window.display.xdotool("windowsize", window.id, 60 * width + 7, 20 * height + 11)
    await_equal("a part of a cell is no cell", "60x20",
                lambda: window.client("#{client_width}x#{client_height}"))
    stage.expect_picture("resized-with-rest", window)


def server_page(stage):
    """A pane's command: numbered lines."""
    path = stage.work / "lines"
    path.write_text("\n".join(f"{i:3} the quick brown fox jumps over the lazy dog"
                              for i in range(1, 40)), encoding="utf-8")
    return f"cat {path}; exec cat"
