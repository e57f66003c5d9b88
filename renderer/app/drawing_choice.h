// Whether OpenGL draws or the CPU.
#pragma once

#include "result.h"
#include "window/surface.h"

#include <vector>

namespace vitrine {

// What there is to decide from.
struct DrawingFacts {
    const char *wish; // VITRINE_RENDERER of the environment, or null
    bool x11;         // only there a window shows what the CPU drew
    bool gpu;         // there may be one that this process can use
};

// What to try, the best first. Whoever tries it passes over an OpenGL without a
// GPU as long as something is left to try.
Result<std::vector<Drawing>> choose_drawing(const DrawingFacts &facts);

// The same for a window of this process.
Result<std::vector<Drawing>> window_drawing(bool x11);
// For a single picture OpenGL is not worth starting, unless it is wished.
Result<Drawing> offscreen_drawing();

} // namespace vitrine
