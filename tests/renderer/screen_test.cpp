#include "cells.h"

#include "draw/row_diff.h"
#include "draw/screen.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace vitrine;
using namespace vitrine::test;

namespace {

std::string damage_of(Screen &screen)
{
    std::string text;
    for (const CellRect &rect : screen.damage().rects())
        text += (text.empty() ? "" : " ") + std::to_string(rect.column) + "," +
                std::to_string(rect.row) + " " + std::to_string(rect.columns) + "x" +
                std::to_string(rect.rows);
    screen.damage().clear();
    return text;
}

Screen screen_of(const std::vector<std::string> &rows)
{
    Screen screen;
    screen.resize(static_cast<int>(rows[0].size()), static_cast<int>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); i++)
        screen.take_row(static_cast<int>(i), row_of(cells(rows[i]), 1));
    screen.damage().clear();
    return screen;
}

ui_cursor_t cursor_at(int column, int row)
{
    return {static_cast<std::uint16_t>(column), static_cast<std::uint16_t>(row), 0, 0, 1, 0, 0};
}

} // namespace

TEST_CASE("a scroll leaves the cursor to draw, where it is and where it was")
{
    const std::vector<std::string> rows = {"first   ", "second  ", "third   ", "fourth  ",
                                           "on a cup"};
    Screen screen = screen_of(rows);
    ui_slot_pane_t pane = {};
    pane.columns = 8;
    pane.rows = 5;
    screen.take_panes(std::array{pane, pane});
    screen.take_cursor(cursor_at(6, 4));
    screen.damage().clear();
    std::vector<std::vector<ui_cell_t>> kept;
    for (std::size_t i = 1; i <= rows.size(); i++)
        kept.push_back(cells(i < rows.size() ? rows[i] : "$       "));
    std::vector<vitrine_row_t> sources;
    for (const auto &row : kept)
        sources.push_back(row_of(row, 2));
    screen.take_scrolls(sources);
    REQUIRE(screen.scrolls().size() == 1);
    CHECK(damage_of(screen) == "6,3 1x2");
}

TEST_CASE("what looks different in a row")
{
    struct Case {
        const char *before;
        const char *after;
        const char *changed; // ^ below the columns
    };
    // Between blanks shaping may join anything, and letters hang over.
    const Case cases[] = {
        {"          ", "          ", ""},           {"          ", "    x     ", "   ^^^    "},
        {"    x     ", "          ", "   ^^^    "}, {"x         ", "y         ", "^^        "},
        {"         x", "         y", "        ^^"}, {"ab cd ef  ", "ab cx ef  ", "  ^^^^    "},
        {"ab cd ef  ", "ab cdxef  ", "  ^^^^^^^ "}, {"abcdefghij", "abcdXfghij", "^^^^^^^^^^"},
        {"a b c d e ", "a B c D e ", " ^^^^^^^  "},
    };
    for (const Case &c : cases) {
        for (int order = 0; order < 2; order++) {
            CAPTURE(c.before);
            const auto before = cells(order == 0 ? c.before : c.after);
            const auto after = cells(order == 0 ? c.after : c.before);
            const ColumnRange range = changed_columns({before, {}}, {after, {}});
            std::string marks;
            if (range.begin != range.end) {
                marks.assign(before.size(), ' ');
                for (int i = range.begin; i < range.end; i++)
                    marks[static_cast<std::size_t>(i)] = '^';
            }
            CHECK(marks == c.changed);
        }
    }
}

TEST_CASE("other extras, or another width, change the whole row")
{
    const auto row = cells("abc");
    const std::vector<std::uint32_t> extras = {UI_EXTRA(UI_EXTRA_CLUSTER, 0, 1), 0x301};
    CHECK(changed_columns({row, {}}, {row, extras}) == ColumnRange{0, 3});
    CHECK(changed_columns({row, extras}, {row, extras}) == ColumnRange{});
    CHECK(changed_columns({cells("ab"), {}}, {row, {}}) == ColumnRange{0, 3});
}

TEST_CASE("one changed cell damages its row and nothing else")
{
    Screen screen = screen_of({"one two   ", "three four", "          "});
    screen.take_row(1, row_of(cells("three fou!"), 2));
    CHECK(damage_of(screen) == "5,1 5x1");
    CHECK(screen.row(1).cells[9].codepoint == '!');
}

TEST_CASE("rows that are not newer, or not different, damage nothing")
{
    Screen screen = screen_of({"one", "two"});
    screen.take_row(0, row_of(cells("XXX"), 1));
    CHECK(damage_of(screen).empty());
    screen.take_row(0, row_of(cells("one"), 2));
    CHECK(damage_of(screen).empty());
    screen.take_row(0, row_of(cells("too long"), 3));
    CHECK(damage_of(screen).empty());
    CHECK(screen.row(0).cells[0].codepoint == 'o');
}

TEST_CASE("the cursor damages where it was and where it is")
{
    Screen screen = screen_of({"aW>b", "    "});
    screen.take_cursor(cursor_at(0, 0));
    CHECK(damage_of(screen) == "0,0 1x1");
    screen.take_cursor(cursor_at(0, 0));
    CHECK(damage_of(screen).empty());
    screen.take_cursor(cursor_at(1, 0));
    CHECK(damage_of(screen) == "0,0 3x1");
    // On the right half of a wide character it is on all of it.
    screen.take_cursor(cursor_at(2, 0));
    CHECK(damage_of(screen) == "1,0 2x1");
    screen.take_cursor(cursor_at(3, 1));
    CHECK(damage_of(screen) == "1,0 2x1 3,1 1x1");
    screen.take_cursor(cursor_at(4, 1)); // not on the screen
    CHECK(damage_of(screen) == "3,1 1x1");
    CHECK(screen.cursor_rect().empty());
    screen.take_cursor(cursor_at(0, 2));
    CHECK(damage_of(screen).empty());
}

TEST_CASE("blinking rows")
{
    Screen screen = screen_of({"ab", "cd", "ef"});
    CHECK_FALSE(screen.blinks());
    screen.take_row(2, row_of(cells("ef", UI_ATTR_BLINK), 2));
    CHECK(screen.blinks());
    screen.damage().clear();
    screen.damage_blinking();
    CHECK(damage_of(screen) == "0,2 2x1");
    screen.take_row(2, row_of(cells("ef"), 3));
    CHECK_FALSE(screen.blinks());
}

TEST_CASE("panes end runs of text")
{
    Screen screen = screen_of({"aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc"});
    const ui_slot_pane_t panes[] = {
        {UINT32_MAX, 0, 0, 0, 10, 3}, {1, 0, 0, 0, 4, 2}, {2, UI_PANE_ACTIVE, 5, 0, 5, 2}};
    screen.take_panes(panes);
    CHECK(damage_of(screen) == "0,0 10x3");
    using Columns = std::vector<std::uint16_t>;
    const auto boundaries = [&screen](int row) {
        const auto span = screen.boundaries(row);
        return Columns(span.begin(), span.end());
    };
    CHECK(boundaries(0) == Columns{4, 5});
    CHECK(boundaries(1) == Columns{4, 5});
    CHECK(boundaries(2).empty());
    // Another active pane is no other layout.
    const ui_slot_pane_t same[] = {
        {UINT32_MAX, 0, 0, 0, 10, 3}, {1, UI_PANE_ACTIVE, 0, 0, 4, 2}, {2, 0, 5, 0, 5, 2}};
    screen.take_panes(same);
    CHECK(damage_of(screen).empty());
}
