#include "app/drawing_choice.h"

#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

namespace vitrine {

namespace {

const char *wish() { return std::getenv("VITRINE_RENDERER"); }

// Opening one may wake a GPU up; that is not needed to know.
bool usable(const std::string &path) { return access(path.c_str(), R_OK | W_OK) == 0; }

bool asks_for_software_gl()
{
    const char *value = std::getenv("LIBGL_ALWAYS_SOFTWARE");
    const std::string_view word = value != nullptr ? value : "";
    return word == "1" || word == "true" || word == "yes" || word == "y";
}

// To ask OpenGL itself costs 100 ms and 60 MB where the answer is no. Every
// driver of a GPU needs one of these devices: Mesa a render node, those of
// NVIDIA and of virtual machines their own.
bool may_have_gpu()
{
    if (asks_for_software_gl())
        return false;
    constexpr int first_render_node = 128;
    constexpr int render_nodes = 16;
    for (int node = first_render_node; node < first_render_node + render_nodes; node++) {
        if (usable("/dev/dri/renderD" + std::to_string(node)))
            return true;
    }
    return usable("/dev/nvidiactl") || usable("/dev/dxg");
}

} // namespace

Result<std::vector<Drawing>> choose_drawing(const DrawingFacts &facts)
{
    const std::string_view word = facts.wish != nullptr ? facts.wish : "";
    using Order = std::vector<Drawing>;
    if (word == "gl")
        return Order{Drawing::gl};
    if (word == "software" && !facts.x11)
        return Error{"VITRINE_RENDERER: a window is drawn by software on X11 only"};
    if (word == "software")
        return Order{Drawing::software};
    if (!word.empty())
        return Error{"VITRINE_RENDERER: neither gl nor software: " + std::string(word)};
    if (!facts.x11)
        return Order{Drawing::gl};
    if (facts.gpu)
        return Order{Drawing::gl, Drawing::software, Drawing::gl};
    return Order{Drawing::software, Drawing::gl};
}

Result<std::vector<Drawing>> window_drawing(bool x11)
{
    return choose_drawing({wish(), x11, x11 && may_have_gpu()});
}

Result<Drawing> offscreen_drawing()
{
    const auto order = choose_drawing({wish(), true, false});
    if (!order)
        return Error{order.error()};
    return order->front();
}

} // namespace vitrine
