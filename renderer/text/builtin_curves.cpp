// Rounded corners, diagonals and powerline: what needs soft edges.
#include "text/builtin_canvas.h"

namespace vitrine {

namespace {

struct Point {
    double x, y;
};

double distance_to_segment(Point p, Point a, Point b)
{
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double length = dx * dx + dy * dy;
    const double at =
        length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
    return std::hypot(p.x - a.x - at * dx, p.y - a.y - at * dy);
}

void add_line(BuiltinCanvas &canvas, Point a, Point b, double thickness)
{
    canvas.add([=](double x, double y) {
        return distance_to_segment({x, y}, a, b) - thickness / 2;
    });
}

// A quarter of a circle between the middles of two edges, and straight to them.
void draw_arc(BuiltinCanvas &canvas, bool right, bool down)
{
    const BoxStroke stroke(canvas);
    const Point middle{stroke.x + stroke.light / 2.0, stroke.y + stroke.light / 2.0};
    const double radius = std::min(right ? canvas.width() - middle.x : middle.x,
                                   down ? canvas.height() - middle.y : middle.y);
    const Point centre{middle.x + (right ? radius : -radius), middle.y + (down ? radius : -radius)};
    canvas.add([&](double x, double y) {
        // Only the quarter that faces the middle of the cell.
        if ((right ? x > centre.x : x < centre.x) || (down ? y > centre.y : y < centre.y))
            return 1.0;
        return std::abs(std::hypot(x - centre.x, y - centre.y) - radius) - stroke.light / 2.0;
    });
    const int bend_x = static_cast<int>(right ? std::ceil(centre.x) : std::floor(centre.x));
    const int bend_y = static_cast<int>(down ? std::ceil(centre.y) : std::floor(centre.y));
    canvas.fill(right ? bend_x : 0, stroke.y, right ? canvas.width() : bend_x,
                stroke.y + stroke.light);
    canvas.fill(stroke.x, down ? bend_y : 0, stroke.x + stroke.light,
                down ? canvas.height() : bend_y);
}

} // namespace

void draw_box_curves(BuiltinCanvas &canvas, char32_t codepoint)
{
    const BoxStroke stroke(canvas);
    const double width = canvas.width(), height = canvas.height();
    switch (codepoint) {
    case 0x256d:
        draw_arc(canvas, true, true);
        break;
    case 0x256e:
        draw_arc(canvas, false, true);
        break;
    case 0x256f:
        draw_arc(canvas, false, false);
        break;
    case 0x2570:
        draw_arc(canvas, true, false);
        break;
    default:
        // Corner to corner, so that neighbours go on in the same line.
        if (codepoint != 0x2572)
            add_line(canvas, {width, 0}, {0, height}, stroke.light);
        if (codepoint != 0x2571)
            add_line(canvas, {0, 0}, {width, height}, stroke.light);
    }
}

namespace {

// A triangle with its back on an edge and its tip on the other.
void draw_arrow(BuiltinCanvas &canvas, bool leftward, bool outline)
{
    const double width = canvas.width(), height = canvas.height();
    const Point tip{leftward ? 0 : width, height / 2};
    const double back = leftward ? width : 0;
    if (outline) {
        const BoxStroke stroke(canvas);
        add_line(canvas, {back, 0}, tip, stroke.light);
        add_line(canvas, {back, height}, tip, stroke.light);
        return;
    }
    // Inside of both slopes; the vertical side is the cell's edge.
    const double slope = std::hypot(width, height / 2);
    canvas.add([&](double x, double y) {
        const double from_back = leftward ? width - x : x;
        const double off = std::abs(y - height / 2);
        return (from_back * height / 2 + off * width - width * height / 2) / slope;
    });
}

// Half of an ellipse with its back on an edge. How far a point is from the curve is told
// by how steep the ellipse's equation is there.
void draw_half_circle(BuiltinCanvas &canvas, bool leftward, bool outline)
{
    const double width = canvas.width(), middle = canvas.height() / 2.0;
    const int stroke = BoxStroke(canvas).light;
    canvas.add([&](double x, double y) {
        const double across = (leftward ? width - x : x) / width;
        const double along = (y - middle) / middle;
        const double radius = std::max(std::hypot(across, along), 1e-6);
        const double slope = std::hypot(across / width, along / middle) / radius;
        const double outside = (radius - 1) / slope;
        return outline ? std::abs(outside + stroke / 2.0) - stroke / 2.0 : outside;
    });
}

// Half of the cell on one side of a diagonal, or the diagonal.
void draw_slant(BuiltinCanvas &canvas, bool falling, bool upper, bool outline)
{
    const double width = canvas.width(), height = canvas.height();
    if (outline) {
        const BoxStroke stroke(canvas);
        add_line(canvas, {0, falling ? 0 : height}, {width, falling ? height : 0}, stroke.light);
        return;
    }
    const double length = std::hypot(width, height);
    canvas.add([&](double x, double y) {
        const double below = (falling ? x : width - x) * height - y * width;
        return (upper ? -below : below) / length;
    });
}

} // namespace

// Each solid shape is followed by its outline.
void draw_powerline(BuiltinCanvas &canvas, char32_t codepoint)
{
    const unsigned shape = (codepoint - 0xe0b0) / 2;
    const bool outline = ((codepoint - 0xe0b0) & 1) != 0;
    if (shape < 2)
        draw_arrow(canvas, shape == 1, outline);
    else if (shape < 4)
        draw_half_circle(canvas, shape == 3, outline);
    else // lower left, lower right, upper left, upper right
        draw_slant(canvas, shape == 4 || shape == 7, shape >= 6, outline);
}

} // namespace vitrine
