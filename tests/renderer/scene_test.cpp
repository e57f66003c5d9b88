#include "cells.h"

#include "draw/scene.h"

#include <doctest/doctest.h>

#include <iomanip>
#include <sstream>
#include <string>

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr CellMetrics metrics = {10, 20, 15, 17, 1, 10, 0};

// Each visible cell is one glyph that fills it and hangs over 2 px to the right;
// the codepoint is its place in the atlas. The characters of colour are colour
// glyphs. The atlas takes so many rows a frame.
class FakeText final : public TextSource {
public:
    void begin_frame() override
    {
        frames++;
        rows_in_frame = 0;
    }
    LayoutResult layout(const RowInput &row, GlyphQuads &out) override
    {
        layouts++;
        alone = row.alone;
        if (rows_in_frame >= rows_per_frame)
            return LayoutResult::atlas_full;
        rows_in_frame++;
        for (std::size_t i = 0; i < row.cells.size(); i++) {
            const std::uint32_t c = row.cells[i].codepoint;
            if (c <= ' ')
                continue;
            out.push_back(
                {static_cast<std::int16_t>(i * 10), 4, 12, 12, static_cast<std::uint16_t>(c), 7, 1,
                 c == '@' ? quad_colour : std::uint8_t{0}, static_cast<std::uint16_t>(i), 0});
        }
        return LayoutResult::complete;
    }
    std::uint64_t generation() const override { return atlas_generation; }
    void keep(const PageSet &pages) override { kept.grey |= pages.grey; }
    bool joins_letters() const override { return joins; }

    int frames = 0;
    int layouts = 0;
    bool joins = false;
    std::optional<std::uint16_t> alone;
    int rows_in_frame = 0;
    int rows_per_frame = 1000;
    std::uint64_t atlas_generation = 1;
    PageSet kept;
};

struct Stage {
    Screen screen;
    FakeText text;
    Theme theme;
    Scene scene{screen, text, metrics, theme};
    Look look;
    std::vector<Batch> batches;

    static Theme make_theme()
    {
        Theme theme = default_theme();
        theme.foreground = 0xeeeeee;
        theme.background = 0x111111;
        theme.cursor = 0xffff00;
        return theme;
    }
    explicit Stage(const std::vector<std::vector<ui_cell_t>> &rows,
                   const Theme &colours = make_theme())
        : theme(colours)
    {
        screen.resize(static_cast<int>(rows[0].size()), static_cast<int>(rows.size()));
        for (std::size_t i = 0; i < rows.size(); i++)
            screen.take_row(static_cast<int>(i), row_of(rows[i], 1));
    }
    // Draws the damage as one text of "kind:x,y WxH colour ..." lines.
    std::string draw()
    {
        batches.clear();
        const GridGeometry grid = {10, 20, screen.columns(), screen.rows(), 0, 0};
        scene.compose(screen.damage().rects(), grid, look,
                      [this](const Batch &batch) { batches.push_back(batch); });
        screen.damage().clear();
        std::ostringstream out;
        for (const Batch &batch : batches)
            print(batch, out);
        return out.str();
    }

private:
    template <typename Instance>
    static void put(std::ostream &out, const char *kind, const Instance &i)
    {
        const std::uint32_t rgb =
            (i.colour & 0xff) << 16 | (i.colour & 0xff00) | (i.colour >> 16 & 0xff);
        out << kind << i.x << ',' << i.y << ' ' << i.width << 'x' << i.height << ' ' << std::hex
            << std::setw(6) << std::setfill('0') << rgb << std::dec;
    }
    static void print(const Batch &batch, std::ostream &out)
    {
        for (const auto &i : batch.backgrounds)
            put(out, "b:", i), out << '\n';
        for (const auto &i : batch.grey_glyphs)
            put(out, "g:", i), out << ' ' << i.atlas_x << ',' << i.atlas_y << '\n';
        for (const auto &i : batch.colour_glyphs)
            put(out, "c:", i), out << ' ' << i.atlas_x << ',' << i.atlas_y << '\n';
        for (const auto &i : batch.lines)
            put(out, "l:", i), out << " s" << static_cast<int>(i.style) << '\n';
    }
};

std::vector<ui_cell_t> coloured(std::vector<ui_cell_t> row, std::size_t from, std::size_t to,
                                std::uint32_t fg, std::uint32_t bg)
{
    for (std::size_t i = from; i < to; i++) {
        row[i].fg_rgb = fg;
        row[i].bg_rgb = bg;
    }
    return row;
}

void put_cursor(Stage &stage, int column, unsigned shape)
{
    stage.screen.take_cursor(
        {static_cast<std::uint16_t>(column), 0, 0, static_cast<std::uint8_t>(shape), 1, 0, 0});
}

} // namespace

TEST_CASE("backgrounds of one colour are one rectangle")
{
    Stage stage({coloured(cells("    W>  "), 2, 5, 0, UI_COLOUR_RGB | 0x0000ff)});
    CHECK(stage.draw() == "b:0,0 20x20 111111\n"
                          "b:20,0 40x20 0000ff\n"
                          "b:60,0 20x20 111111\n"
                          "g:40,4 12x12 eeeeee 87,7\n");
}

TEST_CASE("glyphs take their cell's colour, colour glyphs apart")
{
    Stage stage({coloured(cells("a@b "), 2, 3, UI_COLOUR_PALETTE | 9, 0)});
    CHECK(stage.draw() == "b:0,0 40x20 111111\n"
                          "g:0,4 12x12 eeeeee 97,7\n"
                          "g:20,4 12x12 ff0000 98,7\n"
                          "c:10,4 12x12 ffffff 64,7\n");
}

TEST_CASE("nothing is drawn outside the damage")
{
    Stage stage({cells("abcd"), cells("efgh")});
    stage.draw();
    stage.screen.damage().add({1, 1, 2, 1});
    // The e hangs over from the left; g is cut at the right.
    CHECK(stage.draw() == "b:10,20 20x20 111111\n"
                          "g:10,24 2x12 eeeeee 111,7\n"
                          "g:10,24 12x12 eeeeee 102,7\n"
                          "g:20,24 10x12 eeeeee 103,7\n");
}

TEST_CASE("a screen without damage draws nothing")
{
    Stage stage({cells("abcd")});
    CHECK_FALSE(stage.draw().empty());
    CHECK(stage.draw().empty());
    CHECK(stage.batches.empty());
}

TEST_CASE("a row is laid out again only when its cells or the atlas changed")
{
    Stage stage({cells("ab"), cells("cd")});
    stage.draw();
    CHECK(stage.text.layouts == 2);
    stage.screen.damage().add_all();
    stage.draw();
    CHECK(stage.text.layouts == 2);
    CHECK(stage.text.kept.grey == 2); // page 1 is used in this frame too
    stage.screen.take_row(1, row_of(cells("cx"), 2));
    stage.draw();
    CHECK(stage.text.layouts == 3);
    stage.text.atlas_generation++;
    stage.screen.damage().add({0, 0, 1, 1});
    stage.draw();
    CHECK(stage.text.layouts == 4);
}

TEST_CASE("what the atlas cannot hold at once is drawn in turns")
{
    Stage stage({cells("a "), cells("b "), cells("c ")});
    stage.text.rows_per_frame = 2;
    stage.draw();
    REQUIRE(stage.batches.size() == 2);
    CHECK(stage.batches[0].grey_glyphs.size() == 2);
    CHECK(stage.batches[1].grey_glyphs.size() == 1);
    // And a row that never fits is drawn without text, again and again.
    stage.text.rows_per_frame = 0;
    stage.screen.take_row(0, row_of(cells("x "), 2));
    CHECK(stage.draw() == "b:0,0 20x20 111111\n");
    stage.text.rows_per_frame = 2;
    stage.screen.damage().add_row(0);
    CHECK(stage.draw() == "b:0,0 20x20 111111\ng:0,4 12x12 eeeeee 120,7\n");
}

TEST_CASE("a block cursor recolours exactly its cell")
{
    Stage stage({cells("abc ")});
    stage.draw();
    put_cursor(stage, 1, UI_CURSOR_BLOCK);
    CHECK(stage.draw() == "b:10,0 10x20 111111\n"
                          "b:10,0 10x20 ffff00\n"
                          "g:10,4 2x12 111111 107,7\n"
                          "g:10,4 10x12 111111 98,7\n");
    stage.screen.damage().add_all();
    CHECK(stage.draw() == "b:0,0 40x20 111111\n"
                          "b:10,0 10x20 ffff00\n"
                          "g:0,4 10x12 eeeeee 97,7\n"
                          "g:10,4 2x12 111111 107,7\n"
                          "g:10,4 10x12 111111 98,7\n"
                          "g:20,4 2x12 eeeeee 108,7\n"
                          "g:20,4 12x12 eeeeee 99,7\n");
    CHECK(stage.text.layouts == 1);
}

TEST_CASE("other cursors are lines")
{
    Stage stage({cells("   W>")});
    stage.draw();
    const auto lines = [&stage] {
        const std::string all = stage.draw();
        const auto at = all.find("l:");
        return at == std::string::npos ? "" : all.substr(at);
    };
    put_cursor(stage, 0, UI_CURSOR_BAR);
    CHECK(lines() == "l:0,0 1x20 ffff00 s0\n");
    put_cursor(stage, 1, UI_CURSOR_UNDERLINE);
    CHECK(lines() == "l:10,19 10x1 ffff00 s0\n");
    stage.look.cursor_phase = BlinkPhase::hidden;
    stage.screen.damage_cursor();
    CHECK(lines().empty());
    stage.look.focus = Focus::no;
    put_cursor(stage, 3, UI_CURSOR_UNDERLINE);
    CHECK(lines() == "l:30,0 20x1 ffff00 s0\n"
                     "l:30,19 20x1 ffff00 s0\n"
                     "l:30,1 1x18 ffff00 s0\n"
                     "l:49,1 1x18 ffff00 s0\n");
}

TEST_CASE("a cursor of the shape and thickness that are wished for")
{
    Theme theme = Stage::make_theme();
    theme.cursor_look = {CursorShape::bar, UnfocusedCursor::hollow, 0.2};
    Stage stage({cells("  ")}, theme);
    put_cursor(stage, 1, UI_CURSOR_DEFAULT);
    CHECK(stage.draw() == "b:0,0 20x20 111111\nl:10,0 2x20 ffff00 s0\n");
    theme.cursor_look.thickness = 0.02;
    Stage thin({cells("  ")}, theme);
    put_cursor(thin, 1, UI_CURSOR_DEFAULT);
    CHECK(thin.draw() == "b:0,0 20x20 111111\nl:10,0 1x20 ffff00 s0\n");
}

TEST_CASE("hidden and blinking text")
{
    auto row = cells("abc");
    row[0].attrs = UI_ATTR_HIDDEN;
    row[1].attrs = UI_ATTR_BLINK | UI_ATTR_UNDERLINE;
    Stage stage({row});
    CHECK(stage.draw() == "b:0,0 30x20 111111\n"
                          "g:10,4 12x12 eeeeee 98,7\n"
                          "g:20,4 10x12 eeeeee 99,7\n"
                          "l:10,17 10x1 eeeeee s0\n");
    stage.look.text_phase = BlinkPhase::hidden;
    stage.screen.damage_blinking();
    CHECK(stage.draw() == "b:0,0 30x20 111111\ng:20,4 10x12 eeeeee 99,7\n");
}

TEST_CASE("a cursor beyond the screen, and an empty screen, do no harm")
{
    Stage stage({cells("ab")});
    stage.screen.take_cursor({500, 500, 0, 1, 1, 0, 0});
    CHECK_FALSE(stage.draw().empty());
    stage.screen.resize(0, 0);
    CHECK(stage.draw().empty());
}

TEST_CASE("a letter under the cursor stands alone, at the cost of its word")
{
    Stage stage({cells("ab += c")});
    stage.text.joins = true;
    const auto move = [&stage](int column) {
        put_cursor(stage, column, UI_CURSOR_BAR);
        stage.screen.damage().clear();
        stage.scene.follow_cursor();
        const auto rects = stage.screen.damage().rects();
        const CellRect damaged = rects.empty() ? CellRect{} : rects.front();
        CHECK(rects.size() <= 1);
        stage.draw();
        return damaged;
    };
    stage.draw();
    CHECK(stage.text.alone == std::nullopt);
    // With the blanks beside it, into which letters may lean.
    CHECK(move(4) == CellRect{2, 0, 4, 1});
    CHECK(stage.text.alone == 4);
    CHECK(move(3) == CellRect{2, 0, 4, 1});
    CHECK(stage.text.alone == 3);
    CHECK(move(5) == CellRect{2, 0, 4, 1});
    CHECK(stage.text.alone == std::nullopt);
    const int before = stage.text.layouts;
    CHECK(move(2).empty());
    CHECK(stage.text.layouts == before);
    // Where nothing is joined, a cursor costs its cells.
    stage.text.joins = false;
    CHECK(move(4).empty());
    CHECK(stage.text.layouts == before);
}

TEST_CASE("a cursor among letters that must join leaves them joined")
{
    Stage stage({cells("a += c")});
    auto row = cells("a += c");
    row[2].codepoint = 0x628;
    stage.screen.take_row(0, row_of(row, 2));
    stage.text.joins = true;
    put_cursor(stage, 2, UI_CURSOR_BLOCK);
    stage.scene.follow_cursor();
    stage.draw();
    CHECK(stage.text.alone == std::nullopt);
}

TEST_CASE("a letter that stood alone is joined again where it was scrolled to")
{
    std::vector<std::vector<ui_cell_t>> rows;
    for (const char *text :
         {"a1 b2", "c3 d4", "e5 f6", "g7 h8", "i9 j0", "k1 l2", "m3 n4", "o5 +="})
        rows.push_back(cells(text));
    Stage stage(rows);
    stage.text.joins = true;
    ui_slot_pane_t panes[2] = {};
    panes[1].columns = 5;
    panes[1].rows = 8;
    stage.screen.take_panes(panes);
    stage.screen.take_cursor({4, 7, 0, UI_CURSOR_BLOCK, 1, 0, 0});
    stage.scene.follow_cursor();
    stage.draw();
    CHECK(stage.text.alone == 4);
    // All of it one row up, and another row at the end.
    rows.erase(rows.begin());
    rows.push_back(cells("p6 -="));
    std::vector<vitrine_row_t> taken;
    for (const auto &row : rows)
        taken.push_back(row_of(row, 3));
    stage.screen.take_scrolls(taken);
    REQUIRE(stage.screen.scrolls().size() == 1);
    for (std::size_t i = 0; i < taken.size(); i++)
        stage.screen.take_row(static_cast<int>(i), taken[i]);
    stage.screen.damage().clear();
    stage.scene.follow_cursor();
    std::ostringstream damaged;
    for (const CellRect &rect : stage.screen.damage().rects())
        damaged << rect.column << ',' << rect.row << ' ' << rect.columns << 'x' << rect.rows
                << '\n';
    CHECK(damaged.str() == "2,6 3x2\n");
}

TEST_CASE("text of inactive panes is as weak as is wanted")
{
    Theme theme = Stage::make_theme();
    theme.inactive_text = 0.5;
    Stage stage({cells("ab|cd")}, theme);
    stage.text.joins = false;
    ui_slot_pane_t panes[3] = {};
    panes[1] = {1, 0, 0, 0, 2, 1};
    panes[2] = {2, UI_PANE_ACTIVE, 3, 0, 2, 1};
    const auto strengths = [&] {
        stage.screen.take_panes(panes);
        stage.scene.follow_panes();
        stage.draw();
        std::string text;
        for (const Batch &batch : stage.batches) {
            for (const GlyphInstance &glyph : batch.grey_glyphs)
                text += glyph.colour == opaque(0xeeeeee)   ? 'x'
                        : glyph.colour == opaque(0x808080) ? '.'
                                                           : '?';
        }
        return text;
    };
    CHECK(strengths() == "..xxx"); // the border between them is of no pane
    CHECK(strengths().empty());
    std::swap(panes[1].flags, panes[2].flags);
    CHECK(strengths() == "xxx..");
    panes[0].flags = UI_PANE_OVERLAY;
    CHECK(strengths() == "xxxxx");
    panes[0].flags = 0;
    CHECK(strengths() == "xxx..");
}

TEST_CASE("colour glyphs of inactive panes are as weak")
{
    Theme theme = Stage::make_theme();
    theme.inactive_text = 0.5;
    Stage stage({cells("@|@")}, theme);
    ui_slot_pane_t panes[3] = {{}, {1, 0, 0, 0, 1, 1}, {2, UI_PANE_ACTIVE, 2, 0, 1, 1}};
    stage.screen.take_panes(panes);
    stage.scene.follow_panes();
    stage.draw();
    std::vector<Rgba> strengths;
    for (const Batch &batch : stage.batches) {
        for (const GlyphInstance &glyph : batch.colour_glyphs)
            strengths.push_back(glyph.colour);
    }
    CHECK(strengths == std::vector<Rgba>{white_of_strength(0.5), opaque(0xffffff)});
}
