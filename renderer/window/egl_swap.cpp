#include "window/egl_swap.h"

#include "draw/damage.h"

#include <epoxy/egl.h>

#include <algorithm>
#include <array>

namespace vitrine {

namespace {

using Swap = PFNEGLSWAPBUFFERSWITHDAMAGEKHRPROC;

// The extension became KHR's without a change.
Swap find_swap(EGLDisplay display)
{
    if (epoxy_has_egl_extension(display, "EGL_KHR_swap_buffers_with_damage"))
        return eglSwapBuffersWithDamageKHR;
    if (epoxy_has_egl_extension(display, "EGL_EXT_swap_buffers_with_damage"))
        return eglSwapBuffersWithDamageEXT;
    return nullptr;
}

} // namespace

bool egl_swap(std::span<const PixelRect> damage, int height)
{
    EGLDisplay display = eglGetCurrentDisplay();
    if (display == EGL_NO_DISPLAY)
        return false;
    const Swap swap = find_swap(display);
    if (swap == nullptr)
        return false;
    std::array<EGLint, 4 * DamageTracker::max_rects> places;
    const auto parts =
        damage.size() <= DamageTracker::max_rects ? damage : std::span<const PixelRect>();
    std::size_t used = 0;
    for (const PixelRect &part : parts) {
        const int bottom = height - part.y - part.height; // counted from below
        for (const int value : {part.x, bottom, part.width, part.height})
            places[used++] = value;
    }
    return swap(display, eglGetCurrentSurface(EGL_DRAW), places.data(),
                static_cast<EGLint>(parts.size())) == EGL_TRUE;
}

} // namespace vitrine
