#include "window/x11_scale.h"

#include "window/native.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xresource.h>

#include <algorithm>
#include <cstdlib>

namespace vitrine {

namespace {

constexpr double usual_dpi = 96;
constexpr double least_scale = 0.25;
constexpr double most_scale = 8;
constexpr long most_words = 1 << 18; // of a property, 4 bytes each

struct Free {
    void operator()(unsigned char *data) const { XFree(data); }
};

struct Destroy {
    void operator()(_XrmHashBucketRec *database) const { XrmDestroyDatabase(database); }
};

// As it is now: what XResourceManagerString() gives is from when the connection began.
std::string resources_of(Display *display)
{
    Atom type = None;
    int format = 0;
    unsigned long length = 0;
    unsigned long rest = 0;
    unsigned char *data = nullptr;
    XGetWindowProperty(display, DefaultRootWindow(display), XA_RESOURCE_MANAGER, 0, most_words,
                       False, XA_STRING, &type, &format, &length, &rest, &data);
    const std::unique_ptr<unsigned char, Free> owner(data);
    if (data == nullptr || type != XA_STRING || format != 8)
        return {};
    return {reinterpret_cast<const char *>(data), length};
}

} // namespace

double scale_of_resources(const std::string &resources)
{
    XrmInitialize();
    const std::unique_ptr<_XrmHashBucketRec, Destroy> database(
        XrmGetStringDatabase(resources.c_str()));
    char *type = nullptr;
    XrmValue value = {};
    if (!database || !XrmGetResource(database.get(), "Xft.dpi", "Xft.Dpi", &type, &value) ||
        value.addr == nullptr)
        return 1;
    const double dpi = std::strtod(value.addr, nullptr);
    return dpi > 0 ? std::clamp(dpi / usual_dpi, least_scale, most_scale) : 1;
}

void X11Scale::Close::operator()(Display *display) const { XCloseDisplay(display); }

std::unique_ptr<X11Scale> X11Scale::watch()
{
    if (!has_x11())
        return nullptr;
    Display *display = XOpenDisplay(DisplayString(static_cast<Display *>(x11_display())));
    if (display == nullptr)
        return nullptr;
    std::unique_ptr<X11Scale> scale(new X11Scale(display));
    XSelectInput(display, DefaultRootWindow(display), PropertyChangeMask);
    XFlush(display);
    return scale;
}

int X11Scale::descriptor() const { return ConnectionNumber(display_.get()); }

std::optional<double> X11Scale::changed()
{
    bool set = false;
    while (XPending(display_.get()) > 0) {
        XEvent event;
        XNextEvent(display_.get(), &event);
        set = set || (event.type == PropertyNotify && event.xproperty.atom == XA_RESOURCE_MANAGER);
    }
    return set ? std::optional(scale_of_resources(resources_of(display_.get()))) : std::nullopt;
}

} // namespace vitrine
