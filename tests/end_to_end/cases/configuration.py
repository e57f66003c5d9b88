"""The configuration file: what it does to a window that opens and to one that is open."""

import os
import signal

from server import Reader
from waiting import Skip, await_equal, await_true, await_within, check, check_equal
from window import run_vitrine

NOTICE = (0xa3, 0x16, 0x1f)
DEFAULT = (0x15, 0x17, 0x1c)
GRUVBOX_LIGHT = (0xfb, 0xf1, 0xc7)
GRUVBOX_GREEN = (0x98, 0x97, 0x1a)
NORD = (0x2e, 0x34, 0x40)
NORD_GREEN = (0xa3, 0xbe, 0x8c)


class Configuration:
    """A configuration file of its own, and the environment that leads to it."""

    def __init__(self, stage, text):
        self.file = stage.work / "config" / "vitrine" / "vitrine.toml"
        self.file.parent.mkdir(parents=True)
        self.environment = {"XDG_CONFIG_HOME": str(stage.work / "config")}
        self.write(text)

    def write(self, text):
        """As an editor saves that writes in place."""
        self.file.write_text(text, encoding="utf-8")

    def replace(self, text):
        """As one saves that renames a new file over the old one."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        os.replace(fresh, self.file)


def configured(stage, text, flags=(), tmux=""):
    """A window of 80x24 with this configuration, and the configuration."""
    configuration = Configuration(stage, text)
    server = stage.server(tmux).start()
    window = stage.window(server, environment=configuration.environment, flags=flags)
    server.await_prompt()
    return window, configuration


def background(window):
    """What the middle of the window shows, where nothing is written."""
    picture = window.capture()
    return picture and picture.pixel(picture.width // 2, picture.height // 2)


def last_row(window):
    """The colour behind the last row: the notice's, or the status line's."""
    picture = window.capture()
    height = window.cell()[1]
    rows = int(window.client("#{client_height}"))
    return picture and picture.part(0, height * (rows - 1), picture.width, height).commonest()


def case_a_theme_changes_the_pixels(stage):
    window, _ = configured(stage, 'theme = "gruvbox-light"\n')
    await_equal("background", GRUVBOX_LIGHT, lambda: background(window))


def case_flags_win_over_the_file(stage):
    window, configuration = configured(stage, 'theme = "gruvbox-light"\n', ("--theme", "nord"))
    await_equal("background", NORD, lambda: background(window))
    configuration.write('theme = "dracula"\ncolours.background = "#102030"\n')
    await_equal("the file's colour within the flag's theme", (0x10, 0x20, 0x30),
                lambda: background(window))
    configuration.write('theme = "dracula"\n')
    await_equal("background", NORD, lambda: background(window))


def case_a_saved_file_is_followed(stage):
    window, configuration = configured(stage, "")
    await_equal("at first", DEFAULT, lambda: background(window))
    configuration.replace('appearance = "light"\ntheme-light = "gruvbox-light"\n')
    await_equal("renamed over", GRUVBOX_LIGHT, lambda: background(window))
    configuration.write('theme = "nord"\n')
    await_equal("written in place", NORD, lambda: background(window))
    included = configuration.file.with_name("colours.toml")
    included.write_text('theme = "gruvbox-light"\n', encoding="utf-8")
    configuration.replace('include = ["colours.toml"]\n')
    await_equal("included", GRUVBOX_LIGHT, lambda: background(window))
    included.write_text('theme = "nord"\n', encoding="utf-8")
    await_equal("the included one written", NORD, lambda: background(window))
    before = window.cell()
    configuration.replace("font.size = 20\n")
    await_true("larger cells", lambda: window.cell() > before)


def case_programs_are_told_the_theme(stage):
    if stage.version == "3.3a":
        raise Skip("tmux 3.3a knows only colours of panes")
    window, configuration = configured(stage, 'theme = "nord"\n')

    def expect_told(red, green, blue):
        reader = Reader(window.server, "\033]11;?\033\\")
        window.server.ask("new-window", "-t", "main:", reader.command)
        reader.await_ready()
        reader.expect("background", b"\033]11;rgb:%02x%02x/%02x%02x/%02x%02x\033\\"
                      % (red, red, green, green, blue, blue))

    await_equal("background", NORD, lambda: background(window))
    expect_told(*NORD)
    configuration.write('theme = "gruvbox-light"\n')
    await_equal("background", GRUVBOX_LIGHT, lambda: background(window))
    expect_told(*GRUVBOX_LIGHT)


def case_a_signal_has_the_file_read_again(stage):
    window, configuration = configured(stage, 'theme = "nord"\n')
    await_equal("at first", NORD, lambda: background(window))
    # That it is gone is not followed, so only the signal tells.
    configuration.file.unlink()
    window.process.send_signal(signal.SIGUSR1)
    await_equal("background", DEFAULT, lambda: background(window))


def case_a_wrong_file_is_named_and_changes_nothing(stage):
    window, configuration = configured(stage, 'theme = "nord"\n')
    await_equal("at first", NORD, lambda: background(window))
    await_equal("its status line", NORD_GREEN, lambda: last_row(window))
    configuration.replace('theme = "gruvbox-light"\n[font]\nsize = "big"\n')
    await_equal("the notice", NOTICE, lambda: last_row(window))
    stated = f"{configuration.file}:3:1: font.size: not a number from 4 to 200: big\n"
    await_within("standard error", stated, window.stderr)
    check_equal("background", NORD, background(window))
    window.type("x")
    await_equal("after a key", NORD_GREEN, lambda: last_row(window))
    configuration.replace("theme = \n")
    await_equal("the next notice", NOTICE, lambda: last_row(window))
    configuration.replace('theme = "gruvbox-light"\n')
    await_equal("a right file", GRUVBOX_LIGHT, lambda: background(window))
    await_equal("and the theme's status line", GRUVBOX_GREEN, lambda: last_row(window))
    check("the window ended", window.process.poll() is None)


def case_a_notice_stays_where_it_is(stage):
    # Without a status line all rows scroll, the last one too.
    window, configuration = configured(stage, "", tmux="set -g status off\n")
    configuration.replace("nonsense = 1\n")
    await_equal("the notice", NOTICE, lambda: last_row(window))
    window.server.ask("send-keys", "-t", "main:",
                      "for i in $(seq 50); do printf '\\nline %d' $i; sleep 0.02; done", "Enter")
    await_within("the end of what scrolls", "\nline 50", window.server.content)
    height = window.cell()[1]

    def above():
        picture = window.capture()
        return [y for y in range(picture.height - height)
                if bytes(NOTICE) in picture.row(y)[:3 * 100]]

    # The last numbers are shown once there is text in the row above.
    def text_above():
        picture = window.capture()
        rows = picture.part(0, picture.height - 3 * height, 40, height)
        return any(value > 0x80 for value in rows.data)

    await_true("it scrolled", text_above)
    await_equal("rows with the notice's colour above it", [], above)
    await_equal("the notice", NOTICE, lambda: last_row(window))


def case_a_wrong_file_at_the_start_leaves_the_defaults(stage):
    window, configuration = configured(stage, 'theme = "nord"\nnonsense = 1\n')
    await_equal("background", DEFAULT, lambda: background(window))
    await_equal("the notice", NOTICE, lambda: last_row(window))
    await_within("standard error", f"{configuration.file}:2:1: nonsense: there is no such key\n",
                 window.stderr)


def case_a_file_that_is_made_later_is_followed(stage):
    server = stage.server().start()
    home = stage.work / "later"
    window = stage.window(server, environment={"XDG_CONFIG_HOME": str(home)})
    await_equal("at first", DEFAULT, lambda: background(window))
    (home / "vitrine").mkdir(parents=True)
    (home / "vitrine" / "vitrine.toml").write_text('theme = "nord"\n', encoding="utf-8")
    await_equal("background", NORD, lambda: background(window))


def case_configurations_are_printed_and_checked(stage):
    configuration = Configuration(stage, 'theme = "nord"\n')
    server = stage.server()

    def vitrine(*arguments):
        return run_vitrine(stage, server, *arguments, DISPLAY=None, **configuration.environment)

    code, printed, errors = vitrine("--print-config", "--font-size", "17")
    check_equal("exit code and complaints", (0, ""), (code, errors))
    check(f"no theme in {printed}", 'theme = "nord"\n' in printed and "size = 17.0\n" in printed)
    configuration.write(printed)
    check_equal("check", (0, "", ""), vitrine("--check-config", str(configuration.file)))
    check_equal("printed again", printed, vitrine("--print-config")[1])
    configuration.write("[font]\nsize = 1\n")
    check_equal("check", (1, "", f"{configuration.file}:2:1: font.size: not a number from 4 to "
                                 "200: 1\n"), vitrine("--check-config", str(configuration.file)))
