// The back buffer of a window with an OpenGL context.
#pragma once

#include "draw/gl_messages.h"
#include "window/surface.h"

struct GLFWwindow;

namespace vitrine {

// Makes the window's context current. The window is borrowed and outlives the
// surface.
std::unique_ptr<Surface> make_gl_surface(GLFWwindow *window, GlChecks checks);

} // namespace vitrine
