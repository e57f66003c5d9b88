#include <doctest/doctest.h>

#include "window/x11_scale.h"

using vitrine::scale_of_resources;

TEST_CASE("the scale is that of the resources' dpi")
{
    CHECK(scale_of_resources("") == 1);
    CHECK(scale_of_resources("Xft.antialias:\t1\n") == 1);
    CHECK(scale_of_resources("Xft.dpi:\t96\n") == 1);
    CHECK(scale_of_resources("*color: red\nXft.dpi: 144\nXft.hinting: 1\n") == 1.5);
    CHECK(scale_of_resources("*dpi: 192") == 2);
    CHECK(scale_of_resources("Xft.dpi: 120.5") == doctest::Approx(120.5 / 96));
}

TEST_CASE("a dpi that no display has does not make text of that size")
{
    CHECK(scale_of_resources("Xft.dpi: none") == 1);
    CHECK(scale_of_resources("Xft.dpi: -96") == 1);
    CHECK(scale_of_resources("Xft.dpi: nan") == 1);
    CHECK(scale_of_resources("Xft.dpi: 1e9") == 8);
    CHECK(scale_of_resources("Xft.dpi: 0.1") == 0.25);
    CHECK(scale_of_resources("\xff\x01:::\n:\nXft.dpi:") == 1);
}
