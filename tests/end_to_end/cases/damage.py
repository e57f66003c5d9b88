"""How much is drawn again: what changed, and nothing else. VITRINE_DEBUG=frames has the
window write a line for each picture: how many px of it were drawn, and where."""

import re

import pages
from waiting import await_equal, await_true, check, check_equal

PICTURE = re.compile(r"^picture \d+:((?: \d+x\d+ at \d+,\d+,)+) \d+ us$", re.MULTILINE)
PART = re.compile(r"(\d+)x(\d+) at (\d+),(\d+),")
# Looks in a row that find nothing new: all that was to be drawn has been.
QUIET_FOR = 20


class Watch:
    """A window that logs its pictures, and what it has drawn since it was last asked."""

    def __init__(self, stage, server, flags=()):
        self.window = stage.window(server, environment={"VITRINE_DEBUG": "frames,gl"}, flags=flags)
        self.window.resize(80, 24)
        self.cell = self.window.cell()
        self.seen = 0
        self.forget()

    def pictures(self):
        """Of every picture the parts that were drawn, (width, height, x, y) in px each."""
        return [[tuple(map(int, part)) for part in PART.findall(parts)]
                for parts in PICTURE.findall(self.window.stderr())]

    def forget(self):
        """Waits until no more is drawn, and counts from there."""
        counts = []

        def quiet():
            counts.append(len(self.pictures()))
            return counts[-QUIET_FOR:] == [counts[-1]] * QUIET_FOR

        await_true("nothing more is drawn", quiet)
        self.seen = counts[-1]

    def drawn(self):
        """(left, top, right, bottom) in cells of all that was drawn; right and bottom are
        the first that were not touched."""
        begin = self.seen
        await_true("something is drawn", lambda: len(self.pictures()) > begin)
        self.forget()
        fresh = [part for picture in self.pictures()[begin:] for part in picture]
        width, height = self.cell
        return (min(x for _, _, x, _ in fresh) // width,
                min(y for _, _, _, y in fresh) // height,
                max(-(-(x + w) // width) for w, _, x, _ in fresh),
                max(-(-(y + h) // height) for _, h, _, y in fresh))


def case_a_character_redraws_its_surroundings_only(stage):
    server = stage.server().start()
    watch = Watch(stage, server)
    watch.window.type("echo 12\n")
    await_equal("printed", "$ echo 12\n12\n$", server.content)
    watch.window.type("abc")
    await_equal("typed", "$ echo 12\n12\n$ abc", server.content)
    watch.forget()
    watch.window.key("d")
    # The row of the new character, from the beginning of its word to past the cursor.
    left, top, right, bottom = watch.drawn()
    check_equal("rows drawn", (2, 3), (top, bottom))
    check(f"columns {left} to {right} were drawn for one character", left >= 1 and right <= 8)


def case_a_pane_that_scrolls_leaves_its_neighbours_alone(stage):
    server = stage.server()
    server.start(server.page("lines", pages.numbered_lines()))
    server.ask("split-window", "-h", "-l", "30", "-t", "main:")
    server.ask("split-window", "-v", "-l", "8", "-t", "main:")
    watch = Watch(stage, server)
    pane_left, pane_top = map(int, server.format("#{pane_left} #{pane_top}").split())
    watch.window.type("seq 1 100\n")
    await_true("it scrolled", lambda: "100" in server.content())
    left, top, right, bottom = watch.drawn()
    check(f"columns {left} to {right}, rows {top} to {bottom} were drawn",
          left >= pane_left - 2 and top >= pane_top and right <= 80 and bottom <= 23)


def case_a_pane_beside_that_scrolls(stage):
    server = stage.server()
    server.start(server.page("lines", pages.numbered_lines()))
    server.ask("split-window", "-h", "-b", "-l", "30", "-t", "main:")
    watch = Watch(stage, server)
    watch.window.type("seq 1 100\n")
    await_true("it scrolled", lambda: "100" in server.content())
    left, top, right, bottom = watch.drawn()
    check(f"columns {left} to {right}, rows {top} to {bottom} were drawn",
          right <= 31 and bottom <= 23)


def case_the_cursor_alone_when_the_focus_goes(stage):
    server = stage.server().start()
    watch = Watch(stage, server)
    watch.window.unfocus()
    left, top, right, bottom = watch.drawn()
    check(f"columns {left} to {right}, rows {top} to {bottom} were drawn",
          right <= 4 and bottom == 1)


def bottom_of_a_bell(stage, *flags):
    """The first row below all that is drawn for a command that rings the bell."""
    server = stage.server("set -g visual-bell off\n").start()
    watch = Watch(stage, server, flags)
    server.await_prompt()
    watch.window.type("printf '\\a'")
    await_equal("typed", "$ printf '\\a'", server.content)
    watch.forget()
    watch.window.key("Return")
    await_equal("it ran", 2, lambda: server.content().count("$"))
    return watch.drawn()[3]


def case_a_bell_is_seen_unless_it_is_not_wanted(stage):
    check_equal("drawn", 24, bottom_of_a_bell(stage))
    bottom = bottom_of_a_bell(stage, "--bell-visual", "false")
    check(f"rows to {bottom} were drawn for a bell", bottom <= 2)


def case_a_status_line_that_says_the_same(stage):
    server = stage.server().start()
    watch = Watch(stage, server)
    server.ask("refresh-client", "-S", "-t", watch.window.client())
    watch.window.key("a")
    await_equal("typed", "$ a", server.content)
    left, top, right, bottom = watch.drawn()
    check(f"columns {left} to {right}, rows {top} to {bottom} were drawn", bottom == 1)


def case_the_whole_is_drawn_when_it_is_asked_for(stage):
    server = stage.server()
    server.start(server.page("lines", pages.numbered_lines()))
    watch = Watch(stage, server)
    stage.expect_picture("numbered", watch.window)
    watch.forget()
    # Something covers the window and goes away: it must be whole again.
    cover = stage.display.x.make_window(100, 60, 400, 300)
    stage.display.x.destroy(cover)
    stage.expect_picture("numbered", watch.window)


def case_a_gpu_that_was_reset_is_replaced(stage):
    server = stage.server().start()
    window = stage.window(server, environment={"VITRINE_DEBUG": "reset,gl"})
    window.resize(80, 24)
    before = window.id

    def replaced():
        server.ask("send-keys", "-t", "main:", "x")
        return [shown for shown in stage.display.windows_of(window.process.pid) if shown != before]

    (window.id,) = await_true("another window", replaced)
    # Few pictures from here on: after 50 more it is replaced again.
    window.focus()
    window.key("y")
    await_true("the key is typed", lambda: server.content().endswith("y"))
    server.ask("respawn-pane", "-k", "-t", "main:", server.page("lines", pages.numbered_lines()))
    stage.expect_picture("numbered", window)


def case_what_scrolled_is_as_if_it_were_drawn(stage):
    server = stage.server()
    server.start(server.page("lines", pages.attributes() + pages.numbered_lines()))
    server.ask("split-window", "-h", "-l", "40", "-t", "main:")
    server.ask("split-window", "-v", "-l", "9", "-t", "main:")
    window = stage.window(server)
    window.resize(80, 24)
    # By many, by a few, down, and a region.
    for count, command in enumerate(("seq 1 30", "seq 31 33", r"printf '\033[1;1H\033M'",
                                     r"printf '\033[2;6r\033[6;3H\n\n'")):
        window.type(f"{command}; echo 'do'ne{count}\n")
        await_true(f"command {count} is done", lambda: f"done{count}" in server.content())
    window.type("printf '\\033[r\\033[99;1H'\n")
    await_equal("the cursor's row, from the bottom", "1",
                lambda: server.format("#{e|-:#{pane_height},#{cursor_y}}"))
    for number in range(12):
        window.type(f"echo {number}")
        scrolled = server.format("#{history_size}")
        window.key("Return")
        await_true("a line more", lambda: server.format("#{history_size}") != scrolled)
    other = stage.window(server)
    other.resize(80, 24)
    other.move(0, 500)
    window.type("printf '\\033[?25l'\n") # only one of them has the focus
    await_true("both show the same", lambda: window.capture() == other.capture())
