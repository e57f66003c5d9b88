// An OpenGL 3.3 core context without a window or a display, through EGL.
#pragma once

#include "draw/gl_messages.h"
#include "result.h"

#include <memory>

namespace vitrine {

class SurfacelessContext {
    struct Key {}; // lets make_unique in, and nobody else

public:
    // Current for this thread when it returns.
    static Result<std::unique_ptr<SurfacelessContext>> create(GlChecks checks = GlChecks::none);
    // Both are EGL's, and this one's from here on.
    SurfacelessContext(Key, void *display, void *context) : display_(display), context_(context) {}
    ~SurfacelessContext();
    SurfacelessContext(const SurfacelessContext &) = delete;
    SurfacelessContext &operator=(const SurfacelessContext &) = delete;

private:
    void *display_;
    void *context_;
};

} // namespace vitrine
