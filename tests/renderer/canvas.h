// Painters to test: that of the CPU, and where EGL has a driver that of OpenGL.
#pragma once

#include "draw/gl_messages.h"
#include "draw/gl_painter.h"
#include "draw/software_painter.h"
#include "window/surfaceless.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace vitrine::test {

inline constexpr Rgb canvas_background = 0x102030;

// What a driver forgives fails the case, since another would not.
inline void APIENTRY refuse_message(GLenum, GLenum type, GLuint, GLenum, GLsizei,
                                    const GLchar *text, const void *)
{
    if (type == GL_DEBUG_TYPE_PERFORMANCE || type == GL_DEBUG_TYPE_OTHER)
        return;
    CAPTURE(text);
    FAIL_CHECK(name_of_gl_message(type));
}

inline SurfacelessContext *make_context()
{
    auto made = SurfacelessContext::create(GlChecks::messages);
    if (!made) {
        std::printf("skipped: OpenGL's painter: %s\n", made.error().c_str());
        return nullptr;
    }
    if (const auto heard = hear_gl_messages(refuse_message); !heard)
        std::printf("skipped: messages of OpenGL: %s\n", heard.error().c_str());
    return made->release();
}

// The one context of all cases; null where there is no OpenGL. It is never
// destroyed: a driver that is unloaded looks to the leak checker as if it had
// lost what it keeps.
inline SurfacelessContext *context()
{
    static SurfacelessContext *const made = make_context();
    return made;
}

enum class Kind { software, gl };

inline std::vector<Kind> painter_kinds()
{
    if (context() == nullptr)
        return {Kind::software};
    return {Kind::software, Kind::gl};
}

// A painter and what it drew.
class Canvas {
public:
    Canvas(Kind kind, int width, int height, Blending blending = Blending::plain)
        : width_(width),
          height_(height)
    {
        if (kind == Kind::gl)
            painter_ = GlPainter::create().take();
        else
            painter_ = std::make_unique<SoftwarePainter>(store_);
        painter_->set_blending(blending);
        REQUIRE(painter_->resize(width, height, canvas_background));
    }

    Painter &painter() { return *painter_; }
    int width() const { return width_; }
    int height() const { return height_; }
    void draw(const Batch &batch)
    {
        painter_->draw(batch);
        read();
    }
    void read() { pixels_ = painter_->read_pixels(); }
    // 0xrrggbb
    unsigned at(int x, int y) const
    {
        const auto i = static_cast<std::size_t>((y * width_ + x) * 4);
        return static_cast<unsigned>(pixels_[i] << 16 | pixels_[i + 1] << 8 | pixels_[i + 2]);
    }
    // '#' where the pixel is not the background.
    std::string row(int y) const
    {
        std::string marks;
        for (int x = 0; x < width_; x++)
            marks += at(x, y) == canvas_background ? '.' : '#';
        return marks;
    }

private:
    PlainPixels store_;
    std::unique_ptr<Painter> painter_;
    int width_;
    int height_;
    std::vector<std::uint8_t> pixels_;
};

// The largest difference of a channel.
inline int distance(unsigned a, unsigned b)
{
    int largest = 0;
    for (const unsigned shift : {0u, 8u, 16u}) {
        const int difference =
            static_cast<int>(a >> shift & 0xff) - static_cast<int>(b >> shift & 0xff);
        largest = std::max(largest, std::abs(difference));
    }
    return largest;
}

inline bool near(unsigned a, unsigned b) { return distance(a, b) <= 1; }

} // namespace vitrine::test
