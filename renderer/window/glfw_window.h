// The window: GLFW with a surface to draw on, as RAII.
#pragma once

#include "draw/geometry.h"
#include "draw/gl_messages.h"
#include "input/keys.h"
#include "result.h"
#include "window/surface.h"

#include <memory>
#include <span>
#include <string>

struct GLFWwindow;

namespace vitrine {

enum class Press { down, repeated, up };

// What happens to a window. Called from DisplayEvents::poll() only. Places are px of
// the framebuffer.
class WindowEvents {
public:
    virtual ~WindowEvents() = default;
    virtual void on_key(const KeyPress &key, Press press) = 0;
    virtual void on_text(std::uint32_t codepoint, int modifiers) = 0;
    virtual void on_button(int button, Press press, int modifiers) = 0;
    virtual void on_pointer(double x, double y) = 0;
    virtual void on_scroll(double x, double y, int modifiers) = 0;
    virtual void on_focus(bool focused) = 0;
    virtual void on_resize(int width, int height) = 0;
    virtual void on_scale(double scale) = 0;
    virtual void on_expose() = 0;
    virtual void on_iconify(bool iconified) = 0;
    virtual void on_close() = 0;
};

// GLFW itself; one per process, and longer-lived than all windows.
class Glfw {
    struct Key {}; // lets make_unique in, and nobody else

public:
    static Result<std::unique_ptr<Glfw>> start();
    explicit Glfw(Key) {}
    ~Glfw();
    Glfw(const Glfw &) = delete;
    Glfw &operator=(const Glfw &) = delete;
};

class Window {
    struct Key {};

public:
    // Not shown yet. events is borrowed and outlives the window.
    // app_class is X11's class and instance, or Wayland's app-id.
    static Result<std::unique_ptr<Window>> open(WindowEvents &events, Drawing drawing,
                                                GlChecks checks, const std::string &app_class);

    Window(Key, WindowEvents &events, GLFWwindow *window);
    Window(const Window &) = delete;
    Window &operator=(const Window &) = delete;

    void show();
    // px of the framebuffer.
    void resize(int width, int height);
    void set_title(const std::string &title);
    void set_opacity(double opacity);
    // On the screen that it is on most of, or back to where it was.
    void set_full_screen(bool on);
    bool full_screen() const;
    void request_attention();

    int width() const { return width_; }
    int height() const { return height_; }
    double scale() const;
    bool focused() const;
    // By somebody else; it shows nothing any more.
    bool destroyed() const;
    // Of the monitor, 60 if it does not say.
    int refresh_rate() const;

    std::string clipboard() const;
    void set_clipboard(const std::string &text);
    // The X11 selection of a middle click; elsewhere the clipboard.
    std::string primary() const;
    void set_primary(const std::string &text);

    // All that is shown, px.
    PixelRect whole() const { return {0, 0, width_, height_}; }
    Surface &surface() { return *surface_; }

private:
    struct Deleter {
        void operator()(GLFWwindow *window) const;
    };

    Result<void> make_surface(Drawing drawing, GlChecks checks);
    void set_icon();
    void listen();
    // Whose event it is, with its surface entered.
    static Window &of(GLFWwindow *window);

    WindowEvents &events_;
    std::unique_ptr<GLFWwindow, Deleter> window_;
    std::unique_ptr<Surface> surface_;
    int width_ = 0;
    int height_ = 0;
    PixelRect before_full_screen_; // in the display's coordinates
};

} // namespace vitrine
