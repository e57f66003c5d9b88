// A screen as tests compare it: what a window's frames made of it, or what tmux says it is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <vitrine/client.h>

namespace vitrine::test {

struct Style {
    uint32_t fg = UI_COLOUR_DEFAULT;
    uint32_t bg = UI_COLOUR_DEFAULT;
    uint32_t underline = UI_COLOUR_DEFAULT; // only where something is underlined
    uint16_t attrs = 0;                     // UI_ATTR_*, without UNDERLINE_COLOUR
    bool operator==(const Style &) const = default;
};

struct Cell {
    std::u32string text = U" "; // "" in the right half of a wide character
    Style style;
    uint8_t width = 1; // 0 in the right half
    bool operator==(const Cell &) const = default;
    bool blank() const { return text == U" " && width == 1; }
};

using Row = std::vector<Cell>;

struct Rectangle {
    int column = 0;
    int row = 0;
    int columns = 0;
    int rows = 0;
    bool operator==(const Rectangle &) const = default;
};

class Screen {
public:
    Screen() = default;
    Screen(int columns, int rows) : columns_(columns), rows_(rows, Row(columns)) {}

    int columns() const { return columns_; }
    int rows() const { return static_cast<int>(rows_.size()); }
    Row &row(int row) { return rows_.at(static_cast<size_t>(row)); }
    const Row &row(int row) const { return rows_.at(static_cast<size_t>(row)); }
    const Cell &cell(int column, int row) const;
    Screen part(const Rectangle &where) const;
    // UTF-8 of a row or of all rows, trailing blanks removed.
    std::string text(int row) const;
    std::string text() const;
    // Where a text begins; false if it is nowhere.
    bool find(const std::string &text, int *column = nullptr, int *row = nullptr) const;
    bool contains(const std::string &text) const { return find(text); }
    bool same_cells(const Screen &other) const { return rows_ == other.rows_; }

    ui_cursor_t cursor{};
    uint32_t modes = 0;
    std::vector<ui_slot_pane_t> panes;

private:
    int columns_ = 0;
    std::vector<Row> rows_;
};

// The cells of a row of a frame; throws Failure if its extras are nonsense.
Row read_row(const vitrine_row_t &row);

std::string utf8(std::u32string_view text);
std::u32string from_utf8(std::string_view text);
std::string describe(const Style &style);
std::string describe(const Cell &cell);

} // namespace vitrine::test
