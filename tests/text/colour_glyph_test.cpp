// Glyphs in colours, of fonts that colour_font.py makes.
#include "text/rasteriser.h"

#include "text_fixture.h"

#include <doctest/doctest.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

using namespace vitrine;
using namespace vitrine::test;

namespace {

// A font file of the script's, removed at the end.
class MadeFont {
public:
    explicit MadeFont(const std::string &kind)
        : path_((std::filesystem::temp_directory_path() /
                 ("vitrine-" + kind + "-" + std::to_string(getpid()) + ".ttf"))
                    .string())
    {
        const char *source = std::getenv("VITRINE_SOURCE_DIR");
        REQUIRE(source != nullptr);
        const std::string script = std::string(source) + "/tests/text/colour_font.py ";
        REQUIRE_MESSAGE(std::system((script + path_ + " " + kind).c_str()) == 0,
                        "python3-fonttools is missing");
    }
    ~MadeFont() { std::filesystem::remove(path_); }
    MadeFont(const MadeFont &) = delete;
    MadeFont &operator=(const MadeFont &) = delete;
    const std::string &path() const { return path_; }

private:
    std::string path_;
};

// Letters, and a font of one kind beside them.
class ColourGlyphs {
public:
    explicit ColourGlyphs(const std::string &kind) : made_(kind) {}

    // Whether the character has colours; it is drawn in any case.
    bool draw(char32_t c)
    {
        const uint16_t face = fonts_.face_for(FontStyle::regular, {&c, 1});
        REQUIRE(fonts_.face(face).colour());
        Rasteriser rasteriser(fonts_);
        REQUIRE(rasteriser.rasterise({fonts_.face(face).nominal_glyph(c), face, 2, scale_one},
                                     bitmap_));
        const bool colour = bitmap_.format == PixelFormat::bgra32;
        CHECK((!colour || bitmap_.width <= 2 * fonts_.metrics().width));
        CHECK((!colour || bitmap_.height <= fonts_.metrics().height));
        return colour;
    }
    // Blue, green, red, alpha at a part of the width and of the height.
    std::string at(double across, double down = 0.5) const
    {
        const auto place = [](double part, int length) {
            return static_cast<size_t>(part * length);
        };
        const size_t pixel = place(down, bitmap_.height) * static_cast<size_t>(bitmap_.width) +
                             place(across, bitmap_.width);
        std::string text;
        for (size_t channel = 0; channel < 4; channel++)
            text += std::to_string(bitmap_.pixels[pixel * 4 + channel]) + ' ';
        return text;
    }

private:
    MadeFont made_;
    OnlyFonts only_{{load_engine()->fonts().face(0).source().path, made_.path()}};
    FontSet fonts_ = FontSet::load({"DejaVu Sans Mono", 24, 96, 1}).take();
    GlyphBitmap bitmap_;
};

constexpr const char *red = "0 0 255 255 ";
constexpr const char *green = "0 255 0 255 ";
constexpr const char *blue = "255 0 0 255 ";

} // namespace

TEST_CASE("colour glyphs: layers of COLR lie beside each other")
{
    ColourGlyphs glyphs("layers");
    REQUIRE(glyphs.draw(0x1f7e5));
    CHECK(glyphs.at(0.25) == red);
    CHECK(glyphs.at(0.75) == green);
}

TEST_CASE("colour glyphs: what COLR v1 alone draws is another font's")
{
    const MadeFont paints("paints");
    const std::string letters = load_engine()->fonts().face(0).source().path;
    const auto face_of = [&](char32_t c, const std::vector<std::string> &files) {
        const OnlyFonts only(files);
        FontSet fonts = FontSet::load({"DejaVu Sans Mono", 24, 96, 1}).take();
        return fonts.face(fonts.face_for(FontStyle::regular, {&c, 1})).source().path;
    };
    const auto name = [](const std::string &path) {
        return std::filesystem::path(path).filename();
    };
    SUBCASE("an outline is better than nothing")
    {
        CHECK(name(face_of(0x1f7e6, {letters, paints.path()})) == name(paints.path()));
    }
    SUBCASE("where there is no other it is a missing glyph, and not nothing")
    {
        CHECK(name(face_of(0x1f7e5, {letters, paints.path()})) == name(letters));
    }
    SUBCASE("another font with colours")
    {
        const MadeFont layers("layers");
        CHECK(name(face_of(0x1f7e5, {letters, paints.path(), layers.path()})) ==
              name(layers.path()));
    }
}

TEST_CASE("colour glyphs: SVG documents")
{
    ColourGlyphs glyphs("svg");
    REQUIRE(glyphs.draw(0x1f7e5));
    CHECK(glyphs.at(0.25) == red);
    CHECK(glyphs.at(0.75) == green);
    REQUIRE(glyphs.draw(0x1f7e6)); // in units of its own
    CHECK(glyphs.at(0.5) == blue);
}

TEST_CASE("colour glyphs: SVG documents without an end are letters without colours")
{
    ColourGlyphs glyphs("svg");
    for (const char32_t c : {0x1f534, 0x1f535, 0x1f7e0}) {
        CAPTURE(static_cast<uint32_t>(c));
        CHECK_FALSE(glyphs.draw(c));
    }
    CHECK(glyphs.draw(0x1f7e5));
}
