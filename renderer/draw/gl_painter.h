// The painter that uses OpenGL 3.3 core, whatever context is current.
//
// It draws into a texture of the window's size that keeps what was drawn, so
// only damage is drawn again. present() copies from there to the back buffer.
// Everything here can be thrown away and made again: what it shows is kept by
// the screen, the glyphs by the atlas.
#pragma once

#include "draw/gl.h"
#include "draw/painter.h"

#include <memory>

namespace vitrine {

class GlPainter final : public Painter {
    struct Key {}; // lets make_unique in, and nobody else

public:
    static Result<std::unique_ptr<GlPainter>> create();
    explicit GlPainter(Key) {}

    Result<void> resize(int width, int height, Rgb background) override;
    void fill(Rgb colour) override;
    bool move(const PixelRect &from, int to_y) override;
    void set_blending(Blending blending) override { blending_ = blending; }
    void upload(GlyphAtlas &atlas) override;
    void draw(const Batch &batch) override;
    void present(const PixelRect &part) override;
    std::vector<std::uint8_t> read_pixels() override;

private:
    // Instances of one kind on their way to the GPU. The store is given up and
    // made anew with each upload, so that none waits for a draw in flight.
    struct Stream {
        GlVertexArray layout;
        GlBuffer buffer;

        void upload(const void *data, std::size_t bytes, std::size_t count);
        GLsizei instances = 0;
    };
    // A picture that can be drawn into.
    struct Target {
        GlTexture texture;
        GlFramebuffer framebuffer;

        bool make(int width, int height, GLint format);
    };
    // An array texture, one layer per page of the atlas.
    struct Pages {
        GlTexture texture;
        unsigned layers = 0;
    };

    GLint target_format() const;
    Result<void> make_programs();
    void make_streams();
    void fit_pages(GlyphAtlas &atlas, PixelFormat format, Pages &pages);
    void upload_part(const AtlasUpload &upload);
    void draw_rects(const Instances<RectInstance> &rects);
    void draw_letters(const Batch &batch);
    void draw_glyphs(const Instances<GlyphInstance> &glyphs, const Pages &pages,
                     const GlProgram &program);
    void draw_lines(const Instances<LineInstance> &lines);

    GlProgram rect_program_;
    GlProgram glyph_program_;
    GlProgram lcd_program_;
    GlProgram line_program_;
    GLint glyph_coloured_ = -1;
    GLint glyph_in_light_ = -1;
    GLint lcd_in_light_ = -1;
    Stream rects_;
    Stream glyphs_;
    Stream lines_;
    Pages grey_;
    Pages colour_;
    Target target_;
    Target scratch_; // what moves is there in between
    Blending blending_ = Blending::plain;
    int width_ = 0;
    int height_ = 0;
};

} // namespace vitrine
