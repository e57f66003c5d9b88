// An X11 window that shows an image of the CPU's, without OpenGL.
#pragma once

#include "window/surface.h"

namespace vitrine {

// display is a Display *, window a Window of Xlib; borrowed, both outlive the
// surface. An error if the window's pixels are not 32 bits of red, green, blue.
Result<std::unique_ptr<Surface>> make_x11_surface(void *display, unsigned long window);

} // namespace vitrine
