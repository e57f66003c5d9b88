#include "text/resample.h"

#include "text_fixture.h"

#include <doctest/doctest.h>

#include <numeric>

using namespace vitrine;
using namespace vitrine::test;

namespace {

long ink(const GlyphBitmap &bitmap)
{
    return std::accumulate(bitmap.pixels.begin(), bitmap.pixels.end(), 0L);
}

} // namespace

TEST_CASE("rasteriser: letters stand on the baseline at every size")
{
    for (int px = 8; px <= 40; px++) {
        auto fonts = FontSet::load({"DejaVu Sans Mono", px * 0.75, 96, 1});
        REQUIRE(fonts);
        Rasteriser rasteriser(*fonts);
        GlyphBitmap bitmap;
        REQUIRE(
            rasteriser.rasterise({fonts->face(0).nominal_glyph(U'H'), 0, 0, scale_one}, bitmap));
        CHECK(bitmap.format == PixelFormat::grey8);
        CHECK(bitmap.top == bitmap.height);
        CHECK(bitmap.top <= fonts->metrics().baseline);
        CHECK(bitmap.left >= 0);
        CHECK(bitmap.left + bitmap.width <= fonts->metrics().width + 1);
        CHECK_FALSE(
            rasteriser.rasterise({fonts->face(0).nominal_glyph(U' '), 0, 0, scale_one}, bitmap));
    }
}

TEST_CASE("rasteriser: made-up bold has more ink, made-up italic leans")
{
    const std::string file = FontSet::load({"DejaVu Sans Mono", 24, 96, 1})->face(0).source().path;
    const OnlyFonts only({file});
    auto fonts = FontSet::load({"DejaVu Sans Mono", 24, 96, 1});
    REQUIRE(fonts);
    Rasteriser rasteriser(*fonts);
    GlyphBitmap style[style_count];
    const uint32_t glyph = fonts->face(0).nominal_glyph(U'H');
    for (uint16_t i = 0; i < style_count; i++)
        REQUIRE(rasteriser.rasterise({glyph, i, 0, scale_one}, style[i]));
    CHECK(ink(style[1]) > ink(style[0]) * 11 / 10);
    CHECK(style[2].width > style[0].width);
    CHECK(ink(style[3]) > ink(style[2]));
}

TEST_CASE("rasteriser: scale makes smaller")
{
    auto fonts = FontSet::load({"DejaVu Sans Mono", 24, 96, 1});
    REQUIRE(fonts);
    Rasteriser rasteriser(*fonts);
    GlyphBitmap whole, half;
    const uint32_t glyph = fonts->face(0).nominal_glyph(U'M');
    REQUIRE(rasteriser.rasterise({glyph, 0, 0, scale_one}, whole));
    REQUIRE(rasteriser.rasterise({glyph, 0, 0, scale_one / 2}, half));
    CHECK(std::abs(half.height * 2 - whole.height) <= 2);
    CHECK(std::abs(half.width * 2 - whole.width) <= 3);
}

TEST_CASE("rasteriser: keys that name nothing draw nothing")
{
    auto fonts = FontSet::load({"DejaVu Sans Mono", 12, 96, 1});
    REQUIRE(fonts);
    Rasteriser rasteriser(*fonts);
    GlyphBitmap bitmap;
    CHECK_FALSE(rasteriser.rasterise({1, 99, 0, scale_one}, bitmap));
    CHECK_FALSE(rasteriser.rasterise({0xffffffff, 0, 0, scale_one}, bitmap));
    CHECK_FALSE(rasteriser.rasterise({U'a', builtin_face, 1, scale_one}, bitmap));
    CHECK(rasteriser.rasterise({U'─', builtin_face, 1, scale_one}, bitmap));
}

TEST_CASE("rasteriser: colour emoji fit their cells, if a font has them")
{
    const auto engine = load_engine();
    const auto quads = lay_out(*engine, TestRow().add(U"😀", 0, 2).add(U"|"));
    if (quads.empty() || (quads[0].flags & quad_colour) == 0) {
        MESSAGE("skipped: no colour emoji font here");
        return;
    }
    const CellMetrics &cell = engine->metrics();
    CHECK(quads[0].w <= 2 * cell.width);
    CHECK(quads[0].h <= cell.height);
    CHECK(quads[0].w + 2 >= std::min(2 * cell.width, cell.height));
    CHECK(engine->atlas().pages(PixelFormat::bgra32) == 1);
}

TEST_CASE("resample: areas are averaged")
{
    GlyphBitmap in, out;
    in.resize(PixelFormat::grey8, 4, 2);
    in.pixels = {0, 100, 200, 200, 100, 200, 0, 0};
    resample(in, 2, 1, out);
    CHECK(out.pixels == std::vector<uint8_t>{100, 100});
    resample(in, 4, 2, out);
    CHECK(out.pixels == in.pixels);
    resample(in, 8, 2, out);
    CHECK(out.pixels[3] == 100);
    in.resize(PixelFormat::bgra32, 3, 1);
    in.pixels = {30, 60, 90, 255, 30, 60, 90, 255, 30, 60, 90, 255};
    resample(in, 2, 1, out);
    CHECK(out.pixels == std::vector<uint8_t>{30, 60, 90, 255, 30, 60, 90, 255});
}
