#include "screen.h"

#include <cstdio>

#include "loop.h"

namespace vitrine::test {
namespace {

// Reads a row's extras, record by record.
void apply_extras(const vitrine_row_t &row, Row &cells)
{
    uint32_t at = 0;
    while (at < row.extra_words) {
        const uint32_t record = row.extras[at++];
        const uint32_t column = UI_EXTRA_COLUMN(record), count = UI_EXTRA_COUNT(record);
        const bool cluster = UI_EXTRA_KIND(record) == UI_EXTRA_CLUSTER;
        const uint32_t words = cluster ? count : 1;
        if (column >= cells.size() || at + words > row.extra_words ||
            (!cluster && UI_EXTRA_KIND(record) != UI_EXTRA_UNDERLINE))
            throw Failure("frame with nonsensical extras");
        for (uint32_t i = 0; cluster && i < count; ++i)
            cells[column].text += static_cast<char32_t>(row.extras[at + i]);
        for (uint32_t i = 0; !cluster && i < count && column + i < cells.size(); ++i)
            cells[column + i].style.underline = row.extras[at];
        at += words;
    }
}

char32_t decode(std::string_view text, size_t &at)
{
    const auto byte = [&](size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    const unsigned lead = byte(at);
    const int more = lead < 0xc0 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    char32_t c = more == 0 ? lead : lead & (0x3f >> more);
    for (int i = 1; i <= more; ++i)
        c = c << 6 | (byte(at + static_cast<size_t>(i)) & 0x3f);
    at += static_cast<size_t>(more) + 1;
    return c;
}

std::string describe_colour(uint32_t colour)
{
    char text[16];
    switch (UI_COLOUR_KIND(colour)) {
    case UI_COLOUR_DEFAULT:
        return "default";
    case UI_COLOUR_PALETTE:
        return "colour" + std::to_string(colour & 0xffffff);
    default:
        std::snprintf(text, sizeof text, "#%06x", colour & 0xffffff);
        return text;
    }
}

} // namespace

const Cell &Screen::cell(int column, int row) const
{
    return rows_.at(static_cast<size_t>(row)).at(static_cast<size_t>(column));
}

Screen Screen::part(const Rectangle &where) const
{
    Screen part(where.columns, where.rows);
    for (int row = 0; row < where.rows; ++row) {
        for (int column = 0; column < where.columns; ++column)
            part.row(row)[static_cast<size_t>(column)] =
                cell(where.column + column, where.row + row);
    }
    return part;
}

std::string Screen::text(int row) const
{
    std::u32string text;
    for (const Cell &cell : rows_.at(static_cast<size_t>(row)))
        text += cell.text;
    const size_t end = text.find_last_not_of(U' ');
    return utf8(text.substr(0, end == text.npos ? 0 : end + 1));
}

std::string Screen::text() const
{
    std::string all;
    for (int row = 0; row < rows(); ++row)
        all += text(row) + "\n";
    return all;
}

bool Screen::find(const std::string &text, int *column, int *row) const
{
    const std::u32string wanted = from_utf8(text);
    for (int y = 0; y < rows(); ++y) {
        for (int x = 0; x < columns_; ++x) {
            std::u32string here;
            for (int i = x; i < columns_ && here.size() < wanted.size(); ++i)
                here += cell(i, y).text;
            if (!here.starts_with(wanted))
                continue;
            if (column != nullptr)
                *column = x;
            if (row != nullptr)
                *row = y;
            return true;
        }
    }
    return false;
}

Row read_row(const vitrine_row_t &row)
{
    Row cells(row.columns);
    for (size_t i = 0; i < cells.size(); ++i) {
        const ui_cell_t &from = row.cells[i];
        cells[i].text = from.width == 0 ? U"" : std::u32string(1, from.codepoint);
        cells[i].width = from.width;
        cells[i].style.fg = from.fg_rgb;
        cells[i].style.bg = from.bg_rgb;
        cells[i].style.attrs = from.attrs & static_cast<uint16_t>(~UI_ATTR_UNDERLINE_COLOUR);
    }
    apply_extras(row, cells);
    for (size_t i = 0; i < cells.size(); ++i) {
        if (row.cells[i].width > 2 || (cells[i].width == 0) != (i > 0 && cells[i - 1].width == 2) ||
            (cells[i].width == 2 && i + 1 == cells.size()))
            throw Failure("frame with half a wide character");
        if (cells[i].width != 0 && cells[i].text.size() != 1u + row.cells[i].cluster_cont)
            throw Failure("frame with a wrong cluster_cont");
        const bool coloured = cells[i].style.underline != UI_COLOUR_DEFAULT;
        if (coloured != ((row.cells[i].attrs & UI_ATTR_UNDERLINE_COLOUR) != 0))
            throw Failure("frame with a wrong UI_ATTR_UNDERLINE_COLOUR");
    }
    return cells;
}

std::string utf8(std::u32string_view text)
{
    std::string out;
    for (const char32_t c : text) {
        const int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
        static constexpr unsigned kLead[] = {0, 0xc0, 0xe0, 0xf0};
        out += static_cast<char>(kLead[more] | (c >> (6 * more)));
        for (int i = more - 1; i >= 0; --i)
            out += static_cast<char>(0x80 | (c >> (6 * i) & 0x3f));
    }
    return out;
}

std::u32string from_utf8(std::string_view text)
{
    std::u32string out;
    for (size_t at = 0; at < text.size();)
        out += decode(text, at);
    return out;
}

std::string describe(const Style &style)
{
    static constexpr const char *kNames[16] = {
        "bold",   "dim",    "underline", "blink",  "reverse", "hidden",   "italic", "0x80",
        "strike", "under2", "under3",    "under4", "under5",  "overline", "0x4000", "0x8000"};
    std::string text = describe_colour(style.fg) + "/" + describe_colour(style.bg);
    if (style.underline != UI_COLOUR_DEFAULT)
        text += "/" + describe_colour(style.underline);
    for (unsigned bit = 0; bit < 16; ++bit) {
        if (style.attrs & 1u << bit)
            text += std::string(" ") + kNames[bit];
    }
    return text;
}

std::string describe(const Cell &cell)
{
    char number[16];
    std::string text = "'" + utf8(cell.text) + "'";
    for (const char32_t c : cell.text) {
        std::snprintf(number, sizeof number, " U+%04X", static_cast<unsigned>(c));
        text += number;
    }
    return text + " width " + std::to_string(cell.width) + " " + describe(cell.style);
}

} // namespace vitrine::test
