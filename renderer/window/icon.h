// The window's icon, drawn: two panes and a prompt.
#pragma once

#include <cstdint>
#include <vector>

namespace vitrine {

// size * size pixels, rows of R, G, B, A from the top.
std::vector<std::uint8_t> draw_icon(int size);

} // namespace vitrine
