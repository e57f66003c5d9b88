#include "app/window_app.h"

#include "app/clock.h"
#include "app/drawing_choice.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <vitrine/log.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace vitrine {

namespace {

constexpr Nanoseconds flash_lasts = 80 * millisecond;

vitrine_log_module_t log_module = VITRINE_LOG_MODULE("drawing");

} // namespace

WindowApp::WindowApp(DisplayEvents &display, const Settings &settings, std::string notice)
    : display_(display),
      settings_(settings),
      notice_(std::move(notice))
{
    follow_keys();
}

// What is drawn with goes with the window's own.
WindowApp::~WindowApp()
{
    if (window_)
        window_->surface().enter();
}

Result<void> WindowApp::open(const Launch &launch)
{
    single_pane_ = (launch.hello_flags & UI_HELLO_PANE) != 0;
    if (auto result = open_window(); !result)
        return result;
    const CellMetrics &cell = renderer_->metrics();
    window_->resize(settings_.columns * cell.width + 2 * padding(),
                    settings_.rows * cell.height + 2 * padding());
    told_ = fit_grid(window_->width(), window_->height(), cell.width, cell.height, padding());
    resized_ = true;
    auto session = Session::start(launch, {told_.columns, told_.rows, cell.width, cell.height});
    if (!session)
        return Error{session.error()};
    session_.emplace(session.take());
    vitrine_report_drawing(session_->connection(), &count_.drawing());
    tell_colours();
    input_.emplace(session_->connection(), *this);
    pacer_.emplace(window_->refresh_rate());
    return {};
}

// The first way of drawing that works; where none does, why the first does not.
Result<void> WindowApp::open_window()
{
    const auto order = window_drawing(has_x11());
    if (!order)
        return Error{order.error()};
    Result<void> first;
    for (const Drawing &drawing : *order) {
        const Result<void> result = try_drawing(drawing);
        const bool last = &drawing == &order->back();
        VITRINE_LOG(&log_module, VITRINE_LOG_INFO, "by %s: %s",
                    drawing == Drawing::gl ? "OpenGL" : "software",
                    result ? "can be had" : result.error().c_str());
        if (result && (last || !window_->surface().emulated()))
            return {};
        if (!result && first)
            first = result;
    }
    return first;
}

// The window and all that belongs to it. The renderer is there already when
// this is called again after a reset of the GPU.
Result<void> WindowApp::try_drawing(Drawing drawing)
{
    if (renderer_)
        renderer_->detach(); // before the surface it draws on
    window_.reset();
    auto window = Window::open(*this, drawing, debug_.gl ? GlChecks::messages : GlChecks::none,
                               settings_.window_class);
    if (!window)
        return Error{window.error()};
    window_ = window.take();
    window_->set_opacity(settings_.opacity);
    if (!renderer_) {
        auto renderer = Renderer::create(fonts(), theme_of(settings_), debug_);
        if (!renderer)
            return Error{renderer.error()};
        renderer_ = renderer.take();
        warn_of_font(renderer_->fonts());
        renderer_->set_notice(notice_);
        renderer_->set_padding(padding());
    }
    auto painter = window_->surface().make_painter();
    if (!painter)
        return Error{painter.error()};
    return renderer_->attach(painter.take());
}

WindowApp::Turn WindowApp::turn(bool readable)
{
    window_->surface().enter();
    if (readable)
        handle_stream();
    const Nanoseconds now = monotonic_now();
    if (observer_ != nullptr)
        consult_observer(now);
    const Picture picture = draw_if_due(now);
    closing_ = closing_ || window_->destroyed();
    ask_if_due(monotonic_now());
    return {picture, next_wake(now)};
}

Session WindowApp::leave()
{
    vitrine_report_drawing(session_->connection(), nullptr);
    if (error_.empty())
        session_->leave(monotonic_now());
    else
        session_->fail(error_);
    return std::move(*session_);
}

void WindowApp::handle_stream()
{
    vitrine_event_t event;
    while (session_->next_event(event))
        handle_event(event);
}

void WindowApp::consult_observer(Nanoseconds now)
{
    observer_wake_ = observer_->turn(now, *this, session_->new_frame());
    closing_ = closing_ || observer_->done();
}

void WindowApp::handle_event(const vitrine_event_t &event)
{
    switch (event.kind) {
    case VITRINE_EVENT_TITLE:
        title_ = event.length > 0 ? event.text : "vitrine";
        window_->set_title(title_);
        break;
    case VITRINE_EVENT_BELL:
        if (!focused_ && settings_.urgent_bell)
            window_->request_attention();
        if (settings_.visual_bell)
            flash_until_ = monotonic_now() + flash_lasts;
        break;
    case VITRINE_EVENT_CLIPBOARD:
        set_clipboard(event);
        break;
    default:
        break;
    }
}

void WindowApp::set_clipboard(const vitrine_event_t &event)
{
    const std::string_view selection = event.selection != nullptr ? event.selection : "";
    const bool primary = selection.find('p') != std::string_view::npos;
    if (primary)
        window_->set_primary(event.text);
    if (!primary || selection.find('c') != std::string_view::npos)
        window_->set_clipboard(event.text);
}

void WindowApp::on_key(const KeyPress &key, Press press)
{
    if (press != Press::repeated)
        keys_down_ = std::max(keys_down_ + (press == Press::down ? 1 : -1), 0);
    if (press == Press::up) {
        if (opens_window_ == key.key) {
            opens_window_.reset();
            wants_another_ = true;
        }
        return;
    }
    typed();
    notify("");
    const Shortcut shortcut = find_shortcut(key, shortcuts_);
    // One window, however long the key is held: it would go on in the new one, which has the
    // focus then.
    if (shortcut == Shortcut::new_window)
        opens_window_ = key.key;
    else if (!take_shortcut(shortcut))
        input_->key(key);
}

void WindowApp::typed()
{
    const Nanoseconds now = monotonic_now();
    blinker_.restart(now);
    pacer_->hurry(now);
}

void WindowApp::on_text(std::uint32_t codepoint, int modifiers)
{
    typed();
    input_->text(codepoint, modifiers);
}

void WindowApp::on_button(int button, Press press, int modifiers)
{
    if (press == Press::down)
        input_->button_down(button, modifiers);
    else
        input_->button_up(button, modifiers);
}

void WindowApp::on_pointer(double x, double y) { input_->pointer(x, y); }

void WindowApp::on_scroll(double x, double y, int modifiers)
{
    if (!settings_.zoom_keys || modifiers != GLFW_MOD_CONTROL)
        return input_->scroll(x, y, modifiers);
    zoom_wheel_ += y;
    const int notches = static_cast<int>(zoom_wheel_);
    zoom_wheel_ -= notches;
    zoom(zoomed_ + notches);
}

void WindowApp::on_focus(bool focused)
{
    focused_ = focused;
    blinker_.restart(monotonic_now());
    input_->focus(focused);
}

void WindowApp::on_resize(int, int) { resized_ = true; }

void WindowApp::on_scale(double) { rescale(); }

void WindowApp::on_expose() { present_all_ = true; }

void WindowApp::on_iconify(bool iconified)
{
    iconified_ = iconified;
    present_all_ = true;
}

void WindowApp::on_close() { closing_ = true; }

} // namespace vitrine
