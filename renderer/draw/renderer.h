// The whole of drawing: what tmux shows, as pixels of a target.
//
//	take() -> screen: rows copied, differences damaged
//	draw() -> scene: damage to instances -> painter: instances to pixels
//
// All state is here except for what the painter has, which can be given another
// one at any time, as after a context of OpenGL was lost.
#pragma once

#include "draw/debug.h"
#include "draw/painter.h"
#include "draw/scene.h"

#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace vitrine {

class Renderer {
    struct Key {}; // lets make_unique in, and nobody else

public:
    static Result<std::unique_ptr<Renderer>> create(const FontOptions &fonts, const Theme &theme,
                                                    const DebugSwitches &debug);

    Renderer(Key, const Theme &theme, const DebugSwitches &debug) : theme_(theme), debug_(debug) {}
    Renderer(const Renderer &) = delete;
    Renderer &operator=(const Renderer &) = delete;

    const CellMetrics &metrics() const { return engine_->metrics(); }
    const FontSet &fonts() const { return engine_->fonts(); }
    // Where the cells of the screen lie in the target.
    GridGeometry geometry() const;
    const Screen &screen() const { return screen_; }

    // Other fonts or another scale; on failure everything is as it was.
    Result<void> load_fonts(const FontOptions &fonts);
    void set_theme(const Theme &theme);
    // px that are left free around the grid.
    void set_padding(int padding);
    // Over the last row of the screen until it is "".
    void set_notice(const std::string &text);
    // Draws with this painter from here on; of OpenGL's, the context is current.
    Result<void> attach(std::unique_ptr<Painter> painter);
    // Everything but the painter stays.
    void detach() { painter_.reset(); }
    Result<void> resize(int width, int height);

    // Copies what is new in the frame, which is not needed any more then.
    void take(const vitrine_frame_t *frame);
    void set_look(const Look &look);
    const Look &look() const { return look_; }

    bool dirty() const { return screen_.dirty(); }
    // Everything with the next picture.
    void draw_all() { screen_.damage().add_all(); }
    // take() and draw() throw std::bad_alloc where there is no memory, and draw() may leave out
    // text. Then something is to be given up that can be made again, and the call repeated:
    // the shape cache first, then the atlas, then the rows as quads; where a tag's own limit is
    // the cause, only what is held under that tag. False: all of that is.
    // After the last of these text has as little memory as it can be drawn with.
    bool give_up(const Refusal &cause = {});
    // There may be memory again: after a picture that lacks nothing, a change of limits, or
    // some time.
    void forget_pressure();
    bool starved() const { return scene_->starved(); }
    // What text was refused that draw() left out; nothing if no limit did that.
    const Refusal &starved_by() const { return engine_->layout().refusal(); }
    // Draws what is damaged; the parts of the target that changed, until the
    // next time.
    std::span<const PixelRect> draw();
    // What that composed; rows that were only moved are not in it.
    const DamageSize &drawn() const { return drawn_; }
    // The target, drawn and ready to be copied.
    Painter &painter() { return *painter_; }

private:
    void drop(std::uint32_t tag);
    void make_scenes();
    void repaint();
    void move_scrolled(const GridGeometry &grid);
    void draw_batch(const Batch &batch);
    void draw_notice(const GridGeometry &grid);
    void list_parts(const GridGeometry &geometry);
    void tint();
    void lighten();

    Theme theme_;
    DebugSwitches debug_;
    std::unique_ptr<TextEngine> engine_;
    std::optional<EngineText> text_;
    Screen screen_;
    std::optional<Scene> scene_;
    std::string notice_;
    Screen notice_row_; // one row, as if tmux showed it
    bool notice_drawn_ = false; // what is in that row is the notice
    std::optional<Scene> notice_scene_;
    Look look_;
    bool flashed_ = false; // the target is not what the screen shows
    int width_ = 0;
    int height_ = 0;
    int padding_ = 0;
    unsigned tints_ = 0;
    std::bitset<3> given_up_; // since the last picture that lacked nothing
    std::vector<CellRect> moved_;
    std::vector<PixelRect> parts_; // drawn last
    DamageSize drawn_;
    std::unique_ptr<Painter> painter_;
};

} // namespace vitrine
