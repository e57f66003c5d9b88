#include "cells.h"

#include "draw/decoration.h"

#include <doctest/doctest.h>

#include <string>

using namespace vitrine;
using namespace vitrine::test;

namespace {

std::string print(const LineRuns &lines)
{
    static const char *const kinds[] = {"under", "strike", "over"};
    static const char *const styles[] = {"", "-double", "-curly", "-dotted", "-dashed"};
    std::string text;
    for (const LineRun &line : lines)
        text += (text.empty() ? "" : "; ") + std::string(kinds[static_cast<int>(line.kind)]) +
                styles[static_cast<int>(line.style)] + " " + std::to_string(line.column) + "+" +
                std::to_string(line.columns) + " " + std::to_string(line.colour);
    return text;
}

// Attributes of the cells, one number each; the foreground is 7.
std::string lines(const std::vector<unsigned> &attrs, const std::vector<std::uint32_t> &extras = {})
{
    auto row = cells(std::string(attrs.size(), 'x'));
    for (std::size_t i = 0; i < attrs.size(); i++) {
        row[i].attrs = static_cast<std::uint16_t>(attrs[i]);
        row[i].fg_rgb = UI_COLOUR_RGB | 7;
    }
    LineRuns found;
    find_lines(default_theme(), row, extras, found);
    return print(found);
}

constexpr unsigned U = UI_ATTR_UNDERLINE;
constexpr unsigned C = UI_ATTR_UNDERLINE_CURLY;
constexpr unsigned S = UI_ATTR_STRIKE;
constexpr unsigned O = UI_ATTR_OVERLINE;
constexpr unsigned H = UI_ATTR_UNDERLINE_COLOUR;

} // namespace

TEST_CASE("lines of a row")
{
    CHECK(lines({0, UI_ATTR_BOLD}).empty());
    CHECK(lines({U, U, 0, U}) == "under 0+2 7; under 3+1 7");
    CHECK(lines({U, C}) == "under 0+1 7; under-curly 1+1 7");
    CHECK(lines({UI_ATTR_UNDERLINE_DOUBLE}) == "under-double 0+1 7");
    CHECK(lines({UI_ATTR_UNDERLINE_DOTTED}) == "under-dotted 0+1 7");
    CHECK(lines({UI_ATTR_UNDERLINE_DASHED}) == "under-dashed 0+1 7");
    // All three at once, joined each for itself.
    CHECK(lines({U | S | O, U | S | O, S}) == "over 0+2 7; strike 0+3 7; under 0+2 7");
    CHECK(lines({U, U | UI_ATTR_BLINK}) == "under 0+1 7; under 1+1 7");
}

TEST_CASE("underline colours, and only those of underlines")
{
    const std::uint32_t red = UI_COLOUR_RGB | 9;
    CHECK(lines({C | H, C | H, C}, {UI_EXTRA(UI_EXTRA_UNDERLINE, 0, 2), red}) ==
          "under-curly 0+2 9; under-curly 2+1 7");
    CHECK(lines({U | S | H}, {UI_EXTRA(UI_EXTRA_UNDERLINE, 0, 1), red}) ==
          "strike 0+1 7; under 0+1 9");
    // Behind clusters of other cells.
    CHECK(lines({U, U | H}, {UI_EXTRA(UI_EXTRA_CLUSTER, 0, 2), 1, 2,
                             UI_EXTRA(UI_EXTRA_UNDERLINE, 1, 1), red}) ==
          "under 0+1 7; under 1+1 9");
    // Two of them.
    CHECK(lines({U | H, U | H}, {UI_EXTRA(UI_EXTRA_UNDERLINE, 0, 1), red,
                                 UI_EXTRA(UI_EXTRA_UNDERLINE, 1, 1), UI_COLOUR_RGB | 3}) ==
          "under 0+1 9; under 1+1 3");
}

TEST_CASE("extras that lie")
{
    CHECK(lines({U | H}) == "under 0+1 7");
    CHECK(lines({U | H}, {UI_EXTRA(UI_EXTRA_UNDERLINE, 0, 1)}) == "under 0+1 7");
    CHECK(lines({U | H}, {UI_EXTRA(UI_EXTRA_CLUSTER, 0, 4000), 1}) == "under 0+1 7");
    CHECK(lines({U | H}, {UI_EXTRA(15, 0, 0), UI_EXTRA(UI_EXTRA_UNDERLINE, 9, 9), 1}) ==
          "under 0+1 7");
}

TEST_CASE("lines stay inside their cell at any size")
{
    for (int height = 1; height <= 60; height++) {
        for (const int thickness : {1, 2, 5}) {
            CellMetrics cell = {
                std::max(1, height / 2), height, height, height - 1, thickness, height / 2, 0, 1};
            for (const LineStyle style : {LineStyle::solid, LineStyle::doubled, LineStyle::curly,
                                          LineStyle::dotted, LineStyle::dashed}) {
                const LineGeometry line = place_line(cell, LineKind::underline, style);
                CAPTURE(height);
                CHECK(line.top >= 0);
                CHECK(line.height >= 1);
                CHECK(line.top + line.height <= height);
                CHECK(line.period >= 1);
            }
        }
    }
}
