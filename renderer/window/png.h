// Pictures into PNG files.
#pragma once

#include "result.h"

#include <cstdint>
#include <span>
#include <string>

namespace vitrine {

// pixels are rows of R, G, B, A from the top; alpha is left out. On failure
// no file of that name is left behind by us.
Result<void> write_png(const std::string &path, int width, int height,
                       std::span<const std::uint8_t> pixels);

} // namespace vitrine
