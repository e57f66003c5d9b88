// Characters that are drawn here so that they join without gaps at every size:
// box drawing U+2500-257F, blocks U+2580-259F, braille U+2800-28FF, sextants
// U+1FB00-1FB3B and powerline U+E0B0-E0BF.
#pragma once

#include "text/cell_metrics.h"

#include <cstdint>
#include <span>

namespace vitrine {

constexpr bool is_builtin(char32_t codepoint)
{
    return (codepoint >= 0x2500 && codepoint <= 0x259f) ||
           (codepoint >= 0x2800 && codepoint <= 0x28ff) ||
           (codepoint >= 0xe0b0 && codepoint <= 0xe0bf) ||
           (codepoint >= 0x1fb00 && codepoint <= 0x1fb3b);
}

// Draws into metrics.width x metrics.height bytes of coverage, overwriting
// them. False, with nothing written, if it is not builtin or the span is too
// small.
bool draw_builtin(char32_t codepoint, const CellMetrics &metrics, std::span<uint8_t> coverage);

} // namespace vitrine
