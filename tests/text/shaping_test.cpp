// Shaping against HarfBuzz's own program, and what breaks ligatures.
#include "text/shaper.h"

#include "text_fixture.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <sstream>

using namespace vitrine;
using namespace vitrine::test;

namespace {

// Text as tmux has it: one string a cell, marks with their base.
using Cells = std::vector<std::u32string>;

std::vector<ShapedGlyph> shape(FontSet &fonts, const Cells &cells)
{
    std::vector<RunCluster> clusters;
    std::u32string text;
    for (const std::u32string &cell : cells) {
        clusters.push_back(
            {static_cast<uint16_t>(clusters.size()), 1, static_cast<uint8_t>(cell.size())});
        text += cell;
    }
    Shaper shaper(fonts);
    const auto glyphs = shaper.shape({FontStyle::regular, clusters, text});
    return {glyphs.begin(), glyphs.end()};
}

// The glyphs that hb-shape makes of it with that face.
std::vector<uint32_t> oracle(const FaceSource &source, const Cells &cells,
                             const std::string &script, const std::string &features)
{
    std::ostringstream command;
    command << "hb-shape --no-positions --no-clusters --no-glyph-names --cluster-level=1"
            << " --direction=ltr --language=und --script=" << script << " --features='" << features
            << "' --font-file='" << source.path << "' --face-index=" << (source.index & 0xffff)
            << " --unicodes=" << std::hex;
    for (const std::u32string &cell : cells) {
        for (const char32_t c : cell)
            command << static_cast<uint32_t>(c) << ',';
    }
    FILE *pipe = popen(command.str().c_str(), "r");
    REQUIRE(pipe != nullptr);
    char answer[4096] = {};
    const size_t length = fread(answer, 1, sizeof answer - 1, pipe);
    REQUIRE_MESSAGE(pclose(pipe) == 0, "hb-shape of libharfbuzz-bin does not run");
    std::vector<uint32_t> glyphs;
    std::string digits;
    for (const char c : std::string_view(answer, length)) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (!digits.empty()) {
            glyphs.push_back(static_cast<uint32_t>(std::stoul(digits)));
            digits.clear();
        }
    }
    return glyphs;
}

struct Sample {
    const char *name;
    const char *family;
    const char *script;
    const char *features;
    Cells cells;
};

Cells split(std::u32string_view text)
{
    Cells cells;
    for (const char32_t c : text)
        cells.emplace_back(1, c);
    return cells;
}

const Sample samples[] = {
    {"latin", "DejaVu Sans Mono", "latn", "", split(U"Zwölf")},
    {"stacked marks", "DejaVu Sans Mono", "latn", "", {U"a\u0301\u0323", U"o\u0308\u0304", U"x"}},
    {"arabic", "DejaVu Sans Mono", "arab", "", split(U"السلام")},
    {"arabic with vowels",
     "DejaVu Sans Mono",
     "arab",
     "",
     {U"م\u064f", U"ح\u064e", U"م\u0651\u064e", U"د"}},
    {"hebrew", "DejaVu Sans", "hebr", "liga=0,clig=0", {U"ש\u05c1\u05b8", U"ל", U"ו\u05b9", U"ם"}},
    {"devanagari",
     "Lohit Devanagari",
     "deva",
     "liga=0,clig=0",
     {U"क\u094d", U"ष\u093f", U"प\u094d", U"र", U"त\u0947"}},
    {"thai", "Tlwg Mono", "thai", "", {U"ส", U"ว\u0e31\u0e48", U"ก", U"\u0e33", U"ที\u0e48"}},
    {"programming", "Fira Code", "latn", "", split(U"a->b!==c<=>d")},
    {"greek and punctuation", "Fira Code", "grek", "", split(U"λ=>α")},
};

} // namespace

TEST_CASE("shaping: the same glyphs in the same order as hb-shape")
{
    for (const Sample &sample : samples) {
        CAPTURE(sample.name);
        auto fonts = FontSet::load({sample.family, 12, 96, 1});
        REQUIRE(fonts);
        REQUIRE_MESSAGE(fonts->has_family(), "not installed: " << sample.family);
        std::vector<uint32_t> ours;
        for (const ShapedGlyph &glyph : shape(*fonts, sample.cells)) {
            CHECK(glyph.face == 0);
            ours.push_back(glyph.glyph);
        }
        CHECK(ours ==
              oracle(fonts->face(0).source(), sample.cells, sample.script, sample.features));
    }
}

TEST_CASE("shaping: a cursor breaks the ligature it is in, and no other")
{
    const auto engine = load_engine(12, {}, "Fira Code");
    REQUIRE(engine->fonts().has_family());
    CHECK(engine->layout().joins_letters());
    const auto drawn = [&engine](const TestRow &row, std::optional<uint16_t> alone) {
        GlyphQuads quads;
        engine->atlas().begin_frame();
        RowInput input = row.input();
        input.alone = alone;
        REQUIRE(engine->layout().layout(input, *std::pmr::get_default_resource(), quads) ==
                LayoutResult::complete);
        std::vector<std::tuple<int, int, int, int>> places;
        for (const GlyphQuad &quad : quads)
            places.emplace_back(quad.x, quad.y, quad.atlas_x, quad.atlas_y);
        return places;
    };
    const TestRow both = TestRow().add(U"a -> b => c");
    const auto joined = drawn(both, std::nullopt);
    for (const uint16_t column : {2, 3}) {
        const auto broken = drawn(both, column);
        CHECK(broken != joined);
        // The other one is as it was.
        CHECK(std::equal(joined.rbegin(), joined.rbegin() + 3, broken.rbegin()));
        // What is left are the letters that stand alone.
        auto apart = drawn(TestRow().add(U"a -  b => c"), std::nullopt);
        const auto greater = drawn(TestRow().add(U"a  > b => c"), std::nullopt);
        apart.insert(apart.begin() + 2, greater[1]);
        CHECK(broken == apart);
    }
    for (const uint16_t column : {0, 1, 4, 5})
        CHECK(drawn(both, column) == joined);
    CHECK_FALSE(load_engine()->layout().joins_letters());
}
