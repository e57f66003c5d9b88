// How pictures get onto a window: through OpenGL or by the CPU. The surface
// and the painter that it makes belong together.
#pragma once

#include "draw/geometry.h"
#include "draw/painter.h"
#include "result.h"

#include <memory>
#include <span>

namespace vitrine {

enum class Drawing { gl, software };

class Surface {
public:
    virtual ~Surface() = default;

    // What is drawn from here on, is drawn for this one; to be called before anything
    // is asked of it or its painter while there may be others.
    virtual void enter() {}
    // For pictures of this surface, which outlives it.
    virtual Result<std::unique_ptr<Painter>> make_painter() = 0;
    // Whether these parts can be shown without the rest of the whole window,
    // and it is worth it.
    virtual bool shows_parts(std::span<const PixelRect> parts, const PixelRect &whole) const = 0;
    // Shows parts that the painter presented, those that shows_parts() agreed to.
    virtual void show_parts(std::span<const PixelRect> parts, const PixelRect &whole) = 0;
    // Shows the whole, which the painter presented; only damage differs from
    // what was shown before.
    virtual void show_whole(const PixelRect &whole, std::span<const PixelRect> damage) = 0;
    // Whether the whole has to be shown again before parts of it can be.
    virtual bool settles(const PixelRect &whole) const = 0;
    // Whether all that was drawn is forgotten; the window is then to be opened
    // anew.
    virtual bool lost() = 0;
    // Whether this is OpenGL, but without a GPU.
    virtual bool emulated() const = 0;
};

} // namespace vitrine
