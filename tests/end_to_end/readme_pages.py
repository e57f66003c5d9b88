"""What the panes of the picture in README.md show: what people have in their tmux."""

from pages import HIDE_CURSOR, styled

COMMENT, KEYWORD, TYPE, STRING, NUMBER, NAME = (
    "3;38;2;108;118;138", "38;2;198;120;221", "38;2;229;192;123", "38;2;152;195;121",
    "38;2;209;154;102", "38;2;97;175;239")

# Pieces of (SGR, text); "" is plain.
CODE = (
    ((COMMENT, "// Rows that are newer than what was drawn."),),
    ((TYPE, "void"), ("", " Screen::"), (NAME, "take"), ("", "("), (KEYWORD, "const"),
     (TYPE, " Frame"), ("", " &frame)")),
    (("", "{"),),
    ((KEYWORD, "    for"), ("", " ("), (TYPE, "int"), ("", " row = "), (NUMBER, "0"),
     ("", "; row < rows(); row++) {")),
    ((KEYWORD, "        if"), ("", " (drawn_[row] >= frame."), (NAME, "generation"),
     ("", "(row))")),
    ((KEYWORD, "            continue"), ("", ";")),
    (("", "        damage_."), (NAME, "add"), ("", "(row, frame."), (NAME, "changed"),
     ("", "(row));")),
    (("", "        "), ("4:3;58;2;224;108;117", "drawm_"), ("", "[row] = frame."), (NAME, "generation"),
     ("", "(row);")),
    (("38;2;224;108;117;48;2;52;36;42", "     ● not declared; did you mean 'drawn_'? "),),
    (("", "    }"),),
    (("", "    title_ = "), (STRING, "\"αβγ → ∀x ∈ ℝ: ⌈x⌉ ≥ x ✓\""), ("", ";")),
    (("", "}"),),
)
FILES = (("1;94", "bridge"), ("1;94", "renderer"), ("1;94", "shim"), ("1;94", "tests"),
         ("0", "LICENSE"), ("0", "README.md"), ("1;32", "vitrine"), ("1;36", "tmux"),
         ("1;31", "3.5a.tar.gz"), ("1;35", "shot.png"), ("30;43", "notes"), ("0", "meson.build"))


def editor(width, height):
    """An editor with line numbers, a line under the cursor and a line of state."""
    lines = []
    for number, pieces in enumerate(CODE, 41):
        current = "48;2;36;39;48" if number == 48 else "49"
        gutter = "38;2;229;192;123" if number == 48 else "38;2;76;82;99"
        text = "".join(styled(part, f"{current};{sgr or 39}") for sgr, part in pieces)
        length = 5 + sum(len(part) for _, part in pieces)
        lines.append(styled(f" {number} │", f"{current};{gutter}") + text +
                     styled(" " * (width - length), current))
    lines += [styled("   ~", "38;2;76;82;99")] * (height - 1 - len(lines))
    mode = styled(" NORMAL ", "1;30;48;2;152;195;121")
    mode += styled("\ue0b0", "38;2;152;195;121;48;2;62;68;82")
    mode += styled(" screen.cpp [+]".ljust(width - 19) + "48:9  54% ", "48;2;62;68;82")
    return (HIDE_CURSOR + "\n".join(lines + [mode])).encode()


def meter(label, share, width):
    """A bar as of htop, green to red."""
    filled = int(share * width)
    bar = "".join(styled("|", f"38;2;{min(255, 60 + i * 440 // width)};"
                              f"{max(70, 220 - i * 150 // width)};90") for i in range(filled))
    return f" {styled(label, '36')}[{bar}{' ' * (width - filled)}{share * 100:5.1f}%]"


def monitor(width):
    """Load, memory and a history of both."""
    bars = [meter(str(i), share, width - 12) for i, share in enumerate((.31, .74, .12, .55))]
    bars.append(meter("M", .42, width - 12))
    steps = " ▁▂▃▄▅▆▇█"
    history = "".join(styled(steps[(i * 7 + i * i // 5) % 9], f"38;5;{33 + i % 6 * 36}")
                      for i in range(width - 2))
    table = [styled("   PID USER      CPU%  COMMAND".ljust(width), "30;42"),
             "  1207 ada       31.4  " + styled("ninja", "1") + " -C build",
             "   981 ada        2.0  tmux: server", "   988 ada        0.7  vitrine"]
    return (HIDE_CURSOR + "\n".join(bars + [" " + history] + table)).encode()


def listing(columns):
    """A directory in colours, a table in lines, a few scripts of the world."""
    cells = "\n".join(" ".join(styled(name, sgr) + " " * (12 - len(name))
                               for sgr, name in FILES[i:i + columns])
                      for i in range(0, len(FILES), columns))
    prompt = styled("~/vitrine", "1;94") + styled(" main", "35") + styled(" ❯ ", "1;32")
    table = ("╭──────────┬────────┬───────╮\n"
             "│ key→pixel│  p50   │  p99  │\n"
             "├──────────┼────────┼───────┤\n"
             "│ ünïcødé  │ \033[32m✓ Ж λ\033[0m  │ ½ ± ∞ │\n"
             "╰──────────┴────────┴───────╯\n")
    decorations = " ".join((styled("bold", "1"), styled("italic", "3"), styled("under", "4"),
                            styled("curl", "4:3;58;5;9"), styled("dots", "4:4;58;5;11"),
                            styled("struck", "9"), styled("over", "53")))
    rainbow = "".join(styled(" ", f"48;2;{255 - i * 6};{i * 6};{128 + i * 2}") for i in range(42))
    return (f"{prompt}ls\n{cells}\n{prompt}cat table\n{table}{decorations}\n{rainbow}\n{prompt}"
            ).encode()
