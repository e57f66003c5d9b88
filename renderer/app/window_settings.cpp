// The part of WindowApp that follows the configuration.

#include "app/window_app.h"

#include "app/heap.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace vitrine {

// What did not change is left alone: fonts take a while to load.
void WindowApp::follow(const Settings &settings)
{
    window_->surface().enter();
    const Settings before = std::exchange(settings_, settings);
    if (theme_of(settings_) != theme_of(before)) {
        renderer_->set_theme(theme_of(settings_));
        tell_colours();
    }
    if (settings_.font != before.font) {
        load_fonts();
        warn_of_font(renderer_->fonts());
    }
    if (settings_.padding != before.padding) {
        renderer_->set_padding(padding());
        resized_ = true;
    }
    if (settings_.opacity != before.opacity)
        window_->set_opacity(settings_.opacity);
    if (settings_.memory_limit != before.memory_limit ||
        settings_.memory_limits != before.memory_limits) {
        renderer_->forget_pressure();
        renderer_->draw_all();
    }
    follow_cursor();
    follow_keys();
}

void WindowApp::follow_keys()
{
    shortcuts_ = {settings_.zoom_keys, settings_.full_screen_key,
                  parse_key(settings_.new_window_key)};
}

// tmux answers with them what programs ask of the terminal.
void WindowApp::tell_colours()
{
    const Theme theme = theme_of(settings_);
    vitrine_send_colours(session_->connection(), theme.foreground, theme.background);
}

double WindowApp::scale() const { return display_.scale().value_or(window_->scale()); }

// A display with other pixels: the same text in another size.
void WindowApp::rescale()
{
    window_->surface().enter();
    load_fonts();
    renderer_->set_padding(padding());
}

FontOptions WindowApp::fonts() const
{
    FontOptions fonts = font_options(settings_, scale());
    fonts.points = std::clamp(fonts.points + zoomed_, smallest_font, largest_font);
    return fonts;
}

int WindowApp::padding() const
{
    return static_cast<int>(std::lround(settings_.padding * scale()));
}

// The frame says what tmux and the program want.
void WindowApp::follow_cursor()
{
    const ui_cursor_t &cursor = renderer_->screen().cursor();
    const bool blinks = settings_.cursor_blink == CursorBlink::program
                            ? cursor.blinking != 0
                            : settings_.cursor_blink == CursorBlink::always;
    blinker_.set_cursor(cursor.visible && blinks);
}

bool WindowApp::take_shortcut(Shortcut shortcut)
{
    switch (shortcut) {
    case Shortcut::zoom_in:
        zoom(zoomed_ + 1);
        return true;
    case Shortcut::zoom_out:
        zoom(zoomed_ - 1);
        return true;
    case Shortcut::zoom_reset:
        zoom(0);
        return true;
    case Shortcut::full_screen:
        window_->set_full_screen(!window_->full_screen());
        return true;
    default:
        return false;
    }
}

// Past the smallest or the largest size nothing is counted, so that the way back
// begins at once.
void WindowApp::zoom(int points)
{
    const double size = settings_.font.points + points;
    if (points == zoomed_ || size < smallest_font || size > largest_font)
        return;
    zoomed_ = points;
    load_fonts();
}

// If they cannot be had, the old ones stay.
void WindowApp::load_fonts()
{
    Result<void> result;
    if (!with_memory([&] { result = renderer_->load_fonts(fonts()); }))
        return;
    if (!result) {
        notify(result.error());
        return;
    }
    resized_ = true;
    give_back_holes();
}

void WindowApp::notify(const std::string &text)
{
    if (text == notice_)
        return;
    notice_ = text;
    renderer_->set_notice(notice_);
}

} // namespace vitrine
