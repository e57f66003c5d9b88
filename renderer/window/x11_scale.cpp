#include "window/x11_scale.h"

#include "window/native.h"
#include "window/x11_settings.h"

#include <vitrine/scope.hpp>

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xresource.h>

#include <algorithm>
#include <cstdlib>
#include <span>

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
std::string bytes_of(Display *display, ::Window window, Atom property, Atom wanted)
{
    Atom type = None;
    int format = 0;
    unsigned long length = 0;
    unsigned long rest = 0;
    unsigned char *data = nullptr;
    XGetWindowProperty(display, window, property, 0, most_words, False, wanted, &type, &format,
                       &length, &rest, &data);
    const std::unique_ptr<unsigned char, Free> owner(data);
    if (data == nullptr || type != wanted || format != 8)
        return {};
    return {reinterpret_cast<const char *>(data), length};
}

double scale_of_dpi(double dpi)
{
    return dpi > 0 ? std::clamp(dpi / usual_dpi, least_scale, most_scale) : 1;
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
    return scale_of_dpi(std::strtod(value.addr, nullptr));
}

void X11Scale::Close::operator()(Display *display) const { XCloseDisplay(display); }

std::unique_ptr<X11Scale> X11Scale::watch()
{
    if (!has_x11())
        return nullptr;
    Display *display = XOpenDisplay(DisplayString(static_cast<Display *>(x11_display())));
    if (display == nullptr)
        return nullptr;
    return std::unique_ptr<X11Scale>(new X11Scale(display));
}

X11Scale::X11Scale(Display *display)
    : display_(display),
      selection_(XInternAtom(
          display, ("_XSETTINGS_S" + std::to_string(DefaultScreen(display))).c_str(), False)),
      settings_(XInternAtom(display, "_XSETTINGS_SETTINGS", False)),
      arrival_(XInternAtom(display, "MANAGER", False))
{
    read();
}

int X11Scale::descriptor() const { return ConnectionNumber(display_.get()); }

// Reading waits for answers, which bring further events along.
bool X11Scale::changed()
{
    const double before = scale_;
    while (XPending(display_.get()) > 0) {
        XEvent event;
        XNextEvent(display_.get(), &event);
        if (concerns(event))
            read();
    }
    return scale_ != before;
}

bool X11Scale::concerns(const XEvent &event) const
{
    switch (event.type) {
    case PropertyNotify:
        return event.xproperty.window == manager_ ? event.xproperty.atom == settings_
                                                  : event.xproperty.atom == XA_RESOURCE_MANAGER;
    case DestroyNotify:
        return event.xdestroywindow.window == manager_;
    case ClientMessage:
        return event.xclient.message_type == arrival_ && event.xclient.format == 32 &&
               static_cast<Atom>(event.xclient.data.l[1]) == selection_;
    default:
        return false;
    }
}

// What may change is selected before it is read, so that no change falls between. The root
// window's properties change with each focus, and with some window managers each second: they
// are only heard of while the scale is among them. That a manager came is heard there always.
void X11Scale::read()
{
    Display *display = display_.get();
    const ::Window root = DefaultRootWindow(display);
    const std::optional<double> dpi = read_settings();
    XSelectInput(display, root, StructureNotifyMask | (dpi ? NoEventMask : PropertyChangeMask));
    scale_ = dpi ? scale_of_dpi(*dpi)
                 : scale_of_resources(bytes_of(display, root, XA_RESOURCE_MANAGER, XA_STRING));
    XFlush(display);
}

// The manager must not go while it is asked.
std::optional<double> X11Scale::read_settings()
{
    Display *display = display_.get();
    XGrabServer(display);
    const Rollback grabbed([&] { XUngrabServer(display); });
    manager_ = XGetSelectionOwner(display, selection_);
    if (manager_ == None)
        return std::nullopt;
    XSelectInput(display, manager_, StructureNotifyMask | PropertyChangeMask);
    const std::string settings = bytes_of(display, manager_, settings_, settings_);
    return dpi_of_settings(std::as_bytes(std::span(settings)));
}

} // namespace vitrine
