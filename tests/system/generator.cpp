#include "generator.h"

#include <cstdio>

namespace vitrine::test {
namespace {

constexpr const char *kCsi = "\033[";

std::string csi(const std::string &rest) { return kCsi + rest; }

} // namespace

std::string Generator::program(int pieces)
{
    std::string bytes;
    for (int i = 0; i < pieces; ++i)
        bytes += piece();
    return bytes;
}

std::string Generator::piece()
{
    const int kind = random_.below(100);
    if (kind < 34)
        return text();
    if (kind < 50)
        return style();
    if (kind < 62)
        return movement();
    if (kind < 70)
        return erasure();
    if (kind < 77)
        return edit();
    if (kind < 86)
        return scrolling();
    if (kind < 90)
        return tabulation();
    if (kind < 94)
        return mode();
    return kind < 97 ? screen() : drawing();
}

std::string Generator::text()
{
    static const std::vector<std::string> kNarrow = {
        "a",
        "word",
        "the quick brown fox",
        "    ",
        "~!@#$%^&*(){}[]",
        "na\u00efve caf\u00e9",
        "\u00c5ngstr\u00f6m \u00df\u0142\u0111",
        "\u0395\u03bb\u03bb\u03b7\u03bd\u03b9\u03ba\u03ac",
        "e\u0301o\u0308",
        "a\u0323\u0301b",
        "\u2500\u2502\u250c\u2588\u2593",
        "\u20ac \u2713 \u2192",
    };
    static const std::vector<std::string> kWide = {
        "\u6f22\u5b57", "\u304b\u306a\u30ab\u30ca", "\ud55c\uad6d\uc5b4", "\uff21\uff22",
        "\U0001f600",   "\U0001f680x\U0001f389",    "\u6f22\u0301",
    };
    const bool wide = characters_ == Characters::all && random_.chance(35);
    std::string bytes = random_.pick(wide ? kWide : kNarrow);
    switch (random_.below(8)) {
    case 0:
        return bytes + "\r\n";
    case 1: {
        // Longer than a line.
        std::string line;
        for (int i = random_.between(2, 12); i > 0; --i)
            line += bytes + " ";
        return line;
    }
    case 2:
        return "\r" + bytes;
    case 3:
        return bytes + "\b";
    case 4:
        // Which cell a repeated combining mark changes is a matter of the version.
        return bytes + (bytes.ends_with("\u0301") || bytes.ends_with("\u0308") ? "." : "") +
               csi(number(20) + "b");
    default:
        return bytes;
    }
}

std::string Generator::colour(int base)
{
    switch (random_.below(4)) {
    case 0:
        return std::to_string(base + random_.below(8));
    case 1:
        return std::to_string(base + 60 + random_.below(8));
    case 2:
        return std::to_string(base + 8) + ";5;" + std::to_string(random_.below(256));
    default:
        return std::to_string(base + 8) + ";2;" + std::to_string(random_.below(256)) + ";" +
               std::to_string(random_.below(256)) + ";" + std::to_string(random_.below(256));
    }
}

std::string Generator::style()
{
    switch (random_.below(7)) {
    case 0:
        return csi("m");
    case 1:
        return csi(random_.word({"1", "2", "3", "4", "5", "7", "8", "9", "53", "21"}) + "m");
    case 2:
        return csi(random_.word({"22", "23", "24", "25", "27", "28", "29", "55", "39", "49", "59",
                                 "39;49"}) +
                   "m");
    case 3:
        return csi("4:" + std::to_string(random_.below(6)) + "m");
    case 4:
        return csi("4;58;5;" + std::to_string(random_.below(256)) + "m");
    case 5:
        return csi("4:3;58:2::" + std::to_string(random_.below(256)) + ":" +
                   std::to_string(random_.below(256)) + ":10m");
    default:
        return csi(colour(30) + ";" + colour(40) + "m");
    }
}

std::string Generator::number(int most)
{
    return random_.chance(10) ? "" : std::to_string(random_.between(0, most));
}

std::string Generator::movement()
{
    switch (random_.below(6)) {
    case 0:
    case 1:
        return csi(number(rows_ + 2) + ";" + number(columns_ + 4) + random_.word({"H", "f"}));
    case 2:
        return csi(number(rows_) + random_.word({"A", "B", "E", "F", "d"}));
    case 3:
        return csi(number(columns_) + random_.word({"C", "D", "G"}));
    case 4:
        return random_.word({"\0337", "\0338", "\033[s", "\033[u"});
    default:
        return random_.word({"\r\n", "\n", "\r", "\b\b"});
    }
}

// A line of narrow characters, with the cursor somewhere on it.
std::string Generator::fresh_line()
{
    const std::string text = random_.word({"the quick brown fox", "0123456789", "na\u00efve"});
    const size_t length = static_cast<size_t>(columns_ - 1);
    return "\r\033[2K" + (text.size() > length ? std::string(length, 'x') : text) +
           csi(std::to_string(random_.between(1, columns_)) + "G");
}

std::string Generator::erasure()
{
    if (random_.chance(40))
        return csi(random_.word({"2J", "2K"}));
    if (random_.chance(30))
        return fresh_line() + csi(number(columns_) + "X");
    return fresh_line() + csi(random_.word({"J", "1J", "K", "1K", "K"}));
}

std::string Generator::edit()
{
    const std::string count = number(random_.chance(70) ? 5 : 200);
    if (random_.chance(40))
        return csi(count + random_.word({"L", "M"}));
    if (random_.chance(20))
        return fresh_line() + csi("4h") + "abc" + csi("4l");
    return fresh_line() + csi(count + random_.word({"@", "P"}));
}

std::string Generator::scrolling()
{
    switch (random_.below(6)) {
    case 0: {
        const int top = random_.between(1, rows_);
        return csi(std::to_string(top) + ";" + std::to_string(random_.between(top, rows_)) + "r");
    }
    case 1:
        return csi("r");
    case 2:
        return random_.word({"\033D", "\033M", "\033E"});
    case 3:
        return csi(number(4) + random_.word({"S", "T"}));
    default: {
        std::string lines;
        for (int i = random_.between(1, rows_ + 3); i > 0; --i)
            lines += "line " + std::to_string(random_.below(1000)) + "\r\n";
        return lines;
    }
    }
}

std::string Generator::tabulation()
{
    return random_.word({"\t", "\tx", "\t\t", "\033H", "\033[g", "\033[3g", "\033[Z", "\033[2I"});
}

std::string Generator::mode()
{
    return csi(random_.word({"?6h", "?6l", "?7h", "?7l", "?25l", "?25h", "?25h", "?7h", "3 q",
                             "6 q", "0 q", "?5h", "?5l", "20h", "20l"}));
}

std::string Generator::screen()
{
    if (random_.chance(60))
        return csi(random_.word({"?1049h", "?1049l", "?1049l", "?47h", "?47l"}));
    return random_.word({"\033#8", "\033c", "\033[!p", "\033[3J", "\033[2J\033[H"});
}

std::string Generator::drawing()
{
    if (random_.chance(50))
        return "\033(0lqqkxmjtuvwn`afg~\033(B";
    return "\033)0\016jklmnqtuvwx\017 plain";
}

std::string escaped(const std::string &bytes)
{
    std::string text;
    char code[8];
    for (const char byte : bytes) {
        const auto c = static_cast<unsigned char>(byte);
        if (c >= 0x20 && c != 0x7f && c != '"' && c != '\\') {
            text += byte;
            continue;
        }
        std::snprintf(code, sizeof code, "\\%03o", static_cast<unsigned>(c));
        text += code;
    }
    return text;
}

} // namespace vitrine::test
