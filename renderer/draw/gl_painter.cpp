#include "draw/gl_painter.h"

#include "draw/shaders.h"

#include <cstddef>
#include <string>

namespace vitrine {

namespace {

constexpr int corners = 4; // of a triangle strip

// Attributes that are integers in the shader.
void integer_attribute(GLuint location, GLint count, GLenum type, GLsizei stride,
                       std::size_t offset)
{
    glEnableVertexAttribArray(location);
    glVertexAttribIPointer(location, count, type, stride, reinterpret_cast<const void *>(offset));
    glVertexAttribDivisor(location, 1);
}

void colour_attribute(GLuint location, GLsizei stride, std::size_t offset)
{
    glEnableVertexAttribArray(location);
    glVertexAttribPointer(location, 4, GL_UNSIGNED_BYTE, GL_TRUE, stride,
                          reinterpret_cast<const void *>(offset));
    glVertexAttribDivisor(location, 1);
}

void set_target_size(const GlProgram &program, int width, int height)
{
    glUseProgram(program.id());
    glUniform2f(glGetUniformLocation(program.id(), "target"), static_cast<float>(width),
                static_cast<float>(height));
}

} // namespace

Result<std::unique_ptr<GlPainter>> GlPainter::create()
{
    if (auto result = check_gl_version(); !result)
        return Error{result.error()};
    auto painter = std::make_unique<GlPainter>(Key{});
    if (auto result = painter->make_programs(); !result)
        return Error{result.error()};
    painter->make_streams();
    return painter;
}

Result<void> GlPainter::make_programs()
{
    auto rect = make_program("rect", rect_vertex_shader, rect_fragment_shader);
    if (!rect)
        return Error{rect.error()};
    auto glyph = make_program("glyph", glyph_vertex_shader, glyph_fragment_shader);
    if (!glyph)
        return Error{glyph.error()};
    auto line = make_program("line", line_vertex_shader, line_fragment_shader);
    if (!line)
        return Error{line.error()};
    auto lcd = make_program("lcd", glyph_vertex_shader, lcd_fragment_shader);
    if (!lcd)
        return Error{lcd.error()};
    rect_program_ = rect.take();
    glyph_program_ = glyph.take();
    lcd_program_ = lcd.take();
    line_program_ = line.take();
    glyph_coloured_ = glGetUniformLocation(glyph_program_.id(), "coloured");
    glyph_in_light_ = glGetUniformLocation(glyph_program_.id(), "in_light");
    lcd_in_light_ = glGetUniformLocation(lcd_program_.id(), "in_light");
    return {};
}

void GlPainter::make_streams()
{
    for (Stream *stream : {&rects_, &glyphs_, &lines_}) {
        stream->layout = GlVertexArray::create();
        stream->buffer = GlBuffer::create();
    }
    const auto begin = [](const Stream &stream) {
        glBindVertexArray(stream.layout.id());
        glBindBuffer(GL_ARRAY_BUFFER, stream.buffer.id());
    };
    begin(rects_);
    integer_attribute(0, 2, GL_SHORT, sizeof(RectInstance), offsetof(RectInstance, x));
    integer_attribute(1, 2, GL_UNSIGNED_SHORT, sizeof(RectInstance), offsetof(RectInstance, width));
    colour_attribute(2, sizeof(RectInstance), offsetof(RectInstance, colour));
    begin(glyphs_);
    integer_attribute(0, 2, GL_SHORT, sizeof(GlyphInstance), offsetof(GlyphInstance, x));
    integer_attribute(1, 2, GL_UNSIGNED_SHORT, sizeof(GlyphInstance),
                      offsetof(GlyphInstance, width));
    integer_attribute(2, 2, GL_UNSIGNED_SHORT, sizeof(GlyphInstance),
                      offsetof(GlyphInstance, atlas_x));
    integer_attribute(3, 1, GL_UNSIGNED_SHORT, sizeof(GlyphInstance),
                      offsetof(GlyphInstance, page));
    colour_attribute(4, sizeof(GlyphInstance), offsetof(GlyphInstance, colour));
    begin(lines_);
    integer_attribute(0, 2, GL_SHORT, sizeof(LineInstance), offsetof(LineInstance, x));
    integer_attribute(1, 2, GL_UNSIGNED_SHORT, sizeof(LineInstance), offsetof(LineInstance, width));
    colour_attribute(2, sizeof(LineInstance), offsetof(LineInstance, colour));
    integer_attribute(3, 1, GL_UNSIGNED_BYTE, sizeof(LineInstance), offsetof(LineInstance, style));
    integer_attribute(4, 1, GL_UNSIGNED_BYTE, sizeof(LineInstance),
                      offsetof(LineInstance, thickness));
    integer_attribute(5, 1, GL_UNSIGNED_SHORT, sizeof(LineInstance),
                      offsetof(LineInstance, period));
}

bool GlPainter::Target::make(int width, int height, GLint format)
{
    texture = GlTexture::create();
    glBindTexture(GL_TEXTURE_2D, texture.id());
    glTexImage2D(GL_TEXTURE_2D, 0, format, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    framebuffer = GlFramebuffer::create();
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer.id());
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture.id(), 0);
    return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

// Both store the same; drawing into sRGB may take light instead, where it is asked for.
GLint GlPainter::target_format() const
{
    return blending_ == Blending::linear ? GL_SRGB8_ALPHA8 : GL_RGBA8;
}

Result<void> GlPainter::resize(int width, int height, Rgb background)
{
    GLint limit = 0;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &limit);
    if (width > limit || height > limit || !fits_instances(width, height))
        return too_large(width, height);
    width_ = width;
    height_ = height;
    scratch_ = {};
    if (!target_.make(width, height, target_format()))
        return Error{"the driver cannot draw into a texture of " + std::to_string(width) + "x" +
                     std::to_string(height) + " px"};
    for (const GlProgram *program :
         {&rect_program_, &glyph_program_, &lcd_program_, &line_program_})
        set_target_size(*program, width, height);
    fill(background);
    return {};
}

void GlPainter::fill(Rgb colour)
{
    glBindFramebuffer(GL_FRAMEBUFFER, target_.framebuffer.id());
    const auto channel = [colour](unsigned shift) {
        return static_cast<float>(colour >> shift & 0xffu) / 255.0f;
    };
    glClearColor(channel(16), channel(8), channel(0), 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
}

// What a blit reads and writes must not overlap.
bool GlPainter::move(const PixelRect &from, int to_y)
{
    if (!scratch_.framebuffer && !scratch_.make(width_, height_, target_format())) {
        scratch_ = {};
        return false;
    }
    const int right = from.x + from.width;
    const int bottom = height_ - from.y - from.height; // GL counts from the bottom
    const int top = height_ - from.y;
    const int up = from.y - to_y;
    glBindFramebuffer(GL_READ_FRAMEBUFFER, target_.framebuffer.id());
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, scratch_.framebuffer.id());
    glBlitFramebuffer(from.x, bottom, right, top, from.x, bottom, right, top, GL_COLOR_BUFFER_BIT,
                      GL_NEAREST);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, scratch_.framebuffer.id());
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, target_.framebuffer.id());
    glBlitFramebuffer(from.x, bottom, right, top, from.x, bottom + up, right, top + up,
                      GL_COLOR_BUFFER_BIT, GL_NEAREST);
    return true;
}

// A texture with another number of layers loses what it held, so all pages go
// up again; that is as often as the atlas opens a page.
void GlPainter::fit_pages(GlyphAtlas &atlas, PixelFormat format, Pages &pages)
{
    const unsigned wanted = atlas.pages(format);
    if (wanted == pages.layers)
        return;
    pages.layers = wanted;
    pages.texture = GlTexture::create();
    glBindTexture(GL_TEXTURE_2D_ARRAY, pages.texture.id());
    const bool grey = format == PixelFormat::grey8;
    glTexImage3D(GL_TEXTURE_2D_ARRAY, 0, grey ? GL_R8 : GL_RGBA8, atlas.page_size(),
                 atlas.page_size(), static_cast<GLsizei>(wanted), 0, grey ? GL_RED : GL_BGRA,
                 GL_UNSIGNED_BYTE, nullptr);
    glTexParameteri(GL_TEXTURE_2D_ARRAY, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D_ARRAY, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    atlas.invalidate_uploads();
}

void GlPainter::upload(GlyphAtlas &atlas)
{
    fit_pages(atlas, PixelFormat::grey8, grey_);
    fit_pages(atlas, PixelFormat::bgra32, colour_);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    for (const AtlasUpload &part : atlas.take_uploads())
        upload_part(part);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
}

void GlPainter::upload_part(const AtlasUpload &part)
{
    const bool grey = part.format == PixelFormat::grey8;
    glBindTexture(GL_TEXTURE_2D_ARRAY, (grey ? grey_ : colour_).texture.id());
    glPixelStorei(GL_UNPACK_ROW_LENGTH,
                  static_cast<GLint>(part.stride / bytes_per_pixel(part.format)));
    glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, part.x, part.y, part.page, part.width, part.height, 1,
                    grey ? GL_RED : GL_BGRA, GL_UNSIGNED_BYTE, part.pixels);
}

void GlPainter::draw(const Batch &batch)
{
    glBindFramebuffer(GL_FRAMEBUFFER, target_.framebuffer.id());
    glViewport(0, 0, width_, height_);
    glDisable(GL_BLEND);
    draw_rects(batch.backgrounds);
    glEnable(GL_BLEND);
    draw_letters(batch);
    glUseProgram(glyph_program_.id());
    glUniform1i(glyph_coloured_, true);
    glUniform1i(glyph_in_light_, false);
    draw_glyphs(batch.colour_glyphs, colour_, glyph_program_);
    draw_lines(batch.lines);
}

void GlPainter::draw_letters(const Batch &batch)
{
    const bool in_light = blending_ == Blending::linear;
    if (in_light)
        glEnable(GL_FRAMEBUFFER_SRGB);
    glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    glUseProgram(glyph_program_.id());
    glUniform1i(glyph_coloured_, false);
    glUniform1i(glyph_in_light_, in_light);
    draw_glyphs(batch.grey_glyphs, grey_, glyph_program_);
    if (!batch.lcd_glyphs.empty()) {
        glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC1_COLOR);
        glUseProgram(lcd_program_.id());
        glUniform1i(lcd_in_light_, in_light);
        draw_glyphs(batch.lcd_glyphs, colour_, lcd_program_);
        glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    }
    glDisable(GL_FRAMEBUFFER_SRGB);
}

void GlPainter::Stream::upload(const void *data, std::size_t bytes, std::size_t count)
{
    glBindVertexArray(layout.id());
    glBindBuffer(GL_ARRAY_BUFFER, buffer.id());
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(bytes), data, GL_STREAM_DRAW);
    instances = static_cast<GLsizei>(count);
}

void GlPainter::draw_rects(const Instances<RectInstance> &rects)
{
    if (rects.empty())
        return;
    rects_.upload(rects.data(), rects.size() * sizeof rects[0], rects.size());
    glUseProgram(rect_program_.id());
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, corners, rects_.instances);
}

void GlPainter::draw_glyphs(const Instances<GlyphInstance> &glyphs, const Pages &pages,
                            const GlProgram &program)
{
    if (glyphs.empty())
        return;
    glyphs_.upload(glyphs.data(), glyphs.size() * sizeof glyphs[0], glyphs.size());
    glUseProgram(program.id());
    glBindTexture(GL_TEXTURE_2D_ARRAY, pages.texture.id());
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, corners, glyphs_.instances);
}

void GlPainter::draw_lines(const Instances<LineInstance> &lines)
{
    if (lines.empty())
        return;
    lines_.upload(lines.data(), lines.size() * sizeof lines[0], lines.size());
    glUseProgram(line_program_.id());
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, corners, lines_.instances);
}

void GlPainter::present(const PixelRect &part)
{
    glBindFramebuffer(GL_READ_FRAMEBUFFER, target_.framebuffer.id());
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
    const int top = height_ - part.y; // GL counts from the bottom
    const int bottom = top - part.height;
    const int right = part.x + part.width;
    glBlitFramebuffer(part.x, bottom, right, top, part.x, bottom, right, top, GL_COLOR_BUFFER_BIT,
                      GL_NEAREST);
}

std::vector<std::uint8_t> GlPainter::read_pixels()
{
    const auto stride = static_cast<std::size_t>(width_) * 4;
    const auto rows = static_cast<std::size_t>(height_);
    std::vector<std::uint8_t> flipped(stride * rows);
    glBindFramebuffer(GL_FRAMEBUFFER, target_.framebuffer.id());
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, flipped.data());
    std::vector<std::uint8_t> pixels;
    pixels.reserve(flipped.size());
    for (std::size_t row = rows; row-- > 0;) {
        const auto begin = flipped.begin() + static_cast<std::ptrdiff_t>(row * stride);
        pixels.insert(pixels.end(), begin, begin + static_cast<std::ptrdiff_t>(stride));
    }
    return pixels;
}

} // namespace vitrine
