// The painters draw the same pictures: random batches, and text of real fonts.
// The CPU's is the measure of OpenGL's. Needs EGL and says so where it is not.

#include "canvas.h"
#include "cells.h"

#include "draw/scene.h"

#include <random>

using namespace vitrine;
using namespace vitrine::test;

namespace {

// Glyphs of noise with many texels that are empty or full; every third is
// coloured, premultiplied, and every third has coverage of each channel.
class NoiseGlyphs final : public GlyphSource {
public:
    bool rasterise(const GlyphKey &key, GlyphBitmap &out) override
    {
        constexpr PixelFormat formats[] = {PixelFormat::grey8, PixelFormat::bgra32,
                                           PixelFormat::lcd32};
        const PixelFormat format = formats[key.glyph % 3];
        const bool coloured = format != PixelFormat::grey8;
        const int width = 3 + static_cast<int>(key.glyph % 11);
        const int height = 5 + static_cast<int>(key.glyph % 17);
        out.resize(format, width, height);
        std::mt19937 random(key.glyph);
        for (std::size_t i = 0; i < out.pixels.size(); i += coloured ? 4 : 1) {
            const int level = static_cast<int>(random() % 512) - 128;
            const auto alpha = static_cast<std::uint8_t>(std::clamp(level, 0, 255));
            if (!coloured) {
                out.pixels[i] = alpha;
                continue;
            }
            for (std::size_t channel = 0; channel < 3; channel++)
                out.pixels[i + channel] = static_cast<std::uint8_t>(random() % (alpha + 1u));
            out.pixels[i + 3] = alpha;
            if (format == PixelFormat::lcd32)
                out.pixels[i + 3] = *std::max_element(&out.pixels[i], &out.pixels[i + 3]);
        }
        return true;
    }
};

class RandomBatch {
public:
    RandomBatch(unsigned seed, GlyphAtlas &atlas) : random_(seed), atlas_(atlas) {}

    // Glyphs and lines do not overlap their like: what is rounded adds up.
    Batch make()
    {
        Batch batch;
        for (int i = 0; i < 10; i++)
            batch.backgrounds.push_back({place(), place(), length(60), length(60), opaque(rgb())});
        for (int y = -10; y < 200; y += 22) {
            for (int x = -8; x < 200; x += 14)
                add_glyph(batch, x, y);
        }
        for (int y = -5; y < 200; y += 12)
            add_line(batch, y);
        return batch;
    }

private:
    unsigned below(unsigned end) { return static_cast<unsigned>(random_()) % end; }
    std::int16_t place() { return static_cast<std::int16_t>(static_cast<int>(below(240)) - 20); }
    std::uint16_t length(unsigned end) { return static_cast<std::uint16_t>(1 + below(end)); }
    Rgb rgb() { return below(1u << 24); }
    // Premultiplied; every third is translucent.
    Rgba colour()
    {
        if (below(3) != 0)
            return opaque(rgb());
        const unsigned alpha = below(256);
        Rgba made = alpha << 24;
        for (const unsigned shift : {0u, 8u, 16u})
            made |= below(alpha + 1) << shift;
        return made;
    }

    void add_glyph(Batch &batch, int x, int y)
    {
        const AtlasGlyph &glyph = *atlas_.get({below(200), 0, 0, 64});
        const auto cut = static_cast<std::uint16_t>(below(glyph.width));
        const GlyphInstance instance = {static_cast<std::int16_t>(x),
                                        static_cast<std::int16_t>(y),
                                        static_cast<std::uint16_t>(glyph.width - cut),
                                        glyph.height,
                                        static_cast<std::uint16_t>(glyph.x + cut),
                                        glyph.y,
                                        glyph.page,
                                        0,
                                        colour()};
        auto &like = glyph.lcd      ? batch.lcd_glyphs
                     : glyph.colour ? batch.colour_glyphs
                                    : batch.grey_glyphs;
        like.push_back(instance);
    }

    void add_line(Batch &batch, int y)
    {
        const auto style = static_cast<LineStyle>(below(5));
        const auto thickness = static_cast<std::uint8_t>(1 + below(3));
        const auto height = static_cast<std::uint16_t>(thickness + below(9));
        batch.lines.push_back({place(), static_cast<std::int16_t>(y), length(200), height, colour(),
                               style, thickness, static_cast<std::uint16_t>(1 + below(16))});
    }

    std::mt19937 random_;
    GlyphAtlas &atlas_;
};

// The largest difference of two canvases, and where it is.
struct Difference {
    int size = 0;
    int x = 0;
    int y = 0;
};

Difference compare(const Canvas &a, const Canvas &b)
{
    Difference worst;
    for (int y = 0; y < a.height(); y++) {
        for (int x = 0; x < a.width(); x++) {
            const int size = distance(a.at(x, y), b.at(x, y));
            if (size > worst.size)
                worst = {size, x, y};
        }
    }
    return worst;
}

} // namespace

namespace {

void compare_random_batches(Blending blending)
{
    NoiseGlyphs source;
    GlyphAtlas for_software(source, {128, 8, 8});
    GlyphAtlas for_gl(source, {128, 8, 8});
    for (unsigned seed = 1; seed <= 40; seed++) {
        CAPTURE(seed);
        Canvas software(Kind::software, 200, 200, blending);
        Canvas gl(Kind::gl, 200, 200, blending);
        for_software.begin_frame();
        for_gl.begin_frame();
        for_gl.invalidate_uploads(); // each canvas has textures of its own
        const Batch batch = RandomBatch(seed, for_software).make();
        REQUIRE(RandomBatch(seed, for_gl).make().grey_glyphs == batch.grey_glyphs);
        software.painter().upload(for_software);
        gl.painter().upload(for_gl);
        // One kind at a time, for the same reason.
        const Batch steps[] = {{batch.backgrounds, {}, {}, {}},
                               {batch.backgrounds, batch.grey_glyphs, {}, {}},
                               {batch.backgrounds, {}, batch.colour_glyphs, {}},
                               {batch.backgrounds, {}, {}, batch.lines},
                               {batch.backgrounds, {}, {}, {}, batch.lcd_glyphs}};
        for (std::size_t step = 0; step < std::size(steps); step++) {
            CAPTURE(step);
            for (Canvas *canvas : {&software, &gl}) {
                canvas->painter().fill(canvas_background);
                canvas->draw(steps[step]);
            }
            const Difference worst = compare(software, gl);
            CAPTURE(worst.x);
            CAPTURE(worst.y);
            CHECK(worst.size <= 1);
        }
    }
}

} // namespace

TEST_CASE("painters agree on random batches")
{
    if (context() == nullptr)
        return;
    compare_random_batches(Blending::plain);
}

TEST_CASE("painters agree where letters are mixed in light")
{
    if (context() == nullptr)
        return;
    compare_random_batches(Blending::linear);
}

TEST_CASE("painters agree on text")
{
    if (context() == nullptr)
        return;
    auto engine = TextEngine::load({});
    REQUIRE(engine);
    EngineText text(**engine);
    const CellMetrics &metrics = (*engine)->metrics();
    const Theme theme = default_theme();
    Screen screen;
    screen.resize(24, 6);
    const unsigned underlines[] = {UI_ATTR_UNDERLINE,        UI_ATTR_UNDERLINE_DOUBLE,
                                   UI_ATTR_UNDERLINE_CURLY,  UI_ATTR_UNDERLINE_DOTTED,
                                   UI_ATTR_UNDERLINE_DASHED, UI_ATTR_REVERSE | UI_ATTR_STRIKE};
    for (int row = 0; row < screen.rows(); row++)
        screen.take_row(row, row_of(cells("The {quick} fox @ 0x7f;|", underlines[row]), 1));
    Scene scene(screen, text, metrics, theme);
    const GridGeometry grid = {metrics.width, metrics.height, 24, 6, 0, 0};
    Canvas software(Kind::software, grid.width(), grid.height());
    Canvas gl(Kind::gl, grid.width(), grid.height());
    scene.compose(screen.damage().rects(), grid, {}, [&](const Batch &batch) {
        CHECK(batch.grey_glyphs.size() > 100);
        CHECK(batch.lines.size() >= 6);
        for (Canvas *canvas : {&software, &gl}) {
            (*engine)->atlas().invalidate_uploads();
            canvas->painter().upload((*engine)->atlas());
            canvas->draw(batch);
        }
    });
    const Difference worst = compare(software, gl);
    CAPTURE(worst.x);
    CAPTURE(worst.y);
    CHECK(worst.size <= 1);
}
