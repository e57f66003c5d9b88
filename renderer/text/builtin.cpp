#include "text/builtin.h"

#include "text/builtin_canvas.h"

namespace vitrine {

bool draw_builtin(char32_t codepoint, const CellMetrics &metrics, std::span<uint8_t> coverage)
{
    if (!is_builtin(codepoint) || metrics.width <= 0 || metrics.height <= 0)
        return false;
    const size_t size = static_cast<size_t>(metrics.width) * static_cast<size_t>(metrics.height);
    if (coverage.size() < size)
        return false;
    std::ranges::fill(coverage.first(size), uint8_t{0});
    BuiltinCanvas canvas(metrics.width, metrics.height, coverage);
    if (codepoint < 0x2580)
        draw_box_lines(canvas, codepoint);
    else if (codepoint < 0x25a0)
        draw_block(canvas, codepoint);
    else if (codepoint < 0x2900)
        draw_braille(canvas, codepoint);
    else if (codepoint < 0xe0c0)
        draw_powerline(canvas, codepoint);
    else
        draw_sextant(canvas, codepoint);
    return true;
}

} // namespace vitrine
