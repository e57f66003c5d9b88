// Box drawing made of straight arms from the middle of the cell to its edges.
//
// A light or heavy arm is a bar that reaches across the strokes it meets. Double arms
// are drawn as bars three strokes wide from which the middle is then taken out, for all
// arms together: what is left are the two lines with their corners closed and open as
// they should be. Light arms that meet double ones are drawn last, up to the line where
// they end.
#include "text/builtin_canvas.h"

#include <array>
#include <utility>

namespace vitrine {

namespace {

enum Weight : unsigned { none, light, heavy, doubled };

// Two bits of Weight each: left, up, right, down; 0 is not made of arms.
constexpr uint8_t arm_table[128] = {
    0x11, 0x22, 0x44, 0x88, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x50, 0x60, 0x90, 0xa0, // 2500
    0x41, 0x42, 0x81, 0x82, 0x14, 0x24, 0x18, 0x28,
    0x05, 0x06, 0x09, 0x0a, 0x54, 0x64, 0x58, 0x94, // 2510
    0x98, 0x68, 0xa4, 0xa8, 0x45, 0x46, 0x49, 0x85,
    0x89, 0x4a, 0x86, 0x8a, 0x51, 0x52, 0x61, 0x62, // 2520
    0x91, 0x92, 0xa1, 0xa2, 0x15, 0x16, 0x25, 0x26,
    0x19, 0x1a, 0x29, 0x2a, 0x55, 0x56, 0x65, 0x66, // 2530
    0x59, 0x95, 0x99, 0x5a, 0x69, 0x96, 0xa5, 0x6a,
    0xa6, 0x9a, 0xa9, 0xaa, 0x00, 0x00, 0x00, 0x00, // 2540
    0x33, 0xcc, 0x70, 0xd0, 0xf0, 0x43, 0xc1, 0xc3,
    0x34, 0x1c, 0x3c, 0x07, 0x0d, 0x0f, 0x74, 0xdc, // 2550
    0xfc, 0x47, 0xcd, 0xcf, 0x73, 0xd1, 0xf3, 0x37,
    0x1d, 0x3f, 0x77, 0xdd, 0xff, 0x00, 0x00, 0x00, // 2560
    0x00, 0x00, 0x00, 0x00, 0x01, 0x04, 0x10, 0x40,
    0x02, 0x08, 0x20, 0x80, 0x21, 0x84, 0x12, 0x48, // 2570
};

// One axis of the cell: arms towards its start (left, up) and its end.
struct Axis {
    int size;   // of the cell along it
    int middle; // where a light stroke across it begins
    Weight before, after;
};

// Begin and end of what a stroke covers across its direction.
struct Band {
    int begin, end;
};

Band band(Weight weight, int middle, const BoxStroke &stroke)
{
    const int more = weight == heavy     ? (stroke.heavy - stroke.light) / 2
                     : weight == doubled ? stroke.light
                                         : 0;
    return {middle - more, middle + stroke.light + more};
}

Weight heaviest(const Axis &axis) { return std::max(axis.before, axis.after); }

// How far the arm of `along` that leads to the start of the axis (or to its end) reaches
// into the middle: begin if it comes from the end, end if from the start.
int reach(const Axis &along, const Axis &across, bool to_start, const BoxStroke &stroke)
{
    const Weight self = to_start ? along.before : along.after;
    const Weight opposite = to_start ? along.after : along.before;
    const bool through = across.before == doubled && across.after == doubled;
    const Band cross = band(heaviest(across), along.middle, stroke);
    const Band line = band(light, along.middle, stroke);
    // Against a double line that passes by, a single arm ends at the nearer stroke...
    if (self != doubled && through && opposite == none)
        return to_start ? cross.begin + stroke.light : cross.end - stroke.light;
    // ...and goes straight across if it has a partner; at a corner it closes both.
    if (self != doubled && through)
        return to_start ? line.end : line.begin;
    return to_start ? cross.end : cross.begin;
}

class ArmPainter {
public:
    ArmPainter(BuiltinCanvas &canvas, uint8_t arms)
        : canvas_(canvas),
          stroke_(canvas),
          x_{canvas.width(), stroke_.x, weight(arms, 0), weight(arms, 4)},
          y_{canvas.height(), stroke_.y, weight(arms, 2), weight(arms, 6)}
    {
    }

    void paint()
    {
        for (const bool to_start : {true, false}) {
            bar(x_, y_, to_start, doubled, 255);
            bar(y_, x_, to_start, doubled, 255);
        }
        for (const bool to_start : {true, false}) {
            hollow(x_, y_, to_start);
            hollow(y_, x_, to_start);
        }
        for (const Weight weight : {light, heavy}) {
            for (const bool to_start : {true, false}) {
                bar(x_, y_, to_start, weight, 255);
                bar(y_, x_, to_start, weight, 255);
            }
        }
    }

private:
    static Weight weight(uint8_t arms, int shift) { return static_cast<Weight>(arms >> shift & 3); }

    void fill(const Axis &along, int begin, int end, Band across, uint8_t value)
    {
        if (&along == &x_)
            canvas_.fill(begin, across.begin, end, across.end, value);
        else
            canvas_.fill(across.begin, begin, across.end, end, value);
    }

    void bar(const Axis &along, const Axis &across, bool to_start, Weight wanted, uint8_t value)
    {
        if ((to_start ? along.before : along.after) != wanted)
            return;
        const int inner = reach(along, across, to_start, stroke_);
        fill(along, to_start ? 0 : inner, to_start ? inner : along.size,
             band(wanted, across.middle, stroke_), value);
    }

    void hollow(const Axis &along, const Axis &across, bool to_start)
    {
        if ((to_start ? along.before : along.after) != doubled)
            return;
        const Band middle = band(light, along.middle, stroke_);
        fill(along, to_start ? 0 : middle.begin, to_start ? middle.end : along.size,
             band(light, across.middle, stroke_), 0);
    }

    BuiltinCanvas &canvas_;
    BoxStroke stroke_;
    Axis x_, y_;
};

struct Dashes {
    char32_t first; // of two: light, heavy
    int count;
    bool vertical;
};
constexpr Dashes dash_table[] = {
    {0x2504, 3, false}, {0x2506, 3, true},  {0x2508, 4, false},
    {0x250a, 4, true},  {0x254c, 2, false}, {0x254e, 2, true},
};

// Equal dashes with half a gap at either end, so that they go on in the next cell.
void draw_dashes(BuiltinCanvas &canvas, const Dashes &dashes, Weight weight)
{
    const BoxStroke stroke(canvas);
    const int size = dashes.vertical ? canvas.height() : canvas.width();
    const Band across = band(weight, dashes.vertical ? stroke.x : stroke.y, stroke);
    const int gap = std::max(1, size / (dashes.count * 3));
    for (int i = 0; i < dashes.count; i++) {
        const int begin = i * size / dashes.count + gap / 2;
        const int end = std::max((i + 1) * size / dashes.count - (gap - gap / 2), begin + 1);
        if (dashes.vertical)
            canvas.fill(across.begin, begin, across.end, end);
        else
            canvas.fill(begin, across.begin, end, across.end);
    }
}

} // namespace

void draw_box_lines(BuiltinCanvas &canvas, char32_t codepoint)
{
    if (const uint8_t arms = arm_table[codepoint & 0x7f]; arms != 0) {
        ArmPainter(canvas, arms).paint();
        return;
    }
    for (const Dashes &dashes : dash_table) {
        if (codepoint - dashes.first < 2) {
            draw_dashes(canvas, dashes, codepoint == dashes.first ? light : heavy);
            return;
        }
    }
    draw_box_curves(canvas, codepoint);
}

} // namespace vitrine
