// OpenGL objects that free themselves. They need the context they were made
// with to be current.
#pragma once

#include "result.h"

#include <epoxy/gl.h>

#include <string_view>
#include <utility>

namespace vitrine {

template <typename Kind>
class GlObject {
public:
    GlObject() = default;
    static GlObject create()
    {
        GlObject object;
        object.id_ = Kind::create();
        return object;
    }
    ~GlObject() { reset(); }
    GlObject(GlObject &&other) noexcept : id_(std::exchange(other.id_, 0)) {}
    GlObject &operator=(GlObject &&other) noexcept
    {
        if (this != &other) {
            reset();
            id_ = std::exchange(other.id_, 0);
        }
        return *this;
    }
    GlObject(const GlObject &) = delete;
    GlObject &operator=(const GlObject &) = delete;

    GLuint id() const { return id_; }
    explicit operator bool() const { return id_ != 0; }
    void reset()
    {
        if (id_ != 0)
            Kind::destroy(id_);
        id_ = 0;
    }

private:
    GLuint id_ = 0;
};

#define VITRINE_GL_KIND(name, gen, del) \
    struct name##Kind { \
        static GLuint create() \
        { \
            GLuint id = 0; \
            gen(1, &id); \
            return id; \
        } \
        static void destroy(GLuint id) { del(1, &id); } \
    }; \
    using name = GlObject<name##Kind>;
VITRINE_GL_KIND(GlBuffer, glGenBuffers, glDeleteBuffers)
VITRINE_GL_KIND(GlTexture, glGenTextures, glDeleteTextures)
VITRINE_GL_KIND(GlFramebuffer, glGenFramebuffers, glDeleteFramebuffers)
VITRINE_GL_KIND(GlVertexArray, glGenVertexArrays, glDeleteVertexArrays)
#undef VITRINE_GL_KIND

struct GlProgramKind {
    static GLuint create() { return glCreateProgram(); }
    static void destroy(GLuint id) { glDeleteProgram(id); }
};
using GlProgram = GlObject<GlProgramKind>;

// Compiles and links; the error is the driver's log, its first line.
Result<GlProgram> make_program(const char *name, const char *vertex, const char *fragment);

// Whether the current context is OpenGL 3.3 or newer; the error says what it is.
Result<void> check_gl_version();

// Whether no GPU is below the current context, and below one of that GL_RENDERER.
bool is_software_gl();
bool names_software_gl(std::string_view renderer);

} // namespace vitrine
