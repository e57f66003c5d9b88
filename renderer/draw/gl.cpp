#include "draw/gl.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

namespace vitrine {

namespace {

class Shader {
public:
    explicit Shader(GLenum type) : id_(glCreateShader(type)) {}
    ~Shader() { glDeleteShader(id_); }
    Shader(const Shader &) = delete;
    Shader &operator=(const Shader &) = delete;
    GLuint id() const { return id_; }

private:
    GLuint id_;
};

std::string first_line(const char *text)
{
    const std::string whole = text;
    return whole.substr(0, whole.find('\n'));
}

Result<void> compile(const Shader &shader, const char *name, const char *source)
{
    glShaderSource(shader.id(), 1, &source, nullptr);
    glCompileShader(shader.id());
    GLint compiled = GL_FALSE;
    glGetShaderiv(shader.id(), GL_COMPILE_STATUS, &compiled);
    if (compiled)
        return {};
    std::array<char, 1024> log = {};
    glGetShaderInfoLog(shader.id(), log.size(), nullptr, log.data());
    return Error{std::string("shader ") + name + ": " + first_line(log.data())};
}

} // namespace

Result<GlProgram> make_program(const char *name, const char *vertex, const char *fragment)
{
    const Shader vertex_shader(GL_VERTEX_SHADER);
    const Shader fragment_shader(GL_FRAGMENT_SHADER);
    if (auto result = compile(vertex_shader, name, vertex); !result)
        return Error{result.error()};
    if (auto result = compile(fragment_shader, name, fragment); !result)
        return Error{result.error()};
    GlProgram program = GlProgram::create();
    glAttachShader(program.id(), vertex_shader.id());
    glAttachShader(program.id(), fragment_shader.id());
    glLinkProgram(program.id());
    glDetachShader(program.id(), vertex_shader.id());
    glDetachShader(program.id(), fragment_shader.id());
    GLint linked = GL_FALSE;
    glGetProgramiv(program.id(), GL_LINK_STATUS, &linked);
    if (linked)
        return program;
    std::array<char, 1024> log = {};
    glGetProgramInfoLog(program.id(), log.size(), nullptr, log.data());
    return Error{std::string("program ") + name + ": " + first_line(log.data())};
}

Result<void> check_gl_version()
{
    const int version = epoxy_gl_version();
    if (epoxy_is_desktop_gl() && version >= 33)
        return {};
    const auto *text = reinterpret_cast<const char *>(glGetString(GL_VERSION));
    return Error{std::string("the driver offers ") + (text != nullptr ? text : "none")};
}

bool is_software_gl()
{
    const auto *text = reinterpret_cast<const char *>(glGetString(GL_RENDERER));
    return names_software_gl(text != nullptr ? text : "");
}

// Mesa's names of what has no GPU below it; one that passes calls on names what it passes
// them to, in capitals at times.
bool names_software_gl(std::string_view renderer)
{
    static constexpr std::array<std::string_view, 4> names = {"llvmpipe", "softpipe", "swrast",
                                                              "software rasterizer"};
    std::string small(renderer);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::any_of(names.begin(), names.end(), [&small](std::string_view name) {
        return small.find(name) != std::string::npos;
    });
}

} // namespace vitrine
