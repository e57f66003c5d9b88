#include "bench/payload.h"

#include <algorithm>
#include <array>
#include <random>

namespace vitrine::bench {

namespace {

constexpr std::array names = {
    PayloadName{PayloadKind::ascii, "ascii"},     PayloadName{PayloadKind::unicode, "unicode"},
    PayloadName{PayloadKind::sgr, "sgr"},         PayloadName{PayloadKind::tui, "tui"},
    PayloadName{PayloadKind::long_lines, "long"},
};

constexpr std::array<std::string_view, 16> plain_words = {
    "the",    "of",      "static", "return", "(void)", "error:", "0x7ffd", "--verbose",
    "window", "session", "a",      "buffer", "{",      "}",      "/usr",   "lib/x86_64",
};
// Accents composed and combining, Greek, Cyrillic, CJK, emoji of one and of
// several codepoints, box drawing.
constexpr std::array<std::string_view, 16> foreign_words = {
    "über",   "naïve",  "e\u0301te\u0301", "αβγδ", "привет", "漢字",
    "日本語", "한국어", "\U0001f600",      "→",    "┌──┐",   "│",
    "ﬁne",    "żółty",  "résumé",          "█▓▒░",
};

// The standard fixes what mt19937 yields, but not what distributions make of
// it, so numbers are taken modulo.
class Generator {
public:
    explicit Generator(const PayloadOptions &options) : options_(options), random_(options.seed) {}

    std::string make();

private:
    unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }
    void number(unsigned value) { out_ += std::to_string(value); }
    void word() { out_ += plain_words[below(plain_words.size())]; }
    void foreign_word() { out_ += foreign_words[below(foreign_words.size())]; }
    void colour();
    void move();
    void line(bool foreign);
    void styled_line();
    void screen_piece();
    void long_line();

    PayloadOptions options_;
    std::mt19937 random_;
    std::string out_;
};

void Generator::line(bool foreign)
{
    for (unsigned words = 4 + below(16); words > 0; words--) {
        if (foreign && below(2) == 0)
            foreign_word();
        else
            word();
        out_ += ' ';
    }
    out_ += "\r\n";
}

void Generator::colour()
{
    const bool background = below(4) == 0;
    switch (below(3)) {
    case 0:
        number((background ? 40 : 30) + below(8));
        break;
    case 1:
        out_ += background ? "48;5;" : "38;5;";
        number(below(256));
        break;
    default:
        out_ += background ? "48;2" : "38;2";
        for (int channel = 0; channel < 3; channel++) {
            out_ += ';';
            number(below(256));
        }
        break;
    }
}

void Generator::styled_line()
{
    constexpr std::array<std::string_view, 6> attributes = {"1;", "2;", "3;", "4;", "7;", ""};
    for (unsigned words = 4 + below(12); words > 0; words--) {
        out_ += "\033[";
        out_ += attributes[below(attributes.size())];
        colour();
        out_ += 'm';
        word();
        out_ += below(3) == 0 ? "\033[m " : " ";
    }
    out_ += "\033[m\r\n";
}

void Generator::move()
{
    out_ += "\033[";
    number(1 + below(static_cast<unsigned>(options_.rows)));
    out_ += ';';
    number(1 + below(static_cast<unsigned>(options_.columns)));
    out_ += 'H';
}

// As an editor or a monitor draws: mostly cells in place, now and then a
// region that scrolls, a line that is erased, lines that are inserted.
void Generator::screen_piece()
{
    const unsigned rows = static_cast<unsigned>(options_.rows);
    switch (below(16)) {
    case 0: {
        const unsigned top = 1 + below(rows);
        out_ += "\033[";
        number(top);
        out_ += ';';
        number(std::min(rows, top + 1 + below(rows)));
        out_ += below(2) == 0 ? "r\033[2S\033[r" : "r\033[T\033[r";
        break;
    }
    case 1:
        move();
        out_ += "\033[K";
        break;
    case 2:
        move();
        out_ += below(2) == 0 ? "\033[L" : "\033[M";
        break;
    default:
        move();
        out_ += "\033[";
        colour();
        out_ += 'm';
        for (unsigned words = 1 + below(4); words > 0; words--) {
            word();
            out_ += ' ';
        }
        out_ += "\033[m";
        break;
    }
}

void Generator::long_line()
{
    const std::size_t end = out_.size() + 20'000 + below(40'000);
    while (out_.size() < end) {
        word();
        out_ += ',';
    }
    out_ += "\r\n";
}

std::string Generator::make()
{
    options_.rows = std::max(options_.rows, 1);
    options_.columns = std::max(options_.columns, 1);
    out_.reserve(options_.bytes + 65536);
    while (out_.size() < options_.bytes) {
        switch (options_.kind) {
        case PayloadKind::ascii:
            line(false);
            break;
        case PayloadKind::unicode:
            line(true);
            break;
        case PayloadKind::sgr:
            styled_line();
            break;
        case PayloadKind::tui:
            screen_piece();
            break;
        case PayloadKind::long_lines:
            long_line();
            break;
        }
    }
    return std::move(out_);
}

} // namespace

std::span<const PayloadName> payload_names() { return names; }

std::string_view payload_name(PayloadKind kind)
{
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](const auto &name) { return name.kind == kind; });
    return found != names.end() ? found->name : std::string_view();
}

std::optional<PayloadKind> payload_kind(std::string_view name)
{
    for (const PayloadName &known : names) {
        if (known.name == name)
            return known.kind;
    }
    return std::nullopt;
}

std::string make_payload(const PayloadOptions &options) { return Generator(options).make(); }

} // namespace vitrine::bench
