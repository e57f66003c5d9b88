"""The mouse: as tmux understands it, and as programs are told."""

import pages
from waiting import await_equal, await_true, await_within

MOUSE_ON = "set -g mouse on\n"
# Reports of every press, release and drag as SGR sequences.
BUTTONS = "\033[?1002h\033[?1006h"
MOTION = "\033[?1003h\033[?1006h"
RED = "\033[41m\033[2J"


def two_panes(stage):
    """A window on two panes side by side, the right one active, with the mouse on."""
    server = stage.server(MOUSE_ON)
    server.start(server.page("lines", pages.numbered_lines()))
    server.ask("split-window", "-h", "-t", "main:", server.page("right", b"right"))
    window = stage.window(server)
    window.resize(80, 24)
    await_within("content", "40 the quick", lambda: server.content("main:.0"))
    return server, window


def case_a_click_selects_a_pane(stage):
    server, window = two_panes(stage)
    window.click(5, 5)
    await_equal("the active pane", "0", lambda: server.format("#{pane_index}"))
    window.click(60, 5)
    await_equal("the active pane", "1", lambda: server.format("#{pane_index}"))


def case_a_click_in_the_status_line_selects_a_window(stage):
    server, window = two_panes(stage)
    server.ask("new-window", "-d", "-n", "other", "-t", "main:")
    await_true("it is in the status line", lambda: "other" in server.ask("list-windows"))
    window.click(len("[main] 0:work* 1:o"), 23)
    await_equal("window", "other", lambda: server.format("#{window_name}"))


def case_a_border_is_dragged(stage):
    server, window = two_panes(stage)
    before = int(server.format("#{pane_width}", "main:.0"))
    window.drag((before, 10), (before - 10, 10))
    await_equal("the left pane's width", str(before - 10),
                lambda: server.format("#{pane_width}", "main:.0"))


def case_the_wheel_scrolls_into_copy_mode(stage):
    server, window = two_panes(stage)
    window.point(5, 5)
    window.display.xdotool("click", "--repeat", 2, 4)
    await_equal("mode", "copy-mode", lambda: server.format("#{pane_mode}", "main:.0"))
    await_true("it scrolled", lambda: int(server.format("#{scroll_position}", "main:.0")) > 0)
    window.display.xdotool("click", "--repeat", 3, 5)
    await_equal("mode at the end", "", lambda: server.format("#{pane_mode}", "main:.0"))


def case_a_double_click_selects_a_word(stage):
    server, window = two_panes(stage)
    lines = server.content("main:.0").split("\n")
    row = next(i for i, line in enumerate(lines) if "fox" in line)
    window.click(lines[row].index("fox") + 1, row, times=2)
    await_equal("copied", "fox", lambda: server.run("show-buffer").stdout)


def case_a_triple_click_selects_a_line(stage):
    server = stage.server(MOUSE_ON)
    server.start(server.page("lines", pages.numbered_lines()))
    window = stage.window(server)
    window.resize(80, 24)
    await_within("content", "40 the quick", server.content)
    line = server.content().split("\n")[6]
    window.click(10, 6, times=3)
    await_equal("copied", line.strip(), lambda: server.run("show-buffer").stdout.strip())


def told(stage, modes):
    """A window on a program that asked for these reports. The window is red once it knows of
    that: what the program prints and what it asks for come with one frame."""
    _, window, reader = stage.reader(modes + RED, MOUSE_ON)

    def is_red():
        got = window.capture()
        red, green, _ = got.pixel(got.width // 2, got.height // 2) if got else (0, 0, 0)
        return red > 2 * green

    await_true("the window shows what the program printed", is_red)
    return window, reader


def case_a_program_is_told_of_clicks(stage):
    window, reader = told(stage, BUTTONS)
    window.click(0, 0)
    reader.expect("a click in the first cell", b"\033[<0;1;1M\033[<0;1;1m")


def case_a_program_is_told_of_other_buttons(stage):
    window, reader = told(stage, BUTTONS)
    window.click(79, 22, button=3)
    reader.expect("a right click in the last cell", b"\033[<2;80;23M\033[<2;80;23m")
    window.click(10, 5, button=4)
    reader.expect("the wheel", b"\033[<64;11;6M")


def case_a_program_is_told_of_drags(stage):
    window, reader = told(stage, BUTTONS)
    window.drag((10, 5), (12, 5))
    reader.expect("a drag", b"\033[<0;11;6M\033[<32;12;6M\033[<32;13;6M\033[<0;13;6m")


def case_a_program_is_told_of_modifiers(stage):
    window, reader = told(stage, BUTTONS)
    window.display.xdotool("keydown", "ctrl")
    window.click(3, 3)
    window.display.xdotool("keyup", "ctrl")
    reader.expect("a click with Ctrl", b"\033[<16;4;4M\033[<16;4;4m")


def case_a_program_is_told_of_motion(stage):
    window, reader = told(stage, MOTION)
    window.point(20, 10)
    window.point(21, 10)
    reader.expect_end("motion", b"\033[<35;21;11M\033[<35;22;11M")


def case_cells_are_hit_to_the_pixel(stage):
    window, reader = told(stage, BUTTONS)
    width, height = window.cell()
    for x, y, column, row in ((width - 1, height - 1, 1, 1), (width, height, 2, 2),
                              (40 * width - 1, 10 * height, 40, 11),
                              (40 * width, 10 * height - 1, 41, 10)):
        window.display.xdotool("mousemove", "--window", window.id, x, y, "click", 1)
        reader.expect(f"a click at {x},{y}", f"\033[<0;{column};{row}M\033[<0;{column};{row}m"
                      .encode())
