#include "window/gl_surface.h"

#include "draw/gl.h"
#include "draw/gl_painter.h"
#include "window/egl_swap.h"
#include "window/glx_copy.h"
#include "window/native.h"

#include <epoxy/gl.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace vitrine {

namespace {

bool has_extension_for_resets()
{
    return epoxy_has_gl_extension("GL_KHR_robustness") ||
           epoxy_has_gl_extension("GL_ARB_robustness");
}

class GlSurface final : public Surface {
public:
    GlSurface(GLFWwindow *window, GlChecks checks);

    void enter() override;
    Result<std::unique_ptr<Painter>> make_painter() override;
    bool shows_parts(std::span<const PixelRect> parts, const PixelRect &whole) const override;
    void show_parts(std::span<const PixelRect> parts, const PixelRect &whole) override;
    void show_whole(const PixelRect &whole, std::span<const PixelRect> damage) override;
    bool settles(const PixelRect &whole) const override
    {
        return copies_parts_ && settled_ != whole;
    }
    bool lost() override;
    bool emulated() const override { return is_software_gl(); }

private:
    void settle(const PixelRect &whole);

    GLFWwindow *window_;
    PixelRect swapped_ = {0, 0, 0, 0};
    PixelRect settled_ = {0, 0, 0, 0};
    int swaps_ = 0;
    bool copies_parts_ = false;
    bool reports_reset_ = false;
};

GlSurface::GlSurface(GLFWwindow *window, GlChecks checks) : window_(window)
{
    glfwMakeContextCurrent(window);
    if (checks == GlChecks::messages)
        print_gl_messages();
    // A swap that waits would keep keys waiting too; the pace is kept by us.
    glfwSwapInterval(0);
    copies_parts_ =
        has_x11() &&
        glfwGetWindowAttrib(window, GLFW_CONTEXT_CREATION_API) == GLFW_NATIVE_CONTEXT_API &&
        glx_copies_parts();
    reports_reset_ = epoxy_gl_version() >= 45 || has_extension_for_resets();
}

// Only if it is not so already: the driver would do its work again.
void GlSurface::enter()
{
    if (glfwGetCurrentContext() != window_)
        glfwMakeContextCurrent(window_);
}

Result<std::unique_ptr<Painter>> GlSurface::make_painter()
{
    auto painter = GlPainter::create();
    if (!painter)
        return Error{"OpenGL 3.3 core is not available: " + painter.error()};
    return std::unique_ptr<Painter>(painter.take());
}

bool GlSurface::shows_parts(std::span<const PixelRect> parts, const PixelRect &whole) const
{
    long area = 0;
    for (const PixelRect &part : parts)
        area += static_cast<long>(part.width) * part.height;
    return copies_parts_ && !settles(whole) &&
           area * 2 < static_cast<long>(whole.width) * whole.height;
}

void GlSurface::show_parts(std::span<const PixelRect> parts, const PixelRect &whole)
{
    for (const PixelRect &part : parts)
        glx_copy_part(part, whole.height);
}

void GlSurface::show_whole(const PixelRect &whole, std::span<const PixelRect> damage)
{
    if (has_x11() || !egl_swap(damage, whole.height))
        glfwSwapBuffers(window_);
    settle(whole);
}

// Right after a resize the driver's back buffer may still have the old size,
// and copying a part that lies outside it is an error of the display: swap a
// few times first.
void GlSurface::settle(const PixelRect &whole)
{
    constexpr int enough_swaps = 3;
    swaps_ = whole == swapped_ ? swaps_ + 1 : 1;
    swapped_ = whole;
    if (swaps_ >= enough_swaps)
        settled_ = whole;
}

bool GlSurface::lost()
{
    if (!reports_reset_)
        return false;
    if (epoxy_gl_version() >= 45 || epoxy_has_gl_extension("GL_KHR_robustness"))
        return glGetGraphicsResetStatus() != GL_NO_ERROR;
    return glGetGraphicsResetStatusARB() != GL_NO_ERROR;
}

} // namespace

std::unique_ptr<Surface> make_gl_surface(GLFWwindow *window, GlChecks checks)
{
    return std::make_unique<GlSurface>(window, checks);
}

} // namespace vitrine
