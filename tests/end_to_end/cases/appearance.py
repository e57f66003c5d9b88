"""What a person does to the window itself: zoom, full screen, padding, class, bell."""

from cases.configuration import DEFAULT, Configuration, background
from cases.events import asks_attention
from picture import alike
from server import Reader
from waiting import await_equal, await_true, check, check_equal

SCREEN = (1280, 1024)
# Reports of every press and release as SGR sequences, and what shows that they are on.
BUTTONS = "\033[?1002h\033[?1006h\033[41m\033[2J"
RED = (0xcd, 0, 0)


def grid(window):
    """(columns, rows) of the window's client."""
    return tuple(map(int, window.client("#{client_width} #{client_height}").split()))


def near(cell, wanted):
    """Whether a cell has this size but for what is rounded to px."""
    return all(abs(one - other) <= 1 for one, other in zip(cell, wanted))


def case_zoom_keys_change_the_cells(stage):
    _, window = stage.scene()
    cell = window.cell()
    window.key("ctrl+plus")
    await_true("larger cells", lambda: window.cell() > cell)
    await_true("fewer of them", lambda: grid(window) < (80, 24))
    window.key("ctrl+0")
    await_equal("cells", cell, window.cell)
    await_equal("as many as before", (80, 24), lambda: grid(window))
    window.key("ctrl+minus", "ctrl+minus")
    await_true("smaller cells", lambda: window.cell() < cell)
    await_true("more of them", lambda: grid(window) > (80, 24))
    window.key("ctrl+0")
    await_equal("as many as before", (80, 24), lambda: grid(window))
    window.type("echo zoomed\n")
    await_true("it is typed as ever", lambda: "\nzoomed\n" in window.server.content() + "\n")


def case_the_wheel_zooms_with_ctrl(stage):
    _, window = stage.scene(configuration="set -g mouse on\n")
    cell = window.cell()
    window.point(5, 5)
    window.display.xdotool("keydown", "ctrl", "click", 4, "keyup", "ctrl")
    await_true("larger cells", lambda: window.cell() > cell)
    window.display.xdotool("keydown", "ctrl", "click", 5, "keyup", "ctrl")
    await_equal("cells", cell, window.cell)
    check_equal("copy mode", "", window.server.format("#{pane_mode}"))


def case_tmux_gets_the_keys_if_they_are_off(stage):
    bindings = "bind -n C-0 set -g @zero yes\nbind -n F11 set -g @eleven yes\n" \
               "bind -n C-WheelUpPane set -g @wheel yes\nset -g mouse on\n"
    server = stage.server(bindings).start()
    window = stage.window(server, flags=("--keys-zoom", "false", "--keys-full-screen", "false"))
    cell = window.cell()
    window.key("ctrl+0", "F11")
    window.point(5, 5)
    window.display.xdotool("keydown", "ctrl", "click", 4, "keyup", "ctrl")
    for name in ("@zero", "@eleven", "@wheel"):
        await_equal(name, "yes", lambda name=name: server.ask("show", "-gqv", name))
    check_equal("cells", cell, window.cell())
    check("it fills the screen", window.capture().size != SCREEN)


def case_cells_are_adjusted(stage):
    configuration = Configuration(stage, "")
    server = stage.server().start()
    window = stage.window(server, environment=configuration.environment)
    width, height = window.cell()
    configuration.write('[font]\ncell-width = "2px"\ncell-height = "4px"\n')
    await_equal("cells", (width + 2, height + 4), window.cell)


def set_dpi(display, dpi):
    """As xrdb and the settings daemons of desktops do."""
    display.run("xprop", "-root", "-f", "RESOURCE_MANAGER", "8s",
                "-set", "RESOURCE_MANAGER", f"*customization: -color\nXft.dpi:\t{dpi}\n")


def case_a_scale_set_meanwhile_is_followed(stage):
    server, window = stage.scene()
    cell = window.cell()
    size = window.capture().size
    try:
        set_dpi(stage.display, 192)
        await_true("larger cells", lambda: window.cell() > cell)
        started = stage.window(server)
        check_equal("cells as of one that is started now", started.cell(), window.cell())
        check_equal("the window", size, window.capture().size)
        width, height = window.cell()
        columns, rows = size[0] // width, size[1] // height
        await_equal("as many as fit", (columns, rows), lambda: grid(window))
        window.type("echo larger\n")
        await_true("it is typed as ever", lambda: "\nlarger\n" in server.content() + "\n")
    finally:
        set_dpi(stage.display, 96)
    await_equal("cells", cell, window.cell)
    await_equal("as many as before", (80, 24), lambda: grid(window))


def case_text_follows_the_settings_manager(stage):
    x = stage.display.x
    server = stage.server().start()
    window = stage.window(server, flags=("--window-padding", "4"))
    width, height = window.cell()
    manager = x.make_window(1270, 1000, 4, 4)
    try:
        x.manage_settings(manager, {"Net/DoubleClickTime": 400, "Xft/DPI": 144 * 1024})
        await_true("larger cells", lambda: near(window.cell(), (width * 3 / 2, height * 3 / 2)))
        x.set_resources("Xft.dpi: 240\n")
        x.set_settings(manager, {"Xft/DPI": 192 * 1024, "Xft/Hinting": 1})
        await_true("twice the size", lambda: near(window.cell(), (2 * width, 2 * height)))
        x.set_settings(manager, {"Xft/Hinting": 1})
        await_true("the resources'", lambda: near(window.cell(), (width * 5 / 2, height * 5 / 2)))
        x.set_settings(manager, {"Xft/DPI": 96 * 1024})
        await_equal("cells", (width, height), window.cell)
        x.destroy(manager)
        manager = None
        await_true("the resources'", lambda: near(window.cell(), (width * 5 / 2, height * 5 / 2)))
    finally:
        x.set_resources(None)
        if manager:
            x.destroy(manager)
    await_equal("cells", (width, height), window.cell)


def case_f11_fills_the_screen_and_back(stage):
    _, window = stage.scene()
    before = window.capture().size
    width, height = window.cell()
    window.key("F11")
    await_equal("size", SCREEN, lambda: stage.display.x.size(window.id))
    await_equal("cells", (SCREEN[0] // width, SCREEN[1] // height), lambda: grid(window))
    window.key("F11")
    await_equal("size", before, lambda: stage.display.x.size(window.id))
    await_equal("cells", (80, 24), lambda: grid(window))


def case_full_screen_at_first(stage):
    server = stage.server().start()
    window = stage.window(server, flags=("--window-full-screen", "true"))
    await_equal("size", SCREEN, lambda: stage.display.x.size(window.id))


def case_padding_surrounds_the_same_picture(stage):
    configuration = Configuration(stage, "")
    server = stage.server("set -g status-right ''\n").start(columns=40, rows=10)
    padded = stage.window(server, environment=configuration.environment)
    plain = stage.window(server)
    plain.resize(40, 10)
    plain.move(0, 600)  # a window that is covered has no pixels
    configuration.write("window.padding = 7\n")
    width, height = plain.cell()
    around = (40 * width + 14, 10 * height + 14)
    stage.display.xdotool("windowsize", padded.id, *around)
    await_equal("cells of the padded one", (40, 10), lambda: grid(padded))
    # Without the cursor, which looks otherwise where the focus is.
    plain.type("printf '\\033[?25l'; echo hidden\n")
    await_true("it ran", lambda: "\nhidden" in server.content())
    plain.type("seq 20\nclear\necho inside\n")
    await_true("it ran", lambda: "\ninside" in server.content())

    def the_same_inside():
        picture, inner = padded.capture(), plain.capture()
        return picture and inner and picture.size == around and alike(
            picture.part(7, 7, *inner.size), inner)

    await_true("the same picture within the padding", the_same_inside)
    picture = padded.capture()
    for x, y in ((0, 0), (6, 50), (50, 6), (around[0] - 1, 50), (50, around[1] - 1)):
        check_equal(f"at {x},{y}", DEFAULT, picture.pixel(x, y))


def case_cells_are_hit_within_the_padding(stage):
    configuration = Configuration(stage, "window.padding = 7\n")
    server = stage.server("set -g mouse on\n")
    reader = Reader(server, BUTTONS)
    server.start(reader.command)
    window = stage.window(server, environment=configuration.environment)
    reader.await_ready()
    await_equal("the program's colour", RED, lambda: background(window))
    width, height = window.cell()
    for x, y, column, row in ((7, 7, 1, 1), (0, 0, 1, 1), (7 + width, 6 + height, 2, 1),
                              (6 + width, 7 + height, 1, 2),
                              (7 + 40 * width, 7 + 10 * height, 41, 11)):
        stage.display.xdotool("mousemove", "--window", window.id, x, y, "click", 1)
        reader.expect(f"a click at {x},{y}",
                      f"\033[<0;{column};{row}M\033[<0;{column};{row}m".encode())


def case_class_icon_and_opacity(stage):
    configuration = Configuration(stage, 'window.class = "editor"\nwindow.opacity = 0.5\n')
    server = stage.server().start()
    window = stage.window(server, environment=configuration.environment)

    def asked(name):
        return stage.display.run("xprop", "-id", str(window.id), name).decode()

    check_equal("class", 'WM_CLASS(STRING) = "editor", "editor"\n', asked("WM_CLASS"))
    check("there is no icon", "(CARDINAL)" in asked("_NET_WM_ICON"))

    def opacity():
        return int(asked("_NET_WM_WINDOW_OPACITY").rpartition("=")[2] or "0") >> 24

    await_equal("opacity", 0x7f, opacity)
    configuration.write("window.opacity = 0.25\n")
    await_equal("opacity", 0x3f, opacity)


def case_a_bell_may_be_switched_off(stage):
    stage.display.x.pose_as_window_manager(stage.display.elsewhere, True)
    server = stage.server("set -g visual-bell off\n").start()
    flags = ("--bell-urgent", "false", "--bell-visual", "false")
    window = stage.window(server, flags=flags)
    window.unfocus()
    server.ask("send-keys", "-t", "main:", "printf '\\a\\033[41m\\033[2J'", "Enter")
    # What comes behind the bell is shown, so the bell was heard before.
    await_equal("the colour", RED, lambda: background(window))
    check("it asks for attention", not asks_attention(window))
