"""The cursor as it is set: its shape where nobody says one, blinking, without focus."""

from waiting import await_equal

# What blinks has the phases of a cursor that blinks, so one picture shows which does.
BLINKING = "\033[5m█\033[0m"
BRIGHT = 0x80


def page_with(stage, content, flags=()):
    """A window of 80x24 on a program that prints content and waits, and its server."""
    server = stage.server()
    server.start(server.page("page", content.encode()), 80, 24)
    window = stage.window(server, flags=flags)
    window.resize(80, 24)
    return server, window


def show(server, name, content):
    """Has the pane show something else."""
    server.ask("respawn-pane", "-k", "-t", "main:", server.page(name, content.encode()))


def lit(window, columns):
    """Whether the middles of the first cells of the first row are bright, in one picture."""
    picture = window.capture()
    width, height = window.cell()
    return [picture.pixel(column * width + width // 2, height // 2)[1] >= BRIGHT
            for column in range(columns)] if picture else []


def await_phases(window, *phases):
    """The cursor in the first cell is shown, or not, one after the other."""
    for phase in phases:
        await_equal("the cursor is shown", [phase], lambda: lit(window, 1))


def case_a_shape_for_who_says_none(stage):
    for shape in ("underline", "bar"):
        server, window = page_with(stage, "abc\033[1;2H", flags=("--cursor-shape", shape))
        stage.expect_picture(f"cursor-{shape}", window)
        show(server, "block", "abc\033[1;2H\033[2 q")
        stage.expect_picture("cursor-block", window)
        window.kill()


def case_the_style_of_tmux_wins(stage):
    server, window = page_with(stage, "abc\033[1;2H", flags=("--cursor-shape", "underline"))
    # 3.3a gives panes what is set while they are there.
    server.ask("set", "-g", "cursor-style", "bar")
    stage.expect_picture("cursor-bar", window)


def case_a_cursor_that_is_the_same_without_focus(stage):
    _, window = page_with(stage, "abc\033[1;2H\033[6 q", flags=("--cursor-unfocused", "unchanged"))
    window.unfocus()
    stage.expect_picture("cursor-bar", window)


def case_a_cursor_that_blinks_though_nobody_asked(stage):
    _, window = page_with(stage, "\033[2 q", flags=("--cursor-blink", "always"))
    await_phases(window, True, False, True)


def case_a_cursor_that_never_blinks(stage):
    _, window = page_with(stage, f"{BLINKING}\033[1 q", flags=("--cursor-blink", "never"))
    await_equal("text is hidden, the cursor beside it not", [False, True], lambda: lit(window, 2))


def case_a_cursor_that_blinks_as_the_program_asks(stage):
    server, window = page_with(stage, "\033[1 q")
    await_phases(window, True, False)
    show(server, "still", f"{BLINKING}\033[2 q")
    await_equal("text is hidden, the cursor beside it not", [False, True], lambda: lit(window, 2))
