// What only concerns OpenGL: what one driver forgives and another does not.

#include "canvas.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace vitrine;
using namespace vitrine::test;

namespace {

std::vector<std::string> messages_heard;

void APIENTRY keep_message(GLenum, GLenum type, GLuint, GLenum, GLsizei, const GLchar *,
                           const void *)
{
    messages_heard.push_back(name_of_gl_message(type));
}

enum class Base { floats, integers, naturals };

Base base_in_shader(GLenum type)
{
    if (type == GL_INT || type == GL_INT_VEC2)
        return Base::integers;
    if (type == GL_UNSIGNED_INT || type == GL_UNSIGNED_INT_VEC2)
        return Base::naturals;
    return Base::floats;
}

GLint array_fact(GLint location, GLenum what)
{
    GLint value = 0;
    glGetVertexAttribiv(static_cast<GLuint>(location), what, &value);
    return value;
}

Base base_in_array(GLint location)
{
    if (!array_fact(location, GL_VERTEX_ATTRIB_ARRAY_INTEGER))
        return Base::floats;
    const auto type = static_cast<GLenum>(array_fact(location, GL_VERTEX_ATTRIB_ARRAY_TYPE));
    const bool natural = type == GL_UNSIGNED_BYTE || type == GL_UNSIGNED_SHORT;
    return natural ? Base::naturals : Base::integers;
}

// Of the program and the arrays that were drawn with last; how many there are.
int check_attributes()
{
    GLint current = 0;
    glGetIntegerv(GL_CURRENT_PROGRAM, &current);
    const auto program = static_cast<GLuint>(current);
    GLint count = 0;
    glGetProgramiv(program, GL_ACTIVE_ATTRIBUTES, &count);
    int checked = 0;
    for (GLint i = 0; i < count; i++) {
        char name[64] = "";
        GLint size = 0;
        GLenum type = 0;
        glGetActiveAttrib(program, static_cast<GLuint>(i), sizeof name, nullptr, &size, &type,
                          name);
        const GLint location = glGetAttribLocation(program, name);
        if (location < 0) // gl_VertexID
            continue;
        CAPTURE(name);
        CHECK(array_fact(location, GL_VERTEX_ATTRIB_ARRAY_ENABLED) == GL_TRUE);
        CHECK(base_in_shader(type) == base_in_array(location));
        checked++;
    }
    return checked;
}

} // namespace

TEST_CASE("the driver tells of a wrong call, within it")
{
    if (context() == nullptr || !hear_gl_messages(keep_message))
        return;
    messages_heard.clear();
    glEnable(GL_NEAREST);
    CHECK(messages_heard == std::vector<std::string>{"error"});
    CHECK(glGetError() == GL_INVALID_ENUM);
    REQUIRE(hear_gl_messages(refuse_message));
}

// A signed number read from an unsigned array is undefined.
TEST_CASE("attributes are of the kind that they are read from")
{
    if (context() == nullptr)
        return;
    Canvas canvas(Kind::gl, 8, 8);
    Batch batch;
    batch.grey_glyphs = {{0, 0, 1, 1, 0, 0, 0, 0, 0}};
    canvas.painter().draw(batch);
    CHECK(check_attributes() == 5);
    batch.lines = {{0, 0, 1, 1, 0, LineStyle::solid, 1, 1}};
    canvas.painter().draw(batch);
    CHECK(check_attributes() == 6);
}

TEST_CASE("a renderer without a GPU is told by its name")
{
    for (const char *name :
         {"llvmpipe (LLVM 15.0.6, 256 bits)", "softpipe", "Software Rasterizer",
          "virgl (LLVMPIPE (LLVM 15.0.6, 256 bits))", "zink (llvmpipe (LLVM 15.0.6, 256 bits))"}) {
        CAPTURE(name);
        CHECK(names_software_gl(name));
    }
    for (const char *name : {"NVIDIA GeForce RTX 3060/PCIe/SSE2", "AMD Radeon RX 6600 (navi23)",
                             "Mesa Intel(R) UHD Graphics 620 (KBL GT2)", "virgl (AMD RAVEN)",
                             "SVGA3D; build: RELEASE;  LLVM;", ""}) {
        CAPTURE(name);
        CHECK_FALSE(names_software_gl(name));
    }
}
