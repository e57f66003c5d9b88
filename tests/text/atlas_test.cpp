#include "text/glyph_atlas.h"

#include "text/shelf_packer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace vitrine;

namespace {

// Glyph number N is columns wide and scale high, and full of the byte N; face 1 is in colour.
class FakeSource final : public GlyphSource {
public:
    int made = 0;

    bool rasterise(const GlyphKey &key, GlyphBitmap &out) override
    {
        made++;
        out.resize(key.face == 1 ? PixelFormat::bgra32 : PixelFormat::grey8, key.columns,
                   key.scale);
        std::ranges::fill(out.pixels, static_cast<uint8_t>(key.glyph));
        out.left = 3;
        out.top = 9;
        return true;
    }
};

GlyphKey square(uint32_t glyph, uint16_t face = 0) { return {glyph, face, 15, 15}; }

std::string describe(std::span<const AtlasUpload> uploads)
{
    std::string out;
    for (const AtlasUpload &upload : uploads) {
        out += upload.format == PixelFormat::grey8 ? 'g' : 'c';
        for (const int number : {upload.page, upload.x, upload.y, upload.width, upload.height})
            out += " " + std::to_string(number);
        out += "; ";
    }
    return out;
}

} // namespace

TEST_CASE("shelves: rectangles stay inside and apart")
{
    struct Rect {
        int x, y, width, height;
    };
    ShelfPacker packer(256);
    std::vector<Rect> placed;
    unsigned seed = 1;
    for (int i = 0; i < 2000; i++) {
        seed = seed * 1664525 + 1013904223;
        const int width = 1 + static_cast<int>(seed >> 8) % 30;
        const int height = 1 + static_cast<int>(seed >> 16) % 40;
        if (const auto place = packer.place(width, height))
            placed.push_back({place->x, place->y, width, height});
    }
    int area = 0;
    for (size_t i = 0; i < placed.size(); i++) {
        const Rect &a = placed[i];
        area += a.width * a.height;
        CHECK(a.x >= 0);
        CHECK(a.y >= 0);
        CHECK(a.x + a.width <= 256);
        CHECK(a.y + a.height <= 256);
        for (size_t j = 0; j < i; j++) {
            const Rect &b = placed[j];
            const bool apart = a.x >= b.x + b.width || b.x >= a.x + a.width ||
                               a.y >= b.y + b.height || b.y >= a.y + a.height;
            CHECK(apart);
        }
    }
    CHECK(area > 256 * 256 / 2);
}

TEST_CASE("shelves: what does not fit is refused")
{
    ShelfPacker packer(32);
    const std::pair<int, int> sizes[] = {{33, 1}, {1, 33}, {0, 5}, {5, 0}, {-1, -1}};
    for (const auto &[width, height] : sizes)
        CHECK_FALSE(packer.place(width, height));
    CHECK(packer.place(32, 32));
    CHECK_FALSE(packer.place(1, 1));
    packer.reset();
    CHECK(packer.place(32, 32));
}

TEST_CASE("atlas: a glyph is made once")
{
    FakeSource source;
    GlyphAtlas atlas(source, {64, 2, 2});
    const AtlasGlyph first = *atlas.get(square('a'));
    CHECK(first.width == 15);
    CHECK(first.left == 3);
    CHECK(first.top == 9);
    CHECK_FALSE(first.colour);
    const AtlasGlyph again = *atlas.get(square('a'));
    CHECK(again.x == first.x);
    CHECK(source.made == 1);
    CHECK(atlas.hits() == 1);
    CHECK(atlas.misses() == 1);
    CHECK(atlas.get(square('a', 1))->colour);
    CHECK(atlas.pages(PixelFormat::grey8) == 1);
    CHECK(atlas.pages(PixelFormat::bgra32) == 1);
}

TEST_CASE("atlas: uploads are what changed, neighbours together")
{
    FakeSource source;
    GlyphAtlas atlas(source, {64, 2, 2});
    CHECK(describe(atlas.take_uploads()) == "");
    atlas.get(square('a'));
    atlas.get(square('b'));
    atlas.get(square('c', 1));
    CHECK(describe(atlas.take_uploads()) == "g 0 0 0 31 15; c 0 0 0 15 15; ");
    CHECK(describe(atlas.take_uploads()) == "");
    atlas.get(square('d'));
    const auto uploads = atlas.take_uploads();
    CHECK(describe(uploads) == "g 0 32 0 15 15; ");
    CHECK(uploads[0].stride == 64);
    CHECK(uploads[0].pixels[0] == 'd');
    CHECK(uploads[0].pixels[14 * 64 + 14] == 'd');
    atlas.invalidate_uploads();
    CHECK(describe(atlas.take_uploads()) == "g 0 0 0 64 64; c 0 0 0 64 64; ");
}

TEST_CASE("atlas: many scattered changes become one rectangle")
{
    FakeSource source;
    GlyphAtlas atlas(source, {256, 1, 1});
    for (uint32_t i = 0; i < 40; i++)
        atlas.get({i, 0, static_cast<uint8_t>(3 + i), static_cast<uint8_t>(4 + 5 * (i % 9))});
    CHECK(atlas.take_uploads().size() <= 16);
}

TEST_CASE("atlas: glyphs without ink or larger than a page take no room")
{
    FakeSource source;
    GlyphAtlas atlas(source, {64, 1, 1});
    CHECK(atlas.get({1, 0, 0, 0})->width == 0);
    CHECK(atlas.get({2, 0, 65, 2})->width == 0);
    CHECK(atlas.get({2, 0, 65, 2})->width == 0);
    CHECK(source.made == 2);
    CHECK(atlas.pages(PixelFormat::grey8) == 0);
    CHECK_FALSE(atlas.used_in_frame());
}

TEST_CASE("atlas: the page unused for longest is emptied")
{
    // Pages of 64 px hold three shelves of four squares of 15 px.
    constexpr uint32_t per_page = 12;
    FakeSource source;
    GlyphAtlas atlas(source, {64, 2, 1});
    atlas.begin_frame();
    for (uint32_t i = 0; i < per_page; i++)
        CHECK(atlas.get(square(i))->page == 0);
    atlas.begin_frame();
    for (uint32_t i = per_page; i < 2 * per_page; i++)
        CHECK(atlas.get(square(i))->page == 1);
    atlas.begin_frame();
    atlas.get(square(0)); // page 0 is the younger one now
    const uint64_t generation = atlas.generation();
    atlas.begin_frame();
    CHECK(atlas.get(square(100))->page == 1);
    CHECK(atlas.generation() > generation);
    CHECK(atlas.evictions() == 1);
    const int made = source.made;
    CHECK(atlas.get(square(0))->page == 0);
    CHECK(source.made == made);
    CHECK(atlas.get(square(per_page))->page == 1); // died with its page
    CHECK(source.made == made + 1);
}

TEST_CASE("atlas: what a frame uses is not taken from it")
{
    FakeSource source;
    GlyphAtlas atlas(source, {64, 2, 1});
    atlas.begin_frame();
    uint32_t glyph = 0;
    while (atlas.get(square(glyph)) != nullptr)
        glyph++;
    CHECK(glyph == 24);
    CHECK(atlas.evictions() == 0);
    CHECK(atlas.get(square(0)) != nullptr);
    // Colour has pages of its own.
    CHECK(atlas.get(square(0, 1)) != nullptr);
    atlas.begin_frame();
    CHECK(atlas.get(square(glyph)) != nullptr);
    CHECK(atlas.evictions() == 1);
}

TEST_CASE("atlas: touch keeps a page as get does")
{
    FakeSource source;
    GlyphAtlas atlas(source, {64, 2, 1});
    atlas.begin_frame();
    const AtlasGlyph kept = *atlas.get(square(0));
    for (uint32_t i = 1; i < 24; i++)
        atlas.get(square(i));
    atlas.begin_frame();
    CHECK_FALSE(atlas.used_in_frame());
    atlas.touch(kept);
    CHECK(atlas.used_in_frame());
    CHECK(atlas.get(square(50))->page == 1);
    for (uint32_t i = 51; i < 62; i++)
        CHECK(atlas.get(square(i))->page == 1);
    atlas.begin_frame();
    atlas.touch_page(PixelFormat::grey8, 1);
    atlas.touch_page(PixelFormat::grey8, 77);
    CHECK(atlas.get(square(80))->page == 0);
}

TEST_CASE("atlas: torture stays within its pages and tells the truth")
{
    FakeSource source;
    GlyphAtlas atlas(source, {128, 3, 1});
    for (uint32_t frame = 0; frame < 300; frame++) {
        atlas.begin_frame();
        std::vector<AtlasGlyph> used;
        std::vector<uint32_t> names;
        for (uint32_t i = 0; i < 40; i++) {
            const uint32_t name = (frame * 17 + i * 3) % 1000;
            const auto *glyph = atlas.get(
                {name, 0, static_cast<uint8_t>(8 + name % 8), static_cast<uint8_t>(10 + name % 7)});
            REQUIRE(glyph != nullptr);
            used.push_back(*glyph);
            names.push_back(name);
        }
        // All quads of the frame still stand where they were.
        atlas.invalidate_uploads();
        const auto uploads = atlas.take_uploads();
        for (size_t i = 0; i < used.size(); i++) {
            const AtlasUpload &page = uploads[used[i].page];
            for (const int x : {0, used[i].width - 1})
                for (const int y : {0, used[i].height - 1})
                    REQUIRE(page.pixels[static_cast<size_t>(used[i].y + y) * page.stride +
                                        static_cast<size_t>(used[i].x + x)] ==
                            static_cast<uint8_t>(names[i]));
        }
    }
    CHECK(atlas.pages(PixelFormat::grey8) == 3);
    CHECK(atlas.evictions() > 10);
    CHECK(atlas.bytes() < 128 * 128 * 3 + 100000);
}
