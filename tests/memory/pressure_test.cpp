// A window at a limit of its memory: what it gives up, in which order, and that it recovers.
#include "../bridge/memory_limit.h"
#include "drawn_screen.h"
#include "out_of_memory.h"

#include <new>

using vitrine::Renderer;

namespace {

constexpr uint16_t columns = 20;
constexpr uint16_t rows = 3;

uint64_t held(uint32_t tag) { return usage_of(tag).live_bytes; }

vitrine::Refusal past_limit(uint32_t tag) { return ui_memory_refusal_t{tag, tag, 4096, 1 << 19}; }

class Stage {
public:
    explicit Stage(const vitrine::FontOptions &fonts = {}) : drawn_(columns, rows, fonts) {}

    // tmux shows this text now, in each row, and a character that has to be shaped.
    void show(const std::string &text)
    {
        const std::string texts[rows] = {text, text, text};
        show(texts);
    }
    void show(const std::string (&texts)[rows])
    {
        for (uint16_t row = 0; row < rows; ++row) {
            drawn_.screen.set(row, texts[row]);
            drawn_.screen.line(row).extended({long_character(2, 1), 0, 0, 8, 8, 8});
        }
        send();
    }
    // A character that the chosen font lacks, in each row or above this text.
    void show_ideograph(const std::string &below = {})
    {
        for (uint16_t row = 0; row < rows; ++row) {
            const bool text = row != 0 && !below.empty();
            drawn_.screen.set(row, text ? below : "");
            if (text)
                drawn_.screen.line(row).extended({long_character(2, 1), 0, 0, 8, 8, 8});
            else
                drawn_.screen.line(row).wide("\u6f22");
        }
        send();
    }
    // The frame that came last.
    void take_again()
    {
        drawn_.renderer->take(drawn_.both.client.event.frame);
        REQUIRE(drawn_.both.client.release() == UI_OK);
        REQUIRE(drawn_.both.server.read() == UI_OK);
    }
    Renderer &renderer() { return *drawn_.renderer; }
    std::vector<uint8_t> picture() { return drawn_.renderer->painter().read_pixels(); }

private:
    void send()
    {
        REQUIRE(ui_backend_frame(drawn_.both.server.backend, &drawn_.screen.full()) == UI_OK);
        REQUIRE(drawn_.both.client.next() == UI_OK);
        take_again();
    }

    DrawnScreen drawn_;
};

std::vector<uint8_t> picture_of(const std::string &text)
{
    Stage stage;
    stage.show(text);
    stage.renderer().draw();
    return stage.picture();
}

} // namespace

TEST_CASE("what can be made again is given up in order, and made again")
{
    Stage stage;
    stage.show("office 1");
    stage.renderer().draw();
    const std::vector<uint8_t> picture = stage.picture();
    const uint64_t shapes = held(UI_MEMORY_SHAPES);
    const uint64_t atlas = held(UI_MEMORY_ATLAS);
    const uint64_t scene = held(UI_MEMORY_SCENE);

    CHECK(stage.renderer().give_up());
    CHECK(held(UI_MEMORY_SHAPES) < shapes);
    CHECK(held(UI_MEMORY_ATLAS) == atlas);
    CHECK(stage.renderer().give_up());
    CHECK(held(UI_MEMORY_ATLAS) < atlas);
    CHECK(held(UI_MEMORY_SCENE) == scene);
    CHECK(stage.renderer().give_up());
    CHECK(held(UI_MEMORY_SCENE) < scene);
    CHECK_FALSE(stage.renderer().give_up());

    stage.renderer().draw();
    CHECK(stage.picture() == picture);
    CHECK(held(UI_MEMORY_ATLAS) == atlas);
    CHECK(stage.renderer().give_up());
}

TEST_CASE("text that there is no memory for is left out and comes when there is")
{
    const std::vector<uint8_t> wanted = picture_of("XYZ");
    Stage stage;
    stage.show("abc");
    stage.renderer().draw();
    {
        const Limit limit(UI_MEMORY_FONTS, 1);
        stage.show("XYZ");
        stage.renderer().draw();
        CHECK(stage.renderer().starved());
        CHECK(stage.picture() != wanted);
    }
    stage.renderer().draw();
    CHECK_FALSE(stage.renderer().starved());
    CHECK(stage.picture() == wanted);
}

TEST_CASE("for want of memory for its font a character is left out, and no box stays for it")
{
    Stage whole;
    whole.show_ideograph();
    whole.renderer().draw();
    Stage stage;
    stage.show("abc");
    stage.renderer().draw();
    {
        const Limit limit(UI_MEMORY_FONTS, held(UI_MEMORY_FONTS) + 1000);
        stage.show_ideograph();
        stage.renderer().draw();
        CHECK(stage.renderer().starved());
        CHECK(stage.picture() != whole.picture());
    }
    stage.renderer().draw();
    CHECK_FALSE(stage.renderer().starved());
    CHECK(stage.picture() == whole.picture());
}

TEST_CASE("a picture within the limit is whole once caches are given up")
{
    const std::vector<uint8_t> wanted = picture_of("XYZ 123");
    Stage stage;
    stage.show("office abc");
    stage.renderer().draw();
    stage.show("XYZ 123");
    const Limit limit(UI_MEMORY_ALL, held(UI_MEMORY_ALL));
    bool whole = false;
    for (int tries = 0; tries < 4 && !whole; ++tries) {
        try {
            stage.renderer().draw();
            whole = !stage.renderer().starved();
        } catch (const std::bad_alloc &) {
        }
        if (!whole)
            REQUIRE(stage.renderer().give_up());
    }
    CHECK(whole);
    CHECK(stage.picture() == wanted);
}

// As a window does it: once more for each thing that can be given up.
bool draws_whole(Renderer &renderer)
{
    for (;;) {
        try {
            renderer.draw();
            if (!renderer.starved())
                return true;
        } catch (const std::bad_alloc &) {
        }
        if (!renderer.give_up())
            return false;
    }
}

TEST_CASE("what lacks after all was given up comes once that is forgotten and there is memory")
{
    Stage whole;
    whole.show_ideograph();
    whole.renderer().draw();
    Stage stage;
    stage.show("abc");
    stage.renderer().draw();
    stage.show_ideograph();
    {
        const Limit limit(UI_MEMORY_ALL, held(UI_MEMORY_ALL));
        for (int picture = 0; picture < 3; ++picture) {
            stage.renderer().forget_pressure();
            CHECK_FALSE(draws_whole(stage.renderer()));
            CHECK(stage.renderer().starved());
        }
    }
    stage.renderer().draw();
    CHECK(stage.renderer().starved());
    stage.renderer().forget_pressure();
    stage.renderer().draw();
    CHECK_FALSE(stage.renderer().starved());
    CHECK(stage.picture() == whole.picture());
}

TEST_CASE("a row that has no room on one page of the atlas shows a part, and all of it later")
{
    vitrine::FontOptions huge;
    huge.points = 300;
    const std::string text = "ABCDEFGHIJKLMNOPQRS";
    Stage whole(huge);
    whole.show(text);
    whole.renderer().draw();
    REQUIRE_FALSE(whole.renderer().starved());
    Stage stage(huge);
    stage.show("");
    stage.renderer().draw();
    const std::vector<uint8_t> blank = stage.picture();
    while (stage.renderer().give_up())
        continue;
    stage.show(text);
    stage.renderer().draw();
    CHECK(stage.renderer().starved());
    CHECK(stage.picture() != blank);
    CHECK(stage.picture() != whole.picture());
    stage.renderer().forget_pressure();
    stage.renderer().draw();
    CHECK_FALSE(stage.renderer().starved());
    CHECK(stage.picture() == whole.picture());
}

TEST_CASE("where a limit leaves enough room, more room is enough, too")
{
    vitrine::FontOptions large;
    large.points = 48;
    Stage stage(large);
    const std::string texts[] = {"The quick brown fox,", "JUMPS OVER A LAZY D",
                                 "0123456789 (+-*/=)"};
    stage.show(texts);
    while (stage.renderer().give_up())
        continue;
    const uint64_t least = held(UI_MEMORY_ALL);
    bool enough = false;
    for (uint64_t spare = 0; spare < 6u << 20; spare += 96u << 10) {
        CAPTURE(spare);
        const Limit limit(UI_MEMORY_ALL, least + spare);
        stage.renderer().draw_all();
        const bool whole = draws_whole(stage.renderer());
        CHECK((whole || !enough));
        enough = whole;
        while (stage.renderer().give_up())
            continue;
    }
    CHECK(enough);
}

TEST_CASE("where there is no memory at all a picture fails, and the next one is whole")
{
    const std::vector<uint8_t> wanted = picture_of("XYZ");
    Stage stage;
    stage.show("XYZ");
    while (stage.renderer().give_up())
        continue;
    {
        const Limit limit(UI_MEMORY_ALL, 1);
        CHECK_THROWS_AS(stage.renderer().draw(), std::bad_alloc);
        CHECK_FALSE(stage.renderer().give_up());
    }
    stage.renderer().draw_all();
    stage.renderer().draw();
    CHECK(stage.picture() == wanted);
}

TEST_CASE("a tag's own limit gives up what is held under it and nothing else")
{
    for (const uint32_t tag : {UI_MEMORY_SHAPES, UI_MEMORY_ATLAS, UI_MEMORY_SCENE}) {
        CAPTURE(ui_memory_tag_name(tag));
        Stage stage;
        stage.show("office 1");
        stage.renderer().draw();
        const std::vector<uint8_t> picture = stage.picture();
        const auto others = [tag] { return held(UI_MEMORY_ALL) - held(tag); };
        const uint64_t own = held(tag);
        const uint64_t before = others();
        CHECK(stage.renderer().give_up(past_limit(tag)));
        CHECK(held(tag) < own);
        CHECK(others() == before);
        CHECK_FALSE(stage.renderer().give_up(past_limit(tag)));
        stage.renderer().draw();
        CHECK(stage.picture() == picture);
    }
    Stage stage;
    CHECK_FALSE(stage.renderer().give_up(past_limit(UI_MEMORY_FONTS)));
}

TEST_CASE("shaped text at its limit is given up and nothing is lacking")
{
    const std::vector<uint8_t> wanted = picture_of("text number 99");
    Stage stage;
    stage.show("office 1");
    stage.renderer().draw();
    vitrine::take_refusal();
    const uint64_t most = held(UI_MEMORY_SHAPES) + 200;
    const Limit limit(UI_MEMORY_SHAPES, most);
    for (int i = 0; i < 100; ++i) {
        stage.show("text number " + std::to_string(i));
        stage.renderer().draw();
        CHECK_FALSE(stage.renderer().starved());
        CHECK(held(UI_MEMORY_SHAPES) <= most);
    }
    CHECK(stage.picture() == wanted);
    CHECK_FALSE(vitrine::take_refusal());
}

TEST_CASE("what text is left out for is told, though rows below are refused what they can do without")
{
    Stage stage;
    stage.show("abc");
    stage.renderer().draw();
    const Limit fonts(UI_MEMORY_FONTS, held(UI_MEMORY_FONTS) + 100);
    const Limit shapes(UI_MEMORY_SHAPES, 1);
    stage.show_ideograph("xyz");
    stage.renderer().draw();
    REQUIRE(stage.renderer().starved());
    REQUIRE(stage.renderer().starved_by());
    CHECK(stage.renderer().starved_by()->limit_tag == UI_MEMORY_FONTS);
}

TEST_CASE("what is left out to be frugal is so for the limit that led to it")
{
    Stage stage;
    stage.show("abc");
    stage.renderer().draw();
    {
        const Limit lifted(UI_MEMORY_FONTS, held(UI_MEMORY_FONTS) + 100);
        stage.show_ideograph("xyz");
        stage.renderer().draw();
        REQUIRE(stage.renderer().starved_by());
    }
    stage.renderer().draw();
    REQUIRE_FALSE(stage.renderer().starved());
    while (stage.renderer().give_up(past_limit(UI_MEMORY_ALL)))
        continue;
    stage.renderer().draw();
    REQUIRE(stage.renderer().starved());
    REQUIRE(stage.renderer().starved_by());
    CHECK(stage.renderer().starved_by()->limit_tag == UI_MEMORY_ALL);
    // The system had none: no limit is to blame, nor one from before.
    stage.renderer().forget_pressure();
    while (stage.renderer().give_up())
        continue;
    stage.renderer().draw();
    REQUIRE(stage.renderer().starved());
    CHECK_FALSE(stage.renderer().starved_by());
}

TEST_CASE("glyphs past the atlas's limit are left out, with its name, and come when it is gone")
{
    const std::vector<uint8_t> wanted = picture_of("XYZ");
    Stage stage;
    stage.show("abc");
    stage.renderer().draw();
    {
        // Room for what finds them, none for a page.
        CHECK(stage.renderer().give_up(past_limit(UI_MEMORY_ATLAS)));
        const Limit limit(UI_MEMORY_ATLAS, held(UI_MEMORY_ATLAS) + 1000);
        stage.show("XYZ");
        stage.renderer().draw();
        CHECK(stage.renderer().starved());
        const vitrine::Refusal refusal = stage.renderer().starved_by();
        REQUIRE(refusal);
        CHECK(refusal->tag == UI_MEMORY_ATLAS);
        CHECK(refusal->limit_tag == UI_MEMORY_ATLAS);
        CHECK(refusal->limit_bytes == held(UI_MEMORY_ATLAS) + 1000);
        CHECK(stage.picture() != wanted);
    }
    stage.renderer().draw();
    CHECK_FALSE(stage.renderer().starved());
    CHECK(stage.picture() == wanted);
}

TEST_CASE("rows past the scene's limit fail a picture, and the next one is whole")
{
    const std::vector<uint8_t> wanted = picture_of("XYZ");
    Stage stage;
    stage.show("XYZ");
    stage.renderer().draw();
    CHECK(stage.renderer().give_up(past_limit(UI_MEMORY_SCENE)));
    {
        const Limit limit(UI_MEMORY_SCENE, held(UI_MEMORY_SCENE) + 1);
        CHECK_THROWS_AS(stage.renderer().draw(), std::bad_alloc);
        CHECK(vitrine::out_of_memory(vitrine::take_refusal()).find(" bytes for scene, ") !=
              std::string::npos);
    }
    stage.renderer().draw_all();
    stage.renderer().draw();
    CHECK(stage.picture() == wanted);
}

TEST_CASE("rows that there is no room for at once are drawn one after the other")
{
    const std::vector<uint8_t> wanted = picture_of("a row of text 1 2 3");
    Stage stage;
    stage.show("a row of text 1 2 3");
    stage.renderer().draw();
    const uint64_t at_once = held(UI_MEMORY_SCENE);
    uint64_t least = 0;
    for (bool whole = false; !whole; least += 64) {
        stage.show("something else, longer");
        stage.renderer().draw();
        CHECK(stage.renderer().give_up(past_limit(UI_MEMORY_SCENE)));
        stage.show("a row of text 1 2 3");
        const Limit limit(UI_MEMORY_SCENE, held(UI_MEMORY_SCENE) + 1 + least);
        try {
            stage.renderer().draw();
            whole = !stage.renderer().starved();
        } catch (const std::bad_alloc &) {
        }
    }
    CHECK(least < at_once);
    CHECK(stage.picture() == wanted);
}

TEST_CASE("a screen past its limit is not taken, and taken when there is room")
{
    const std::vector<uint8_t> wanted = picture_of("XYZ");
    Stage stage;
    {
        const Limit limit(UI_MEMORY_SCREEN, held(UI_MEMORY_SCREEN) + 1);
        CHECK_THROWS_AS(stage.show("XYZ"), std::bad_alloc);
        const vitrine::Refusal refusal = vitrine::take_refusal();
        REQUIRE(refusal);
        CHECK(refusal->tag == UI_MEMORY_SCREEN);
    }
    stage.take_again();
    stage.renderer().draw();
    CHECK(stage.picture() == wanted);
}

TEST_CASE("what is said names what was asked for and the limit by its key")
{
    using vitrine::out_of_memory;
    CHECK(out_of_memory({}) == "out of memory");
    CHECK(out_of_memory(ui_memory_refusal_t{UI_MEMORY_ATLAS, UI_MEMORY_ATLAS, 4096, 1 << 19}) ==
          "out of memory: 4096 bytes for atlas, memory.limits.atlas is 0.5 MiB");
    CHECK(out_of_memory(ui_memory_refusal_t{UI_MEMORY_ATLAS, UI_MEMORY_ALL, 4096, 60 << 20}) ==
          "out of memory: 4096 bytes for atlas, memory.limit is 60 MiB");
}

TEST_CASE("a pool past the limit is an error of the connection")
{
    Attachment both;
    Screen screen(columns, rows);
    REQUIRE(ui_backend_frame(both.server.backend, &screen.full()) == UI_OK);
    const Limit limit(UI_MEMORY_POOL, held(UI_MEMORY_POOL));
    CHECK(both.client.next() == UI_ERROR_MEMORY);
    CHECK(both.client.next() == UI_ERROR_CLOSED);
}
