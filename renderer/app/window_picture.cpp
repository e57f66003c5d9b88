// The part of WindowApp that makes pictures: when one is due, what it takes,
// how it gets onto the window.

#include "app/clock.h"
#include "app/window_app.h"

#include <algorithm>
#include <cstdio>

namespace vitrine {

namespace {

// How often to look where the display does not tell that it has something.
constexpr Nanoseconds hidden_events_every = 8 * millisecond;
constexpr unsigned pretended_reset_every = 50; // pictures

BlinkPhase phase(bool shown) { return shown ? BlinkPhase::shown : BlinkPhase::hidden; }

} // namespace

WindowApp::Picture WindowApp::draw_if_due(Nanoseconds now)
{
    if (!pacer_->may_draw(now))
        return Picture::none;
    if (session_->new_frame() != nullptr)
        take_frame(now);
    const Picture picture = seen() ? draw(now) : Picture::none;
    if (picture == Picture::none)
        count_.passed();
    return picture;
}

WindowApp::Picture WindowApp::draw(Nanoseconds now)
{
    if (resized_)
        fit_window();
    recover_gpu();
    update_look(now);
    if (!wants_picture(now) || !error_.empty())
        return Picture::none;
    const std::span<const PixelRect> parts = draw_picture(now);
    if (!error_.empty())
        return Picture::none;
    if (observer_ != nullptr)
        observer_->drawn();
    present(parts, now);
    count_.presented(renderer_->drawn(), count_.timed() ? monotonic_now() : 0);
    if (observer_ != nullptr) {
        display_.settled(true); // sends it
        observer_->presented();
        observer_wake_ = now; // when it is to be called may have changed with that
    }
    return Picture::presented;
}

// False: what counts to the limit that was reached is given up already.
bool WindowApp::make_room(const Refusal &refusal)
{
    refused_ = refusal;
    return renderer_->give_up(refusal);
}

// Text that is lacking in the end is said to be. With each picture it is tried again within
// what little memory is left to it, now and then with all that it may have.
std::span<const PixelRect> WindowApp::draw_picture(Nanoseconds now)
{
    if (shortage_.due(now))
        renderer_->forget_pressure();
    std::span<const PixelRect> parts;
    const auto draw = [&] { parts = renderer_->draw(); };
    bool drawn = with_memory(draw);
    while (drawn && renderer_->starved() && make_room(renderer_->starved_by()))
        drawn = with_memory(draw);
    if (drawn)
        tell_of_memory();
    shortage_.drawn(now, renderer_->starved());
    return parts;
}

void WindowApp::tell_of_memory()
{
    if (renderer_->starved() != starved_text_.empty())
        return;
    if (renderer_->starved()) {
        starved_text_ = "some text is not shown: " + out_of_memory(refused_);
        std::fprintf(stderr, "vitrine: %s\n", starved_text_.c_str());
        notify(starved_text_);
        return;
    }
    if (notice_ == starved_text_)
        notify("");
    starved_text_.clear();
}

void WindowApp::take_frame(Nanoseconds now)
{
    if (observer_ != nullptr)
        observer_->taken(session_->new_frame());
    const ui_cursor_t before = renderer_->screen().cursor();
    if (!with_memory([&] { renderer_->take(session_->new_frame()); }))
        return;
    ui_frame_times_t times;
    vitrine_frame_times(session_->new_frame(), &times);
    count_.taken(times);
    input_->set_modes(vitrine_frame_modes(session_->new_frame()));
    session_->frame_taken();
    input_->set_geometry(renderer_->geometry());
    const Screen &screen = renderer_->screen();
    const ui_cursor_t &cursor = screen.cursor();
    if (cursor.column != before.column || cursor.row != before.row)
        blinker_.restart(now);
    follow_cursor();
    blinker_.set_text(screen.blinks());
    if (!shown_)
        show();
}

// With the first frame, so that a tmux that refuses shows no window at all.
void WindowApp::show()
{
    // A pane has the size it has; the window takes that.
    if (single_pane_ && pictures_ == 0) {
        const GridGeometry grid = renderer_->geometry();
        window_->resize(grid.width() + 2 * padding(), grid.height() + 2 * padding());
        resized_ = true;
    }
    window_->show();
    if (settings_.full_screen && pictures_ == 0)
        window_->set_full_screen(true);
    shown_ = true;
    present_all_ = true;
}

void WindowApp::fit_window()
{
    resized_ = false;
    const int width = window_->width();
    const int height = window_->height();
    if (width <= 0 || height <= 0)
        return;
    Result<void> result;
    if (!with_memory([&] { result = renderer_->resize(width, height); }))
        return;
    if (!result)
        error_ = "window: " + result.error();
    const CellMetrics &cell = renderer_->metrics();
    input_->set_geometry(renderer_->geometry());
    const GridGeometry fitting = fit_grid(width, height, cell.width, cell.height, padding());
    if (fitting == told_)
        return;
    told_ = fitting;
    vitrine_send_resize(session_->connection(), static_cast<std::uint16_t>(fitting.columns),
                        static_cast<std::uint16_t>(fitting.rows),
                        static_cast<std::uint16_t>(cell.width),
                        static_cast<std::uint16_t>(cell.height));
}

// Nobody looks at a blinking cursor in a window without focus.
void WindowApp::update_look(Nanoseconds now)
{
    Look look;
    look.focus = focused_ ? Focus::yes : Focus::no;
    look.cursor_phase = phase(!focused_ || blinker_.cursor_shown(now));
    look.text_phase = phase(!focused_ || blinker_.text_shown(now));
    look.flash = flash_due(now);
    renderer_->set_look(look);
}

// A context that was lost stays lost, and GLFW ties it to its window.
void WindowApp::recover_gpu()
{
    const bool pretended =
        debug_.reset && pictures_ % pretended_reset_every == pretended_reset_every - 1;
    if (!pretended && !window_->surface().lost())
        return;
    pictures_++;
    Result<void> result;
    if (with_memory([&] { result = reopen_window(); }) && !result)
        error_ = result.error();
}

Result<void> WindowApp::reopen_window()
{
    const int width = window_->width();
    const int height = window_->height();
    if (auto result = open_window(); !result)
        return result;
    window_->set_title(title_);
    window_->resize(width, height);
    fit_window();
    show();
    return {};
}

bool WindowApp::wants_picture(Nanoseconds now)
{
    return renderer_->dirty() || present_all_ || shortage_.due(now) ||
           flash_due(now) != renderer_->look().flash;
}

void WindowApp::present(std::span<const PixelRect> parts, Nanoseconds now)
{
    const PixelRect whole = window_->whole();
    Surface &surface = window_->surface();
    const std::span<const PixelRect> damage = present_all_ ? std::span(&whole, 1) : parts;
    if (!present_all_ && surface.shows_parts(parts, whole)) {
        for (const PixelRect &part : parts)
            renderer_->painter().present(part);
        surface.show_parts(parts, whole);
    } else {
        renderer_->painter().present(whole);
        surface.show_whole(whole, damage);
    }
    pacer_->presented(now);
    present_all_ = window_->surface().settles(whole);
    pictures_++;
    if (debug_.frames)
        log_picture(damage, now);
}

void WindowApp::log_picture(std::span<const PixelRect> parts, Nanoseconds began)
{
    std::fprintf(stderr, "picture %u:", pictures_);
    for (const PixelRect &part : parts)
        std::fprintf(stderr, " %dx%d at %d,%d,", part.width, part.height, part.x, part.y);
    std::fprintf(stderr, " %lld us\n", static_cast<long long>((monotonic_now() - began) / 1000));
}

void WindowApp::ask_if_due(Nanoseconds now)
{
    if (session_->holds_credit() && pacer_->may_ask(now))
        session_->give_back();
}

Nanoseconds WindowApp::next_wake(Nanoseconds now)
{
    Nanoseconds wake = observer_wake_;
    if (session_->new_frame() != nullptr || (seen() && (resized_ || wants_picture(now))))
        wake = std::min(wake, pacer_->draw_at());
    if (session_->holds_credit())
        wake = std::min(wake, pacer_->credit_at());
    if (seen() && focused_)
        wake = std::min(wake, blinker_.next_change(now));
    if (seen() && renderer_->look().flash)
        wake = std::min(wake, flash_until_);
    if (seen() && !shortage_.due(now))
        wake = std::min(wake, shortage_.retry_at());
    if (display_.descriptor() < 0 || (display_.hides_events() && keys_down_ > 0))
        wake = std::min(wake, now + hidden_events_every);
    return wake;
}

} // namespace vitrine
