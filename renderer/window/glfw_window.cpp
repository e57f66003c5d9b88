#include "window/glfw_window.h"

#include "window/gl_surface.h"
#include "window/native.h"
#include "window/x11_surface.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>

namespace vitrine {

namespace {

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

void set_hints(Drawing drawing)
{
    glfwDefaultWindowHints();
    if (drawing == Drawing::software)
        glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_CONTEXT_ROBUSTNESS, GLFW_LOSE_CONTEXT_ON_RESET);
    // No buffers that nothing is drawn into.
    for (const int unused : {GLFW_ALPHA_BITS, GLFW_DEPTH_BITS, GLFW_STENCIL_BITS, GLFW_SAMPLES})
        glfwWindowHint(unused, 0);
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    glfwWindowHint(GLFW_FOCUS_ON_SHOW, GLFW_TRUE);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "vitrine");
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "vitrine");
}

GLFWwindow *create_window(Drawing drawing, int width, int height)
{
    set_hints(drawing);
    GLFWwindow *window = glfwCreateWindow(width, height, "vitrine", nullptr, nullptr);
    if (window != nullptr || drawing == Drawing::software)
        return window;
    // Some drivers cannot tell of resets.
    glfwWindowHint(GLFW_CONTEXT_ROBUSTNESS, GLFW_NO_ROBUSTNESS);
    return glfwCreateWindow(width, height, "vitrine", nullptr, nullptr);
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

Result<std::unique_ptr<Window>> Window::open(WindowEvents &events, Drawing drawing, int width,
                                             int height)
{
    GLFWwindow *created = create_window(drawing, width, height);
    if (created == nullptr)
        return Error{(drawing == Drawing::gl ? "OpenGL 3.3 core is not available: " : "window: ") +
                     last_glfw_error()};
    auto window = std::make_unique<Window>(Key{}, events, created);
    if (auto result = window->make_surface(drawing); !result)
        return Error{result.error()};
    return window;
}

Window::Window(Key, WindowEvents &events, GLFWwindow *window) : events_(events), window_(window)
{
    glfwGetFramebufferSize(window, &width_, &height_);
    glfwSetInputMode(window, GLFW_LOCK_KEY_MODS, GLFW_TRUE);
    listen();
}

Result<void> Window::make_surface(Drawing drawing)
{
    if (drawing == Drawing::gl) {
        surface_ = make_gl_surface(window_.get());
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
    return *static_cast<Window *>(glfwGetWindowUserPointer(window));
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
    glfwSetScrollCallback(window,
                          [](GLFWwindow *w, double x, double y) { of(w).events_.on_scroll(x, y); });
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

void Window::hide() { glfwHideWindow(window_.get()); }

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

void Window::request_attention() { glfwRequestWindowAttention(window_.get()); }

double Window::scale() const
{
    float x = 1;
    float y = 1;
    glfwGetWindowContentScale(window_.get(), &x, &y);
    return x;
}

bool Window::focused() const { return glfwGetWindowAttrib(window_.get(), GLFW_FOCUSED); }

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
