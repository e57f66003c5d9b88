#include "draw/gl_messages.h"

#include <cstdio>
#include <string_view>

namespace vitrine {

namespace {

// Drivers end some of their lines, others not.
void APIENTRY print_message(GLenum, GLenum type, GLuint, GLenum, GLsizei length, const GLchar *text,
                            const void *)
{
    std::string_view line = length < 0 ? std::string_view(text)
                                       : std::string_view(text, static_cast<std::size_t>(length));
    while (line.ends_with('\n') || line.ends_with('\0'))
        line.remove_suffix(1);
    std::fprintf(stderr, "vitrine: gl: %s: %.*s\n", name_of_gl_message(type),
                 static_cast<int>(line.size()), line.data());
}

} // namespace

Result<void> hear_gl_messages(GLDEBUGPROC hear)
{
    constexpr int first_version = 43;
    if (epoxy_gl_version() < first_version && !epoxy_has_gl_extension("GL_KHR_debug"))
        return Error{"the driver tells nothing (it has no GL_KHR_debug)"};
    glEnable(GL_DEBUG_OUTPUT);
    glEnable(GL_DEBUG_OUTPUT_SYNCHRONOUS);
    glDebugMessageCallback(hear, nullptr);
    glDebugMessageControl(GL_DONT_CARE, GL_DONT_CARE, GL_DONT_CARE, 0, nullptr, GL_TRUE);
    glDebugMessageControl(GL_DONT_CARE, GL_DONT_CARE, GL_DEBUG_SEVERITY_NOTIFICATION, 0, nullptr,
                          GL_FALSE);
    return {};
}

void print_gl_messages()
{
    if (const auto result = hear_gl_messages(print_message); !result)
        std::fprintf(stderr, "vitrine: gl: %s\n", result.error().c_str());
}

const char *name_of_gl_message(GLenum type)
{
    switch (type) {
    case GL_DEBUG_TYPE_ERROR:
        return "error";
    case GL_DEBUG_TYPE_DEPRECATED_BEHAVIOR:
        return "deprecated";
    case GL_DEBUG_TYPE_UNDEFINED_BEHAVIOR:
        return "undefined";
    case GL_DEBUG_TYPE_PORTABILITY:
        return "not portable";
    case GL_DEBUG_TYPE_PERFORMANCE:
        return "performance";
    default:
        return "other";
    }
}

} // namespace vitrine
