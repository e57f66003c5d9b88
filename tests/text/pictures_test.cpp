// Pictures of text, each at four scales, against references. UPDATE_REFERENCES=1 writes
// them anew; look at what was written before it is committed. What differs is left in the
// build's folder as NAME-got.png.
#include "draw/scene.h"
#include "draw/software_painter.h"
#include "window/png.h"

#include "text_fixture.h"

#include <doctest/doctest.h>

#include <png.h>

#include <initializer_list>

using namespace vitrine;
using namespace vitrine::test;

namespace {

// As in tests/end_to_end/picture.py: two pixels are alike if no channel differs by more, and
// pictures if fewer pixels are not alike than a full stop has.
constexpr int channel_tolerance = 25;
constexpr int pixel_tolerance = 10;

constexpr int columns = 48;

struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels; // R, G, B, A

    void append(const Picture &below)
    {
        const int wide = std::max(width, below.width);
        Picture joined{wide, height + below.height, {}};
        joined.pixels.resize(static_cast<size_t>(wide) * static_cast<size_t>(joined.height) * 4);
        joined.put(*this, 0);
        joined.put(below, height);
        *this = std::move(joined);
    }

private:
    void put(const Picture &part, int top)
    {
        const auto line = static_cast<std::ptrdiff_t>(part.width) * 4;
        for (int y = 0; y < part.height; y++)
            std::copy_n(part.pixels.begin() + y * line, line,
                        pixels.begin() + std::ptrdiff_t{top + y} * width * 4);
    }
};

// The fonts of these pictures, and no others.
const std::vector<std::string> font_files = {
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/firacode/FiraCode-Regular.ttf",
    "/usr/share/fonts/truetype/lohit-devanagari/Lohit-Devanagari.ttf",
    "/usr/share/fonts/truetype/tlwg/TlwgMono.ttf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
};

FontOptions dejavu(double scale)
{
    FontOptions options;
    options.family = "DejaVu Sans Mono";
    options.scale = scale;
    return options;
}

Picture draw(const FontOptions &options, std::vector<TestRow> rows)
{
    auto engine = TextEngine::load(options);
    REQUIRE(engine);
    EngineText text(**engine);
    Screen screen;
    screen.resize(columns, static_cast<int>(rows.size()));
    for (size_t i = 0; i < rows.size(); i++) {
        REQUIRE(rows[i].cells.size() <= columns);
        rows[i].add(std::u32string(columns - rows[i].cells.size(), U' '));
        screen.take_row(static_cast<int>(i),
                        {rows[i].cells.data(), rows[i].extras.data(), 1,
                         static_cast<uint32_t>(rows[i].extras.size()), columns, 0});
    }
    const CellMetrics &cell = (*engine)->metrics();
    const GridGeometry grid = {cell.width, cell.height, columns, screen.rows(), 0, 0};
    Scene scene(screen, text, cell, default_theme());
    PlainPixels pixels;
    SoftwarePainter painter(pixels);
    painter.set_blending(options.blending);
    REQUIRE(painter.resize(grid.width(), grid.height(), default_theme().background));
    scene.compose(screen.damage().rects(), grid, {}, [&](const Batch &batch) {
        painter.upload((*engine)->atlas());
        painter.draw(batch);
    });
    return {grid.width(), grid.height(), painter.read_pixels()};
}

Picture read(const std::string &path)
{
    png_image image = {};
    image.version = PNG_IMAGE_VERSION;
    REQUIRE_MESSAGE(png_image_begin_read_from_file(&image, path.c_str()), "cannot read " << path);
    image.format = PNG_FORMAT_RGBA;
    Picture picture{static_cast<int>(image.width), static_cast<int>(image.height), {}};
    picture.pixels.resize(PNG_IMAGE_SIZE(image));
    REQUIRE(png_image_finish_read(&image, nullptr, picture.pixels.data(), 0, nullptr));
    return picture;
}

int differing_pixels(const Picture &a, const Picture &b)
{
    int count = 0;
    for (size_t i = 0; i < a.pixels.size(); i += 4) {
        int worst = 0;
        for (size_t channel = i; channel < i + 3; channel++)
            worst = std::max(worst, std::abs(int{a.pixels[channel]} - int{b.pixels[channel]}));
        count += worst > channel_tolerance ? 1 : 0;
    }
    return count;
}

void write(const std::string &path, const Picture &picture)
{
    const auto written = write_png(path, picture.width, picture.height, picture.pixels);
    REQUIRE(written);
}

std::string from_environment(const std::string &name)
{
    const char *value = std::getenv(name.c_str());
    REQUIRE_MESSAGE(value != nullptr, name << " is not set");
    return value;
}

void expect(const std::string &name, const Picture &got)
{
    const std::string path =
        from_environment("VITRINE_SOURCE_DIR") + "/tests/text/reference/" + name + ".png";
    if (std::getenv("UPDATE_REFERENCES") != nullptr)
        return write(path, got);
    const Picture wanted = read(path);
    const bool same_size = wanted.width == got.width && wanted.height == got.height;
    const int differing = same_size ? differing_pixels(got, wanted) : got.width * got.height;
    if (differing >= pixel_tolerance)
        write(from_environment("VITRINE_BUILD_DIR") + "/" + name + "-got.png", got);
    CHECK_MESSAGE(differing < pixel_tolerance, name << ": " << differing << " pixels differ");
}

// The rows at all scales, one under the other.
template <typename Options>
void expect_at_all_scales(const std::string &name, const std::vector<TestRow> &rows,
                          Options options)
{
    const OnlyFonts only(font_files);
    Picture all;
    for (const double scale : {1.0, 1.25, 1.5, 2.0})
        all.append(draw(options(scale), rows));
    expect(name, all);
}

TestRow clusters(std::initializer_list<const char32_t *> texts, unsigned width = 1)
{
    TestRow row;
    for (const char32_t *text : texts)
        row.add_cluster(text, width);
    return row;
}

TestRow coloured(TestRow row, uint32_t fg, uint32_t bg)
{
    for (ui_cell_t &cell : row.cells) {
        cell.fg_rgb = UI_COLOUR_RGB | fg;
        cell.bg_rgb = UI_COLOUR_RGB | bg;
    }
    return row;
}

// Parts beside one another; none has clusters but the first.
TestRow joined(std::initializer_list<TestRow> parts)
{
    TestRow row;
    for (const TestRow &part : parts)
        row.cells.insert(row.cells.end(), part.cells.begin(), part.cells.end());
    return row;
}

} // namespace

TEST_CASE("pictures: letters of Europe in four styles")
{
    expect_at_all_scales(
        "letters",
        {TestRow().add(U"Hamburgefonstiv 0123456789 ÄÖÜß ñ ç ő ŵ {}[]()"),
         TestRow().add(U"Καλημέρα κόσμε · Привет, мир · Ґанок · Բարեւ"),
         TestRow().add(U"bold Καλημέρα Привет ", UI_ATTR_BOLD).add(U"italic fjg", UI_ATTR_ITALIC),
         TestRow().add(U"both Wjf ", UI_ATTR_BOLD | UI_ATTR_ITALIC).add(U"math ∀x∈ℝ: ⌈x⌉ ≠ ∞"),
         clusters({U"e\u0301", U"a\u0308\u0304", U"o\u0323\u0302", U"n\u0303", U"\u25cc\u0330",
                   U"Z\u0351\u036b\u0343\u032d\u0339", U"q\u0307\u0323"})},
        dejavu);
}

TEST_CASE("pictures: scripts that join, stack and stand in two cells")
{
    expect_at_all_scales(
        "scripts",
        {TestRow().add(U"السلام عليكم  |  שלום עולם  |"),
         clusters({U"न", U"म", U"स\u094d", U"त\u0947", U" ", U"क\u094d", U"ष\u093f", U"प\u094d",
                   U"र", U" ", U"ह\u093f", U"न\u094d", U"द\u0940", U"|"}),
         clusters({U"ส", U"ว\u0e31", U"ส", U"ด\u0e35", U" ", U"ก", U"\u0e33", U"ท\u0e35\u0e48",
                   U"น\u0e49", U"\u0e33", U"|"}),
         TestRow().add(U"漢字かなカナ", 0, 2).add(U"|").add(U"한국어", 0, 2).add(U"|ｱｲｳ|"),
         TestRow().add(U"龍鬱", UI_ATTR_BOLD, 2).add(U"|", UI_ATTR_BOLD).add(U"，。「」", 0, 2)},
        dejavu);
}

TEST_CASE("pictures: emoji, of one codepoint and of many")
{
    TestRow with_text = clusters({U"❤\ufe0f", U"☀\ufe0f"}, 2);
    with_text.add_cluster(U"❤\ufe0e").add_cluster(U"☀\ufe0e").add(U"|");
    expect_at_all_scales(
        "emoji",
        {TestRow().add(U"😀😎🤖🎉🚀🍎🐧⌚✅❌⭐", 0, 2).add(U"|text|"),
         clusters({U"👨\u200d👩\u200d👧\u200d👦", U"👩\u200d🚀", U"🏳\ufe0f\u200d🌈", U"👍\U0001f3fd",
                   U"🇩🇪", U"🇯🇵", U"🇺🇳",
                   U"🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
                   U"1\ufe0f\u20e3", U"#\ufe0f\u20e3"},
                  2),
         with_text},
        dejavu);
}

TEST_CASE("pictures: box drawing, blocks, braille and sextants")
{
    std::vector<TestRow> rows = {TestRow().add(U"┌─┬─┐┏━┳━┓╔═╦═╗╭─┬─╮┍━┯━┑┎─┰─┒╒═╤═╕╓─╥─╖╱╲╳"),
                                 TestRow().add(U"│ │ │┃ ┃ ┃║ ║ ║│ │ ││ │ │┃ ┃ ┃│ │ │║ ║ ║╲╱╳"),
                                 TestRow().add(U"├─┼─┤┣━╋━┫╠═╬═╣├─┼─┤┝━┿━┥┠─╂─┨╞═╪═╡╟─╫─╢╌╍┄"),
                                 TestRow().add(U"└─┴─┘┗━┻━┛╚═╩═╝╰─┴─╯┕━┷━┙┖─┸─┚╘═╧═╛╙─╨─╜┅┈┉"),
                                 TestRow().add(U"▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▐░▒▓▔▕▖▗▘▙▚▛▜▝▞▟ ░░▒▒▓▓██"),
                                 TestRow().add(U"▀▄▀▄▌▐▌▐▚▞▚▞ ⠁⠃⠇⡇⡏⡟⡿⣿⣶⣤⣀⢸⢰ ")};
    TestRow sextants;
    for (char32_t c = 0x1fb00; c < 0x1fb00 + 44; c++)
        sextants.add(std::u32string(1, c));
    rows.push_back(sextants);
    expect_at_all_scales("boxes", rows, dejavu);
}

TEST_CASE("pictures: a powerline prompt")
{
    const auto part = [](const char32_t *text, uint32_t fg, uint32_t bg) {
        return coloured(TestRow().add(text), fg, bg);
    };
    expect_at_all_scales(
        "powerline",
        {joined({part(U" user@host ", 0xffffff, 0x3465a4), part(U"\ue0b0", 0x3465a4, 0x4e9a06),
                 part(U" ~/src ", 0x000000, 0x4e9a06), part(U"\ue0b1", 0x000000, 0x4e9a06),
                 part(U" text ", 0x000000, 0x4e9a06), part(U"\ue0b0", 0x4e9a06, 0x15171c)}),
         joined({part(U" ", 0xffffff, 0x15171c), part(U"\ue0b2", 0xc4a000, 0x15171c),
                 part(U" main ", 0x000000, 0xc4a000), part(U"\ue0b3", 0x000000, 0xc4a000),
                 part(U" 12:30 ", 0x000000, 0xc4a000), part(U"\ue0b2", 0xcc0000, 0xc4a000),
                 part(U" 42% ", 0xffffff, 0xcc0000)}),
         joined({part(U"\ue0b6", 0x75507b, 0x15171c), part(U" round ", 0xffffff, 0x75507b),
                 part(U"\ue0b5\ue0b7", 0xffffff, 0x75507b), part(U"\ue0b4", 0x75507b, 0x15171c),
                 part(U" ", 0xffffff, 0x15171c), part(U"\ue0ba", 0x06989a, 0x15171c),
                 part(U" slant ", 0x000000, 0x06989a), part(U"\ue0b9\ue0bb", 0x000000, 0x06989a),
                 part(U"\ue0bc", 0x06989a, 0x15171c), part(U"\ue0be\ue0b8", 0x06989a, 0x15171c)})},
        dejavu);
}

TEST_CASE("pictures: ligatures of a programming font")
{
    expect_at_all_scales("ligatures",
                         {TestRow().add(U"a -> b => c <- d == e != f === g !== h"),
                          TestRow().add(U"x <= y >= z |> f >>= g << :: := /* */ //"),
                          TestRow().add(U"www --- ... *** ### <!-- --> 0xff 1x2 fi fl"),
                          TestRow()
                              .add(U"-> ", UI_ATTR_BOLD)
                              .add(U"=> !=", UI_ATTR_ITALIC)
                              .add(U" -", 0)
                              .add(U">", UI_ATTR_BOLD)},
                         [](double scale) {
                             FontOptions options;
                             options.family = "Fira Code";
                             options.scale = scale;
                             return options;
                         });
}

TEST_CASE("pictures: antialiasing, hinting and blending")
{
    const OnlyFonts only(font_files);
    const std::vector<TestRow> rows = {
        TestRow().add(U"Hamburgefonstiv {quick} fjords"),
        coloured(TestRow().add(U"dark on light ─┼╭ Ärger"), 0, 0xffffff)};
    Picture all;
    for (const Antialias antialias :
         {Antialias::grey, Antialias::lcd_rgb, Antialias::lcd_bgr, Antialias::none}) {
        FontOptions options = dejavu(1);
        options.antialias = antialias;
        all.append(draw(options, rows));
    }
    for (const Hinting hinting : {Hinting::none, Hinting::full}) {
        FontOptions options = dejavu(1);
        options.hinting = hinting;
        all.append(draw(options, rows));
    }
    for (const Antialias antialias : {Antialias::grey, Antialias::lcd_rgb}) {
        FontOptions options = dejavu(1);
        options.antialias = antialias;
        options.blending = Blending::linear;
        all.append(draw(options, rows));
    }
    expect("looks", all);
}
