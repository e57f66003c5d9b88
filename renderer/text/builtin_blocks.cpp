// Blocks, shades, quadrants, sextants and braille: rectangles whose edges are shared
// with the characters that go on where they end.
#include "text/builtin_canvas.h"

namespace vitrine {

namespace {

// Where the first `part` of `whole` equal parts of a side end, in px.
int split(int side, int part, int whole) { return (2 * side * part + whole) / (2 * whole); }

// Bits: upper left 1, upper right 2, lower left 4, lower right 8.
constexpr uint8_t quadrants[] = {4,         8,         1, 1 | 4 | 8, 1 | 8,
                                 1 | 2 | 4, 1 | 2 | 8, 2, 2 | 4,     2 | 4 | 8};

// Fills the cells of a grid two wide, bit 0 first, row by row.
void fill_grid(BuiltinCanvas &canvas, unsigned bits, int rows)
{
    for (int i = 0; i < 2 * rows; i++) {
        if ((bits >> i & 1) == 0)
            continue;
        const int column = i % 2, row = i / 2;
        canvas.fill(split(canvas.width(), column, 2), split(canvas.height(), row, rows),
                    split(canvas.width(), column + 1, 2), split(canvas.height(), row + 1, rows));
    }
}

} // namespace

void draw_block(BuiltinCanvas &canvas, char32_t codepoint)
{
    const int width = canvas.width(), height = canvas.height();
    const int offset = static_cast<int>(codepoint - 0x2580);
    const auto eighth = [](int side, int count) { return std::max(1, split(side, count, 8)); };
    // Where the upper half ends the lower one begins, and the quadrants' rows meet.
    if (offset == 0)
        canvas.fill(0, 0, width, split(height, 4, 8));
    else if (offset <= 8)
        canvas.fill(0, std::min(split(height, 8 - offset, 8), height - 1), width, height);
    else if (offset <= 0x0f)
        canvas.fill(0, 0, eighth(width, 16 - offset), height);
    else if (offset == 0x10)
        canvas.fill(eighth(width, 4), 0, width, height);
    else if (offset <= 0x13)
        canvas.fill(0, 0, width, height, static_cast<uint8_t>((offset - 0x10) * 64 - 1));
    else if (offset == 0x14)
        canvas.fill(0, 0, width, eighth(height, 1));
    else if (offset == 0x15)
        canvas.fill(width - eighth(width, 1), 0, width, height);
    else
        fill_grid(canvas, quadrants[offset - 0x16], 2);
}

void draw_sextant(BuiltinCanvas &canvas, char32_t codepoint)
{
    // All 64 patterns but the empty one, the left and right halves and the full block.
    unsigned bits = static_cast<unsigned>(codepoint - 0x1fb00) + 1;
    bits += bits >= 21 ? 1 : 0;
    bits += bits >= 42 ? 1 : 0;
    fill_grid(canvas, bits, 3);
}

void draw_braille(BuiltinCanvas &canvas, char32_t codepoint)
{
    // Dots 1 to 8 as column and row.
    static constexpr int place[8][2] = {{0, 0}, {0, 1}, {0, 2}, {1, 0},
                                        {1, 1}, {1, 2}, {0, 3}, {1, 3}};
    const int width = canvas.width(), height = canvas.height();
    // A little more ink than gap, so that filled plots look filled.
    const double pitch = std::min(width / 2.0, height / 4.0);
    const int size = std::max(1, static_cast<int>(std::lround(pitch * 0.55)));
    for (int dot = 0; dot < 8; dot++) {
        if (((codepoint >> dot) & 1) == 0)
            continue;
        // Equal distances also from cell to cell, as far as whole px allow.
        const int x = ((2 * place[dot][0] + 1) * width / 2 - size) / 2;
        const int y = ((2 * place[dot][1] + 1) * height / 4 - size) / 2;
        if (size < 4) {
            canvas.fill(x, y, x + size, y + size);
            continue;
        }
        const double radius = size / 2.0;
        canvas.add([&](double px, double py) {
            return std::hypot(px - x - radius, py - y - radius) - radius;
        });
    }
}

} // namespace vitrine
