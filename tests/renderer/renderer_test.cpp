#include "canvas.h"

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
