#include "canvas.h"

#include "draw/notice.h"
#include "draw/renderer.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("a flash lights everything up and leaves nothing behind")
{
    auto made = Renderer::create({}, default_theme(), {});
    REQUIRE(made);
    Renderer &renderer = **made;
    for (const Kind kind : painter_kinds()) {
        CAPTURE(kind);
        PlainPixels pixels;
        if (kind == Kind::gl)
            REQUIRE(renderer.attach(GlPainter::create().take()));
        else
            REQUIRE(renderer.attach(std::make_unique<SoftwarePainter>(pixels)));
        REQUIRE(renderer.resize(4, 2));
        const auto first = [&renderer] { return renderer.painter().read_pixels().front(); };
        const int plain = first();
        Look look = renderer.look();
        look.flash = true;
        renderer.set_look(look);
        renderer.draw();
        const int lit = first();
        CHECK(lit > plain + 20);
        renderer.draw();
        CHECK(first() == lit);
        look.flash = false;
        renderer.set_look(look);
        renderer.draw();
        CHECK(first() == plain);
        renderer.detach();
    }
}

namespace {

// What stands in a notice of that many columns.
std::string notice_text(const char *text, int columns)
{
    std::string shown;
    for (const ui_cell_t &cell : notice_cells(text, columns)) {
        CHECK(cell.width == 1);
        shown += cell.codepoint < 0x80 ? std::string(1, static_cast<char>(cell.codepoint))
                                       : "<" + std::to_string(cell.codepoint) + ">";
    }
    return shown;
}

} // namespace

TEST_CASE("a notice fills its row, and of a long one the end is shown")
{
    CHECK(notice_text("abc", 5) == "abc  ");
    CHECK(notice_text("abc", 3) == "abc");
    CHECK(notice_text("abcd", 3) == "<8230>cd");
    CHECK(notice_text("\xc3\xa9\n\xff", 4) == "<233> <65533> ");
    CHECK(notice_text("abc", 0).empty());
}

TEST_CASE("another theme fills what is around the cells")
{
    PlainPixels pixels;
    auto made = Renderer::create({}, default_theme(), {});
    REQUIRE(made);
    Renderer &renderer = **made;
    REQUIRE(renderer.attach(std::make_unique<SoftwarePainter>(pixels)));
    REQUIRE(renderer.resize(3, 3));
    Theme theme = default_theme();
    theme.background = 0x010203;
    renderer.set_theme(theme);
    renderer.draw();
    CHECK((pixels.begin_draw()[8] & 0xffffff) == 0x010203);
    renderer.detach();
}
