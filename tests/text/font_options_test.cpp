#include "text/font_options.h"

#include "text_fixture.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <tuple>

using namespace vitrine;
using namespace vitrine::test;

namespace {

FontSet load(const FontOptions &options)
{
    auto fonts = FontSet::load(options);
    REQUIRE_MESSAGE(fonts, "of " << options.family);
    return fonts.take();
}

FontOptions dejavu()
{
    FontOptions options;
    options.family = "DejaVu Sans Mono";
    return options;
}

bool names(const std::string &path, const char *name)
{
    return path.find(name) != std::string::npos;
}

GlyphQuads draw(const FontOptions &options, std::u32string_view text,
                std::unique_ptr<TextEngine> &engine)
{
    auto loaded = TextEngine::load(options);
    REQUIRE(loaded);
    engine = loaded.take();
    return lay_out(*engine, TestRow().add(text));
}

size_t ink_between(const GlyphBitmap &bitmap)
{
    return static_cast<size_t>(std::ranges::count_if(
        bitmap.pixels, [](uint8_t coverage) { return coverage != 0 && coverage != 255; }));
}

GlyphBitmap rasterise(const FontOptions &options, char32_t codepoint)
{
    const FontSet fonts = load(options);
    Rasteriser rasteriser(fonts);
    GlyphBitmap bitmap;
    REQUIRE(
        rasteriser.rasterise({fonts.face(0).nominal_glyph(codepoint), 0, 0, scale_one}, bitmap));
    return bitmap;
}

} // namespace

TEST_CASE("font options: what people write is read or refused in one line")
{
    const auto map = parse_symbol_map("U+E000-U+F8FF=Symbols Nerd Font");
    REQUIRE(map);
    CHECK(*map == SymbolMap{0xe000, 0xf8ff, "Symbols Nerd Font"});
    CHECK(*parse_symbol_map("2665=A=B") == SymbolMap{0x2665, 0x2665, "A=B"});
    for (const char *wrong : {"", "=", "U+1=", "U+2-U+1=A", "x=A", "U+110000=A", "U+1-=A", "A"})
        CHECK_FALSE(parse_symbol_map(wrong));
    CHECK(*parse_adjustment("-1px") == Adjustment{-1, AdjustmentUnit::px});
    CHECK(*parse_adjustment("2.5") == Adjustment{2.5, AdjustmentUnit::px});
    CHECK(*parse_adjustment("10%") == Adjustment{10, AdjustmentUnit::percent});
    for (const char *wrong : {"", "px", "1pt", "inf", "nan", "1 px", "%"})
        CHECK_FALSE(parse_adjustment(wrong));
    CHECK(check_feature("calt=0"));
    CHECK(check_feature("ss01"));
    CHECK_FALSE(check_feature("features please"));
    CHECK(check_axis("wght=450"));
    CHECK_FALSE(check_axis("wght"));
    FontOptions options = dejavu();
    options.features = {"ss01", "?"};
    const auto fonts = FontSet::load(options);
    REQUIRE_FALSE(fonts);
    CHECK(fonts.error().find("\"?\"") != std::string::npos);
}

TEST_CASE("font options: a style has its own family if that is installed")
{
    FontOptions options = dejavu();
    options.bold_family = "DejaVu Serif";
    options.italic_family = "No Such Family";
    const FontSet fonts = load(options);
    CHECK(names(fonts.face(0).source().path, "DejaVuSansMono.ttf"));
    CHECK(names(fonts.face(1).source().path, "DejaVuSerif"));
    CHECK_FALSE(fonts.face(1).source().synthetic_bold);
    CHECK(names(fonts.face(2).source().path, "DejaVuSansMono"));
    CHECK(names(fonts.face(3).source().path, "DejaVuSansMono"));
}

TEST_CASE("font options: a symbol map is stronger than the font and than what is drawn here")
{
    FontOptions options = dejavu();
    options.symbol_maps = {{U'A', U'A', "No Such Family"},
                           {U'A', U'B', "DejaVu Serif"},
                           {0x2500, 0x2500, "DejaVu Serif"}};
    FontSet fonts = load(options);
    const char32_t a[] = {U'A'}, c[] = {U'C'};
    const uint16_t face = fonts.face_for(FontStyle::bold, a);
    CHECK(names(fonts.face(face).source().path, "DejaVuSerif"));
    CHECK(fonts.face_for(FontStyle::regular, c) == 0);
    CHECK(fonts.is_mapped(0x2500));
    CHECK_FALSE(fonts.is_mapped(0x2501));
    CHECK(fonts.maps_ascii());
    std::unique_ptr<TextEngine> mapped, plain;
    const auto changed = draw(options, U"A─━", mapped);
    const auto usual = draw(dejavu(), U"A─━", plain);
    REQUIRE(changed.size() == 3);
    REQUIRE(usual.size() == 3);
    CHECK(std::tie(changed[0].x, changed[0].w, changed[0].h) !=
          std::tie(usual[0].x, usual[0].w, usual[0].h));
    CHECK(changed[1].h != usual[1].h);
    CHECK(changed[2].w == usual[2].w);
    CHECK(changed[2].h == usual[2].h);
}

TEST_CASE("font options: letters of a mapped family are as large together as alone")
{
    FontOptions options = dejavu();
    options.symbol_maps = {{U'a', U'z', "Fira Code"}};
    std::unique_ptr<TextEngine> first, second;
    const auto alone = draw(options, U"w", first);
    const auto together = draw(options, U"www", second);
    REQUIRE(alone.size() == 1);
    REQUIRE(together.size() == 3);
    for (const auto &letter : together) {
        CHECK(letter.w == alone[0].w);
        CHECK(letter.h == alone[0].h);
    }
}

TEST_CASE("font options: ligatures go all together or one feature at a time")
{
    const auto joins = [](const FontOptions &options) {
        auto fonts = load(options);
        REQUIRE(fonts.has_family());
        const RunCluster clusters[] = {{0, 1, 1}, {1, 1, 1}};
        const char32_t text[] = {U'-', U'>'};
        Shaper shaper(fonts);
        const auto glyphs = shaper.shape({FontStyle::regular, clusters, text});
        return glyphs.size() != 2 || glyphs[0].joined || glyphs[1].joined;
    };
    FontOptions options;
    options.family = "Fira Code";
    CHECK(joins(options));
    options.features = {"calt=0"};
    CHECK_FALSE(joins(options));
    options.features.clear();
    options.ligatures = Ligatures::off;
    CHECK_FALSE(joins(options));
    options.features = {"calt"};
    CHECK(joins(options));
}

TEST_CASE("font options: ASCII that a feature changes is shaped")
{
    FontOptions options;
    options.family = "Fira Code";
    options.ligatures = Ligatures::off;
    const auto glyph_of_zero = [&options] {
        auto fonts = load(options);
        const RunCluster cluster[] = {{0, 1, 1}};
        const char32_t text[] = {U'0'};
        Shaper shaper(fonts);
        const auto glyphs = shaper.shape({FontStyle::regular, cluster, text});
        REQUIRE(glyphs.size() == 1);
        return glyphs[0].glyph;
    };
    const uint32_t plain = glyph_of_zero();
    options.features = {"zero"};
    CHECK(glyph_of_zero() != plain);
    CHECK_FALSE(load(options).face(0).plain_ascii());
    FontOptions unchanged = dejavu();
    CHECK(load(unchanged).face(0).plain_ascii());
    unchanged.symbol_maps = {{U'A', U'A', "DejaVu Serif"}};
    std::unique_ptr<TextEngine> engine;
    draw(unchanged, U"A", engine);
    CHECK(engine->layout().cache().misses() == 1);
}

TEST_CASE("font options: cells are adjusted and letters stay in their middle")
{
    FontOptions options = dejavu();
    const CellMetrics before = load(options).metrics();
    options.cell = {
        {4, AdjustmentUnit::px}, {50, AdjustmentUnit::percent}, {-1, AdjustmentUnit::px}};
    options.scale = 2;
    FontOptions large = dejavu();
    large.scale = 2;
    const CellMetrics plain = load(large).metrics();
    const CellMetrics cell = load(options).metrics();
    CHECK(plain.width > before.width);
    CHECK(cell.width == plain.width + 8);
    CHECK(cell.letter_shift == 4);
    CHECK(cell.height == plain.height + (plain.height + 1) / 2);
    CHECK(cell.baseline == plain.baseline + (cell.height - plain.height) / 2 - 2);
    CHECK(cell.underline_position > cell.baseline);
    std::unique_ptr<TextEngine> wide, narrow;
    const auto adjusted = draw(options, U"ab", wide);
    const auto usual = draw(large, U"ab", narrow);
    REQUIRE(adjusted.size() == 2);
    CHECK(adjusted[0].x == usual[0].x + 4);
    CHECK(adjusted[1].x == usual[1].x + 4 + 8);
    CHECK(adjusted[1].w == usual[1].w);
    for (const double amount : {-1000.0, 1e300, -1e300}) {
        options.cell = {{amount}, {amount}, {amount}};
        const CellMetrics absurd = load(options).metrics();
        CHECK(absurd.width >= 1);
        CHECK(absurd.width <= max_cell_side);
        CHECK(absurd.baseline <= absurd.height);
    }
}

TEST_CASE("font options: hinting and antialiasing change what is drawn")
{
    FontOptions options = dejavu();
    const GlyphBitmap slight = rasterise(options, U'x');
    options.hinting = Hinting::none;
    const GlyphBitmap unhinted = rasterise(options, U'x');
    options.hinting = Hinting::full;
    const GlyphBitmap full = rasterise(options, U'x');
    CHECK(slight.pixels != unhinted.pixels);
    CHECK(full.pixels != unhinted.pixels);
    CHECK(ink_between(unhinted) > 0);
    for (const Hinting hinting : {Hinting::none, Hinting::slight, Hinting::full}) {
        options.hinting = hinting;
        options.antialias = Antialias::none;
        CHECK(ink_between(rasterise(options, U'x')) == 0);
    }
}

TEST_CASE("font options: an axis changes the shapes, but a bold face's weight stays its own")
{
    const auto ink = [](const FontOptions &options, uint16_t face) {
        const FontSet fonts = load(options);
        Rasteriser rasteriser(fonts);
        GlyphBitmap bitmap;
        REQUIRE(rasteriser.rasterise({fonts.face(face).nominal_glyph(U'l'), face, 0, scale_one},
                                     bitmap));
        return std::accumulate(bitmap.pixels.begin(), bitmap.pixels.end(), 0);
    };
    FontOptions options;
    options.family = "Inter";
    options.points = 30;
    REQUIRE(load(options).has_family());
    FontOptions heavy = options;
    heavy.axes = {"wght=900", "none=3"};
    CHECK(ink(heavy, 0) > ink(options, 0) * 3 / 2);
    CHECK(ink(heavy, 1) == ink(options, 1));
    // HarfBuzz sees the same instance.
    const auto advance = [](const FontOptions &of) {
        const FontSet fonts = load(of);
        const Face &face = fonts.face(0);
        return hb_font_get_glyph_h_advance(face.hb(), face.nominal_glyph(U'l'));
    };
    CHECK(advance(heavy) > advance(options));
    options.axes = {"wght"};
    CHECK_FALSE(FontSet::load(options));
}

TEST_CASE("font options: LCD has a coverage of its own for each channel, in the screen's order")
{
    FontOptions options = dejavu();
    const GlyphBitmap grey = rasterise(options, U'l');
    options.antialias = Antialias::lcd_rgb;
    const GlyphBitmap rgb = rasterise(options, U'l');
    options.antialias = Antialias::lcd_bgr;
    const GlyphBitmap bgr = rasterise(options, U'l');
    REQUIRE(rgb.format == PixelFormat::lcd32);
    REQUIRE(rgb.pixels.size() == bgr.pixels.size());
    CHECK(rgb.height == grey.height);
    CHECK(std::abs(rgb.width - grey.width) <= 2);
    size_t unlike = 0;
    int light = 0;
    for (size_t i = 0; i < rgb.pixels.size(); i += 4) {
        CHECK(rgb.pixels[i] == bgr.pixels[i + 2]);
        CHECK(rgb.pixels[i + 1] == bgr.pixels[i + 1]);
        CHECK(rgb.pixels[i + 3] >= rgb.pixels[i]);
        unlike += rgb.pixels[i] != rgb.pixels[i + 2] ? 1 : 0;
        light += rgb.pixels[i] + rgb.pixels[i + 1] + rgb.pixels[i + 2];
    }
    CHECK(unlike > 0);
    // The same ink, spread otherwise.
    const int ink = std::accumulate(grey.pixels.begin(), grey.pixels.end(), 0);
    CHECK(std::abs(light / 3 - ink) < ink / 10);
    std::unique_ptr<TextEngine> engine;
    const auto quads = draw(options, U"l─", engine);
    REQUIRE(quads.size() == 2);
    CHECK(quads[0].flags == (quad_colour | quad_lcd));
    CHECK(quads[1].flags == 0);
}
