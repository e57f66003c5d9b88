#include "window/icon.h"

#include <algorithm>
#include <cmath>

namespace vitrine {

namespace {

// In a square from 0 to 1, y downwards.
struct Point {
    double x;
    double y;
};

constexpr std::uint32_t frame = 0x15171c;
constexpr std::uint32_t pane = 0x262a33;
constexpr std::uint32_t active = 0x2f6f6b;
constexpr std::uint32_t prompt = 0xf2f4f8;

bool in_box(Point at, Point from, Point to)
{
    return at.x >= from.x && at.x < to.x && at.y >= from.y && at.y < to.y;
}

bool in_rounded_square(Point at)
{
    constexpr double radius = 0.18;
    const double x = std::max(std::abs(at.x - 0.5) - (0.5 - radius), 0.0);
    const double y = std::max(std::abs(at.y - 0.5) - (0.5 - radius), 0.0);
    return x * x + y * y <= radius * radius;
}

// ">" and "_".
bool in_prompt(Point at)
{
    const double tip = 0.36 - std::abs(at.y - 0.42) * 0.8;
    const bool arrow = std::abs(at.y - 0.42) < 0.14 && std::abs(at.x - tip) < 0.045;
    return arrow || in_box(at, {0.42, 0.55}, {0.56, 0.61});
}

// With alpha in the highest byte.
std::uint32_t colour_at(Point at)
{
    if (!in_rounded_square(at))
        return 0;
    constexpr std::uint32_t opaque = 0xff000000;
    if (in_prompt(at))
        return opaque | prompt;
    if (in_box(at, {0.12, 0.12}, {0.62, 0.88}))
        return opaque | active;
    if (in_box(at, {0.68, 0.12}, {0.88, 0.88}))
        return opaque | pane;
    return opaque | frame;
}

} // namespace

std::vector<std::uint8_t> draw_icon(int size)
{
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
            const std::uint32_t colour = colour_at({(x + 0.5) / size, (y + 0.5) / size});
            for (const unsigned shift : {16u, 8u, 0u, 24u})
                pixels.push_back(static_cast<std::uint8_t>(colour >> shift));
        }
    }
    return pixels;
}

} // namespace vitrine
