// The scale that users of X11 set while programs run: Xft.dpi of the root
// window's resources, as xrdb and the settings daemons of desktops write it.
// GLFW reads it once and drops the event that tells of another, so this has a
// connection of its own, on which nothing else happens.
#pragma once

#include <memory>
#include <optional>
#include <string>

struct _XDisplay; // Xlib's Display

namespace vitrine {

// Xft.dpi / 96, within reason; 1 if the resources do not name it.
double scale_of_resources(const std::string &resources);

class X11Scale {
public:
    // Null without X11, or if the display takes no second connection.
    static std::unique_ptr<X11Scale> watch();

    int descriptor() const;
    // Takes in what came; the scale, if it was set again.
    std::optional<double> changed();

private:
    struct Close {
        void operator()(_XDisplay *display) const;
    };

    explicit X11Scale(_XDisplay *display) : display_(display) {}

    std::unique_ptr<_XDisplay, Close> display_;
};

} // namespace vitrine
