#include "draw/renderer.h"

#include "draw/notice.h"

#include <vitrine/scope.hpp>

#include <algorithm>
#include <array>

namespace vitrine {

namespace {

constexpr Rgba flash_tint = 0x26262626u; // white of 0.15
constexpr std::array<std::uint32_t, 3> given_up_in_order = {UI_MEMORY_SHAPES, UI_MEMORY_ATLAS,
                                                            UI_MEMORY_SCENE};

PixelRect pixels_of(const GridGeometry &grid, const CellRect &cells)
{
    return {grid.left + cells.column * grid.cell_width, grid.top + cells.row * grid.cell_height,
            cells.columns * grid.cell_width, cells.rows * grid.cell_height};
}

LineInstance cover(const PixelRect &rect, Rgba colour)
{
    return {static_cast<std::int16_t>(rect.x),
            static_cast<std::int16_t>(rect.y),
            static_cast<std::uint16_t>(rect.width),
            static_cast<std::uint16_t>(rect.height),
            colour,
            LineStyle::solid,
            1,
            1};
}

} // namespace

Result<std::unique_ptr<Renderer>> Renderer::create(const FontOptions &fonts, const Theme &theme,
                                                   const DebugSwitches &debug)
{
    auto renderer = std::make_unique<Renderer>(Key{}, theme, debug);
    if (auto result = renderer->load_fonts(fonts); !result)
        return Error{result.error()};
    return renderer;
}

Result<void> Renderer::load_fonts(const FontOptions &fonts)
{
    auto engine = TextEngine::load(fonts);
    if (!engine)
        return Error{engine.error()};
    // From the last to the first that borrows.
    notice_scene_.reset();
    scene_.reset();
    text_.reset();
    engine_ = engine.take();
    given_up_.reset();
    text_.emplace(*engine_);
    make_scenes();
    screen_.damage().add_all();
    if (painter_)
        painter_->set_blending(fonts.blending);
    if (!painter_ || width_ == 0)
        return {};
    return resize(width_, height_);
}

// Scenes keep what their colours and fonts came to.
void Renderer::make_scenes()
{
    notice_scene_.emplace(notice_row_, *text_, engine_->metrics(), theme_);
    scene_.emplace(screen_, *text_, engine_->metrics(), theme_);
}

void Renderer::set_theme(const Theme &theme)
{
    theme_ = theme;
    make_scenes();
    repaint();
}

void Renderer::set_padding(int padding)
{
    if (padding == padding_)
        return;
    padding_ = padding;
    repaint();
}

void Renderer::set_notice(const std::string &text)
{
    notice_ = text;
    notice_drawn_ = false;
    screen_.damage().add_all(); // so that nothing of the one before is moved along
}

// What is around the grid as well.
void Renderer::repaint()
{
    screen_.damage().add_all();
    if (painter_ && width_ != 0)
        painter_->fill(theme_.background);
}

Result<void> Renderer::attach(std::unique_ptr<Painter> painter)
{
    painter_ = std::move(painter);
    painter_->set_blending(engine_->fonts().options().blending);
    engine_->atlas().invalidate_uploads();
    if (width_ == 0)
        return {};
    return resize(width_, height_);
}

Result<void> Renderer::resize(int width, int height)
{
    width_ = width;
    height_ = height;
    screen_.damage().add_all();
    return painter_->resize(width, height, theme_.background);
}

GridGeometry Renderer::geometry() const
{
    const CellMetrics &cell = engine_->metrics();
    return {cell.width, cell.height, screen_.columns(), screen_.rows(), padding_, padding_};
}

// Where the screen was and is no longer, the target is background again.
void Renderer::take(const vitrine_frame_t *frame)
{
    const GridGeometry before = geometry();
    Rollback no_frame([&] { screen_ = {}; }); // half of one is none
    screen_.take_frame(frame);
    no_frame.dismiss();
    if (geometry() != before && painter_ && width_ != 0)
        painter_->fill(theme_.background);
}

bool Renderer::give_up(const Refusal &cause)
{
    const std::uint32_t tag = cause ? cause->limit_tag : UI_MEMORY_ALL;
    for (std::size_t i = 0; i < given_up_in_order.size(); i++) {
        const bool counts = tag == UI_MEMORY_ALL || tag == given_up_in_order[i];
        if (!counts || given_up_[i])
            continue;
        // What was given up before has been made again meanwhile.
        for (std::size_t before = tag == UI_MEMORY_ALL ? 0 : i; before <= i; before++)
            drop(given_up_in_order[before]);
        given_up_.set(i);
        if (tag == UI_MEMORY_ALL && given_up_.all())
            engine_->set_frugal(true, cause);
        draw_all();
        return true;
    }
    return false;
}

void Renderer::forget_pressure()
{
    given_up_.reset();
    engine_->set_frugal(false);
}

void Renderer::drop(std::uint32_t tag)
{
    if (tag == UI_MEMORY_SHAPES) {
        engine_->layout().drop_cache();
    } else if (tag == UI_MEMORY_ATLAS) {
        engine_->atlas().clear();
    } else {
        scene_->forget();
        notice_scene_->forget();
    }
}

void Renderer::set_look(const Look &look)
{
    if (look.focus != look_.focus || look.cursor_phase != look_.cursor_phase)
        screen_.damage_cursor();
    if (look.text_phase != look_.text_phase)
        screen_.damage_blinking();
    if (look.flash != look_.flash)
        screen_.damage().add_all();
    look_ = look;
}

// A flash lies on all of the target, so after it and with each picture in it
// everything is drawn again.
std::span<const PixelRect> Renderer::draw()
{
    if (starved())
        draw_all();
    scene_->follow_panes();
    scene_->follow_cursor();
    DamageTracker &damage = screen_.damage();
    const bool over_flash = look_.flash || flashed_;
    if (debug_.full || over_flash)
        damage.add_all();
    if (over_flash)
        painter_->fill(theme_.background);
    const GridGeometry grid = geometry();
    move_scrolled(grid);
    const std::span<const CellRect> rects = damage.rects();
    drawn_ = size_of(rects);
    scene_->compose(rects, grid, look_, [this](const Batch &batch) { draw_batch(batch); });
    if (!notice_.empty())
        draw_notice(grid);
    list_parts(grid);
    if (debug_.damage)
        tint();
    for (const CellRect &cells : moved_)
        damage.add(cells);
    if (!moved_.empty())
        list_parts(grid);
    damage.clear();
    if (look_.flash)
        lighten();
    flashed_ = look_.flash;
    if (!starved())
        forget_pressure();
    return parts_;
}

// What cannot be moved is drawn. A notice must not go along.
void Renderer::move_scrolled(const GridGeometry &grid)
{
    DamageTracker &damage = screen_.damage();
    moved_.clear();
    for (const Scroll &scroll : damage.full() ? std::span<const Scroll>() : screen_.scrolls()) {
        const PixelRect to = pixels_of(grid, scroll.to);
        PixelRect from = to;
        from.y += scroll.by * grid.cell_height;
        const bool inside = notice_.empty() && to.x + to.width <= width_ &&
                            std::max(to.y, from.y) + to.height <= height_;
        if (inside && painter_->move(from, to.y))
            moved_.push_back(scroll.to);
        else
            damage.add(scroll.to);
    }
    screen_.forget_scrolls();
}

void Renderer::draw_batch(const Batch &batch)
{
    painter_->upload(engine_->atlas());
    painter_->draw(batch);
}

// All of its row, if any of that was drawn.
void Renderer::draw_notice(const GridGeometry &grid)
{
    const auto rects = screen_.damage().rects();
    const bool covered = std::any_of(rects.begin(), rects.end(), [&](const CellRect &rect) {
        return rect.bottom() == grid.rows;
    });
    if (!covered)
        return;
    if (!notice_drawn_ || notice_row_.columns() != grid.columns) {
        const std::vector<ui_cell_t> cells = notice_cells(notice_, grid.columns);
        notice_row_.resize(grid.columns, 1);
        notice_row_.take_row(
            0, {cells.data(), nullptr, 1, 0, static_cast<std::uint16_t>(cells.size()), 0});
        notice_drawn_ = true;
    }
    GridGeometry row = grid;
    row.top += (grid.rows - 1) * grid.cell_height;
    row.rows = 1;
    const CellRect all = {0, 0, grid.columns, 1};
    notice_scene_->compose({&all, 1}, row, {}, [this](const Batch &batch) { draw_batch(batch); });
}

// Of full damage also what is around the grid.
void Renderer::list_parts(const GridGeometry &geometry)
{
    DamageTracker &damage = screen_.damage();
    parts_.clear();
    if (damage.full()) {
        parts_.push_back({0, 0, width_, height_});
        return;
    }
    for (const CellRect &cells : damage.rects())
        parts_.push_back(pixels_of(geometry, cells));
}

// Stays until the place is drawn again, in another colour each time.
void Renderer::tint()
{
    static constexpr std::array<Rgba, 4> colours = {0x40000040u, 0x40004000u, 0x40400000u,
                                                    0x40004040u};
    const Rgba colour = colours[tints_++ % colours.size()];
    Batch batch;
    for (const PixelRect &part : parts_)
        batch.lines.push_back(cover(part, colour));
    painter_->draw(batch);
}

void Renderer::lighten()
{
    Batch batch;
    batch.lines.push_back(cover({0, 0, width_, height_}, flash_tint));
    painter_->draw(batch);
}

} // namespace vitrine
