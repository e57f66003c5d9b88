#include "text/shape_cache.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace vitrine;

namespace {

struct OwnedRun {
    std::vector<RunCluster> clusters;
    std::u32string text;
    FontStyle style = FontStyle::regular;

    explicit OwnedRun(std::u32string from, FontStyle with = FontStyle::regular)
        : text(std::move(from)),
          style(with)
    {
        for (size_t i = 0; i < text.size(); i++)
            clusters.push_back({static_cast<uint16_t>(i), 1, 1});
    }
    Run run() const { return {style, clusters, text}; }
};

std::vector<ShapedGlyph> glyphs(uint32_t first, size_t count)
{
    std::vector<ShapedGlyph> out(count, ShapedGlyph{});
    for (size_t i = 0; i < count; i++)
        out[i].glyph = first + static_cast<uint32_t>(i);
    return out;
}

} // namespace

TEST_CASE("shape cache: text, style and widths make the key")
{
    ShapeCache cache;
    const OwnedRun plain(U"abc");
    CHECK_FALSE(cache.find(plain.run()));
    cache.insert(plain.run(), glyphs(10, 3));
    REQUIRE(cache.find(plain.run()));
    CHECK((*cache.find(plain.run()))[2].glyph == 12);
    CHECK_FALSE(cache.find(OwnedRun(U"abd").run()));
    CHECK_FALSE(cache.find(OwnedRun(U"ab").run()));
    CHECK_FALSE(cache.find(OwnedRun(U"abc", FontStyle::bold).run()));
    OwnedRun wide(U"abc");
    wide.clusters[2].width = 2;
    CHECK_FALSE(cache.find(wide.run()));
    OwnedRun joined(U"abc");
    joined.clusters = {{0, 1, 2}, {1, 1, 1}};
    CHECK_FALSE(cache.find(joined.run()));
    CHECK(cache.hits() == 2);
    CHECK(cache.misses() == 6);
    cache.clear();
    CHECK_FALSE(cache.find(plain.run()));
}

TEST_CASE("shape cache: an empty answer is an answer")
{
    ShapeCache cache;
    cache.insert(OwnedRun(U"x").run(), {});
    const auto found = cache.find(OwnedRun(U"x").run());
    REQUIRE(found);
    CHECK(found->empty());
}

TEST_CASE("shape cache: stays within its budget, keeps what is used")
{
    constexpr size_t budget = 64 << 10;
    ShapeCache cache(budget);
    const OwnedRun steady(U"steady");
    cache.insert(steady.run(), glyphs(1, 6));
    for (char32_t i = 0; i < 5000; i++) {
        const OwnedRun other(U"other " + std::u32string(1, 0x4e00 + i));
        REQUIRE_FALSE(cache.find(other.run()));
        cache.insert(other.run(), glyphs(i, 7));
        const auto found = cache.find(steady.run());
        REQUIRE(found);
        REQUIRE(found->size() == 6);
        REQUIRE((*found)[5].glyph == 6);
    }
    // Vectors grow by doubling, so there may be twice what is used.
    CHECK(cache.bytes() < 2 * budget + 8192);
    CHECK_FALSE(cache.find(OwnedRun(U"other " + std::u32string(1, 0x4e00)).run()));
}

TEST_CASE("shape cache: what is larger than the cache passes it by")
{
    ShapeCache cache(1024);
    const OwnedRun large(std::u32string(200, U'x'));
    cache.insert(large.run(), glyphs(1, 200));
    CHECK_FALSE(cache.find(large.run()));
    CHECK(cache.bytes() < 8192);
}
