// Swapping the buffers of an EGL surface with word of what changed, so that the
// compositor draws no more than that again.
#pragma once

#include "draw/geometry.h"

#include <span>

namespace vitrine {

// Swaps those of the current context; false, and nothing is done, where EGL
// cannot be told. height is that of the window, px.
bool egl_swap(std::span<const PixelRect> damage, int height);

} // namespace vitrine
