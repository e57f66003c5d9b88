// No box for what an installed font has.
#include "text/shaper.h"

#include "text_fixture.h"

#include <doctest/doctest.h>

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

TEST_CASE("coverage: every character that some font has is drawn from a font that has it")
{
    auto fonts = FontSet::load({"DejaVu Sans Mono", 12, 96, 1});
    REQUIRE(fonts);
    const FcCharSetHandle installed = installed_characters();
    size_t count = 0;
    std::vector<uint32_t> missing;
    for (char32_t c = 0x21; c < 0x30000; c++) {
        if (!FcCharSetHasChar(installed.get(), c) || is_ignorable(c))
            continue;
        count++;
        if (!fonts->face(fonts->face_for(FontStyle::regular, {&c, 1})).has(c))
            missing.push_back(c);
    }
    CHECK(count > 20000);
    CHECK(missing == std::vector<uint32_t>{});
}

TEST_CASE("coverage: every emoji of Unicode's list is one coloured glyph")
{
    auto fonts = FontSet::load({"DejaVu Sans Mono", 12, 96, 1});
    REQUIRE(fonts);
    const char32_t face[] = {0x1f600};
    REQUIRE_MESSAGE(fonts->face(fonts->face_for(FontStyle::regular, face)).colour(),
                    "no colour emoji are installed");
    Shaper shaper(*fonts);
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
        CHECK(fonts->face(glyphs[0].face).colour());
    }
}
