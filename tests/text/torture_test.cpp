// Hostile text through all of shaping, fallback and atlas. Work and memory are counted,
// time is not measured: what is bounded here cannot take long.
#include "text_fixture.h"

#include <doctest/doctest.h>

#include <random>

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr unsigned columns = 120;
constexpr AtlasOptions small_atlas = {256, 3, 2};

class HostileText {
public:
    explicit HostileText(unsigned seed) : random_(seed) {}

    TestRow row()
    {
        TestRow row;
        const unsigned kind = below(8);
        while (row.cells.size() < columns)
            add(row, kind == 7 ? below(7) : kind);
        return row;
    }

private:
    unsigned below(unsigned end) { return static_cast<unsigned>(random_()) % end; }
    char32_t from(char32_t first, unsigned count) { return first + below(count); }

    void add(TestRow &row, unsigned kind)
    {
        std::u32string text;
        const unsigned length = 1 + below(200);
        switch (kind) {
        case 0: // a base under a heap of marks of all kinds
            text += from(U'a', 26);
            for (unsigned i = 0; i < length; i++)
                text += below(2) ? from(0x300, 112) : from(0x1ab0, 64);
            break;
        case 1: // planes in which nothing is assigned, and surrogates
            text += below(4) ? from(0x30000, 0xb0000) : from(0xd800, 0x800);
            break;
        case 2: // past the end of Unicode
            text += from(0x110000, 0xffff0000 - 0x110000);
            text += from(0x110000, 0xffff0000 - 0x110000);
            break;
        case 3: // people, joined without end
            text += from(0x1f600, 80);
            for (unsigned i = 0; i < length; i++)
                text += i % 2 ? from(0x1f466, 4) : U'\u200d';
            break;
        case 4: // selectors, tags, joiners and directions, alone or in chains
            for (unsigned i = 0; i < length % 12 + 1; i++)
                text += below(2) ? from(0xe0000, 0x200) : from(0x200b, 40);
            break;
        case 5: // halves of flags
            for (unsigned i = 0; i < length % 5 + 1; i++)
                text += from(0x1f1e6, 26);
            break;
        default: // Indic letters and signs in any order
            for (unsigned i = 0; i < length % 9 + 1; i++)
                text += from(0x900, 0x500);
        }
        row.add_cluster(text.substr(0, 250), 1 + below(2),
                        static_cast<uint16_t>(below(4) * UI_ATTR_BOLD));
    }

    std::mt19937 random_;
};

void check_inside(std::span<const GlyphQuad> quads, const CellMetrics &cell, size_t cells)
{
    for (const GlyphQuad &quad : quads) {
        CHECK(quad.x >= 0);
        CHECK(quad.y >= 0);
        CHECK(quad.x + quad.w <= static_cast<int>(cells) * cell.width);
        CHECK(quad.y + quad.h <= cell.height);
    }
}

} // namespace

TEST_CASE("torture: hostile text takes bounded work and memory")
{
    const auto engine = load_engine(12, small_atlas);
    HostileText text(20261121);
    size_t cells = 0;
    size_t quads = 0;
    for (int round = 0; round < 600; round++) {
        const TestRow row = text.row();
        const auto drawn = lay_out(*engine, row);
        check_inside(drawn, engine->metrics(), row.cells.size());
        cells += row.cells.size();
        quads += drawn.size();
    }
    // A cell is shaped once and draws no more than what is kept of it.
    CHECK(engine->layout().cache().misses() <= cells);
    CHECK(quads <= cells * max_cluster_codepoints);
    CHECK(engine->atlas().misses() <= quads + cells * max_cluster_codepoints);
    // Fonts are searched once a cluster, and no more are opened than the system has.
    CHECK(engine->fonts().searches() <= cells);
    CHECK(engine->fonts().face_count() <= 128);
    CHECK(engine->layout().cache().bytes() <= 4u << 20);
    CHECK(engine->atlas().bytes() <= 256 * 256 * (3 + 2 * 4) + (8u << 20));
}

TEST_CASE("torture: what was hostile once is only looked up the second time")
{
    const auto engine = load_engine();
    const auto draw_all = [&engine] {
        HostileText text(7);
        for (int round = 0; round < 20; round++)
            lay_out(*engine, text.row());
    };
    draw_all();
    const uint64_t shaped = engine->layout().cache().misses();
    const uint64_t made = engine->atlas().misses();
    const uint64_t searched = engine->fonts().searches();
    CHECK(shaped > 0);
    draw_all();
    CHECK(engine->layout().cache().misses() == shaped);
    CHECK(engine->atlas().misses() == made);
    CHECK(engine->fonts().searches() == searched);
}

TEST_CASE("torture: more glyphs than the atlas has room for, one screen after the other")
{
    const auto engine = load_engine(12, small_atlas);
    size_t evictions_seen = 0;
    for (char32_t first = 0x100; first < 0x2000; first += columns) {
        TestRow row;
        for (char32_t c = first; c < first + columns; c++)
            row.add(std::u32string(1, c));
        lay_out(*engine, row);
        const size_t evictions = engine->atlas().evictions();
        // A row never empties more pages than it fills.
        CHECK(evictions - evictions_seen <= small_atlas.max_grey_pages);
        evictions_seen = evictions;
    }
    CHECK(evictions_seen > 0);
    CHECK(engine->atlas().pages(PixelFormat::grey8) == small_atlas.max_grey_pages);
}
