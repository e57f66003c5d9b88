// The scale that users of X11 set, also while programs run: Xft/DPI of the
// desktop's settings manager where there is one that says it, else Xft.dpi of the
// root window's resources, as xrdb writes it. GLFW reads the latter once and drops
// the event that tells of another, so this has a connection of its own, on which
// nothing else happens.
#pragma once

#include <memory>
#include <optional>
#include <string>

struct _XDisplay; // Xlib's Display
union _XEvent;

namespace vitrine {

// Xft.dpi / 96, within reason; 1 if the resources do not name it.
double scale_of_resources(const std::string &resources);

class X11Scale {
public:
    // Null without X11, or if the display takes no second connection.
    static std::unique_ptr<X11Scale> watch();

    int descriptor() const;
    double scale() const { return scale_; }
    // Takes in what came; whether it is another scale.
    bool changed();

private:
    struct Close {
        void operator()(_XDisplay *display) const;
    };

    explicit X11Scale(_XDisplay *display);
    bool concerns(const _XEvent &event) const;
    void read();
    std::optional<double> read_settings();

    std::unique_ptr<_XDisplay, Close> display_;
    // Atoms and a window.
    unsigned long selection_; // whose owner is the settings manager
    unsigned long settings_;
    unsigned long arrival_; // of a manager
    unsigned long manager_ = 0;
    double scale_ = 1;
};

} // namespace vitrine
