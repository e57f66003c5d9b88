#include "capture.h"

#include <algorithm>
#include <array>

#include "server.h"

namespace vitrine::test {
namespace {

// Line drawing characters from '`' to '~', as a terminal draws them.
constexpr std::u32string_view kLineDrawing = U"\u25c6\u2592\u2409\u240c\u240d\u240a\u00b0\u00b1"
                                             U"\u2424\u240b\u2518\u2510\u250c\u2514\u253c\u23ba"
                                             U"\u23bb\u2500\u23bc\u23bd\u251c\u2524\u2534\u252c"
                                             U"\u2502\u2264\u2265\u03c0\u2260\u00a3\u00b7";

// What a character of that set is drawn as; there are arrows and a block among its signs.
char32_t drawn(char32_t c)
{
    if (c >= U'`' && c <= U'~')
        return kLineDrawing[c - U'`'];
    switch (c) {
    case U'+':
        return U'\u2192';
    case U',':
        return U'\u2190';
    case U'-':
        return U'\u2191';
    case U'.':
        return U'\u2193';
    case U'0':
        return U'\u25ae';
    default:
        return c;
    }
}

class CaptureParser {
public:
    explicit CaptureParser(std::string_view text) : text_(from_utf8(text)) {}

    std::vector<Line> parse()
    {
        lines_.emplace_back();
        while (at_ < text_.size())
            character(text_[at_++]);
        return std::move(lines_);
    }

private:
    void character(char32_t c)
    {
        switch (c) {
        case '\n':
            lines_.emplace_back();
            break;
        case '\016':
        case '\017':
            line_drawing_ = c == '\016';
            break;
        case '\033':
            sequence();
            break;
        default:
            add(c);
        }
    }

    void add(char32_t c)
    {
        Line &line = lines_.back();
        const int width = character_width(c);
        const bool joined = !line.empty() && line.back().text.ends_with(U'\u200d');
        if (!line.empty() && (width == 0 || joined)) {
            line.back().text += c;
            return;
        }
        if (line_drawing_)
            c = drawn(c);
        line.push_back({std::u32string(1, c), style_, width, c == U'\t'});
    }

    void sequence()
    {
        if (at_ < text_.size() && text_[at_] == U']') {
            skip_string();
            return;
        }
        // CSI parameters m
        std::vector<std::vector<unsigned>> parameters(1, {0});
        for (++at_; at_ < text_.size() && text_[at_] != U'm'; ++at_) {
            if (text_[at_] == U';')
                parameters.push_back({0});
            else if (text_[at_] == U':')
                parameters.back().push_back(0);
            else
                parameters.back().back() = parameters.back().back() * 10 + (text_[at_] - U'0');
        }
        ++at_;
        for (size_t i = 0; i < parameters.size();)
            i += style(parameters, i);
    }

    // A hyperlink, up to ST.
    void skip_string()
    {
        const size_t end = text_.find(U"\033\\", at_);
        at_ = end == text_.npos ? text_.size() : end + 2;
    }

    // One SGR parameter; returns how many it took.
    size_t style(const std::vector<std::vector<unsigned>> &parameters, size_t i)
    {
        const unsigned code = parameters[i][0];
        if (parameters[i].size() == 2) {
            // tmux writes 53 as 5:3 when it captures.
            static constexpr std::array<uint16_t, 6> kUnderlines = {0,
                                                                    UI_ATTR_UNDERLINE,
                                                                    UI_ATTR_UNDERLINE_DOUBLE,
                                                                    UI_ATTR_UNDERLINE_CURLY,
                                                                    UI_ATTR_UNDERLINE_DOTTED,
                                                                    UI_ATTR_UNDERLINE_DASHED};
            style_.attrs |= code == 5 ? UI_ATTR_OVERLINE : kUnderlines.at(parameters[i][1]);
            return 1;
        }
        if (code == 38 || code == 48 || code == 58)
            return extended_colour(parameters, i);
        if (code == 0)
            style_ = {};
        else if (code < 10)
            style_.attrs |= kAttributes[code];
        else
            simple_colour(code);
        return 1;
    }

    void simple_colour(unsigned code)
    {
        if (code == 39)
            style_.fg = UI_COLOUR_DEFAULT;
        else if (code == 49)
            style_.bg = UI_COLOUR_DEFAULT;
        else if (code == 59)
            style_.underline = UI_COLOUR_DEFAULT;
        else if (code >= 30 && code < 38)
            style_.fg = UI_COLOUR_PALETTE | (code - 30);
        else if (code >= 40 && code < 48)
            style_.bg = UI_COLOUR_PALETTE | (code - 40);
        else if (code >= 90 && code < 98)
            style_.fg = UI_COLOUR_PALETTE | (code - 90 + 8);
        else if (code >= 100 && code < 108)
            style_.bg = UI_COLOUR_PALETTE | (code - 100 + 8);
        else
            throw Failure("capture-pane printed SGR " + std::to_string(code));
    }

    size_t extended_colour(const std::vector<std::vector<unsigned>> &parameters, size_t i)
    {
        const unsigned code = parameters[i][0];
        const auto number = [&](size_t k) { return parameters.at(i + k)[0]; };
        const bool palette = number(1) == 5;
        const uint32_t colour = palette
                                    ? UI_COLOUR_PALETTE | number(2)
                                    : UI_COLOUR_RGB | number(2) << 16 | number(3) << 8 | number(4);
        (code == 38 ? style_.fg : code == 48 ? style_.bg : style_.underline) = colour;
        return palette ? 3 : 5;
    }

    static constexpr std::array<uint16_t, 10> kAttributes = {
        0, UI_ATTR_BOLD,    UI_ATTR_DIM,    UI_ATTR_ITALIC, UI_ATTR_UNDERLINE, UI_ATTR_BLINK,
        0, UI_ATTR_REVERSE, UI_ATTR_HIDDEN, UI_ATTR_STRIKE};

    std::u32string text_;
    size_t at_ = 0;
    Style style_;
    bool line_drawing_ = false;
    std::vector<Line> lines_;
};

// Lays the tokens of a line out over the cells of a row.
class Layout {
public:
    Layout(const Line &line, const Row &row, const CompareOptions &options)
        : line_(line),
          row_(row),
          options_(options),
          failed_((line.size() + 1) * (row.size() + 1))
    {
    }

    bool fits() { return from(0, 0); }
    // The first column that no layout explained.
    size_t reached() const { return std::min(reached_, row_.size()); }

private:
    bool from(size_t token, size_t column)
    {
        reached_ = std::max(reached_, column);
        if (token == line_.size())
            return rest_is_blank(column);
        if (column >= row_.size())
            return false;
        char &failed = failed_[token * (row_.size() + 1) + column];
        if (failed)
            return false;
        if (place(token, column) || orphan(token, column))
            return true;
        failed = 1;
        return false;
    }

    bool place(size_t token, size_t column)
    {
        const Token &t = line_[token];
        if (t.tab)
            return tab(token, column);
        if (t.width == 2 && column + 1 == row_.size())
            return blank(row_[column], t.style) && from(token + 1, column + 1);
        const Cell &cell = row_[column];
        if (!same_text(cell.text, t.text) || cell.width != t.width ||
            !(same(cell, t.style) || half(token, column)))
            return false;
        if (t.width == 1)
            return from(token + 1, column + 1);
        const Cell &half = row_[column + 1];
        if (half.width != 0 || !half.text.empty() || !same(half, t.style))
            return false;
        // Inserting and deleting can leave a cell where the right half was.
        return from(token + 1, column + 2) ||
               (token + 1 < line_.size() && from(token + 2, column + 2));
    }

    bool tab(size_t token, size_t column)
    {
        for (size_t end = column; end < row_.size() && blank(row_[end], line_[token].style);) {
            if (from(token + 1, ++end))
                return true;
        }
        return false;
    }

    // Padding that lost its character is a blank on the screen and nothing in the text. Reflows
    // part the two by a line, and leave no trace of that in a capture; a terminal gets a blank.
    bool lost_padding(size_t column) const { return row_[column].blank() && options_.reflowed; }

    bool orphan(size_t token, size_t column)
    {
        return lost_padding(column) && from(token, column + 1);
    }

    // Blanks after the end of what was captured; 3.3a does not print those with a background.
    bool rest_is_blank(size_t column)
    {
        const bool any_background = tmux_version() < 305;
        for (; column < row_.size(); ++column) {
            reached_ = std::max(reached_, column);
            Cell cell = row_[column];
            if (any_background)
                cell.style.bg = options_.defaults.bg;
            if (!blank(cell, {}))
                return lost_padding(column) && rest_is_blank(column + 1);
        }
        return true;
    }

    // A single blank of another style, which may be what is left of a wide character.
    bool half(size_t token, size_t column) const
    {
        return options_.covered && row_[column].blank() &&
               (column == 0 || token == 0 || same(row_[column - 1], line_[token - 1].style));
    }

    // A terminal's tmux has fewer bytes for marks where a line drawing character takes three.
    bool same_text(const std::u32string &text, const std::u32string &wanted) const
    {
        constexpr size_t kSurelyFits = 8;
        return text == wanted || (options_.visible_only && wanted.size() >= kSurelyFits &&
                                  text.starts_with(wanted));
    }

    bool blank(const Cell &cell, const Style &style) const
    {
        return cell.blank() && same(cell, style);
    }

    bool same(const Cell &cell, Style wanted) const
    {
        if (wanted.fg == UI_COLOUR_DEFAULT)
            wanted.fg = options_.defaults.fg;
        if (wanted.bg == UI_COLOUR_DEFAULT)
            wanted.bg = options_.defaults.bg;
        if (!(wanted.attrs & UI_ATTR_UNDERLINES))
            wanted.underline = UI_COLOUR_DEFAULT;
        if (options_.visible_only)
            return visible(cell.style, cell.blank()) == visible(wanted, cell.blank());
        return cell.style == wanted;
    }

    // What shows of a style. tmux does not always tell a terminal the colour of an underline:
    // tty_colours_us() forgets what it sent last.
    static Style visible(Style style, bool blank)
    {
        style.underline = UI_COLOUR_DEFAULT;
        if (!blank)
            return style;
        // 3.8 may draw the blanks that end a line in another colour than they have.
        if (tmux_version() > 305)
            style.bg = UI_COLOUR_DEFAULT;
        constexpr uint16_t kLines = UI_ATTR_UNDERLINES | UI_ATTR_STRIKE | UI_ATTR_OVERLINE;
        if (!(style.attrs & (kLines | UI_ATTR_REVERSE)))
            style.fg = UI_COLOUR_DEFAULT;
        style.attrs &= kLines | UI_ATTR_REVERSE;
        return style;
    }

    const Line &line_;
    const Row &row_;
    const CompareOptions &options_;
    std::vector<char> failed_;
    size_t reached_ = 0;
};

std::string line_text(const Line &line)
{
    std::u32string text;
    for (const Token &token : line)
        text += token.text;
    return utf8(text);
}

// Both sides around a column, cell by cell.
std::string difference(const Line &line, const Screen &screen, int row, size_t column)
{
    std::string text = "row " + std::to_string(row) + ", column " + std::to_string(column) +
                       "\n  tmux  |" + line_text(line) + "|\n  frame |" + screen.text(row) + "|\n";
    constexpr size_t kAround = 2;
    const auto near = [&](size_t at) { return at + kAround >= column && at <= column + kAround; };
    size_t at = 0;
    for (const Token &t : line) {
        if (near(at))
            text += "    tmux  " + std::to_string(at) + ": " +
                    describe(Cell{t.text, t.style, static_cast<uint8_t>(t.width)}) + "\n";
        at += static_cast<size_t>(t.width);
    }
    for (at = 0; at < static_cast<size_t>(screen.columns()); ++at) {
        if (near(at))
            text += "    frame " + std::to_string(at) + ": " +
                    describe(screen.cell(static_cast<int>(at), row)) + "\n";
    }
    return text;
}

} // namespace

int character_width(char32_t c)
{
    if ((c >= 0x300 && c < 0x370) || c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f) ||
        (c >= 0x20d0 && c < 0x2100))
        return 0;
    if ((c >= 0x1100 && c < 0x1160) || (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7a4) ||
        (c >= 0xf900 && c < 0xfb00) || (c >= 0xff01 && c < 0xff61) ||
        (c >= 0x1f300 && c < 0x1f650) || (c >= 0x1f680 && c < 0x1f700) ||
        (c >= 0x1f900 && c < 0x1fa00) || c >= 0x20000)
        return 2;
    return 1;
}

std::vector<Line> parse_capture(std::string_view text) { return CaptureParser(text).parse(); }

std::string compare(const std::vector<Line> &captured, const Screen &screen,
                    const CompareOptions &options)
{
    std::string text;
    int differences = 0;
    for (int row = 0; row < screen.rows(); ++row) {
        const Line line = static_cast<size_t>(row) < captured.size()
                              ? captured[static_cast<size_t>(row)]
                              : Line();
        Layout layout(line, screen.row(row), options);
        if (!layout.fits() && ++differences <= 3)
            text += difference(line, screen, row, layout.reached());
    }
    if (differences > 3)
        text += "and " + std::to_string(differences - 3) + " more rows\n";
    return text;
}

} // namespace vitrine::test
