#include "canvas.h"
#include "cells.h"

#include "draw/screen.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace vitrine;
using namespace vitrine::test;

namespace {

using Text = std::vector<std::string>;

std::optional<Scroll> scroll_of(const Text &before, const Text &after, const CellRect &area)
{
    std::vector<std::vector<ui_cell_t>> kept;
    for (const Text *text : {&before, &after}) {
        for (const std::string &row : *text)
            kept.push_back(cells(row));
    }
    std::vector<RowContent> rows;
    for (const auto &row : kept)
        rows.push_back({row, {}});
    const std::span<const RowContent> all(rows);
    return find_scroll(all.first(before.size()), all.subspan(before.size()), area);
}

std::string place_of(const std::optional<Scroll> &scroll)
{
    if (!scroll)
        return "none";
    const CellRect &to = scroll->to;
    return std::to_string(to.column) + "," + std::to_string(to.row) + " " +
           std::to_string(to.columns) + "x" + std::to_string(to.rows) + " by " +
           std::to_string(scroll->by);
}

// A screen, and a target that is drawn as its scrolls and its damage say: a
// pixel a cell, in which a cursor makes the letter upper case.
class Drawn {
public:
    static constexpr int columns = 12;
    static constexpr int rows = 10;

    Drawn() : text_(rows, std::string(columns, ' ')), target_(text_)
    {
        screen_.resize(columns, rows);
        // Beside each other, and one below both.
        const ui_slot_pane_t panes[] = {pane(0, 0, columns, rows), pane(0, 0, 5, 7),
                                        pane(6, 0, 6, 7), pane(0, 8, columns, 2)};
        screen_.take_panes(panes);
        draw();
    }

    // What a program in a pane does: rows [top, bottom) move, new text comes in.
    void scroll(const CellRect &area, int by, std::mt19937 &random)
    {
        const Text before = text_;
        for (int row = area.row; row < area.bottom(); row++) {
            const int from = row + by;
            const bool inside = from >= area.row && from < area.bottom();
            for (int column = area.column; column < area.right(); column++)
                at(text_, column, row) =
                    inside
                        ? before[static_cast<std::size_t>(from)][static_cast<std::size_t>(column)]
                        : letter(random);
        }
    }
    void print(int column, int row, std::mt19937 &random)
    {
        at(text_, column, row) = letter(random);
    }
    void move_cursor(int column, int row)
    {
        cursor_ = {
            static_cast<std::uint16_t>(column), static_cast<std::uint16_t>(row), 0, 0, 1, 0, 0};
    }

    std::size_t take()
    {
        generation_++;
        std::vector<std::vector<ui_cell_t>> kept;
        std::vector<vitrine_row_t> sources;
        for (const std::string &row : text_)
            kept.push_back(cells(row));
        for (const auto &row : kept)
            sources.push_back(row_of(row, generation_));
        screen_.take_scrolls(sources);
        for (int row = 0; row < rows; row++)
            screen_.take_row(row, sources[static_cast<std::size_t>(row)]);
        screen_.take_cursor(cursor_);
        return screen_.scrolls().size();
    }
    void draw()
    {
        for (const Scroll &scroll : screen_.scrolls())
            move(scroll);
        screen_.forget_scrolls();
        for (const CellRect &rect : screen_.damage().rects()) {
            for (int row = rect.row; row < rect.bottom(); row++) {
                for (int column = rect.column; column < rect.right(); column++)
                    at(target_, column, row) = seen(column, row);
            }
        }
        screen_.damage().clear();
    }

    Text shown() const { return target_; }
    Text wanted() const
    {
        Text text = text_;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++)
                at(text, column, row) = seen(column, row);
        }
        return text;
    }

private:
    static ui_slot_pane_t pane(int column, int row, int width, int height)
    {
        ui_slot_pane_t pane = {};
        pane.column = static_cast<std::uint16_t>(column);
        pane.row = static_cast<std::uint16_t>(row);
        pane.columns = static_cast<std::uint16_t>(width);
        pane.rows = static_cast<std::uint16_t>(height);
        return pane;
    }
    static char &at(Text &text, int column, int row)
    {
        return text[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
    }
    static char letter(std::mt19937 &random)
    {
        return " abcdefgh"[std::uniform_int_distribution<int>(0, 8)(random)];
    }
    char seen(int column, int row) const
    {
        const char c = text_[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
        const bool under = cursor_.visible && cursor_.column == column && cursor_.row == row;
        return under ? static_cast<char>(c == ' ' ? '_' : c - 'a' + 'A') : c;
    }
    void move(const Scroll &scroll)
    {
        const Text before = target_;
        for (int row = scroll.to.row; row < scroll.to.bottom(); row++) {
            for (int column = scroll.to.column; column < scroll.to.right(); column++)
                at(target_, column, row) = before[static_cast<std::size_t>(row + scroll.by)]
                                                 [static_cast<std::size_t>(column)];
        }
    }

    Screen screen_;
    Text text_;
    Text target_;
    ui_cursor_t cursor_ = {};
    std::uint64_t generation_ = 0;
};

} // namespace

TEST_CASE("rows that moved are found")
{
    const Text before = {"one ", "two ", "thre", "four", "five", "six "};
    const CellRect all = {0, 0, 4, 6};
    CHECK(place_of(scroll_of(before, before, all)) == "none");
    CHECK(place_of(scroll_of(before, {"two ", "thre", "four", "five", "six ", "new "}, all)) ==
          "0,0 4x5 by 1");
    CHECK(place_of(scroll_of(before, {"new ", "one ", "two ", "thre", "four", "five"}, all)) ==
          "0,1 4x5 by -1");
    CHECK(place_of(scroll_of(before, {"four", "five", "six ", "new ", "newe", "newr"}, all)) ==
          "0,0 4x3 by 3");
    // A region in the middle, and one that is too small to be worth it.
    CHECK(place_of(scroll_of(before, {"one ", "thre", "four", "five", "new ", "six "}, all)) ==
          "0,1 4x3 by 1");
    CHECK(place_of(scroll_of(before, {"one ", "two ", "four", "five", "new ", "six "}, all)) ==
          "none");
    // Only the columns of the pane count, and only its rows.
    CHECK(place_of(scroll_of(before, {"twXX", "thXX", "foXX", "fiXX", "siXX", "neXX"},
                             {0, 0, 2, 6})) == "0,0 2x5 by 1");
    CHECK(place_of(scroll_of(before, {"one ", "two ", "one ", "two ", "thre", "four"},
                             {0, 2, 4, 4})) == "none");
}

TEST_CASE("blank rows are not taken for rows that moved")
{
    const Text before = {"a   ", "b   ", "    ", "    ", "    ", "    "};
    const Text after = {"    ", "    ", "    ", "    ", "a   ", "b   "};
    CHECK(place_of(scroll_of(before, after, {0, 0, 4, 6})) == "none");
}

TEST_CASE("a scroll leaves only what is new to draw")
{
    std::mt19937 random(7);
    Drawn drawn;
    for (int row = 0; row < 7; row++) {
        for (int column = 0; column < 5; column++)
            drawn.print(column, row, random);
    }
    drawn.take();
    drawn.draw();
    drawn.scroll({0, 0, 5, 7}, 1, random);
    CHECK(drawn.take() == 1);
    // What came after, before anything was drawn, is drawn and not moved.
    drawn.scroll({0, 0, 5, 7}, 1, random);
    CHECK(drawn.take() == 1);
    drawn.draw();
    CHECK(drawn.shown() == drawn.wanted());
}

TEST_CASE("whatever scrolls, the target is what the screen says")
{
    std::mt19937 random(20261121);
    const auto number = [&](int least, int most) {
        return std::uniform_int_distribution<int>(least, most)(random);
    };
    Drawn drawn;
    std::size_t scrolls = 0;
    for (int step = 0; step < 5000; step++) {
        const CellRect panes[] = {{0, 0, 5, 7}, {6, 0, 6, 7}, {0, 8, 12, 2}, {0, 0, 12, 10}};
        for (int i = number(1, 3); i > 0; i--) {
            CellRect area = panes[number(0, 3)];
            const int top = number(0, area.rows - 1);
            area.row += top;
            area.rows = number(1, area.rows - top);
            if (number(0, 2) > 0)
                drawn.scroll(area, number(-3, 3), random);
            else
                drawn.print(number(0, 11), number(0, 9), random);
        }
        if (number(0, 1) == 0)
            drawn.move_cursor(number(0, 11), number(0, 9));
        scrolls += drawn.take();
        if (number(0, 3) == 0)
            continue;
        drawn.draw();
        for (std::size_t row = 0; row < Drawn::rows; row++)
            REQUIRE_MESSAGE(drawn.shown()[row] == drawn.wanted()[row], "step ", step, ", row ",
                            row);
    }
    CHECK(scrolls > 500);
}

TEST_CASE("pixels are moved up and down")
{
    for (const Kind kind : painter_kinds()) {
        Canvas canvas(kind, 8, 6);
        Batch batch;
        for (std::int16_t y = 0; y < 6; y++)
            batch.backgrounds.push_back({y, y, 1, 1, 0xffffffffu});
        canvas.draw(batch);
        const auto rows = [&] {
            canvas.read();
            std::string text;
            for (int y = 0; y < 6; y++)
                text += canvas.row(y) + " ";
            return text;
        };
        CHECK(canvas.painter().move({1, 2, 4, 4}, 1)); // up, over itself
        CHECK(rows() == "#....... ..#..... ...#.... ....#... ........ .....#.. ");
        CHECK(canvas.painter().move({0, 0, 3, 3}, 2)); // down
        CHECK(rows() == "#....... ..#..... #..#.... ..#.#... ........ .....#.. ");
    }
}
