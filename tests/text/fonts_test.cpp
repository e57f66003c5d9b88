#include "text/rasteriser.h"
#include "text/shaper.h"

#include "text_fixture.h"

#include <doctest/doctest.h>

#include <new>
#include <set>

using namespace vitrine;
using namespace vitrine::test;

namespace {

std::vector<ShapedGlyph> shape(FontSet &fonts, std::u32string_view text, unsigned per_cell = 1,
                               unsigned width = 1)
{
    std::vector<RunCluster> clusters;
    for (size_t i = 0; i < text.size(); i += per_cell)
        clusters.push_back({static_cast<uint16_t>(clusters.size() * width),
                            static_cast<uint8_t>(width), static_cast<uint8_t>(per_cell)});
    Shaper shaper(fonts);
    const auto glyphs = shaper.shape({FontStyle::regular, clusters, text});
    return {glyphs.begin(), glyphs.end()};
}

FontSet load(double points = 12)
{
    auto fonts = FontSet::load({"DejaVu Sans Mono", points, 96, 1});
    REQUIRE(fonts);
    return fonts.take();
}

} // namespace

TEST_CASE("fonts: metrics are sane from 8 to 40 px")
{
    int before = 0;
    for (int px = 8; px <= 40; px++) {
        const FontSet fonts = load(px * 0.75);
        const CellMetrics &cell = fonts.metrics();
        CHECK(cell.width == doctest::Approx(px * 0.602).epsilon(0.1));
        CHECK(cell.height >= px);
        CHECK(cell.height <= px * 1.4 + 1);
        CHECK(cell.baseline > px / 2);
        CHECK(cell.underline_position > cell.baseline - 1);
        CHECK(cell.underline_position + cell.underline_thickness <= cell.height);
        CHECK(cell.strike_position < cell.baseline);
        CHECK(cell.height >= before);
        before = cell.height;
    }
}

TEST_CASE("fonts: a family that is not installed is known to be missing")
{
    for (const char *family : {"DejaVu Sans Mono", "dejavu sans mono", "monospace", "Serif"})
        CHECK(FontSet::load({family, 12, 96, 1})->has_family());
    const auto fonts = FontSet::load({"No Such Family", 12, 96, 1});
    REQUIRE(fonts);
    CHECK_FALSE(fonts->has_family());
    CHECK(!fonts->family().empty());
}

TEST_CASE("fonts: scale and resolution multiply the size")
{
    auto scaled = FontSet::load({"DejaVu Sans Mono", 12, 96, 2});
    auto dense = FontSet::load({"DejaVu Sans Mono", 12, 192, 1});
    auto large = FontSet::load({"DejaVu Sans Mono", 24, 96, 1});
    REQUIRE(scaled);
    REQUIRE(dense);
    REQUIRE(large);
    CHECK(scaled->metrics() == large->metrics());
    CHECK(dense->metrics() == large->metrics());
}

TEST_CASE("fonts: absurd sizes are brought to where they can be drawn")
{
    for (const double points : {-5.0, 0.0, 0.1, 1e9}) {
        auto fonts = FontSet::load({"monospace", points, 96, 1});
        REQUIRE(fonts);
        CHECK(fonts->metrics().width <= max_cell_side);
        CHECK(fonts->metrics().width >= 1);
    }
}

TEST_CASE("fonts: DejaVu Sans Mono needs no shaping for ASCII")
{
    const FontSet fonts = load();
    for (uint16_t i = 0; i < style_count; i++) {
        CHECK(fonts.face(i).plain_ascii());
        CHECK(fonts.face(i).fixed_width());
    }
}

TEST_CASE("fonts: no font at all is one clear line")
{
    const OnlyFonts none({});
    const auto fonts = FontSet::load({});
    REQUIRE_FALSE(fonts);
    CHECK(fonts.error().starts_with("no font found: "));
    CHECK(fonts.error().find('\n') == std::string::npos);
}

TEST_CASE("fonts: exactly one font does everything")
{
    const std::string file = load().face(0).source().path;
    const OnlyFonts only({file});
    auto fonts = FontSet::load({"no such family", 12, 96, 1});
    REQUIRE(fonts);
    CHECK(fonts->family() == "DejaVu Sans Mono");
    CHECK(fonts->face(1).source().synthetic_bold);
    CHECK_FALSE(fonts->face(1).source().synthetic_italic);
    CHECK(fonts->face(2).source().synthetic_italic);
    CHECK(fonts->face(3).source().synthetic_bold);
    CHECK(fonts->face(3).source().synthetic_italic);
    // What it lacks is drawn as its box, found out once.
    const char32_t missing[] = {0x4e2d};
    CHECK(fonts->face_for(FontStyle::bold, missing) == 1);
    CHECK(fonts->face_for(FontStyle::bold, missing) == 1);
    CHECK(fonts->searches() == 1);
    CHECK(fonts->face_count() == style_count);
}

TEST_CASE("fonts: fallback finds what another font has")
{
    const std::string mono = load().face(0).source().path;
    auto sans = FontSet::load({"DejaVu Sans", 12, 96, 1});
    REQUIRE(sans);
    CHECK_FALSE(sans->face(0).fixed_width());
    const OnlyFonts two({mono, sans->face(0).source().path});
    auto fonts = FontSet::load({"DejaVu Sans Mono", 12, 96, 1});
    REQUIRE(fonts);
    // Hebrew is in DejaVu Sans and not in DejaVu Sans Mono.
    const char32_t alef[] = {0x5d0};
    const uint16_t face = fonts->face_for(FontStyle::regular, alef);
    CHECK_FALSE(FontSet::is_primary(face));
    CHECK(fonts->face(face).has(0x5d0));
    CHECK(fonts->face_for(FontStyle::regular, alef) == face);
    CHECK(fonts->searches() == 1);

    const auto glyphs = shape(*fonts, U"aאb");
    REQUIRE(glyphs.size() == 3);
    CHECK(glyphs[0].face == 0);
    CHECK(glyphs[1].face == face);
    CHECK(glyphs[2].face == 0);
    CHECK(glyphs[2].column == 2);
}

TEST_CASE("while memory is short fallbacks are closed, and opened again afterwards")
{
    auto fonts = FontSet::load({"DejaVu Sans Mono", 12, 96, 1});
    REQUIRE(fonts);
    const size_t chosen = fonts->face_count();
    const char32_t alef[] = {0x05d0};
    const uint16_t face = fonts->face_for(FontStyle::regular, alef);
    const FaceSource source = fonts->face(face).source();
    REQUIRE_FALSE(FontSet::is_primary(face));
    fonts->set_frugal(true);
    CHECK(fonts->face_count() == chosen);
    CHECK_THROWS_AS(fonts->face_for(FontStyle::regular, alef), std::bad_alloc);
    const char32_t letter[] = {U'a'};
    CHECK(fonts->face_for(FontStyle::regular, letter) == 0);
    fonts->set_frugal(false);
    CHECK(fonts->face(fonts->face_for(FontStyle::regular, alef)).source().path == source.path);
}

TEST_CASE("shaper: each cell keeps its column")
{
    FontSet fonts = load();
    const auto glyphs = shape(fonts, U"abc");
    REQUIRE(glyphs.size() == 3);
    for (uint16_t i = 0; i < 3; i++) {
        CHECK(glyphs[i].glyph == fonts.face(0).nominal_glyph(U"abc"[i]));
        CHECK(glyphs[i].column == i);
        CHECK(glyphs[i].columns == 1);
        CHECK(glyphs[i].x == 0);
        CHECK(glyphs[i].scale == scale_one);
    }
}

TEST_CASE("shaper: base and mark become one cell's glyphs")
{
    FontSet fonts = load();
    const auto composed = shape(fonts, U"e\u0301", 2);
    REQUIRE(composed.size() == 1);
    CHECK(composed[0].glyph == fonts.face(0).nominal_glyph(0xe9));
    const auto marks = shape(fonts, U"x\u0323x\u0323", 2);
    for (const ShapedGlyph &glyph : marks)
        CHECK(glyph.column <= 1);
    CHECK(marks.size() >= 2);
}

TEST_CASE("shaper: a mark lies over its base, whatever its font says")
{
    FontSet fonts = load();
    for (const ShapedGlyph &glyph : shape(fonts, U"s\u0336e\u0337", 2)) {
        CHECK(glyph.scale > scale_one / 2);
        CHECK(glyph.x < fonts.metrics().width);
    }
}

TEST_CASE("shaper: right to left text stays in tmux's order")
{
    FontSet fonts = load();
    const auto glyphs = shape(fonts, U"\u0627\u0644\u0639\u0631");
    REQUIRE(glyphs.size() >= 3);
    for (size_t i = 1; i < glyphs.size(); i++)
        CHECK(glyphs[i].column >= glyphs[i - 1].column);
    CHECK(glyphs.front().column == 0);
}

TEST_CASE("shaper: glyphs too wide are scaled into their cells, others centred")
{
    auto fonts = FontSet::load({"DejaVu Sans", 12, 96, 1});
    REQUIRE(fonts);
    const Face &face = fonts->face(0);
    const int width = fonts->metrics().width;
    char32_t wide = 0x2000;
    while (wide < 0xffff &&
           hb_font_get_glyph_h_advance(face.hb(), face.nominal_glyph(wide)) < width * 64 * 5 / 4)
        wide++;
    REQUIRE(wide < 0xffff);
    const auto glyphs = shape(*fonts, std::u32string(U"i") + wide);
    REQUIRE(glyphs.size() == 2);
    CHECK(glyphs[0].x > 0);
    CHECK(glyphs[0].scale == scale_one);
    CHECK(glyphs[1].column == 1);
    CHECK(glyphs[1].scale < scale_one);
    CHECK(glyphs[1].x >= 0);
    // In two cells it has room.
    CHECK(shape(*fonts, std::u32string(1, wide), 1, 2)[0].scale > glyphs[1].scale);
}

TEST_CASE("shaper: a mark that its font draws in a cell of its own comes over its base")
{
    // Tlwg Mono draws Thai vowels so; beside them is how it looks without.
    auto fonts = FontSet::load({"Tlwg Mono", 12, 96, 1});
    REQUIRE(fonts);
    REQUIRE(fonts->has_family());
    const auto glyphs = shape(*fonts, U"ด\u0e35", 2);
    REQUIRE(glyphs.size() == 2);
    Rasteriser rasteriser(*fonts);
    GlyphBitmap mark;
    REQUIRE(rasteriser.rasterise({glyphs[1].glyph, 0, 0, scale_one}, mark));
    CHECK(glyphs[1].x + mark.left >= 0);
    CHECK(glyphs[1].x + mark.left + mark.width <= fonts->metrics().width);
}

TEST_CASE("shaper: a mark that no font has leaves its base as it is")
{
    const OnlyFonts only({load().face(0).source().path});
    auto fonts = FontSet::load({"DejaVu Sans Mono", 12, 96, 1});
    REQUIRE(fonts);
    REQUIRE_FALSE(fonts->face(0).has(0x36b));
    const auto plain = shape(*fonts, U"Z");
    const auto marked = shape(*fonts, U"Z\u036b", 2);
    REQUIRE(marked.size() == 1);
    CHECK(marked[0].glyph == plain[0].glyph);
    CHECK(marked[0].x == plain[0].x);
    CHECK(marked[0].scale == plain[0].scale);
}
