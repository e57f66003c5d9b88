// No box for what an installed font has.
#include "text/builtin.h"

#include "text_fixture.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace vitrine;
using namespace vitrine::test;

namespace {

// What all fonts of the system have together.
FcCharSetHandle installed_characters()
{
    const FcConfigHandle config(FcInitLoadConfigAndFonts());
    REQUIRE(config);
    FcCharSetHandle all(FcCharSetCreate());
    const FcFontSet *fonts = FcConfigGetFonts(config.get(), FcSetSystem);
    for (int i = 0; i < fonts->nfont; i++) {
        FcCharSet *own = nullptr;
        FcChar8 *file = nullptr;
        if (FcPatternGetCharSet(fonts->fonts[i], FC_CHARSET, 0, &own) == FcResultMatch &&
            FcPatternGetString(fonts->fonts[i], FC_FILE, 0, &file) == FcResultMatch)
            FcCharSetMerge(all.get(), own, nullptr);
    }
    return all;
}

// Notes whether a box for a missing glyph, which is glyph 0 of every font, was to be drawn.
class BoxWatch final : public GlyphSource {
public:
    explicit BoxWatch(const FontSet &fonts) : rasteriser_(fonts) {}

    bool rasterise(const GlyphKey &key, GlyphBitmap &out) override
    {
        boxes_ += key.face != builtin_face && key.glyph == 0;
        return rasteriser_.rasterise(key, out);
    }
    unsigned boxes() const { return boxes_; }

private:
    Rasteriser rasteriser_;
    unsigned boxes_ = 0;
};

// The whole way of a row to the atlas, watched.
class WatchedText {
public:
    bool shows_box(const TestRow &row)
    {
        GlyphQuads quads;
        atlas_.begin_frame();
        const unsigned before = watch_.boxes();
        REQUIRE(layout_.layout(row.input(), *std::pmr::get_default_resource(), quads) ==
                LayoutResult::complete);
        if (watch_.boxes() == before)
            return false;
        atlas_.clear(); // the next one is to be drawn again
        return true;
    }
    FontSet &fonts() { return fonts_; }

private:
    FontSet fonts_ = FontSet::load({"DejaVu Sans Mono", 12, 96, 1}).take();
    BoxWatch watch_{fonts_};
    GlyphAtlas atlas_{watch_, {}};
    RowLayout layout_{fonts_, atlas_};
};

std::u32string decode(const std::string &line)
{
    const HbBufferHandle buffer(hb_buffer_create());
    hb_buffer_add_utf8(buffer.get(), line.data(), static_cast<int>(line.size()), 0, -1);
    unsigned length = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer.get(), &length);
    std::u32string text;
    for (unsigned i = 0; i < length; i++)
        text += static_cast<char32_t>(infos[i].codepoint);
    return text;
}

bool is_regional(char32_t c) { return c >= 0x1f1e6 && c <= 0x1f1ff; }

// Whether tmux puts a character into the cell of what is before it.
bool joins(const std::u32string &cluster, char32_t c)
{
    if (is_regional(c))
        return cluster.size() == 1 && is_regional(cluster[0]);
    constexpr char32_t joiner = 0x200d;
    const bool skin = c >= 0x1f3fb && c <= 0x1f3ff;
    switch (hb_unicode_general_category(hb_unicode_funcs_get_default(), c)) {
    case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
        return true;
    default:
        return skin || is_ignorable(c) || cluster.back() == joiner;
    }
}

std::vector<std::u32string> clusters_of(const std::u32string &text)
{
    std::vector<std::u32string> clusters;
    for (const char32_t c : text) {
        if (clusters.empty() || !joins(clusters.back(), c))
            clusters.emplace_back();
        clusters.back() += c;
    }
    return clusters;
}

// The lines "1F468 200D 1F469 ; fully-qualified # ..." of emoji-test.txt.
std::vector<std::u32string> emoji_sequences()
{
    std::ifstream file("/usr/share/unicode/emoji/emoji-test.txt");
    REQUIRE_MESSAGE(file, "emoji-test.txt of the package unicode-data is missing");
    std::vector<std::u32string> sequences;
    for (std::string line; std::getline(file, line);) {
        if (line.find("; fully-qualified") == std::string::npos)
            continue;
        std::istringstream words(line.substr(0, line.find(';')));
        std::u32string sequence;
        for (std::string word; words >> word;)
            sequence += static_cast<char32_t>(std::stoul(word, nullptr, 16));
        sequences.push_back(sequence);
    }
    return sequences;
}

} // namespace

TEST_CASE("coverage: no character that some font has is drawn as a box")
{
    WatchedText text;
    const FcCharSetHandle installed = installed_characters();
    size_t count = 0;
    std::vector<uint32_t> boxes;
    for (char32_t c = 0x21; c < 0x30000; c++) {
        if (!FcCharSetHasChar(installed.get(), c) || is_ignorable(c))
            continue;
        count++;
        if (text.shows_box(TestRow().add({&c, 1}, 0, 2)))
            boxes.push_back(c);
    }
    CHECK(count > 20000);
    CHECK(boxes == std::vector<uint32_t>{});
    // What no font has is the proof that boxes are seen.
    CHECK(text.shows_box(TestRow().add(U"\U0010fffd")));
}

TEST_CASE("coverage: text in many scripts and symbols has no box")
{
    const char *source = std::getenv("VITRINE_SOURCE_DIR");
    REQUIRE(source != nullptr);
    std::ifstream file(std::string(source) + "/tests/text/demo.txt");
    WatchedText text;
    const FcCharSetHandle installed = installed_characters();
    const auto drawable = [&installed](char32_t c) {
        return FcCharSetHasChar(installed.get(), c) || is_ignorable(c) || is_builtin(c);
    };
    unsigned lines = 0;
    for (std::string line; std::getline(file, line); lines++) {
        TestRow row;
        for (const std::u32string &cluster : clusters_of(decode(line))) {
            if (std::ranges::all_of(cluster, drawable))
                row.add_cluster(cluster, 2);
        }
        CAPTURE(line);
        CHECK_FALSE(text.shows_box(row));
    }
    CHECK(lines >= 50);
}

TEST_CASE("coverage: every emoji of Unicode's list is one coloured glyph")
{
    WatchedText text;
    FontSet &fonts = text.fonts();
    const char32_t face[] = {0x1f600};
    REQUIRE_MESSAGE(fonts.face(fonts.face_for(FontStyle::regular, face)).colour(),
                    "no colour emoji are installed");
    Shaper shaper(fonts);
    const auto sequences = emoji_sequences();
    CHECK(sequences.size() > 3000);
    for (const std::u32string &sequence : sequences) {
        const RunCluster cluster[] = {{0, 2, static_cast<uint8_t>(sequence.size())}};
        const auto glyphs = shaper.shape({FontStyle::regular, cluster, sequence});
        std::ostringstream name;
        for (const char32_t c : sequence)
            name << std::hex << static_cast<uint32_t>(c) << ' ';
        CAPTURE(name.str());
        REQUIRE(glyphs.size() == 1);
        CHECK(glyphs[0].glyph != 0);
        CHECK(fonts.face(glyphs[0].face).colour());
        CHECK_FALSE(text.shows_box(TestRow().add_cluster(sequence, 2)));
    }
}
