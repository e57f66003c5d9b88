// Copying only a part of the back buffer to the screen: X11 with
// GLX_MESA_copy_sub_buffer. With a software GL that is most of the time of a
// small change.
#pragma once

#include "draw/geometry.h"

namespace vitrine {

// For the current context, which must be one of GLX.
bool glx_copies_parts();
// height is that of the window; GLX counts from the bottom.
void glx_copy_part(const PixelRect &part, int height);

} // namespace vitrine
