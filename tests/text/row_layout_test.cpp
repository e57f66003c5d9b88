#include "text_fixture.h"

#include "text/extra_reader.h"

#include <doctest/doctest.h>

using namespace vitrine;
using namespace vitrine::test;

namespace {

std::string columns(const GlyphQuads &quads)
{
    std::string out;
    for (const GlyphQuad &quad : quads)
        out += std::to_string(quad.column) + " ";
    return out;
}

void check_inside(const GlyphQuads &quads, TextEngine &engine, size_t width)
{
    const CellMetrics &cell = engine.metrics();
    for (const GlyphQuad &quad : quads) {
        REQUIRE(quad.w > 0);
        REQUIRE(quad.h > 0);
        REQUIRE(quad.x >= 0);
        REQUIRE(quad.y >= 0);
        REQUIRE(quad.y + quad.h <= cell.height);
        REQUIRE(quad.x + quad.w <= static_cast<int>(width) * cell.width);
        REQUIRE(quad.column < width);
        REQUIRE(quad.atlas_x + quad.w <= engine.atlas().page_size());
        REQUIRE(quad.atlas_y + quad.h <= engine.atlas().page_size());
    }
}

} // namespace

TEST_CASE("layout: letters at their columns, blanks nothing")
{
    const auto engine = load_engine();
    REQUIRE(engine);
    const TestRow row = TestRow().add(U"ab  c").add(std::u32string(1, 0)).add(U"d");
    const auto quads = lay_out(*engine, row);
    CHECK(columns(quads) == "0 1 4 6 ");
    check_inside(quads, *engine, row.cells.size());
    for (const GlyphQuad &quad : quads) {
        CHECK(quad.flags == 0);
        CHECK(std::abs(quad.x + quad.w / 2 - (quad.column * 2 + 1) * engine->metrics().width / 2) <=
              2);
    }
}

TEST_CASE("layout: hidden cells show nothing")
{
    const auto engine = load_engine();
    const auto quads =
        lay_out(*engine, TestRow().add(U"a").add(U"bç─漢", UI_ATTR_HIDDEN).add(U"c"));
    CHECK(columns(quads) == "0 5 ");
}

TEST_CASE("layout: styles come from different faces")
{
    const auto engine = load_engine();
    const auto quads = lay_out(*engine, TestRow()
                                            .add(U"m")
                                            .add(U"m", UI_ATTR_BOLD)
                                            .add(U"m", UI_ATTR_ITALIC)
                                            .add(U"m", UI_ATTR_BOLD | UI_ATTR_ITALIC));
    REQUIRE(quads.size() == 4);
    for (size_t i = 1; i < 4; i++)
        CHECK(std::pair(quads[i].atlas_x, quads[i].atlas_y) !=
              std::pair(quads[0].atlas_x, quads[0].atlas_y));
}

TEST_CASE("layout: wide characters and what follows them")
{
    const auto engine = load_engine();
    const TestRow row = TestRow().add(U"a").add(U"漢字", 0, 2).add(U"b");
    const auto quads = lay_out(*engine, row);
    CHECK(columns(quads) == "0 1 3 5 ");
    check_inside(quads, *engine, row.cells.size());
}

TEST_CASE("layout: a cluster is one cell")
{
    const auto engine = load_engine();
    const TestRow row = TestRow()
                            .add(U"a")
                            .add_cluster(U"e\u0301")
                            .add(U"b")
                            .add_cluster(U"x\u0323\u030c")
                            .add(U"c");
    const auto quads = lay_out(*engine, row);
    check_inside(quads, *engine, row.cells.size());
    CHECK(quads.front().column == 0);
    CHECK(quads.back().column == 4);
    CHECK(columns(quads).find("0 1 2 3 ") == 0);
    // The same as the composed character.
    const auto composed = lay_out(*engine, TestRow().add(U"aéb"));
    CHECK(composed[1].atlas_x == quads[1].atlas_x);
    CHECK(composed[1].y == quads[1].y);
}

TEST_CASE("layout: a blank with a mark is drawn")
{
    const auto engine = load_engine();
    CHECK(lay_out(*engine, TestRow().add_cluster(U" \u0301")).size() == 1);
}

TEST_CASE("layout: box drawing fills its cell exactly")
{
    for (const double points : {6.0, 7.5, 9.0, 12.0, 13.3, 20.0, 30.0}) {
        const auto engine = load_engine(points);
        const CellMetrics &cell = engine->metrics();
        const auto quads = lay_out(*engine, TestRow().add(U"a─┼b█"));
        REQUIRE(quads.size() == 5);
        for (const size_t i : {1u, 2u, 4u}) {
            CHECK(quads[i].x == static_cast<int>(i) * cell.width);
            CHECK(quads[i].y == 0);
            CHECK(quads[i].w == cell.width);
            CHECK(quads[i].h == cell.height);
        }
    }
}

TEST_CASE("layout: nothing crosses from one pane into another")
{
    const auto engine = load_engine(30);
    const int width = engine->metrics().width;
    const TestRow row = TestRow().add(U"fWjW漢W", UI_ATTR_BOLD | UI_ATTR_ITALIC);
    const uint16_t borders[] = {1, 2, 3, 4, 5, 5, 3, 900};
    for (const GlyphQuad &quad : lay_out(*engine, row, borders)) {
        CHECK(quad.x >= quad.column * width);
        CHECK(quad.x + quad.w <= (quad.column + 1) * width);
    }
}

TEST_CASE("layout: a steady screen shapes and rasterises nothing")
{
    const auto engine = load_engine();
    const TestRow row =
        TestRow().add(U"plain ünïcödé ").add(U"漢字", 0, 2).add(U" │").add_cluster(U"e\u0301");
    const auto first = lay_out(*engine, row);
    const uint64_t shaped = engine->layout().cache().misses();
    const uint64_t rasterised = engine->atlas().misses();
    CHECK(shaped > 0);
    engine->atlas().take_uploads();
    for (int i = 0; i < 10; i++) {
        const auto again = lay_out(*engine, row);
        REQUIRE(again.size() == first.size());
    }
    CHECK(engine->layout().cache().misses() == shaped);
    CHECK(engine->layout().cache().hits() > 0);
    CHECK(engine->atlas().misses() == rasterised);
    CHECK(engine->atlas().take_uploads().empty());
}

TEST_CASE("layout: a full atlas is reported and the row kept out")
{
    const auto engine = load_engine(12, {64, 1, 1});
    engine->atlas().begin_frame();
    GlyphQuads quads;
    auto &memory = *std::pmr::get_default_resource();
    const TestRow small = TestRow().add(U"ab");
    const TestRow large = TestRow().add(U"cdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZéèê");
    REQUIRE(engine->layout().layout(small.input(), memory, quads) == LayoutResult::complete);
    CHECK(engine->layout().layout(large.input(), memory, quads) == LayoutResult::atlas_full);
    CHECK(quads.size() == 2);
    // Alone in its frame it shows what fits, so that a drawer always gets on.
    engine->atlas().begin_frame();
    quads.clear();
    CHECK(engine->layout().layout(large.input(), memory, quads) == LayoutResult::complete);
    CHECK(quads.size() > 5);
    CHECK(quads.size() < large.cells.size());
    engine->atlas().begin_frame();
    quads.clear();
    CHECK(engine->layout().layout(small.input(), memory, quads) == LayoutResult::complete);
    CHECK(quads.size() == 2);
}

TEST_CASE("layout: evicted letters are drawn again")
{
    const auto engine = load_engine(12, {64, 1, 1});
    const auto first = lay_out(*engine, TestRow().add(U"ab"));
    for (char32_t c = U'c'; c < U'c' + 60; c++)
        lay_out(*engine, TestRow().add(std::u32string(1, c)));
    CHECK(engine->atlas().evictions() > 0);
    const auto again = lay_out(*engine, TestRow().add(U"ab"));
    REQUIRE(again.size() == 2);
    CHECK(again[0].w == first[0].w);
    CHECK(again[0].h == first[0].h);
}

TEST_CASE("extras: the words are read with distrust")
{
    const uint32_t words[] = {UI_EXTRA(UI_EXTRA_CLUSTER, 2, 2),
                              0x301,
                              0x302,
                              UI_EXTRA(UI_EXTRA_UNDERLINE, 3, 4),
                              0xff0000,
                              UI_EXTRA(UI_EXTRA_CLUSTER, 3, 1),
                              0x303,
                              UI_EXTRA(UI_EXTRA_CLUSTER, 9, 100),
                              0x304};
    ExtraReader reader(words);
    CHECK(reader.cluster(0).empty());
    CHECK(reader.cluster(2).size() == 2);
    CHECK(reader.cluster(3).size() == 1);
    CHECK(reader.cluster(9).empty()); // longer than there is

    const uint32_t unknown[] = {UI_EXTRA(7, 0, 1), 1, UI_EXTRA(UI_EXTRA_CLUSTER, 1, 1), 0x301};
    CHECK(ExtraReader(unknown).cluster(1).empty());
    CHECK(ExtraReader({}).cluster(0).empty());
}

TEST_CASE("layout: hostile rows are bounded and stay inside")
{
    const auto engine = load_engine();
    uint32_t seed = 12345;
    const auto next = [&seed](uint32_t below) {
        seed = seed * 1664525 + 1013904223;
        return (seed >> 8) % below;
    };
    const uint32_t starts[] = {0,       0x20,    0x300,   0x590,    0x900,    0x200b,
                               0x2500,  0x4e00,  0xd800,  0xe000,   0xfe00,   0x1f1e6,
                               0x1f300, 0x1fb00, 0xe0020, 0x10ff00, 0x110000, 0xffffff00};
    for (int round = 0; round < 200; round++) {
        TestRow row;
        for (uint32_t column = 0; column < 160; column++) {
            ui_cell_t cell{};
            cell.codepoint = starts[next(std::size(starts))] + next(256);
            cell.attrs = static_cast<uint16_t>(next(0x10000) & ~UI_ATTR_HIDDEN);
            cell.width = static_cast<uint8_t>(next(8) == 0 ? next(256) : next(3));
            cell.cluster_cont = static_cast<uint8_t>(next(4) == 0 ? next(256) : 0);
            row.cells.push_back(cell);
        }
        for (int i = 0; i < 200; i++)
            row.extras.push_back(next(3) == 0 ? UI_EXTRA(next(3), next(200), next(20))
                                              : starts[next(std::size(starts))] + next(256));
        std::vector<uint16_t> borders;
        for (int i = 0; i < 10; i++)
            borders.push_back(static_cast<uint16_t>(next(200)));
        check_inside(lay_out(*engine, row, borders), *engine, row.cells.size());
    }
    CHECK(engine->fonts().face_count() <= 128);
    CHECK(engine->layout().cache().bytes() < 8u << 20);
}

TEST_CASE("layout: thousands of marks on one cell cost little")
{
    const auto engine = load_engine();
    std::u32string zalgo(4000, 0x301);
    zalgo.front() = U'a';
    TestRow row = TestRow().add_cluster(zalgo);
    row.cells[0].cluster_cont = 255;
    const auto quads = lay_out(*engine, row);
    CHECK(quads.size() <= max_cluster_codepoints);
    check_inside(quads, *engine, 1);

    TestRow all;
    for (int i = 0; i < 400; i++)
        all.add_cluster(U"a" + std::u32string(40, 0x300 + static_cast<char32_t>(i % 64)));
    check_inside(lay_out(*engine, all), *engine, all.cells.size());
}

TEST_CASE("layout: a row wider than coordinates ends at the last that fits")
{
    const auto engine = load_engine(60);
    const TestRow row = TestRow().add(std::u32string(4096, U'x'));
    const auto quads = lay_out(*engine, row);
    CHECK(quads.size() == static_cast<size_t>(32767 / engine->metrics().width));
    check_inside(quads, *engine, row.cells.size());
}
