// One window: its session, its input, its pictures. The loop of all windows calls it.
#pragma once

#include "app/drawing_count.h"
#include "app/launch.h"
#include "app/observer.h"
#include "app/pacing.h"
#include "app/session.h"
#include "config/settings.h"
#include "draw/renderer.h"
#include "input/handler.h"
#include "input/shortcuts.h"
#include "out_of_memory.h"
#include "window/glfw_window.h"
#include "window/native.h"

#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>

namespace vitrine {

class WindowApp final : public WindowEvents, public PasteSource {
public:
    enum class Picture { none, presented };

    // What a turn of the loop came to.
    struct Turn {
        Picture picture;
        Nanoseconds wake; // when the next one is due at the latest
    };

    // display is borrowed and outlives this; notice is what is shown at first, "" for nothing.
    WindowApp(DisplayEvents &display, const Settings &settings, std::string notice);
    ~WindowApp() override;

    // Borrowed; to be set before the first turn.
    void set_observer(LoopObserver *observer) { observer_ = observer; }

    // Opens the window, unseen yet, and attaches.
    Result<void> open(const Launch &launch);
    // Takes in the stream if it has something, draws what is due.
    Turn turn(bool readable);
    // The session ended, or the window is to be closed.
    bool over() const { return session_->over() || closing_ || !error_.empty(); }
    // To be called then, once: the window goes with this object, its session is left to end.
    Session leave();

    vitrine_connection_t *connection() { return session_->connection(); }
    // Whether another window on the session was asked for since the last call.
    bool take_wish() { return std::exchange(wants_another_, false); }

    void follow(const Settings &settings);
    // The display has another scale.
    void rescale();
    // A line over the picture, "" for none.
    void notify(const std::string &text);

private:
    void on_key(const KeyPress &key, Press press) override;
    void on_text(std::uint32_t codepoint, int modifiers) override;
    void on_button(int button, Press press, int modifiers) override;
    void on_pointer(double x, double y) override;
    void on_scroll(double x, double y, int modifiers) override;
    void on_focus(bool focused) override;
    void on_resize(int width, int height) override;
    void on_scale(double scale) override;
    void on_expose() override;
    void on_iconify(bool iconified) override;
    void on_close() override;
    std::string clipboard() override { return window_->clipboard(); }
    std::string primary() override { return window_->primary(); }

    Result<void> open_window();
    Result<void> try_drawing(Drawing drawing);
    Result<void> reopen_window();
    void handle_stream();
    void consult_observer(Nanoseconds now);
    void handle_event(const vitrine_event_t &event);
    void set_clipboard(const vitrine_event_t &event);
    void typed();

    void tell_colours();
    void load_fonts();
    FontOptions fonts() const;
    double scale() const;
    int padding() const; // px
    bool take_shortcut(Shortcut shortcut);
    void zoom(int points);
    void follow_cursor();
    void follow_keys();

    bool make_room(const Refusal &refusal);
    template <typename Body>
    bool with_memory(const Body &body);
    std::span<const PixelRect> draw_picture(Nanoseconds now);
    void tell_of_memory();
    Picture draw_if_due(Nanoseconds now);
    Picture draw(Nanoseconds now);
    void take_frame(Nanoseconds now);
    void show();
    void fit_window();
    void update_look(Nanoseconds now);
    void recover_gpu();
    void present(std::span<const PixelRect> parts, Nanoseconds now);
    void log_picture(std::span<const PixelRect> parts, Nanoseconds began);
    void ask_if_due(Nanoseconds now);
    bool wants_picture(Nanoseconds now);
    Nanoseconds next_wake(Nanoseconds now);
    bool seen() const { return shown_ && !iconified_; }
    bool flash_due(Nanoseconds now) const { return now < flash_until_; }

    DisplayEvents &display_;
    Settings settings_;
    ShortcutKeys shortcuts_;
    std::string notice_; // over the picture, "" for none
    DebugSwitches debug_ = debug_from_environment();
    DrawingCount count_;
    // What is below borrows what is above.
    std::unique_ptr<Window> window_;
    std::unique_ptr<Renderer> renderer_;
    std::optional<Session> session_;
    std::optional<InputHandler> input_;
    std::optional<FramePacer> pacer_;
    Blinker blinker_;
    Shortage shortage_;

    Refusal refused_;          // what the memory was last lacking for
    std::string starved_text_; // that text is lacking for want of it, "" while none is
    std::string error_;
    std::string title_ = "vitrine";
    GridGeometry told_;     // the size that tmux knows of
    int zoomed_ = 0;        // pt more than the settings say
    double zoom_wheel_ = 0; // notches that are not whole yet
    bool shown_ = false;
    bool iconified_ = false;
    bool focused_ = false;
    bool closing_ = false;
    bool wants_another_ = false;
    std::optional<int> opens_window_; // the key held that does, when it is let go
    bool single_pane_ = false; // shows one pane and has its size
    bool resized_ = false;     // the target has another size than the window
    bool present_all_ = false; // what the window shows is lost
    Nanoseconds flash_until_ = 0;
    int keys_down_ = 0;
    unsigned pictures_ = 0;
    LoopObserver *observer_ = nullptr;
    Nanoseconds observer_wake_ = never;
};

// Once more for each thing that can be given up. False: there is an error to end with.
template <typename Body>
bool WindowApp::with_memory(const Body &body)
{
    for (;;) {
        try {
            body();
            return true;
        } catch (const std::bad_alloc &) {
            if (make_room(take_refusal()))
                continue;
            error_ = out_of_memory(refused_);
            return false;
        }
    }
}

} // namespace vitrine
