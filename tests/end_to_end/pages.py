"""What programs of the pictures print: bytes with escape sequences, lines ending in \\n."""

HIDE_CURSOR = "\033[?25l"

PLAIN_ATTRIBUTES = (("normal", "0"), ("bold", "1"), ("dim", "2"), ("italic", "3"),
                    ("underline", "4"), ("reverse", "7"), ("hidden", "8"), ("struck", "9"),
                    ("overline", "53"), ("bold italic", "1;3"), ("bold dim", "1;2"),
                    ("reverse dim", "7;2"), ("struck overline", "9;53"),
                    ("all lines", "4;9;53"))
UNDERLINES = (("single", "4:1"), ("double", "4:2"), ("curly", "4:3"), ("dotted", "4:4"),
              ("dashed", "4:5"))
BASIC_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")


def styled(text, sgr):
    """text with that SGR, then none."""
    return f"\033[{sgr}m{text}\033[0m"


def columns(cells, width, count):
    """Lines of `count` (text, sgr) cells, each padded to a width."""
    lines = []
    for at in range(0, len(cells), count):
        lines.append("".join(styled(text, sgr) + " " * (width - len(text))
                             for text, sgr in cells[at:at + count]))
    return "\n".join(lines)


def attributes():
    """Every attribute, every underline, in colours and not."""
    parts = [HIDE_CURSOR + columns(PLAIN_ATTRIBUTES, 16, 5), "",
             columns([(f"{name} gypq", sgr) for name, sgr in UNDERLINES], 16, 5),
             columns([(f"{name} red", sgr + ";58;5;9") for name, sgr in UNDERLINES], 16, 5),
             columns([(f"{name} rgb", sgr + ";58:2::64:160:255;1") for name, sgr in UNDERLINES],
                     16, 5),
             columns([(f"{name} bg", sgr + ";44;93") for name, sgr in UNDERLINES], 16, 5), "",
             columns([(name, str(30 + i)) for i, name in enumerate(BASIC_COLOURS)], 10, 8),
             columns([(name, str(90 + i)) for i, name in enumerate(BASIC_COLOURS)], 10, 8),
             columns([(name, f"1;{30 + i}") for i, name in enumerate(BASIC_COLOURS)], 10, 8),
             columns([(name, f"2;{30 + i}") for i, name in enumerate(BASIC_COLOURS)], 10, 8),
             columns([(name, f"30;{40 + i}") for i, name in enumerate(BASIC_COLOURS)], 10, 8),
             columns([(name, f"30;{100 + i}") for i, name in enumerate(BASIC_COLOURS)], 10, 8),
             columns([(name, f"7;{30 + i}") for i, name in enumerate(BASIC_COLOURS)], 10, 8), "",
             styled("a line that is coloured to its end\033[K", "97;44")]
    return "\n".join(parts).encode()


def colours():
    """The 256 of the palette and shades of true colour."""
    lines = ["".join(styled(f"{i:4} ", f"48;5;{i};38;5;{15 if i in (0, 1, 4, 8) else 0}")
                     for i in range(16))]
    for row in range(12):
        start = 16 + row * 18
        lines.append("".join(styled("    ", f"48;5;{i}") for i in range(start, start + 18)))
    lines.append("".join(styled("   ", f"48;5;{i}") for i in range(232, 256)))
    lines.append("")
    for shade in ("{0};0;0", "0;{0};0", "0;0;{0}", "{0};{0};{0}", "{0};{1};128"):
        lines.append("".join(styled(" ", "48;2;" + shade.format(i * 255 // 79, 255 - i * 3))
                             for i in range(80)))
    lines.append("".join(styled("#", f"38;2;{i * 3};255;{255 - i * 3}") for i in range(80)))
    return (HIDE_CURSOR + "\n".join(lines)).encode()


def characters():
    """Wide and composed characters, and those that are drawn and not taken from a font."""
    lines = [
        "latin    ÀÉÎÕÜ àéîõü ßøæœ ŁŞĞ €£¥ «» „“ … — –",
        "greek    αβγδεζηθικλμνξοπρστυφχψω ΑΒΓΔΘΛΞΠΣΦΨΩ",
        "cyrillic Съешь ещё этих мягких французских булок",
        "combined e\u0301 a\u0308 n\u0303 o\u0302\u0323 c\u0327 | Z\u0351\u036b\u0343 |",
        "wide     |\U0001f600|\U0001f601|\U0001f603| no font: |漢|字|",
        "         |12|34|56|          |78|90|",
        "signs    ← ↑ → ↓ ↔ ⇒ ∀ ∃ ∈ ∑ ∏ √ ∞ ≈ ≠ ≤ ≥ ✓ ✗ ★ ☂ ● ○ ■ □",
        "light    ┌──┬──┐ ┏━━┳━━┓ ╔══╦══╗ ╓──╥──╖ ╒══╤══╕ ╭──┬──╮ ╲ ╱",
        "heavy    │  │  │ ┃  ┃  ┃ ║  ║  ║ ║  ║  ║ │  │  │ │  │  │  ╳ ",
        "double   ├──┼──┤ ┣━━╋━━┫ ╠══╬══╣ ╟──╫──╢ ╞══╪══╡ ├──┼──┤ ╱ ╲",
        "round    └──┴──┘ ┗━━┻━━┛ ╚══╩══╝ ╙──╨──╜ ╘══╧══╛ ╰──┴──╯",
        "mixed    ┍┑┎┒┕┙┖┚┝┞┟┠┡┢┥┦┧┨┩┪┭┮┯┰┱┲┵┶┷┸┹┺┽┾┿╀╁╂╃╄╅╆╇╈╉╊ ╌╍┄┅┈┉╎╏┆┇┊┋",
        "blocks   ▁▂▃▄▅▆▇█ ▉▊▋▌▍▎▏ ▀▔▕▐ ▖▗▘▙▚▛▜▝▞▟ ░▒▓",
        "braille  ⠁⠃⠇⡇⣇⣧⣷⣿ ⢀⢠⢰⢸⣸⣼⣾⣿ ⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏",
        "prompts  \ue0b0\ue0b1\ue0b2\ue0b3 " + styled(" main ", "30;42") +
        styled("\ue0b0", "32;44") + styled(" work ", "97;44") + styled("\ue0b0", "34"),
        "joined   ████  ▛▀▀▜  ╱╲╱╲",
        "         ████  ▙▄▄▟  ╲╱╲╱",
        styled("italic ÀÉ λ ж ┌─┐", "3") + " " + styled("bold ÀÉ λ ж ┌─┐", "1") + " " +
        styled("underlined ÀÉ λ", "4") + " " + styled("struck \U0001f600 λ", "9"),
    ]
    return (HIDE_CURSOR + "\n".join(lines)).encode()


def numbered_lines(count=40):
    """More lines than fit, the last without an end."""
    return (HIDE_CURSOR + "\n".join(f"{i:3} the quick brown fox jumps over the lazy dog"
                                    for i in range(1, count + 1))).encode()
