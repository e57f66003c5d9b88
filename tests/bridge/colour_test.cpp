#include <doctest/doctest.h>

#include <array>

#include "packed_row.h"

namespace {

constexpr uint32_t palette(uint32_t index) { return UI_COLOUR_PALETTE | index; }
constexpr uint32_t rgb(uint32_t value) { return UI_COLOUR_RGB | value; }

// One decoder for all, as in the server: its tables must not mix panes up.
class Decoder {
public:
    Decoder()
    {
        const ui_grid_layout_t layout = PackedRow().layout();
        REQUIRE(ui_decoder_create(&layout, &decoder_) == UI_OK);
    }
    ~Decoder() { ui_decoder_destroy(decoder_); }
    Decoder(const Decoder &) = delete;
    Decoder &operator=(const Decoder &) = delete;

    // Of two equal cells, the one that the fast path decoded where there is one.
    ui_cell_t one(const PackedRow &row, const ui_pane_t &pane)
    {
        ui_cell_t cells[2];
        uint32_t words = 0;
        const ui_span_t span = row.span(2);
        extras_.fill(0);
        REQUIRE(ui_span_decode(decoder_, &span, &pane, cells, extras_.data(), 8, &words) == UI_OK);
        CHECK(cells[0].fg_rgb == cells[1].fg_rgb);
        CHECK(cells[0].bg_rgb == cells[1].bg_rgb);
        return cells[0];
    }
    ui_cell_t plain(const ui_pane_t &pane, uint8_t fg, uint8_t bg, uint8_t attrs = 0,
                    uint8_t flags = 0)
    {
        PackedRow row;
        row.plain('a', attrs, fg, bg, flags).plain('a', attrs, fg, bg, flags);
        return one(row, pane);
    }
    ui_cell_t extended(const ui_pane_t &pane, const Extended &style)
    {
        Extended entry = style;
        entry.character = packed_character("a", 1);
        PackedRow row;
        row.extended(entry).extended(entry);
        return one(row, pane);
    }
    uint32_t underline() const { return extras_[1]; }

private:
    ui_decoder_t *decoder_ = nullptr;
    std::array<uint32_t, 8> extras_{};
};

std::array<int32_t, 256> unset()
{
    std::array<int32_t, 256> colours;
    colours.fill(-1);
    return colours;
}

} // namespace

TEST_CASE("a pane's defaults stand in for the default colour only")
{
    Decoder decoder;
    ui_pane_t pane = make_pane();
    pane.default_fg = kRgb | 0xaabbcc;
    pane.default_bg = 4;
    CHECK(decoder.plain(pane, 8, 8).fg_rgb == rgb(0xaabbcc));
    CHECK(decoder.plain(pane, 8, 8).bg_rgb == palette(4));
    CHECK(decoder.plain(pane, 9, 9).fg_rgb == 0);
    CHECK(decoder.plain(pane, 9, 9).bg_rgb == 0);
    CHECK(decoder.plain(pane, 1, 2).fg_rgb == palette(1));
    CHECK(decoder.plain(pane, 8, 8, 0, kNoPalette).fg_rgb == 0);
    CHECK(decoder.plain(pane, 8, 8, 0, kFg256).fg_rgb == palette(8));
    CHECK(decoder.extended(pane, {0}).bg_rgb == palette(4));
    CHECK(decoder.extended(pane, {0, 0, kNoPalette}).bg_rgb == 0);

    // Cells that are not there are blanks in the pane's colours.
    ui_cell_t cells[2];
    uint32_t words = 0;
    PackedRow row;
    ui_span_t span = row.span(2);
    span.cells = nullptr;
    ui_decoder_t *other = nullptr;
    const ui_grid_layout_t layout = row.layout();
    REQUIRE(ui_decoder_create(&layout, &other) == UI_OK);
    CHECK(ui_span_decode(other, &span, &pane, cells, nullptr, 0, &words) == UI_OK);
    CHECK(cells[1].bg_rgb == palette(4));
    CHECK(cells[1].codepoint == ' ');
    ui_decoder_destroy(other);
}

TEST_CASE("a palette replaces indexed colours, brightening bold ones")
{
    Decoder decoder;
    auto own = unset();
    auto option = unset();
    own[1] = kRgb | 0x111111;
    own[9] = kRgb | 0x999999;
    option[1] = kRgb | 0x222222;
    option[2] = k256 | 77;
    option[200] = 3;
    ui_pane_t pane = make_pane();
    pane.palette = own.data();
    pane.default_palette = option.data();
    CHECK(decoder.plain(pane, 1, 1).fg_rgb == rgb(0x111111));
    CHECK(decoder.plain(pane, 1, 1).bg_rgb == rgb(0x111111));
    CHECK(decoder.plain(pane, 1, 1, UI_ATTR_BOLD).fg_rgb == rgb(0x999999));
    CHECK(decoder.plain(pane, 1, 1, UI_ATTR_BOLD).bg_rgb == rgb(0x111111));
    CHECK(decoder.plain(pane, 91, 8).fg_rgb == rgb(0x999999));
    CHECK(decoder.plain(pane, 1, 1, UI_ATTR_BOLD, kFg256).fg_rgb == rgb(0x111111));
    CHECK(decoder.plain(pane, 2, 2).fg_rgb == palette(77));
    CHECK(decoder.plain(pane, 2, 2, UI_ATTR_BOLD).fg_rgb == palette(2));
    CHECK(decoder.plain(pane, 200, 200, 0, kFg256 | kBg256).bg_rgb == palette(3));
    CHECK(decoder.plain(pane, 3, 3).fg_rgb == palette(3));
    CHECK(decoder.plain(pane, 1, 1, 0, kNoPalette).fg_rgb == palette(1));
    CHECK(decoder.extended(pane, {0, 0x101, 0, 1, k256 | 1}).fg_rgb == rgb(0x999999));
    CHECK(decoder.extended(pane, {0, 0x101, 0, 1, k256 | 1}).bg_rgb == rgb(0x111111));
    CHECK(decoder.extended(pane, {0, 4, 0, 8, 8, k256 | 2}).attrs ==
          (UI_ATTR_UNDERLINE | UI_ATTR_UNDERLINE_COLOUR));
    CHECK(decoder.underline() == palette(77));

    // The default colour, once it is a colour, goes through the palette too.
    pane.default_fg = 1;
    CHECK(decoder.plain(pane, 8, 8).fg_rgb == rgb(0x111111));
}

TEST_CASE("a palette that changes in place is seen")
{
    Decoder decoder;
    auto own = unset();
    ui_pane_t pane = make_pane();
    pane.palette = own.data();
    CHECK(decoder.plain(pane, 1, 8).fg_rgb == palette(1));
    own[1] = kRgb | 0x123456;
    CHECK(decoder.plain(pane, 1, 8).fg_rgb == rgb(0x123456));
    pane.palette = nullptr;
    pane.default_palette = own.data();
    CHECK(decoder.plain(pane, 1, 8).fg_rgb == rgb(0x123456));
    pane.default_palette = nullptr;
    CHECK(decoder.plain(pane, 1, 8).fg_rgb == palette(1));
}

TEST_CASE("more panes than there are tables for")
{
    Decoder decoder;
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 9; ++i) {
            ui_pane_t pane = make_pane();
            pane.default_fg = kRgb | i;
            CHECK(decoder.plain(pane, 8, 8).fg_rgb == rgb(static_cast<uint32_t>(i)));
        }
    }
}

TEST_CASE("selected cells take the selection's style")
{
    Decoder decoder;
    ui_pane_style_t style{};
    style.flags = UI_STYLE_SELECTION;
    style.selection_fg = 0;
    style.selection_bg = 3;
    style.selection_us = 8;
    style.selection_attrs = UI_ATTR_ITALIC;
    ui_pane_t pane = make_pane();
    pane.style = &style;
    ui_cell_t cell = decoder.plain(pane, 1, 8, UI_ATTR_BOLD, kSelected);
    CHECK(cell.fg_rgb == palette(0));
    CHECK(cell.bg_rgb == palette(3));
    CHECK(cell.attrs == UI_ATTR_ITALIC);
    CHECK(decoder.plain(pane, 1, 8, UI_ATTR_BOLD).fg_rgb == palette(1));
    cell = decoder.extended(pane, {0, 0x100, kSelected, kRgb | 5});
    CHECK(cell.fg_rgb == palette(0));

    // Since 3.8 the style adds to the cell's own.
    style.flags |= UI_STYLE_MERGE;
    style.selection_fg = 8;
    cell = decoder.plain(pane, 1, 8, UI_ATTR_BOLD, kSelected);
    CHECK(cell.fg_rgb == palette(1));
    CHECK(cell.attrs == (UI_ATTR_ITALIC | UI_ATTR_BOLD));
    style.selection_attrs |= 0x4000; // noattr
    CHECK(decoder.plain(pane, 1, 8, UI_ATTR_BOLD, kSelected).attrs == UI_ATTR_ITALIC);

    // Line drawing stays what it is.
    PackedRow row;
    row.plain('q', 0x80, 8, 8, kSelected).plain('q', 0x80, 8, 8, kSelected);
    CHECK(decoder.one(row, pane).codepoint == 0x2500);
}

TEST_CASE("theme colours are the client's")
{
    Decoder decoder;
    ui_pane_style_t style{};
    style.flags = UI_STYLE_THEME;
    style.theme[4] = kRgb | 0x00ff00;
    style.theme[5] = 8;
    ui_pane_t pane = make_pane();
    pane.default_bg = 0x04000004;
    pane.style = &style;
    CHECK(decoder.plain(pane, 8, 8).bg_rgb == rgb(0xff00));
    CHECK(decoder.extended(pane, {0, 0, 0, 0x04000004}).fg_rgb == rgb(0xff00));
    CHECK(decoder.extended(pane, {0, 0, 0, 0x04000005}).fg_rgb == 0);
    CHECK(decoder.extended(pane, {0, 0, 0, 0x040000ff}).fg_rgb == 0);
    style.theme[4] = kRgb | 0x0000ff;
    CHECK(decoder.plain(pane, 8, 8).bg_rgb == rgb(0xff));
}
