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

TEST_CASE("bold text is bright if that is wanted")
{
    Theme theme = default_theme();
    theme.bold_is_bright = true;
    const Rgb behind = theme.background;
    struct Case {
        ui_cell_t cell;
        CellColours colours;
    };
    const Case cases[] = {
        {cell(palette(1), 0, UI_ATTR_BOLD), {theme.palette[9], behind}},
        {cell(palette(7), 0, UI_ATTR_BOLD), {theme.palette[15], behind}},
        {cell(palette(1), 0, 0), {theme.palette[1], behind}},
        {cell(palette(8), 0, UI_ATTR_BOLD), {theme.palette[8], behind}},
        {cell(rgb(0x000001), 0, UI_ATTR_BOLD), {0x000001, behind}},
        {cell(0, palette(1), UI_ATTR_BOLD), {theme.foreground, theme.palette[1]}},
        {cell(palette(2), 0, UI_ATTR_BOLD | UI_ATTR_REVERSE), {behind, theme.palette[10]}},
    };
    for (const Case &c : cases) {
        CAPTURE(c.cell.fg_rgb);
        CHECK(cell_colours(theme, c.cell) == c.colours);
    }
}

TEST_CASE("contrast is WCAG's")
{
    CHECK(contrast(0xffffff, 0x000000) == doctest::Approx(21));
    CHECK(contrast(0x777777, 0xffffff) == doctest::Approx(4.48).epsilon(0.001));
    CHECK(contrast(0xffffff, 0x777777) == contrast(0x777777, 0xffffff));
    CHECK(contrast(0x123456, 0x123456) == 1);
}

TEST_CASE("text stands out as far as is wanted, and no further")
{
    const Rgb colours[] = {0x000000, 0x0000ee, 0x282c34, 0x777777, 0xcd0000, 0xfafafa, 0xffffff};
    for (const Rgb behind : colours) {
        for (const Rgb colour : colours) {
            CAPTURE(behind);
            CAPTURE(colour);
            const Rgb readable = with_contrast(colour, behind, 4.5);
            CHECK(contrast(readable, behind) >= 4.5);
            if (contrast(colour, behind) >= 4.5)
                CHECK(readable == colour);
            else
                CHECK(contrast(readable, behind) < 4.8);
        }
    }
    // More than there is is as much as there is.
    CHECK(with_contrast(0x808080, 0x777777, 21) == 0x000000);

    Theme theme = default_theme();
    theme.minimum_contrast = 4.5;
    ui_cell_t faint = cell(rgb(0x303030), rgb(0x282828), 0);
    CHECK(cell_colours(theme, faint).foreground == with_contrast(0x303030, 0x282828, 4.5));
    CHECK(cell_colours(theme, faint).background == 0x282828);
    for (const std::uint32_t shape : {0x2580u, 0x2588u, 0x1fb00u, 0xe0b0u}) {
        faint.codepoint = shape;
        CHECK(cell_colours(theme, faint).foreground == 0x303030);
    }
}

TEST_CASE("mixing two colours")
{
    CHECK(mix(0xffffff, 0x000000, 1) == 0xffffff);
    CHECK(mix(0xffffff, 0x000000, 0) == 0x000000);
    CHECK(mix(0xff8000, 0x000080, 0.5) == 0x804040);
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
        CHECK(cursor_shape(cursor, {}, c.focus, c.phase) == c.result);
    }
}

TEST_CASE("cursors that are wished for are those that nobody else says")
{
    const auto shape = [](unsigned said, const CursorLook &look, Focus focus = Focus::yes) {
        return cursor_shape({0, 0, 0, static_cast<std::uint8_t>(said), 1, 0, 0}, look, focus,
                            BlinkPhase::hidden);
    };
    const auto shown = [](unsigned said, const CursorLook &look) {
        return cursor_shape({0, 0, 0, static_cast<std::uint8_t>(said), 1, 0, 0}, look, Focus::yes,
                            BlinkPhase::shown);
    };
    const CursorLook bar = {CursorShape::bar, UnfocusedCursor::unchanged, 0.2};
    const CursorLook hidden = {CursorShape::underline, UnfocusedCursor::hidden, 0.2};
    CHECK(shown(UI_CURSOR_DEFAULT, bar) == CursorShape::bar);
    CHECK(shown(UI_CURSOR_DEFAULT, hidden) == CursorShape::underline);
    CHECK(shown(UI_CURSOR_BLOCK, bar) == CursorShape::block);
    CHECK(shown(UI_CURSOR_UNDERLINE, bar) == CursorShape::underline);
    CHECK(shape(UI_CURSOR_DEFAULT, bar) == CursorShape::none);
    // Without focus nothing blinks.
    CHECK(shape(UI_CURSOR_DEFAULT, bar, Focus::no) == CursorShape::bar);
    CHECK(shape(UI_CURSOR_BLOCK, bar, Focus::no) == CursorShape::block);
    CHECK(shape(UI_CURSOR_BLOCK, hidden, Focus::no) == CursorShape::none);
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
