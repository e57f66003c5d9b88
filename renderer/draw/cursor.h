// How the cursor looks.
#pragma once

#include "draw/theme.h"

#include <vitrine/types.h>

namespace vitrine {

// Whether keys of the person arrive here.
enum class Focus { no, yes };
// Which half of a blink it is.
enum class BlinkPhase { shown, hidden };

CursorShape cursor_shape(const ui_cursor_t &cursor, const CursorLook &look, Focus focus,
                         BlinkPhase phase);

struct CursorColours {
    Rgb fill;
    Rgb text; // of what stands under a block
    bool operator==(const CursorColours &) const = default;
};

// Never both the same, and the fill is never the cell's own background.
CursorColours cursor_colours(const Theme &theme, const ui_cursor_t &cursor,
                             const CellColours &cell);

} // namespace vitrine
