#include "window/surfaceless.h"

#include <epoxy/egl.h>
#include <vitrine/scope.hpp>

#include <dlfcn.h>

#include <array>
#include <string>

namespace vitrine {

namespace {

Error unavailable(const std::string &why)
{
    return Error{"OpenGL 3.3 core is not available: EGL: " + why};
}

// epoxy ends the program if it is missing.
bool has_library()
{
    void *library = dlopen("libEGL.so.1", RTLD_LAZY);
    if (library != nullptr)
        dlclose(library);
    return library != nullptr;
}

// The first that initialises: Mesa's own platform for this, then the first
// GPU's device (drivers that lack the former), then whatever is the default.
EGLDisplay open_display()
{
    const auto initialised = [](EGLDisplay display) {
        return display != EGL_NO_DISPLAY && eglInitialize(display, nullptr, nullptr);
    };
    if (epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless")) {
        EGLDisplay display =
            eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
        if (initialised(display))
            return display;
    }
    if (epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_platform_device") &&
        epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_device_enumeration")) {
        std::array<EGLDeviceEXT, 8> devices = {};
        EGLint count = 0;
        eglQueryDevicesEXT(devices.size(), devices.data(), &count);
        for (EGLint i = 0; i < count; i++) {
            EGLDisplay display = eglGetPlatformDisplayEXT(
                EGL_PLATFORM_DEVICE_EXT, devices[static_cast<std::size_t>(i)], nullptr);
            if (initialised(display))
                return display;
        }
    }
    EGLDisplay display = eglGetDisplay(EGL_DEFAULT_DISPLAY);
    return initialised(display) ? display : EGL_NO_DISPLAY;
}

EGLContext make_context(EGLDisplay display, GlChecks checks)
{
    const std::array<EGLint, 5> wanted = {EGL_SURFACE_TYPE, EGL_DONT_CARE, EGL_RENDERABLE_TYPE,
                                          EGL_OPENGL_BIT, EGL_NONE};
    // Flags, since EGL 1.4 knows them, too.
    const EGLint flags = checks == GlChecks::messages ? EGL_CONTEXT_OPENGL_DEBUG_BIT_KHR : 0;
    const std::array<EGLint, 9> version = {EGL_CONTEXT_MAJOR_VERSION,
                                           3,
                                           EGL_CONTEXT_MINOR_VERSION,
                                           3,
                                           EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                           EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                           flags == 0 ? EGL_NONE : EGL_CONTEXT_FLAGS_KHR,
                                           flags,
                                           EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    if (!eglBindAPI(EGL_OPENGL_API) ||
        !eglChooseConfig(display, wanted.data(), &config, 1, &count) || count == 0)
        return EGL_NO_CONTEXT;
    return eglCreateContext(display, config, EGL_NO_CONTEXT, version.data());
}

} // namespace

Result<std::unique_ptr<SurfacelessContext>> SurfacelessContext::create(GlChecks checks)
{
    if (!has_library())
        return unavailable("libEGL.so.1 cannot be loaded");
    EGLDisplay display = open_display();
    if (display == EGL_NO_DISPLAY)
        return unavailable("no display, with or without a screen, can be opened");
    Rollback no_display([&] { eglTerminate(display); });
    EGLContext context = make_context(display, checks);
    if (context == EGL_NO_CONTEXT)
        return unavailable("the driver has no such context");
    auto made = std::make_unique<SurfacelessContext>(Key{}, display, context);
    no_display.dismiss();
    if (!eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context))
        return unavailable("the driver cannot draw without a surface");
    return made;
}

SurfacelessContext::~SurfacelessContext()
{
    eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext(display_, context_);
    eglTerminate(display_);
}

} // namespace vitrine
