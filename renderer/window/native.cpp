#include "window/native.h"

#include "window/x11_scale.h"

#include <GLFW/glfw3.h>

// Types, and XSetErrorHandler().
#include <X11/XKBlib.h>

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>

namespace vitrine {

namespace {

template <typename Function>
Function find(const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

// The last that requests found missing: several windows may be gone before each is looked at.
std::array<XID, 64> missing{};
std::size_t missing_count = 0;

bool is_missing(XID drawable)
{
    return drawable != 0 && std::ranges::find(missing, drawable) != missing.end();
}

// A display of the kind, or null: not built in, or not in use.
void *display_of(const char *getter)
{
    const auto get = find<void *(*)()>(getter);
    return get != nullptr ? get() : nullptr;
}

} // namespace

DisplayEvents::DisplayEvents()
{
    x11_ = x11_display();
    pending_ = find<int (*)(void *)>("XPending");
    const auto x11_descriptor = find<int (*)(void *)>("XConnectionNumber");
    if (x11_ != nullptr && pending_ != nullptr && x11_descriptor != nullptr) {
        descriptor_ = x11_descriptor(x11_);
        scale_watch_ = X11Scale::watch();
        return;
    }
    x11_ = nullptr;
    void *wayland = display_of("glfwGetWaylandDisplay");
    const auto wayland_descriptor = find<int (*)(void *)>("wl_display_get_fd");
    if (wayland == nullptr || wayland_descriptor == nullptr)
        return;
    descriptor_ = wayland_descriptor(wayland);
}

DisplayEvents::~DisplayEvents() = default;

void DisplayEvents::poll() { glfwPollEvents(); }

int DisplayEvents::scale_descriptor() const
{
    return scale_watch_ ? scale_watch_->descriptor() : -1;
}

bool DisplayEvents::rescaled() { return scale_watch_->changed(); }

std::optional<double> DisplayEvents::scale() const
{
    return scale_watch_ ? std::optional(scale_watch_->scale()) : std::nullopt;
}

// Replies that GL or GLFW waited for bring events along into Xlib's queue,
// where the descriptor does not show them. XPending also sends what is queued.
// On Wayland glfwPollEvents() and the swap of buffers have sent everything, and
// the swap may have read.
bool DisplayEvents::settled(bool presented)
{
    return x11_ != nullptr ? pending_(x11_) == 0 : !presented;
}

void survive_x11_errors()
{
    if (!has_x11())
        return;
    XSetErrorHandler([](Display *, XErrorEvent *error) {
        const bool nothing_there =
            error->error_code == BadWindow || error->error_code == BadDrawable;
        if (nothing_there && is_missing(error->resourceid))
            return 0;
        if (nothing_there)
            missing[missing_count++ % missing.size()] = error->resourceid;
        std::fprintf(stderr, "vitrine: display: request %d.%d failed with error %d\n",
                     error->request_code, error->minor_code, error->error_code);
        return 0;
    });
}

bool x11_window_destroyed(GLFWwindow *window) { return is_missing(x11_window(window)); }

bool has_x11() { return x11_display() != nullptr; }

void *x11_display() { return display_of("glfwGetX11Display"); }

unsigned long x11_window(GLFWwindow *window)
{
    const auto get = find<unsigned long (*)(GLFWwindow *)>("glfwGetX11Window");
    return get != nullptr && has_x11() ? get(window) : 0;
}

std::uint32_t shifted_character(int scancode)
{
    void *display = x11_display();
    const auto get_state = find<int (*)(void *, unsigned, XkbStateRec *)>("XkbGetState");
    const auto keysym = find<KeySym (*)(void *, KeyCode, int, int)>("XkbKeycodeToKeysym");
    if (display == nullptr || get_state == nullptr || keysym == nullptr)
        return 0;
    XkbStateRec state = {};
    get_state(display, XkbUseCoreKbd, &state);
    const KeySym shifted = keysym(display, static_cast<KeyCode>(scancode), state.group, 1);
    // Keysyms of ASCII are their characters.
    return shifted > 0x20 && shifted < 0x7f ? static_cast<std::uint32_t>(shifted) : 0;
}

std::string x11_selection()
{
    const auto get = find<const char *(*)()>("glfwGetX11SelectionString");
    const char *text = get != nullptr && has_x11() ? get() : nullptr;
    return text != nullptr ? text : "";
}

bool set_x11_selection(const std::string &text)
{
    const auto set = find<void (*)(const char *)>("glfwSetX11SelectionString");
    if (set == nullptr || !has_x11())
        return false;
    set(text.c_str());
    return true;
}

} // namespace vitrine
