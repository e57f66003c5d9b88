// What every painter draws, and refuses.

#include "canvas.h"

#include "window/png.h"

#include <array>

using namespace vitrine;
using namespace vitrine::test;

namespace {

// Grey glyphs are 4x4 with rising coverage, glyph 'C' is 2x2 of colour.
class FakeGlyphs final : public GlyphSource {
public:
    bool rasterise(const GlyphKey &key, GlyphBitmap &out) override
    {
        if (key.glyph == 'C') {
            out.resize(PixelFormat::bgra32, 2, 2);
            // Half transparent red, premultiplied: B, G, R, A.
            for (std::size_t i = 0; i < 4; i++) {
                out.pixels[i * 4 + 2] = 128;
                out.pixels[i * 4 + 3] = 128;
            }
            return true;
        }
        out.resize(PixelFormat::grey8, 4, 4);
        for (std::size_t i = 0; i < 16; i++)
            out.pixels[i] = static_cast<std::uint8_t>(i * 17);
        return true;
    }
};

} // namespace

TEST_CASE("many pixels at once are covered as one by one")
{
    std::vector<std::uint8_t> coverage(256);
    for (std::size_t i = 0; i < coverage.size(); i++)
        coverage[i] = static_cast<std::uint8_t>(i * 37);
    coverage[8] = coverage[9] = coverage[10] = coverage[11] = 0;
    for (const Pixel colour : {0xff000000u, 0xffffffffu, 0xff12a0feu}) {
        for (const int count : {0, 1, 3, 4, 5, 255, 256}) {
            std::vector<Pixel> below(256 + 1);
            for (std::size_t i = 0; i < below.size(); i++)
                below[i] = 0xff000000u | static_cast<Pixel>(i * 0x01f3a7u & 0xffffffu);
            std::vector<Pixel> expected = below;
            for (std::size_t i = 0; i < static_cast<std::size_t>(count); i++)
                expected[i] = mix_pixels(expected[i], colour, coverage[i]);
            cover_row(below.data(), coverage.data(), count, colour);
            CHECK(below == expected);
        }
    }
}

TEST_CASE("rectangles are drawn where they belong and stay")
{
    for (const Kind kind : painter_kinds()) {
        CAPTURE(kind);
        Canvas canvas(kind, 20, 10);
        Batch batch;
        batch.backgrounds = {{0, 0, 5, 2, opaque(0xff0000)}, {18, 9, 2, 1, opaque(0x00ff00)}};
        canvas.draw(batch);
        CHECK(canvas.row(0) == "#####...............");
        CHECK(canvas.row(1) == "#####...............");
        CHECK(canvas.row(2) == "....................");
        CHECK(canvas.row(9) == "..................##");
        CHECK(canvas.at(4, 1) == 0xff0000);
        CHECK(canvas.at(19, 9) == 0x00ff00);
        batch.backgrounds = {{1, 1, 1, 1, opaque(0x0000ff)}};
        canvas.draw(batch);
        CHECK(canvas.at(1, 1) == 0x0000ff);
        CHECK(canvas.at(0, 0) == 0xff0000);
        canvas.painter().fill(0x102030);
        canvas.draw({});
        CHECK(canvas.row(1) == "....................");
    }
}

TEST_CASE("glyphs are blended texel by texel")
{
    for (const Kind kind : painter_kinds()) {
        CAPTURE(kind);
        FakeGlyphs source;
        GlyphAtlas atlas(source, {64, 2, 2});
        const AtlasGlyph grey = *atlas.get({'a', 0, 0, 64});
        const AtlasGlyph colour = *atlas.get({'C', 0, 0, 64});
        Canvas canvas(kind, 16, 8);
        canvas.painter().upload(atlas);
        Batch batch;
        batch.backgrounds = {{0, 0, 16, 8, opaque(0x000000)}};
        // The second is the right half of the first, as clipping makes it.
        batch.grey_glyphs = {{1, 1, 4, 4, grey.x, grey.y, grey.page, 0, opaque(0xffffff)},
                             {8, 1, 2, 4, static_cast<std::uint16_t>(grey.x + 2), grey.y, grey.page,
                              0, opaque(0x00ff00)}};
        batch.colour_glyphs = {
            {12, 2, 2, 2, colour.x, colour.y, colour.page, 0, opaque(0x00ff00)},
            {12, 5, 2, 2, colour.x, colour.y, colour.page, 0, white_of_strength(0.5)}};
        canvas.draw(batch);
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                const auto coverage = static_cast<unsigned>((y * 4 + x) * 17);
                CHECK(near(canvas.at(1 + x, 1 + y), coverage * 0x010101));
                if (x >= 2)
                    CHECK(near(canvas.at(6 + x, 1 + y), coverage << 8));
            }
        }
        CHECK(canvas.at(5, 4) == 0);
        CHECK(near(canvas.at(12, 2), 0x800000));
        CHECK(near(canvas.at(12, 5), 0x400000));
        CHECK(canvas.at(14, 2) == 0);
    }
}

TEST_CASE("an atlas that opens a page keeps its glyphs")
{
    for (const Kind kind : painter_kinds()) {
        CAPTURE(kind);
        FakeGlyphs source;
        GlyphAtlas atlas(source, {16, 4, 1});
        Canvas canvas(kind, 16, 8);
        const AtlasGlyph first = *atlas.get({1, 0, 0, 64});
        canvas.painter().upload(atlas);
        std::uint32_t glyph = 2;
        while (atlas.pages(PixelFormat::grey8) == 1)
            REQUIRE(atlas.get({glyph++, 0, 0, 64}) != nullptr);
        const AtlasGlyph last = *atlas.get({glyph - 1, 0, 0, 64});
        CHECK(last.page == 1);
        canvas.painter().upload(atlas);
        Batch batch;
        batch.backgrounds = {{0, 0, 16, 8, opaque(0)}};
        batch.grey_glyphs = {{0, 0, 4, 4, first.x, first.y, first.page, 0, opaque(0xffffff)},
                             {8, 0, 4, 4, last.x, last.y, last.page, 0, opaque(0xffffff)}};
        canvas.draw(batch);
        CHECK(canvas.at(3, 3) == 0xffffff);
        CHECK(canvas.at(11, 3) == 0xffffff);
    }
}

TEST_CASE("lines of all styles")
{
    for (const Kind kind : painter_kinds()) {
        CAPTURE(kind);
        Canvas canvas(kind, 24, 12);
        Batch batch;
        const Rgba white = opaque(0xffffff);
        batch.lines = {{0, 0, 24, 1, white, LineStyle::solid, 1, 1},
                       {0, 2, 24, 3, white, LineStyle::doubled, 1, 1},
                       {3, 6, 12, 1, white, LineStyle::dotted, 1, 2},
                       {0, 8, 24, 1, white, LineStyle::dashed, 1, 10}};
        canvas.draw(batch);
        CHECK(canvas.row(0) == "########################");
        CHECK(canvas.row(1) == "........................");
        CHECK(canvas.row(2) == "########################");
        CHECK(canvas.row(3) == "........................");
        CHECK(canvas.row(4) == "########################");
        // Patterns are of the target, not of the line: pieces of one line join.
        CHECK(canvas.row(6) == "....#.#.#.#.#.#.........");
        CHECK(canvas.row(8) == "######....######....####");
    }
}

TEST_CASE("patterns begin anew with each period, across the widest of targets")
{
    constexpr int width = 4096;
    for (const Kind kind : painter_kinds()) {
        CAPTURE(kind);
        Canvas canvas(kind, width, 2);
        for (int period = 1; period <= 64; period++) {
            CAPTURE(period);
            const auto repeats = static_cast<std::uint16_t>(period);
            Batch batch;
            batch.lines = {
                {0, 0, width, 1, opaque(0xffffff), LineStyle::dotted, 1, repeats},
                {0, 1, width, 1, opaque(0xffffff), LineStyle::dashed, 1, repeats},
            };
            std::string dots;
            std::string dashes;
            for (int x = 0; x < width; x++) {
                dots += x % period == 0 ? '#' : '.';
                dashes += x % period * 5 < period * 3 ? '#' : '.';
            }
            canvas.painter().fill(canvas_background);
            canvas.draw(batch);
            CHECK(canvas.row(0) == dots);
            CHECK(canvas.row(1) == dashes);
        }
    }
}

TEST_CASE("a curly line swings within its height and repeats")
{
    for (const Kind kind : painter_kinds()) {
        CAPTURE(kind);
        Canvas canvas(kind, 30, 12);
        Batch batch;
        batch.lines = {{0, 3, 30, 6, opaque(0xffffff), LineStyle::curly, 1, 10}};
        canvas.draw(batch);
        CHECK(canvas.row(2) == std::string(30, '.'));
        CHECK(canvas.row(9) == std::string(30, '.'));
        CHECK(canvas.row(3).find('#') != std::string::npos);
        CHECK(canvas.row(8).find('#') != std::string::npos);
        for (int y = 3; y < 9; y++) {
            for (int x = 0; x < 20; x++)
                CHECK(near(canvas.at(x, y), canvas.at(x + 10, y)));
        }
        for (int x = 0; x < 30; x++) {
            int covered = 0;
            for (int y = 3; y < 9; y++)
                covered += canvas.at(x, y) != 0x102030;
            CHECK(covered > 0);
        }
    }
}

TEST_CASE("what lies outside the target is left out")
{
    for (const Kind kind : painter_kinds()) {
        CAPTURE(kind);
        FakeGlyphs source;
        GlyphAtlas atlas(source, {64, 2, 2});
        const AtlasGlyph grey = *atlas.get({'a', 0, 0, 64});
        Canvas canvas(kind, 8, 6);
        canvas.painter().upload(atlas);
        const Rgba white = opaque(0xffffff);
        Batch batch;
        batch.backgrounds = {{-3, -3, 4, 4, white}, {7, 5, 9, 9, white}, {20, 20, 5, 5, white}};
        batch.grey_glyphs = {{-2, 1, 4, 4, grey.x, grey.y, grey.page, 0, white},
                             {5, 4, 4, 4, grey.x, grey.y, grey.page, 0, white},
                             {-9, -9, 4, 4, grey.x, grey.y, grey.page, 0, white}};
        batch.lines = {{-5, 3, 30, 1, white, LineStyle::dotted, 1, 4},
                       {3, -2, 1, 40, white, LineStyle::solid, 1, 1}};
        canvas.draw(batch);
        CHECK(canvas.row(0) == "#..#....");
        CHECK(canvas.row(1) == "##.#....");
        CHECK(canvas.row(3) == "##.##...");
        CHECK(near(canvas.at(0, 1), 0x303e4c)); // the glyph's third column
        CHECK(canvas.row(5) == "...#.###");
    }
}

TEST_CASE("a target beyond what the driver can do is refused")
{
    for (const Kind kind : painter_kinds()) {
        CAPTURE(kind);
        Canvas canvas(kind, 1, 1);
        const auto result = canvas.painter().resize(200'000, 10, 0);
        REQUIRE_FALSE(result);
        CHECK(result.error() == "a picture of 200000x10 px is too large");
        CHECK(canvas.painter().resize(100, 10, 0));
    }
}

TEST_CASE("pictures that cannot be written are an error")
{
    const std::array<std::uint8_t, 4> pixel = {1, 2, 3, 255};
    CHECK(write_png("/does/not/exist.png", 1, 1, pixel).error() ==
          "/does/not/exist.png: No such file or directory");
    CHECK_FALSE(write_png("/dev/full", 1, 1, pixel));
}
