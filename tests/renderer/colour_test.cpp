#include "draw/batch.h"
#include "draw/cursor.h"
#include "draw/theme.h"

#include <doctest/doctest.h>

using namespace vitrine;

namespace {

constexpr std::uint32_t rgb(std::uint32_t value) { return UI_COLOUR_RGB | value; }
constexpr std::uint32_t palette(std::uint32_t index) { return UI_COLOUR_PALETTE | index; }

ui_cell_t cell(std::uint32_t fg, std::uint32_t bg, unsigned attrs)
{
    return {'x', fg, bg, static_cast<std::uint16_t>(attrs), 1, 0};
}

} // namespace

TEST_CASE("the palette is xterm's")
{
    const Theme theme = default_theme();
    CHECK(theme.palette[1] == 0xcd0000);
    CHECK(theme.palette[15] == 0xffffff);
    CHECK(theme.palette[16] == 0x000000);
    CHECK(theme.palette[21] == 0x0000ff);
    CHECK(theme.palette[67] == 0x5f87af);
    CHECK(theme.palette[231] == 0xffffff);
    CHECK(theme.palette[232] == 0x080808);
    CHECK(theme.palette[255] == 0xeeeeee);
}

TEST_CASE("colours of cells")
{
    Theme theme = default_theme();
    theme.foreground = 0x101010;
    theme.background = 0xf0f0f0;
    struct Case {
        ui_cell_t cell;
        CellColours colours;
    };
    const Case cases[] = {
        {cell(0, 0, 0), {0x101010, 0xf0f0f0}},
        {cell(rgb(0x123456), palette(1), 0), {0x123456, 0xcd0000}},
        {cell(palette(0x1ff), 0, 0), {0xeeeeee, 0xf0f0f0}}, // the index has eight bits
        {cell(0x7f000001, 0, 0), {0x101010, 0xf0f0f0}},     // no such kind
        {cell(0, 0, UI_ATTR_REVERSE), {0xf0f0f0, 0x101010}},
        {cell(rgb(0xff0000), rgb(0x0000ff), UI_ATTR_REVERSE), {0x0000ff, 0xff0000}},
        {cell(0, 0, UI_ATTR_DIM), {0x808080, 0xf0f0f0}},
        {cell(0, 0, UI_ATTR_DIM | UI_ATTR_REVERSE), {0x808080, 0x101010}},
    };
    for (const Case &c : cases) {
        CAPTURE(c.cell.attrs);
        CHECK(cell_colours(theme, c.cell) == c.colours);
    }
    CHECK(blend_half(0xff00ff, 0x000100) == 0x7f007f);
    CHECK(opaque(0x123456) == 0xff563412);
}

TEST_CASE("cursor shapes")
{
    struct Case {
        unsigned shape;
        bool visible;
        Focus focus;
        BlinkPhase phase;
        CursorShape result;
    };
    const Case cases[] = {
        {UI_CURSOR_DEFAULT, true, Focus::yes, BlinkPhase::shown, CursorShape::block},
        {UI_CURSOR_BLOCK, true, Focus::yes, BlinkPhase::shown, CursorShape::block},
        {UI_CURSOR_UNDERLINE, true, Focus::yes, BlinkPhase::shown, CursorShape::underline},
        {UI_CURSOR_BAR, true, Focus::yes, BlinkPhase::shown, CursorShape::bar},
        {99, true, Focus::yes, BlinkPhase::shown, CursorShape::block},
        {UI_CURSOR_BAR, true, Focus::yes, BlinkPhase::hidden, CursorShape::none},
        {UI_CURSOR_BAR, true, Focus::no, BlinkPhase::hidden, CursorShape::hollow},
        {UI_CURSOR_BLOCK, true, Focus::no, BlinkPhase::shown, CursorShape::hollow},
        {UI_CURSOR_BLOCK, false, Focus::yes, BlinkPhase::shown, CursorShape::none},
        {UI_CURSOR_BLOCK, false, Focus::no, BlinkPhase::shown, CursorShape::none},
    };
    for (const Case &c : cases) {
        CAPTURE(c.shape);
        const ui_cursor_t cursor = {0, 0, 0, static_cast<std::uint8_t>(c.shape), c.visible, 0, 0};
        CHECK(cursor_shape(cursor, c.focus, c.phase) == c.result);
    }
}

TEST_CASE("a cursor can be seen on any cell")
{
    Theme theme = default_theme();
    theme.foreground = theme.cursor = 0xdddddd;
    theme.background = 0x111111;
    ui_cursor_t cursor = {};
    using C = CursorColours;
    CHECK(cursor_colours(theme, cursor, {0xff0000, 0x111111}) == C{0xdddddd, 0x111111});
    CHECK(cursor_colours(theme, cursor, {0x111111, 0xdddddd}) == C{0x111111, 0xdddddd});
    CHECK(cursor_colours(theme, cursor, {0xdddddd, 0xdddddd}) == C{0x111111, 0xdddddd});
    cursor.colour = rgb(0x00ff00);
    CHECK(cursor_colours(theme, cursor, {0xff0000, 0x111111}) == C{0x00ff00, 0x111111});
    CHECK(cursor_colours(theme, cursor, {0xff0000, 0x00ff00}) == C{0xff0000, 0x00ff00});
}
