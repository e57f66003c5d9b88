#include "window/glfw_window.h"

#include "window/gl_surface.h"
#include "window/icon.h"
#include "window/native.h"
#include "window/x11_surface.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

namespace vitrine {

namespace {

// What was built with GLFW 3.3 may run with a later one.
constexpr int wayland_app_id = 0x00026001; // GLFW_WAYLAND_APP_ID, since 3.4

bool since_3_4()
{
    int major = 0;
    int minor = 0;
    glfwGetVersion(&major, &minor, nullptr);
    return major > 3 || (major == 3 && minor >= 4);
}

std::string last_glfw_error()
{
    const char *text = nullptr;
    glfwGetError(&text);
    std::string error = text != nullptr ? text : "no reason given";
    while (error.ends_with(' ') || error.ends_with('\n'))
        error.pop_back();
    return error;
}

Press press_of(int action)
{
    if (action == GLFW_RELEASE)
        return Press::up;
    return action == GLFW_REPEAT ? Press::repeated : Press::down;
}

void set_hints(Drawing drawing, GlChecks checks, const std::string &app_class)
{
    glfwDefaultWindowHints();
    if (drawing == Drawing::software)
        glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_CONTEXT_ROBUSTNESS, GLFW_LOSE_CONTEXT_ON_RESET);
    glfwWindowHint(GLFW_OPENGL_DEBUG_CONTEXT, checks == GlChecks::messages);
    // No buffers that nothing is drawn into.
    for (const int unused : {GLFW_ALPHA_BITS, GLFW_DEPTH_BITS, GLFW_STENCIL_BITS, GLFW_SAMPLES})
        glfwWindowHint(unused, 0);
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    glfwWindowHint(GLFW_FOCUS_ON_SHOW, GLFW_TRUE);
    // Who looks at another screen wants to see this one still.
    glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, app_class.c_str());
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, app_class.c_str());
    if (since_3_4())
        glfwWindowHintString(wayland_app_id, app_class.c_str());
}

// Its size is set once it is known how large a cell is on its screen.
GLFWwindow *create_window(Drawing drawing, GlChecks checks, const std::string &app_class)
{
    constexpr int width = 800;
    constexpr int height = 500;
    set_hints(drawing, checks, app_class);
    GLFWwindow *window = glfwCreateWindow(width, height, "vitrine", nullptr, nullptr);
    if (window != nullptr || drawing == Drawing::software)
        return window;
    // Some drivers cannot tell of resets.
    glfwWindowHint(GLFW_CONTEXT_ROBUSTNESS, GLFW_NO_ROBUSTNESS);
    return glfwCreateWindow(width, height, "vitrine", nullptr, nullptr);
}

// Places of monitors and windows are in the display's coordinates.

PixelRect place_of(GLFWmonitor *monitor)
{
    PixelRect place;
    glfwGetMonitorPos(monitor, &place.x, &place.y);
    const GLFWvidmode *mode = glfwGetVideoMode(monitor);
    if (mode != nullptr) {
        place.width = mode->width;
        place.height = mode->height;
    }
    return place;
}

PixelRect place_of(GLFWwindow *window)
{
    PixelRect place;
    glfwGetWindowPos(window, &place.x, &place.y);
    glfwGetWindowSize(window, &place.width, &place.height);
    return place;
}

long shared_area(const PixelRect &a, const PixelRect &b)
{
    const int width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const int height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    return width > 0 && height > 0 ? static_cast<long>(width) * height : 0;
}

// The one that shows most of the window; nullptr if there is none at all.
GLFWmonitor *monitor_of(GLFWwindow *window)
{
    const PixelRect place = place_of(window);
    int count = 0;
    GLFWmonitor **monitors = glfwGetMonitors(&count);
    GLFWmonitor *best = glfwGetPrimaryMonitor();
    long most = 0;
    for (GLFWmonitor *monitor : std::span(monitors, static_cast<std::size_t>(count))) {
        const long area = shared_area(place, place_of(monitor));
        if (area > most)
            best = monitor;
        most = std::max(most, area);
    }
    return best;
}

// GLFW tells modifiers with keys and buttons, not with the wheel.
int held_modifiers(GLFWwindow *window)
{
    const auto held = [window](int left, int right, int modifier) {
        const bool down =
            glfwGetKey(window, left) == GLFW_PRESS || glfwGetKey(window, right) == GLFW_PRESS;
        return down ? modifier : 0;
    };
    return held(GLFW_KEY_LEFT_SHIFT, GLFW_KEY_RIGHT_SHIFT, GLFW_MOD_SHIFT) |
           held(GLFW_KEY_LEFT_CONTROL, GLFW_KEY_RIGHT_CONTROL, GLFW_MOD_CONTROL) |
           held(GLFW_KEY_LEFT_ALT, GLFW_KEY_RIGHT_ALT, GLFW_MOD_ALT);
}

} // namespace

Result<std::unique_ptr<Glfw>> Glfw::start()
{
    glfwInitHint(GLFW_JOYSTICK_HAT_BUTTONS, GLFW_FALSE);
    if (!glfwInit())
        return Error{"display: " + last_glfw_error()};
    survive_x11_errors();
    return std::make_unique<Glfw>(Key{});
}

Glfw::~Glfw() { glfwTerminate(); }

Result<std::unique_ptr<Window>> Window::open(WindowEvents &events, Drawing drawing, GlChecks checks,
                                             const std::string &app_class)
{
    GLFWwindow *created = create_window(drawing, checks, app_class);
    if (created == nullptr)
        return Error{(drawing == Drawing::gl ? "OpenGL 3.3 core is not available: " : "window: ") +
                     last_glfw_error()};
    auto window = std::make_unique<Window>(Key{}, events, created);
    if (auto result = window->make_surface(drawing, checks); !result)
        return Error{result.error()};
    return window;
}

Window::Window(Key, WindowEvents &events, GLFWwindow *window) : events_(events), window_(window)
{
    glfwGetFramebufferSize(window, &width_, &height_);
    glfwSetInputMode(window, GLFW_LOCK_KEY_MODS, GLFW_TRUE);
    set_icon();
    listen();
}

// Wayland has its icon of the desktop entry.
void Window::set_icon()
{
    if (!has_x11())
        return;
    constexpr std::array sizes = {16, 32, 48, 128};
    std::array<std::vector<std::uint8_t>, sizes.size()> pixels;
    std::array<GLFWimage, sizes.size()> images{};
    for (std::size_t i = 0; i < sizes.size(); i++) {
        pixels[i] = draw_icon(sizes[i]);
        images[i] = {sizes[i], sizes[i], pixels[i].data()};
    }
    glfwSetWindowIcon(window_.get(), static_cast<int>(images.size()), images.data());
}

Result<void> Window::make_surface(Drawing drawing, GlChecks checks)
{
    if (drawing == Drawing::gl) {
        surface_ = make_gl_surface(window_.get(), checks);
        return {};
    }
    auto surface = make_x11_surface(x11_display(), x11_window(window_.get()));
    if (!surface)
        return Error{"display: " + surface.error()};
    surface_ = surface.take();
    return {};
}

void Window::Deleter::operator()(GLFWwindow *window) const { glfwDestroyWindow(window); }

Window &Window::of(GLFWwindow *window)
{
    Window &self = *static_cast<Window *>(glfwGetWindowUserPointer(window));
    if (self.surface_)
        self.surface_->enter();
    return self;
}

void Window::listen()
{
    GLFWwindow *window = window_.get();
    glfwSetWindowUserPointer(window, this);
    glfwSetKeyCallback(window, [](GLFWwindow *w, int key, int scancode, int action, int modifiers) {
        const char *name = glfwGetKeyName(key, scancode);
        // Asking costs a trip to the display, so only where it matters.
        const bool ask = (modifiers & GLFW_MOD_CONTROL) && (modifiers & GLFW_MOD_SHIFT) &&
                         name != nullptr && action != GLFW_RELEASE;
        of(w).events_.on_key(
            {key, modifiers, name != nullptr ? name : "", ask ? shifted_character(scancode) : 0},
            press_of(action));
    });
    // Unlike the plain one, it also tells of characters typed with Alt.
    glfwSetCharModsCallback(window, [](GLFWwindow *w, unsigned codepoint, int modifiers) {
        of(w).events_.on_text(codepoint, modifiers);
    });
    glfwSetMouseButtonCallback(window, [](GLFWwindow *w, int button, int action, int modifiers) {
        of(w).events_.on_button(button, press_of(action), modifiers);
    });
    glfwSetCursorPosCallback(window, [](GLFWwindow *w, double x, double y) {
        // From screen coordinates, which are not px where GLFW scales.
        int width = 0;
        int height = 0;
        int width_px = 0;
        int height_px = 0;
        // Both of now: what a resize was last told of may be older.
        glfwGetWindowSize(w, &width, &height);
        glfwGetFramebufferSize(w, &width_px, &height_px);
        of(w).events_.on_pointer(x * width_px / std::max(width, 1),
                                 y * height_px / std::max(height, 1));
    });
    glfwSetScrollCallback(window, [](GLFWwindow *w, double x, double y) {
        of(w).events_.on_scroll(x, y, held_modifiers(w));
    });
    glfwSetWindowFocusCallback(
        window, [](GLFWwindow *w, int focused) { of(w).events_.on_focus(focused == GLFW_TRUE); });
    glfwSetFramebufferSizeCallback(window, [](GLFWwindow *w, int new_width, int new_height) {
        Window &self = of(w);
        self.width_ = new_width;
        self.height_ = new_height;
        self.events_.on_resize(new_width, new_height);
    });
    glfwSetWindowContentScaleCallback(
        window, [](GLFWwindow *w, float x, float) { of(w).events_.on_scale(x); });
    glfwSetWindowRefreshCallback(window, [](GLFWwindow *w) { of(w).events_.on_expose(); });
    glfwSetWindowIconifyCallback(window, [](GLFWwindow *w, int iconified) {
        of(w).events_.on_iconify(iconified == GLFW_TRUE);
    });
    glfwSetWindowCloseCallback(window, [](GLFWwindow *w) { of(w).events_.on_close(); });
}

void Window::show() { glfwShowWindow(window_.get()); }

void Window::resize(int width, int height)
{
    int window_width = 0;
    int window_height = 0;
    glfwGetWindowSize(window_.get(), &window_width, &window_height);
    const double scale_x = window_width > 0 ? static_cast<double>(width_) / window_width : 1;
    const double scale_y = window_height > 0 ? static_cast<double>(height_) / window_height : 1;
    glfwSetWindowSize(window_.get(), static_cast<int>(std::ceil(width / scale_x)),
                      static_cast<int>(std::ceil(height / scale_y)));
    glfwGetFramebufferSize(window_.get(), &width_, &height_);
}

void Window::set_title(const std::string &title)
{
    glfwSetWindowTitle(window_.get(), title.c_str());
}

void Window::set_opacity(double opacity)
{
    glfwSetWindowOpacity(window_.get(), static_cast<float>(opacity));
}

bool Window::full_screen() const { return glfwGetWindowMonitor(window_.get()) != nullptr; }

void Window::set_full_screen(bool on)
{
    GLFWwindow *window = window_.get();
    if (on == full_screen())
        return;
    if (!on) {
        const PixelRect &back = before_full_screen_;
        glfwSetWindowMonitor(window, nullptr, back.x, back.y, back.width, back.height,
                             GLFW_DONT_CARE);
        return;
    }
    GLFWmonitor *monitor = monitor_of(window);
    const GLFWvidmode *mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
    if (mode == nullptr)
        return;
    before_full_screen_ = place_of(window);
    glfwSetWindowMonitor(window, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
}

void Window::request_attention() { glfwRequestWindowAttention(window_.get()); }

double Window::scale() const
{
    float x = 1;
    float y = 1;
    glfwGetWindowContentScale(window_.get(), &x, &y);
    return x;
}

bool Window::focused() const { return glfwGetWindowAttrib(window_.get(), GLFW_FOCUSED); }

bool Window::destroyed() const { return x11_window_destroyed(window_.get()); }

int Window::refresh_rate() const
{
    GLFWmonitor *monitor = glfwGetPrimaryMonitor();
    const GLFWvidmode *mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
    return mode != nullptr && mode->refreshRate > 0 ? mode->refreshRate : 60;
}

std::string Window::clipboard() const
{
    const char *text = glfwGetClipboardString(window_.get());
    return text != nullptr ? text : "";
}

void Window::set_clipboard(const std::string &text)
{
    glfwSetClipboardString(window_.get(), text.c_str());
}

std::string Window::primary() const { return has_x11() ? x11_selection() : clipboard(); }

void Window::set_primary(const std::string &text)
{
    if (!set_x11_selection(text))
        set_clipboard(text);
}

} // namespace vitrine
