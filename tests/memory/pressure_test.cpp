// A window at a limit of its memory: what it gives up, in which order, and that it recovers.
#include "../bridge/memory_limit.h"
#include "drawn_screen.h"

#include <new>

using vitrine::Renderer;

namespace {

constexpr uint16_t columns = 20;
constexpr uint16_t rows = 3;

uint64_t held(uint32_t tag) { return usage_of(tag).live_bytes; }

class Stage {
public:
    // tmux shows this text now, in each row, and a character that has to be shaped.
    void show(const std::string &text)
    {
        for (uint16_t row = 0; row < rows; ++row) {
            drawn_.screen.set(row, text);
            drawn_.screen.line(row).extended({long_character(2, 1), 0, 0, 8, 8, 8});
        }
        REQUIRE(ui_backend_frame(drawn_.both.server.backend, &drawn_.screen.full()) == UI_OK);
        REQUIRE(drawn_.both.client.next() == UI_OK);
        drawn_.renderer->take(drawn_.both.client.event.frame);
        REQUIRE(drawn_.both.client.release() == UI_OK);
        REQUIRE(drawn_.both.server.read() == UI_OK);
    }
    Renderer &renderer() { return *drawn_.renderer; }
    std::vector<uint8_t> picture() { return drawn_.renderer->painter().read_pixels(); }

private:
    DrawnScreen drawn_{columns, rows};
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

TEST_CASE("a pool past the limit is an error of the connection")
{
    Attachment both;
    Screen screen(columns, rows);
    REQUIRE(ui_backend_frame(both.server.backend, &screen.full()) == UI_OK);
    const Limit limit(UI_MEMORY_POOL, held(UI_MEMORY_POOL));
    CHECK(both.client.next() == UI_ERROR_MEMORY);
    CHECK(both.client.next() == UI_ERROR_CLOSED);
}
