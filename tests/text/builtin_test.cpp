#include "text/builtin.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace vitrine;

namespace {

struct Drawn {
    int width, height;
    std::vector<uint8_t> pixels;

    Drawn(char32_t codepoint, int w, int h)
        : width(w),
          height(h),
          pixels(static_cast<size_t>(w * h))
    {
        CellMetrics cell;
        cell.width = w;
        cell.height = h;
        REQUIRE(draw_builtin(codepoint, cell, pixels));
    }
    int at(int x, int y) const { return pixels[static_cast<size_t>(y * width + x)]; }
    bool empty() const
    {
        return std::ranges::all_of(pixels, [](uint8_t p) { return p == 0; });
    }
    std::string text() const
    {
        std::string out;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++)
                out += at(x, y) == 0 ? '.' : at(x, y) == 255 ? '#' : '+';
            out += '\n';
        }
        return out;
    }
    // What of an edge is inked, as text: left, right, top or bottom.
    std::string edge(char side) const
    {
        std::string out;
        const bool upright = side == 'l' || side == 'r';
        for (int i = 0; i < (upright ? height : width); i++) {
            const int x = side == 'l' ? 0 : side == 'r' ? width - 1 : i;
            const int y = side == 't' ? 0 : side == 'b' ? height - 1 : i;
            out += at(x, y) > 127 ? '#' : '.';
        }
        return out;
    }
    Drawn mirrored() const
    {
        Drawn out = *this;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                out.pixels[static_cast<size_t>(y * width + x)] =
                    static_cast<uint8_t>(at(width - 1 - x, y));
        return out;
    }
};

struct Size {
    int width, height;
};
constexpr Size sizes[] = {{1, 1},   {2, 3},   {4, 8},   {5, 9},   {7, 14},
                          {8, 16},  {9, 17},  {10, 19}, {11, 22}, {13, 27},
                          {16, 32}, {20, 38}, {33, 64}, {24, 24}, {40, 20}};

int inked(const std::string &edge) { return static_cast<int>(std::ranges::count(edge, '#')); }

// The arms of some characters: which edges they touch.
struct Touch {
    char32_t codepoint;
    const char *edges;
};
constexpr Touch touches[] = {
    {U'─', "lr"}, {U'│', "tb"},   {U'┼', "lrtb"}, {U'┌', "rb"},  {U'┐', "lb"},   {U'└', "rt"},
    {U'┘', "lt"}, {U'├', "rtb"},  {U'┤', "ltb"},  {U'┬', "lrb"}, {U'┴', "lrt"},  {U'╭', "rb"},
    {U'╮', "lb"}, {U'╯', "lt"},   {U'╰', "rt"},   {U'━', "lr"},  {U'╋', "lrtb"}, {U'═', "lr"},
    {U'║', "tb"}, {U'╬', "lrtb"}, {U'╔', "rb"},   {U'╡', "ltb"}, {U'╥', "lrb"},  {U'╴', "l"},
    {U'╵', "t"},  {U'╶', "r"},    {U'╷', "b"},    {U'╼', "lr"},  {U'╿', "tb"},   {U'█', "lrtb"}};

} // namespace

TEST_CASE("builtin: every character at every size, and nothing else")
{
    for (char32_t c = 0; c <= 0x1ffff; c++) {
        CellMetrics cell;
        cell.width = 10;
        cell.height = 19;
        std::vector<uint8_t> pixels(190, 7);
        if (is_builtin(c)) {
            CHECK_MESSAGE((c == 0x2800) == Drawn(c, 10, 19).empty(),
                          "U+" << static_cast<unsigned>(c));
            continue;
        }
        if ((c & 0xff) != 0) // the rest of the page behaves alike
            continue;
        CHECK_FALSE(draw_builtin(c, cell, pixels));
        CHECK(pixels.front() == 7);
    }
    for (const Size size : sizes)
        for (char32_t c = 0x2500; c < 0x1fb3c; c++)
            if (is_builtin(c))
                Drawn(c, size.width, size.height);
}

TEST_CASE("builtin: a span that is too small is left alone")
{
    CellMetrics cell;
    cell.width = 10;
    cell.height = 19;
    std::vector<uint8_t> pixels(189, 7);
    CHECK_FALSE(draw_builtin(U'─', cell, pixels));
    CHECK(pixels.front() == 7);
    cell.width = 0;
    CHECK_FALSE(draw_builtin(U'─', cell, pixels));
}

TEST_CASE("builtin: arms touch their edges and no others")
{
    for (const Size size : sizes) {
        if (size.width < 5)
            continue;
        for (const Touch &touch : touches) {
            const Drawn drawn(touch.codepoint, size.width, size.height);
            for (const char side : std::string("lrtb")) {
                const bool wanted = std::string(touch.edges).find(side) != std::string::npos;
                CHECK_MESSAGE((inked(drawn.edge(side)) > 0) == wanted,
                              "U+" << static_cast<unsigned>(touch.codepoint) << " " << side << "\n"
                                   << drawn.text());
            }
        }
    }
}

TEST_CASE("builtin: strokes meet those of the next cell exactly")
{
    // Left and right of what joins have the same pixels; so have top and bottom.
    constexpr const char32_t *rows[] = {U"─┬┼┐", U"╭─╮",  U"━┳╋┓", U"═╦╬╗",
                                        U"╞═╪╡", U"┝━┿┥", U"╒═╤╕", U"╭╮"};
    for (const Size size : sizes) {
        if (size.width < 5)
            continue;
        for (const char32_t *row : rows) {
            for (const char32_t *c = row; c[1] != 0; c++) {
                const Drawn left(c[0], size.width, size.height);
                const Drawn right(c[1], size.width, size.height);
                if (c[1] == U'┥' || c[1] == U'╡')
                    continue;
                CHECK_MESSAGE(left.edge('r') == right.edge('l'),
                              size.width << "x" << size.height << "\n"
                                         << left.text() << right.text());
            }
        }
        CHECK(Drawn(U'╭', size.width, size.height).edge('b') ==
              Drawn(U'│', size.width, size.height).edge('t'));
        CHECK(Drawn(U'╥', size.width, size.height).edge('b') ==
              Drawn(U'╨', size.width, size.height).edge('t'));
    }
}

TEST_CASE("builtin: at every size an arm's end is that of the plain line of its weight")
{
    // Which line an edge is like is read off a cell large enough to tell them apart.
    struct Line {
        char32_t across, upright;
    };
    constexpr Line lines[] = {{U'─', U'│'}, {U'━', U'┃'}, {U'═', U'║'}};
    const auto plain = [](const Line &line, char side, int width, int height) {
        const bool across = side == 'l' || side == 'r';
        return Drawn(across ? line.across : line.upright, width, height).edge(side);
    };
    int arms = 0;
    for (char32_t c = 0x2500; c < 0x2580; c++) {
        for (const char side : std::string("lrtb")) {
            const std::string large = Drawn(c, 36, 72).edge(side);
            for (const Line &line : lines) {
                if (large != plain(line, side, 36, 72))
                    continue;
                arms++;
                for (int width = 5; width <= 40; width++) {
                    for (const int height : {width, width * 3 / 2, width * 2, width * 2 + 1})
                        CHECK_MESSAGE(Drawn(c, width, height).edge(side) ==
                                          plain(line, side, width, height),
                                      "U+" << static_cast<unsigned>(c) << " " << side << " "
                                           << width << "x" << height);
                }
            }
        }
    }
    CHECK(arms == 300);
}

TEST_CASE("builtin: blocks, sextants and triangles leave no gap at any size")
{
    for (int width = 2; width <= 48; width++) {
        for (const int height : {width, width * 2, width * 2 + 1, width * 5 / 2}) {
            CAPTURE(width);
            CAPTURE(height);
            const std::string high(static_cast<size_t>(height), '#');
            const std::string wide(static_cast<size_t>(width), '#');
            for (const char32_t c : std::u32string(U"█▀▄▁▇\U0001fb02\U0001fb2d"))
                CHECK(Drawn(c, width, height).edge(c == U'▀' || c == 0x1fb02 ? 't' : 'b') == wide);
            for (const char32_t c : std::u32string(U"█▌▏▉"))
                CHECK(Drawn(c, width, height).edge('l') == high);
            CHECK(Drawn(U'▐', width, height).edge('r') == high);
            // The halves meet in the middle: together they are the whole block.
            const Drawn left(U'▌', width, height), right(U'▐', width, height);
            for (size_t i = 0; i < left.pixels.size(); i++)
                CHECK(left.pixels[i] + right.pixels[i] == 255);
        }
    }
}

TEST_CASE("builtin: crosses are symmetrical where the cell is")
{
    for (const char32_t c : std::u32string(U"┼╋╬╪╫─│═║╳┬┴▀▄")) {
        for (const Size size : {Size{9, 17}, Size{11, 21}, Size{20, 40}}) {
            const Drawn drawn(c, size.width, size.height);
            CHECK_MESSAGE(drawn.pixels == drawn.mirrored().pixels, drawn.text());
        }
    }
}

TEST_CASE("builtin: double lines have open and closed corners")
{
    CHECK(Drawn(U'╔', 9, 9).text() == ".........\n"
                                      ".........\n"
                                      ".........\n"
                                      "...######\n"
                                      "...#.....\n"
                                      "...#.####\n"
                                      "...#.#...\n"
                                      "...#.#...\n"
                                      "...#.#...\n");
    CHECK(Drawn(U'╬', 9, 9).text() == "...#.#...\n"
                                      "...#.#...\n"
                                      "...#.#...\n"
                                      "####.####\n"
                                      ".........\n"
                                      "####.####\n"
                                      "...#.#...\n"
                                      "...#.#...\n"
                                      "...#.#...\n");
    CHECK(Drawn(U'╤', 9, 9).text() == ".........\n"
                                      ".........\n"
                                      ".........\n"
                                      "#########\n"
                                      ".........\n"
                                      "#########\n"
                                      "....#....\n"
                                      "....#....\n"
                                      "....#....\n");
    CHECK(Drawn(U'╒', 9, 9).text() == ".........\n"
                                      ".........\n"
                                      ".........\n"
                                      "....#####\n"
                                      "....#....\n"
                                      "....#####\n"
                                      "....#....\n"
                                      "....#....\n"
                                      "....#....\n");
}

TEST_CASE("builtin: blocks and their complements fill the cell once")
{
    const std::pair<char32_t, char32_t> pairs[] = {
        {U'▀', U'▄'}, {U'▌', U'▐'}, {U'▘', U'▟'},       {U'▝', U'▙'},       {U'▖', U'▜'},
        {U'▗', U'▛'}, {U'▚', U'▞'}, {0x1fb00, 0x1fb3b}, {0x1fb0a, 0x1fb31}, {0x1fb1e, 0x1fb1d}};
    for (const Size size : sizes) {
        if (size.width < 2)
            continue;
        for (const auto &[one, other] : pairs) {
            const Drawn a(one, size.width, size.height), b(other, size.width, size.height);
            bool once = true;
            for (size_t i = 0; i < a.pixels.size(); i++)
                once &= a.pixels[i] + b.pixels[i] == 255;
            CHECK_MESSAGE(once, a.text() << b.text());
        }
    }
}

TEST_CASE("builtin: eighths grow, shades are even")
{
    for (const Size size : {Size{8, 16}, Size{10, 19}, Size{16, 33}}) {
        int before = 0;
        for (char32_t c = 0x2581; c <= 0x2588; c++) {
            const int rows = inked(Drawn(c, size.width, size.height).edge('l'));
            CHECK(rows > before);
            before = rows;
        }
        CHECK(before == size.height);
        CHECK(Drawn(U'░', size.width, size.height).at(3, 5) == 63);
        CHECK(Drawn(U'▒', size.width, size.height).at(0, 0) == 127);
        CHECK(Drawn(U'▓', size.width, size.height).at(7, 15) == 191);
    }
}

TEST_CASE("builtin: powerline triangles stand on the whole edge")
{
    for (const Size size : sizes) {
        if (size.width < 5)
            continue;
        const Drawn right(0xe0b0, size.width, size.height), left(0xe0b2, size.width, size.height);
        CHECK(inked(right.edge('l')) >= size.height - 2);
        CHECK(right.pixels == left.mirrored().pixels);
    }
}

TEST_CASE("builtin: round and slanted ends stand on whole edges and complete each other")
{
    for (const Size size : sizes) {
        if (size.width < 5)
            continue;
        CAPTURE(size.width);
        const auto drawn = [&size](char32_t c) { return Drawn(c, size.width, size.height); };
        CHECK(inked(drawn(0xe0b4).edge('l')) >= size.height - 2);
        CHECK(inked(drawn(0xe0b4).edge('r')) > 0);
        CHECK(drawn(0xe0b4).pixels == drawn(0xe0b6).mirrored().pixels);
        CHECK(drawn(0xe0b5).pixels == drawn(0xe0b7).mirrored().pixels);
        CHECK(drawn(0xe0b8).pixels == drawn(0xe0ba).mirrored().pixels);
        CHECK(drawn(0xe0bc).pixels == drawn(0xe0be).mirrored().pixels);
        CHECK(drawn(0xe0b9).pixels == drawn(0xe0bf).pixels);
        CHECK(drawn(0xe0bb).pixels == drawn(0xe0bd).pixels);
        const Drawn lower = drawn(0xe0b8), upper = drawn(0xe0be);
        for (size_t i = 0; i < lower.pixels.size(); i++)
            CHECK(std::abs(lower.pixels[i] + upper.pixels[i] - 255) <= 1);
    }
}

TEST_CASE("builtin: braille dots are apart and within the cell")
{
    CHECK(Drawn(0x28ff, 8, 16).text() == "........\n"
                                         ".##..##.\n"
                                         ".##..##.\n"
                                         "........\n"
                                         "........\n"
                                         ".##..##.\n"
                                         ".##..##.\n"
                                         "........\n"
                                         "........\n"
                                         ".##..##.\n"
                                         ".##..##.\n"
                                         "........\n"
                                         "........\n"
                                         ".##..##.\n"
                                         ".##..##.\n"
                                         "........\n");
}
