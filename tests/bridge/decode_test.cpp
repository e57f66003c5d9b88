#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

#include "packed_row.h"
#include "utf8.h"

namespace {

constexpr uint32_t palette(uint32_t index) { return UI_COLOUR_PALETTE | index; }
constexpr uint32_t rgb(uint32_t value) { return UI_COLOUR_RGB | value; }

struct Decoded {
    ui_result_t result;
    std::vector<ui_cell_t> cells;
    std::vector<uint32_t> extras;
};

Decoded decode(const PackedRow &row, uint16_t columns, const ui_pane_t &pane = make_pane(),
               uint32_t capacity = 64, uint16_t column = 0)
{
    const ui_grid_layout_t layout = row.layout();
    ui_decoder_t *decoder = nullptr;
    REQUIRE(ui_decoder_create(&layout, &decoder) == UI_OK);
    Decoded out;
    // A cell on either side would show a write past the span.
    std::vector<ui_cell_t> cells(columns + 2u, ui_cell_t{0xdead, 1, 2, 3, 4, 5});
    out.extras.resize(capacity);
    uint32_t words = 0;
    const ui_span_t span = row.span(columns, 0, column);
    out.result = ui_span_decode(decoder, &span, &pane, cells.data() + 1, out.extras.data(),
                                capacity, &words);
    CHECK(cells.front().codepoint == 0xdead);
    CHECK(cells.back().codepoint == 0xdead);
    out.cells.assign(cells.begin() + 1, cells.end() - 1);
    out.extras.resize(words);
    ui_decoder_destroy(decoder);
    return out;
}

void check_cell(const ui_cell_t &cell, uint32_t codepoint, uint32_t fg, uint32_t bg, uint32_t attrs,
                uint32_t width)
{
    CHECK(cell.codepoint == codepoint);
    CHECK(cell.fg_rgb == fg);
    CHECK(cell.bg_rgb == bg);
    CHECK(cell.attrs == attrs);
    CHECK(cell.width == width);
}

const Packed kBoth[] = {Packed::flags_last, Packed::flags_first};

} // namespace

TEST_CASE("plain cells: characters, attributes and colours")
{
    struct Case {
        const char *name;
        char character;
        uint8_t attrs, fg, bg, flags;
        uint32_t codepoint, want_attrs, want_fg, want_bg;
    };
    const Case cases[] = {
        {"letter", 'a', 0, 8, 8, 0, 'a', 0, 0, 0},
        {"cleared", ' ', 0, 8, 8, kCleared, ' ', 0, 0, 0},
        {"terminal default", 'a', 0, 9, 9, 0, 'a', 0, 0, 0},
        {"basic", 'a', 0, 1, 7, 0, 'a', 0, palette(1), palette(7)},
        {"bright", 'a', 0, 90, 97, 0, 'a', 0, palette(8), palette(15)},
        {"not a colour", 'a', 0, 10, 98, 0, 'a', 0, 0, 0},
        {"index fg", 'a', 0, 8, 8, kFg256, 'a', 0, palette(8), 0},
        {"index bg", 'a', 0, 8, 255, kBg256, 'a', 0, 0, palette(255)},
        {"bold", 'a', 0x01, 3, 8, 0, 'a', UI_ATTR_BOLD, palette(3), 0},
        {"dim", 'a', 0x02, 8, 8, 0, 'a', UI_ATTR_DIM, 0, 0},
        {"underline", 'a', 0x04, 8, 8, 0, 'a', UI_ATTR_UNDERLINE, 0, 0},
        {"blink", 'a', 0x08, 8, 8, 0, 'a', UI_ATTR_BLINK, 0, 0},
        {"reverse", 'a', 0x10, 8, 8, 0, 'a', UI_ATTR_REVERSE, 0, 0},
        {"hidden", 'a', 0x20, 8, 8, 0, 'a', UI_ATTR_HIDDEN, 0, 0},
        {"italic", 'a', 0x40, 8, 8, 0, 'a', UI_ATTR_ITALIC, 0, 0},
        {"line", 'q', 0x80, 8, 8, 0, 0x2500, 0, 0, 0},
        {"line, bold", 'x', 0x81, 8, 8, 0, 0x2502, UI_ATTR_BOLD, 0, 0},
        {"not a line", 'A', 0x80, 8, 8, 0, 'A', 0, 0, 0},
        {"escape", '\x1b', 0, 8, 8, 0, ' ', 0, 0, 0},
        {"nul", '\0', 0, 8, 8, 0, ' ', 0, 0, 0},
        {"delete", '\x7f', 0, 8, 8, 0, ' ', 0, 0, 0},
        {"selected, unstyled", 'a', 0x01, 1, 2, kSelected, 'a', UI_ATTR_BOLD, palette(1),
         palette(2)},
        {"no palette", 'a', 0, 1, 8, kNoPalette, 'a', 0, palette(1), 0},
    };
    for (Packed packed : kBoth) {
        for (const Case &entry : cases) {
            CAPTURE(entry.name);
            PackedRow row(packed);
            // Once on the fast path, once as the last cell.
            row.plain(entry.character, entry.attrs, entry.fg, entry.bg, entry.flags);
            row.plain(entry.character, entry.attrs, entry.fg, entry.bg, entry.flags);
            const Decoded out = decode(row, 2);
            REQUIRE(out.result == UI_OK);
            for (const ui_cell_t &cell : out.cells)
                check_cell(cell, entry.codepoint, entry.want_fg, entry.want_bg, entry.want_attrs,
                           1);
        }
    }
}

TEST_CASE("extended cells: attributes and colours")
{
    struct Case {
        const char *name;
        Extended entry;
        uint32_t codepoint, attrs, fg, bg;
    };
    const uint32_t a = packed_character("a", 1);
    const Case cases[] = {
        {"rgb", {a, 0, 0, kRgb | 0x123456, kRgb, 8}, 'a', 0, rgb(0x123456), rgb(0)},
        {"index", {a, 0, 0, k256 | 200, k256 | 0, 8}, 'a', 0, palette(200), palette(0)},
        {"basic", {a, 0, 0, 4, 95, 8}, 'a', 0, palette(4), palette(13)},
        {"default", {a, 0, 0, 9, 8, 8}, 'a', 0, 0, 0},
        {"none", {a, 0, 0, -1, -1, 8}, 'a', 0, 0, 0},
        {"theme without a theme", {a, 0, 0, 0x04000001, 0x04000002, 8}, 'a', 0, 0, 0},
        {"strike", {a, 0x100}, 'a', UI_ATTR_STRIKE, 0, 0},
        {"double", {a, 0x200}, 'a', UI_ATTR_UNDERLINE_DOUBLE, 0, 0},
        {"curly", {a, 0x400}, 'a', UI_ATTR_UNDERLINE_CURLY, 0, 0},
        {"dotted", {a, 0x800}, 'a', UI_ATTR_UNDERLINE_DOTTED, 0, 0},
        {"dashed", {a, 0x1000}, 'a', UI_ATTR_UNDERLINE_DASHED, 0, 0},
        {"overline", {a, 0x2000}, 'a', UI_ATTR_OVERLINE, 0, 0},
        {"no attributes", {a, 0x4000}, 'a', 0, 0, 0},
        {"not an attribute", {a, 0x8000}, 'a', 0, 0, 0},
        {"line drawing", {packed_character("j", 1), 0x80}, 0x2518, 0, 0, 0},
        {"line drawing, marked", {packed_character("j\xcc\x81", 1), 0x80}, 0x2518, 0, 0, 0},
        {"line drawing of more", {packed_character("\xc3\xa9", 1), 0x80}, 0xe9, 0, 0, 0},
        {"two bytes", {packed_character("\xc3\xa9", 1)}, 0xe9, 0, 0, 0},
        {"three bytes", {packed_character("\xe2\x82\xac", 1)}, 0x20ac, 0, 0, 0},
        {"four bytes", {long_character(1, 1)}, 0x1f600, 0, 0, 0},
        {"unknown long", {long_character(99, 1)}, 0xfffd, 0, 0, 0},
        {"long, not UTF-8", {long_character(4, 1)}, 0xfffd, 0, 0, 0},
        {"empty", {packed_character("", 1)}, ' ', 0, 0, 0},
        {"control", {packed_character("\xc2\x85", 1)}, 0xfffd, 0, 0, 0},
        {"overlong", {packed_character("\xc0\xaf", 1)}, 0xfffd, 0, 0, 0},
        {"surrogate", {packed_character("\xed\xa0\x80", 1)}, 0xfffd, 0, 0, 0},
        {"width of nothing", {'a' | 1u << 24}, 'a', 0, 0, 0},
        {"width beyond", {'a' | 1u << 24 | 7u << 29}, 'a', 0, 0, 0},
    };
    for (Packed packed : kBoth) {
        for (const Case &entry : cases) {
            CAPTURE(entry.name);
            PackedRow row(packed);
            row.text("x").extended(entry.entry).text("y");
            const Decoded out = decode(row, 3);
            REQUIRE(out.result == UI_OK);
            check_cell(out.cells[0], 'x', 0, 0, 0, 1);
            CHECK(out.cells[1].codepoint == entry.codepoint);
            CHECK(out.cells[1].fg_rgb == entry.fg);
            CHECK(out.cells[1].bg_rgb == entry.bg);
            CHECK(out.cells[1].attrs == entry.attrs);
            CHECK(out.cells[1].width == 1);
            check_cell(out.cells[2], 'y', 0, 0, 0, 1);
        }
    }
}

TEST_CASE("all of the line drawing set")
{
    const std::string set = "`afgjklmnopqrstuvwxyz{|}~";
    const uint32_t want[] = {0x25c6, 0x2592, 0xb0,   0xb1,   0x2518, 0x2510, 0x250c, 0x2514, 0x253c,
                             0x23ba, 0x23bb, 0x2500, 0x23bc, 0x23bd, 0x251c, 0x2524, 0x2534, 0x252c,
                             0x2502, 0x2264, 0x2265, 0x3c0,  0x2260, 0xa3,   0xb7};
    PackedRow row;
    for (char character : set)
        row.plain(character, 0x80);
    const Decoded out = decode(row, row.count());
    for (size_t i = 0; i < set.size(); ++i)
        CHECK(out.cells[i].codepoint == want[i]);
}

TEST_CASE("wide characters and padding")
{
    SUBCASE("two halves of one style")
    {
        PackedRow row;
        row.wide("\xe4\xb8\xad", {0, 0x01, 0, kRgb | 1, k256 | 2}).text("b");
        const Decoded out = decode(row, 4);
        check_cell(out.cells[0], 0x4e2d, rgb(1), palette(2), UI_ATTR_BOLD, 2);
        check_cell(out.cells[1], 0, rgb(1), palette(2), UI_ATTR_BOLD, 0);
        check_cell(out.cells[2], 'b', 0, 0, 0, 1);
        check_cell(out.cells[3], ' ', 0, 0, 0, 1);
    }
    SUBCASE("cut off at the right end")
    {
        PackedRow row;
        row.text("a").wide("\xe4\xb8\xad", {0, 0, 0, 8, 3});
        const Decoded out = decode(row, 2);
        check_cell(out.cells[1], ' ', 0, palette(3), 0, 1);
    }
    SUBCASE("right half beyond the cells there are")
    {
        PackedRow row;
        row.extended({packed_character("\xe4\xb8\xad", 2)});
        const Decoded out = decode(row, 2);
        check_cell(out.cells[0], 0x4e2d, 0, 0, 0, 2);
        check_cell(out.cells[1], 0, 0, 0, 0, 0);
    }
    SUBCASE("padding that lost its left half")
    {
        PackedRow row;
        row.padding().text("a").padding();
        const Decoded out = decode(row, 3);
        check_cell(out.cells[0], ' ', 0, 0, 0, 1);
        check_cell(out.cells[1], 'a', 0, 0, 0, 1);
        check_cell(out.cells[2], ' ', 0, 0, 0, 1);
    }
}

TEST_CASE("tabs are blanks of the tab's style")
{
    for (Packed packed : kBoth) {
        PackedRow row(packed);
        row.text("a").extended({4, 0, kTab, 8, 5}).padding().padding().padding().text("b");
        Decoded out = decode(row, 6);
        for (int i = 1; i < 5; ++i)
            check_cell(out.cells[static_cast<size_t>(i)], ' ', 0, palette(5), 0, 1);
        check_cell(out.cells[5], 'b', 0, 0, 0, 1);

        // A width that lies ends where the padding does, and at the end.
        PackedRow liar(packed);
        liar.extended({0xffffffff, 0, kTab, 8, 5}).padding().text("b");
        out = decode(liar, 3);
        check_cell(out.cells[1], ' ', 0, palette(5), 0, 1);
        check_cell(out.cells[2], 'b', 0, 0, 0, 1);
        PackedRow zero(packed);
        zero.extended({0, 0, kTab, 8, 5});
        check_cell(decode(zero, 1).cells[0], ' ', 0, palette(5), 0, 1);
    }
}

TEST_CASE("offsets outside the extended entries decode to blanks")
{
    PackedRow row;
    row.offset_cell(0).offset_cell(1).offset_cell(0xffffffff).extended({packed_character("a", 1)});
    ui_span_t span = row.span(4);
    const Decoded out = decode(row, 4);
    CHECK(out.cells[0].codepoint == 'a'); // entry 0 is there
    check_cell(out.cells[1], ' ', 0, 0, 0, 1);
    check_cell(out.cells[2], ' ', 0, 0, 0, 1);
    CHECK(out.cells[3].codepoint == 'a');

    span.extended = nullptr;
    const ui_grid_layout_t layout = row.layout();
    const ui_pane_t pane = make_pane();
    ui_decoder_t *decoder = nullptr;
    REQUIRE(ui_decoder_create(&layout, &decoder) == UI_OK);
    ui_cell_t cells[4];
    uint32_t words = 0;
    CHECK(ui_span_decode(decoder, &span, &pane, cells, nullptr, 0, &words) == UI_OK);
    check_cell(cells[0], ' ', 0, 0, 0, 1);
    ui_decoder_destroy(decoder);
}

TEST_CASE("clusters follow as extras")
{
    PackedRow row;
    row.extended({packed_character("e\xcc\x81", 1)}) // two codepoints in three bytes
        .extended({long_character(2, 1)})
        .extended({long_character(3, 2)})
        .padding();
    const Decoded out = decode(row, 4, make_pane(), 64, 10);
    REQUIRE(out.result == UI_OK);
    CHECK(out.cells[0].codepoint == 'e');
    CHECK(out.cells[0].cluster_cont == 1);
    CHECK(out.cells[1].cluster_cont == 2);
    CHECK(out.cells[2].codepoint == 0x1f469);
    CHECK(out.cells[2].cluster_cont == 2);
    CHECK(out.cells[2].width == 2);
    const std::vector<uint32_t> want = {UI_EXTRA(UI_EXTRA_CLUSTER, 10, 1),
                                        0x301,
                                        UI_EXTRA(UI_EXTRA_CLUSTER, 11, 2),
                                        0x301,
                                        0x327,
                                        UI_EXTRA(UI_EXTRA_CLUSTER, 12, 2),
                                        0x200d,
                                        0x1f4bb};
    CHECK(out.extras == want);
}

TEST_CASE("control characters are no part of a cluster")
{
    PackedRow row;
    row.extended({packed_character("l\xc2\x81", 1)}).extended({packed_character("\xc2\x81", 1)});
    const Decoded out = decode(row, 2);
    REQUIRE(out.result == UI_OK);
    CHECK(out.cells[0].codepoint == 'l');
    CHECK(out.cells[0].cluster_cont == 0);
    CHECK(out.cells[1].codepoint == 0xfffd);
    CHECK(out.extras.empty());
}

TEST_CASE("underline colours follow as runs")
{
    const uint32_t a = packed_character("a", 1);
    PackedRow row;
    row.extended({a, 0x400, 0, 8, 8, kRgb | 0xff0000})
        .extended({a, 0x04, 0, 8, 8, kRgb | 0xff0000})
        .extended({a, 0x04, 0, 8, 8, k256 | 3})
        .extended({a, 0x04, 0, 8, 8, 0})            // 3.3a's default
        .extended({a, 0x04, 0, 8, 8, 8})            // the others'
        .extended({a, 0, 0, 8, 8, kRgb | 0xff0000}) // nothing to colour
        .extended({packed_character("\xe4\xb8\xad", 2), 0x04, 0, 8, 8, k256 | 3})
        .padding();
    const Decoded out = decode(row, 8);
    const std::vector<uint32_t> want = {UI_EXTRA(UI_EXTRA_UNDERLINE, 0, 2), rgb(0xff0000),
                                        UI_EXTRA(UI_EXTRA_UNDERLINE, 2, 1), palette(3),
                                        UI_EXTRA(UI_EXTRA_UNDERLINE, 6, 2), palette(3)};
    CHECK(out.extras == want);
    CHECK(out.cells[0].attrs == (UI_ATTR_UNDERLINE_CURLY | UI_ATTR_UNDERLINE_COLOUR));
    CHECK(out.cells[3].attrs == UI_ATTR_UNDERLINE);
    CHECK(out.cells[4].attrs == UI_ATTR_UNDERLINE);
    CHECK(out.cells[5].attrs == 0);
    CHECK(out.cells[7].attrs == (UI_ATTR_UNDERLINE | UI_ATTR_UNDERLINE_COLOUR));
}

TEST_CASE("extras without room are counted and left out whole")
{
    PackedRow row;
    row.extended({packed_character("e\xcc\x81", 1)})
        .extended({long_character(2, 1)})
        .extended({packed_character("a", 1), 0x04, 0, 8, 8, k256 | 3});
    const Decoded out = decode(row, 3, make_pane(), 3);
    CHECK(out.result == UI_ERROR_LIMIT);
    CHECK(out.extras.size() == 2 + 3 + 2); // what is needed
    CHECK(out.extras[0] == UI_EXTRA(UI_EXTRA_CLUSTER, 0, 1));
    CHECK(out.cells[1].codepoint == 'e');
    CHECK(out.cells[1].cluster_cont == 0);
    CHECK(out.cells[2].attrs == UI_ATTR_UNDERLINE);
    CHECK(std::string(ui_last_error()).find("7 words") != std::string::npos);
}

TEST_CASE("long characters are looked up once")
{
    PackedRow row;
    row.extended({long_character(1, 1)}).extended({long_character(1, 1)});
    const ui_grid_layout_t layout = row.layout();
    const ui_pane_t pane = make_pane();
    ui_decoder_t *decoder = nullptr;
    REQUIRE(ui_decoder_create(&layout, &decoder) == UI_OK);
    ui_cell_t cells[2];
    uint32_t words = 0;
    long_character_lookups = 0;
    const ui_span_t span = row.span(2);
    for (int i = 0; i < 3; ++i)
        CHECK(ui_span_decode(decoder, &span, &pane, cells, nullptr, 0, &words) == UI_OK);
    CHECK(long_character_lookups == 1);

    // Another of the same slot takes its place and gives it back.
    PackedRow other;
    other.extended({long_character(257, 1)});
    const ui_span_t other_span = other.span(1);
    CHECK(ui_span_decode(decoder, &other_span, &pane, cells, nullptr, 0, &words) == UI_OK);
    CHECK(cells[0].codepoint == 0x1f680);
    CHECK(ui_span_decode(decoder, &span, &pane, cells, nullptr, 0, &words) == UI_OK);
    CHECK(cells[0].codepoint == 0x1f600);
    CHECK(long_character_lookups == 3);
    ui_decoder_destroy(decoder);
}

TEST_CASE("spans and layouts that are not valid are refused")
{
    PackedRow row;
    row.text("ab");
    ui_grid_layout_t layout = row.layout();
    const ui_pane_t pane = make_pane();
    ui_cell_t cells[2];
    uint32_t words = 0;
    ui_decoder_t *decoder = nullptr;
    CHECK(ui_decoder_create(nullptr, &decoder) == UI_ERROR_ARGUMENT);
    CHECK(ui_decoder_create(&layout, nullptr) == UI_ERROR_ARGUMENT);
    layout.size = 8;
    CHECK(ui_decoder_create(&layout, &decoder) == UI_ERROR_SIZE);
    layout = row.layout();
    layout.data_offset = 3;
    CHECK(ui_decoder_create(&layout, &decoder) == UI_ERROR_ARGUMENT);
    layout = row.layout();
    layout.extended_size = 18;
    CHECK(ui_decoder_create(&layout, &decoder) == UI_ERROR_ARGUMENT);
    layout = row.layout();
    CHECK(decoder == nullptr);
    REQUIRE(ui_decoder_create(&layout, &decoder) == UI_OK);

    ui_span_t span = row.span(2);
    CHECK(ui_span_decode(decoder, &span, nullptr, cells, nullptr, 0, &words) == UI_ERROR_ARGUMENT);
    CHECK(ui_span_decode(decoder, &span, &pane, cells, nullptr, 1, &words) == UI_ERROR_ARGUMENT);
    span.columns = 1;
    CHECK(ui_span_decode(decoder, &span, &pane, cells, nullptr, 0, &words) == UI_ERROR_SPAN_RANGE);
    span = row.span(2);
    span.cells = nullptr;
    CHECK(ui_span_decode(decoder, &span, &pane, cells, nullptr, 0, &words) == UI_ERROR_ARGUMENT);
    ui_decoder_destroy(decoder);
    ui_decoder_destroy(nullptr);
}

TEST_CASE("a cell among others is what it is alone")
{
    // Neighbours that differ in one thing, so that nothing of one may be kept for the next.
    const uint32_t a = packed_character("a", 1);
    const Extended styles[] = {
        {a},
        {a, 0x01},
        {a, 0x80},
        {a, 0x04},
        {a, 0, kNoPalette},
        {a, 0, kCleared},
        {a, 0, 0, 1},
        {a, 0, 0, kRgb | 8},
        {a, 0, 0, 8, 1},
        {a, 0, 0, 8, kRgb | 8},
        {a, 0, 0, 8, 8, k256 | 3},
        {a, 0x04, 0, 8, 8, k256 | 3},
        {a, 0x04, 0, 8, 8, k256 | 4},
    };
    std::mt19937 random(7);
    const auto one_of = [&](const auto &values) { return values[random() % std::size(values)]; };
    for (int turn = 0; turn < 2000; ++turn) {
        const Packed packed = kBoth[turn % 2];
        PackedRow row(packed);
        std::vector<ui_cell_t> alone;
        while (row.count() < 12) {
            PackedRow single(packed);
            Extended entry = one_of(styles);
            const auto add = [&](PackedRow &to) {
                if (entry.character >> 29 == 1)
                    to.plain('a', static_cast<uint8_t>(entry.attrs), entry.fg & 0xff,
                             entry.bg & 0xff, entry.flags);
                else
                    to.extended(entry);
                if (entry.character >> 29 == 3)
                    to.padding();
            };
            entry.character = one_of(std::array{a, long_character(2, 1), long_character(3, 2),
                                                packed_character("\xe4\xb8\xad", 2),
                                                packed_character("a", 0)});
            add(row);
            add(single);
            const Decoded out = decode(single, single.count());
            alone.insert(alone.end(), out.cells.begin(), out.cells.end());
        }
        const Decoded out = decode(row, row.count());
        REQUIRE(out.cells.size() == alone.size());
        for (size_t i = 0; i < alone.size(); ++i) {
            CAPTURE(i);
            const ui_cell_t &cell = out.cells[i];
            check_cell(cell, alone[i].codepoint, alone[i].fg_rgb, alone[i].bg_rgb, alone[i].attrs,
                       alone[i].width);
            CHECK(cell.cluster_cont == alone[i].cluster_cont);
        }
    }
}

TEST_CASE("whatever is in memory decodes to cells that make sense")
{
    std::mt19937 random(3);
    for (int turn = 0; turn < 3000; ++turn) {
        PackedRow row(turn % 2 ? Packed::flags_last : Packed::flags_first);
        const uint16_t columns = static_cast<uint16_t>(random() % 12 + 1);
        while (row.count() < columns && random() % 12 != 0) {
            const auto byte = [&] { return static_cast<uint8_t>(random()); };
            Extended entry{static_cast<uint32_t>(random())};
            if (random() % 2)
                entry.character = long_character(random() % 6, random() % 3);
            entry.attrs = static_cast<uint16_t>(random());
            entry.flags = random() % 2 ? byte() : uint8_t{0};
            entry.fg = static_cast<int32_t>(random());
            entry.bg = static_cast<int32_t>(random());
            entry.us = static_cast<int32_t>(random());
            switch (random() % 4) {
            case 0:
                row.plain(static_cast<char>(byte()), byte(), byte(), byte(),
                          static_cast<uint8_t>(byte() & ~kExtended));
                break;
            case 1:
                row.offset_cell(static_cast<uint32_t>(random() % 8), byte());
                break;
            default:
                row.extended(entry);
            }
        }
        const uint32_t capacity = static_cast<uint32_t>(random() % 64);
        const Decoded out = decode(row, columns, make_pane(), capacity);
        for (uint16_t i = 0; i < columns; ++i) {
            const ui_cell_t &cell = out.cells[i];
            const bool right_half = i > 0 && out.cells[i - 1u].width == 2;
            CHECK(cell.width <= 2);
            CHECK((cell.width == 0) == right_half);
            CHECK((cell.codepoint == 0) == right_half);
            CHECK((cell.width == 0 || cell.codepoint >= 0x20));
            CHECK(cell.codepoint <= 0x10ffff);
            CHECK(UI_COLOUR_KIND(cell.fg_rgb) <= UI_COLOUR_RGB);
            CHECK(UI_COLOUR_KIND(cell.bg_rgb) <= UI_COLOUR_RGB);
        }
        // Records are whole and in order, as far as there was room.
        const size_t words = std::min<size_t>(capacity, out.extras.size());
        uint32_t last = 0;
        for (size_t at = 0; out.result == UI_OK && at < words;) {
            const uint32_t word = out.extras[at];
            CHECK(UI_EXTRA_COLUMN(word) >= last);
            CHECK(UI_EXTRA_COLUMN(word) < columns);
            last = UI_EXTRA_COLUMN(word);
            at += 1 + (UI_EXTRA_KIND(word) == UI_EXTRA_CLUSTER ? UI_EXTRA_COUNT(word) : 1);
            CHECK(at <= words);
        }
    }
}

TEST_CASE("UTF-8 is checked and cut strictly")
{
    using vitrine::utf8_cut;
    using vitrine::utf8_valid;
    const auto valid = [](const std::string &text) { return utf8_valid(text.data(), text.size()); };
    CHECK(valid(""));
    CHECK(valid("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"));
    CHECK(valid("\xf4\x8f\xbf\xbf"));
    for (const char *bad : {"\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf",
                            "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xc3", "\xe2\x82", "a\xff"})
        CHECK_FALSE(valid(bad));
    const std::string text = "ab\xe2\x82\xac";
    CHECK(utf8_cut(text.data(), 5, 5) == 5);
    CHECK(utf8_cut(text.data(), 5, 4) == 2);
    CHECK(utf8_cut(text.data(), 5, 3) == 2);
    CHECK(utf8_cut(text.data(), 5, 2) == 2);
    CHECK(utf8_cut("\xe2\x82\xac", 3, 1) == 0);
    const std::string garbage(8, '\x80');
    CHECK(utf8_cut(garbage.data(), 8, 6) == 6);
}
