// Decodes spans of tmux's packed cells into ui_cell_t; see ui_span_decode().
//
// Most cells are plain: five bytes with an ASCII character, attributes and colours as bytes, and
// look like the one before. The loop over them looks up the character of each, and the rest where
// it changes; so does the loop over extended cells. Whatever is neither leaves both for a slow
// path, which unpacks a cell to what tmux would call a grid_cell.
#pragma once

#include "characters.h"
#include "colours.h"
#include "error.h"
#include "extras.h"
#include "vitrine/backend.h"
#include "vitrine/memory.hpp"

// Checks a layout; shared with ui_backend_create().
namespace vitrine {
ui_result_t check_layout(const ui_grid_layout_t *layout) noexcept;
}

struct ui_decoder : vitrine::Counted<UI_MEMORY_DECODER> {
    explicit ui_decoder(const ui_grid_layout_t &grid_layout) noexcept
        : layout(grid_layout),
          characters(grid_layout.character_text)
    {
    }

    // The span has been validated; cells has room for all of its columns.
    void decode(const ui_span_t &span, const ui_pane_t &pane, ui_cell_t *cells,
                vitrine::ExtraWriter &extras) noexcept;
    size_t memory() const noexcept { return sizeof *this + characters.memory() + colours.memory(); }

    ui_grid_layout_t layout;
    vitrine::Characters characters;
    vitrine::ColourTables colours;
};
