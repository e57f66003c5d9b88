#include "draw/decoration.h"

#include <algorithm>

namespace vitrine {

namespace {

constexpr std::uint16_t line_attributes = UI_ATTR_UNDERLINES | UI_ATTR_STRIKE | UI_ATTR_OVERLINE;

LineStyle underline_style(std::uint16_t attributes)
{
    if (attributes & UI_ATTR_UNDERLINE_CURLY)
        return LineStyle::curly;
    if (attributes & UI_ATTR_UNDERLINE_DOUBLE)
        return LineStyle::doubled;
    if (attributes & UI_ATTR_UNDERLINE_DOTTED)
        return LineStyle::dotted;
    if (attributes & UI_ATTR_UNDERLINE_DASHED)
        return LineStyle::dashed;
    return LineStyle::solid;
}

// Walks the underline colours of a row beside its cells, left to right.
class UnderlineColours {
public:
    explicit UnderlineColours(std::span<const std::uint32_t> extras) : left_(extras) {}

    // UI_COLOUR_DEFAULT where none is named. Columns must not decrease.
    std::uint32_t at(std::size_t column)
    {
        while (column >= end_ && next()) {
        }
        return column >= begin_ && column < end_ ? colour_ : UI_COLOUR_DEFAULT;
    }

private:
    bool next()
    {
        while (!left_.empty()) {
            const std::uint32_t head = left_[0];
            const bool underline = UI_EXTRA_KIND(head) == UI_EXTRA_UNDERLINE;
            const std::size_t words = underline ? 1 : UI_EXTRA_COUNT(head);
            if (left_.size() < 1 + words)
                break;
            if (underline) {
                begin_ = UI_EXTRA_COLUMN(head);
                end_ = begin_ + UI_EXTRA_COUNT(head);
                colour_ = left_[1];
            }
            left_ = left_.subspan(1 + words);
            if (underline)
                return true;
        }
        left_ = {};
        return false;
    }

    std::span<const std::uint32_t> left_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint32_t colour_ = UI_COLOUR_DEFAULT;
};

// Lengthens the last run of the same look that ends here, or begins one.
void append(LineRuns &out, const LineRun &run)
{
    for (std::size_t back = 1; back <= 3 && back <= out.size(); back++) {
        LineRun &last = out[out.size() - back];
        if (last.column + last.columns != run.column)
            continue;
        if (last.kind == run.kind && last.style == run.style && last.colour == run.colour &&
            last.blinks == run.blinks) {
            last.columns = static_cast<std::uint16_t>(last.columns + run.columns);
            return;
        }
    }
    out.push_back(run);
}

} // namespace

LineGeometry place_line(const CellMetrics &metrics, LineKind kind, LineStyle style)
{
    const int thickness = std::max(1, metrics.underline_thickness);
    if (kind == LineKind::strike)
        return {metrics.strike_position, thickness, thickness, 1};
    if (kind == LineKind::overline)
        return {metrics.overline_position, thickness, thickness, 1};
    LineGeometry line = {metrics.underline_position, thickness, thickness, 1};
    switch (style) {
    case LineStyle::solid:
        break;
    case LineStyle::doubled:
        line.height = 3 * thickness;
        break;
    case LineStyle::curly:
        // The wave swings around where the straight line would be.
        line.height = std::max(4, metrics.height / 6) + thickness;
        line.top -= (line.height - thickness) / 2;
        // Below the letters, if there is room for a wave at all.
        if (metrics.height - metrics.baseline >= thickness + 2) {
            line.height = std::min(line.height, metrics.height - metrics.baseline);
            line.top = std::max(line.top, metrics.baseline);
        }
        line.period = std::max(4, metrics.width);
        break;
    case LineStyle::dotted:
        line.period = 2 * thickness;
        break;
    case LineStyle::dashed:
        line.period = std::max(4 * thickness, metrics.width * 2 / 3);
        break;
    }
    line.height = std::min(line.height, metrics.height);
    line.top = std::clamp(line.top, 0, metrics.height - line.height);
    return line;
}

void find_lines(const Theme &theme, std::span<const ui_cell_t> cells,
                std::span<const std::uint32_t> extras, LineRuns &out)
{
    UnderlineColours underline_colours(extras);
    for (std::size_t column = 0; column < cells.size(); column++) {
        const ui_cell_t &cell = cells[column];
        if (!(cell.attrs & line_attributes))
            continue;
        const Rgb foreground = cell_colours(theme, cell).foreground;
        LineRun run = {
            static_cast<std::uint16_t>(column), 1,         LineKind::underline, LineStyle::solid,
            (cell.attrs & UI_ATTR_BLINK) != 0,  foreground};
        if (cell.attrs & UI_ATTR_OVERLINE) {
            run.kind = LineKind::overline;
            append(out, run);
        }
        if (cell.attrs & UI_ATTR_STRIKE) {
            run.kind = LineKind::strike;
            append(out, run);
        }
        if (cell.attrs & UI_ATTR_UNDERLINES) {
            run.kind = LineKind::underline;
            run.style = underline_style(cell.attrs);
            if (cell.attrs & UI_ATTR_UNDERLINE_COLOUR)
                run.colour = resolve_colour(theme, underline_colours.at(column), foreground);
            append(out, run);
        }
    }
}

} // namespace vitrine
