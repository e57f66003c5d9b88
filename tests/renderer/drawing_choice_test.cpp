#include "app/drawing_choice.h"

#include <doctest/doctest.h>

#include <string>

using namespace vitrine;

namespace {

std::string print(const DrawingFacts &facts)
{
    const auto order = choose_drawing(facts);
    if (!order)
        return order.error();
    std::string text;
    for (const Drawing drawing : *order)
        text += drawing == Drawing::gl ? "gl " : "software ";
    return text;
}

} // namespace

TEST_CASE("what to draw with")
{
    struct Case {
        DrawingFacts facts;
        const char *order;
    };
    const Case cases[] = {
        {{nullptr, true, false}, "software gl "},
        {{nullptr, true, true}, "gl software gl "},
        {{nullptr, false, false}, "gl "},
        {{"", true, false}, "software gl "},
        {{"gl", true, false}, "gl "},
        {{"gl", false, false}, "gl "},
        {{"software", true, true}, "software "},
        {{"software", false, true}, "VITRINE_RENDERER: a window is drawn by software on X11 only"},
        {{"vulkan", true, true}, "VITRINE_RENDERER: neither gl nor software: vulkan"},
    };
    for (const Case &c : cases)
        CHECK(print(c.facts) == c.order);
}
