// What only the window system itself knows, asked for at run time: GLFW comes
// built for X11, for Wayland, or since 3.4 for both, so nothing here is linked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

struct GLFWwindow;

namespace vitrine {

class X11Scale;

// The connection of GLFW to the display.
class DisplayEvents {
public:
    DisplayEvents();
    ~DisplayEvents();
    DisplayEvents(const DisplayEvents &) = delete;
    DisplayEvents &operator=(const DisplayEvents &) = delete;

    // For waiting; -1 if there is none to wait on.
    int descriptor() const { return descriptor_; }
    // Takes in events and calls WindowEvents.
    void poll();
    // Sends what is queued. False if there may be events that the descriptor
    // does not tell of, so that it is no time to wait; presented says whether
    // a picture was shown since poll().
    bool settled(bool presented);
    // Whether poll() may find something at any time. Key repeat of Wayland is
    // GLFW's own timer: with a key held poll() has to be called every few ms.
    bool hides_events() const { return x11_ == nullptr; }

    // For waiting until the scale is set, where GLFW does not tell of that; else -1.
    int scale_descriptor() const;
    // Takes in what came there; whether it is another scale.
    bool rescaled();
    // Nothing where it is as GLFW says.
    std::optional<double> scale() const;

private:
    void *x11_ = nullptr;
    int (*pending_)(void *) = nullptr;
    int descriptor_ = -1;
    std::unique_ptr<X11Scale> scale_watch_;
};

// What a key of this scancode types with Shift, as far as that is ASCII; 0 if
// it is not known.
std::uint32_t shifted_character(int scancode);

// The X11 selection; nothing happens elsewhere.
std::string x11_selection();
bool set_x11_selection(const std::string &text);
bool has_x11();
// One bad request, a driver's for instance, is not the end of the program, as it
// is by Xlib's default: it is named on stderr, of those for a window that is no more
// only the first.
void survive_x11_errors();
// Whether such a request failed because the window is no more. GLFW does not tell.
bool x11_window_destroyed(GLFWwindow *window);
// A Display *, null elsewhere, and the Window of it.
void *x11_display();
unsigned long x11_window(GLFWwindow *window);

} // namespace vitrine
