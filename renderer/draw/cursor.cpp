#include "draw/cursor.h"

namespace vitrine {

CursorShape cursor_shape(const ui_cursor_t &cursor, const CursorLook &look, Focus focus,
                         BlinkPhase phase)
{
    if (!cursor.visible)
        return CursorShape::none;
    if (focus == Focus::no && look.unfocused != UnfocusedCursor::unchanged)
        return look.unfocused == UnfocusedCursor::hollow ? CursorShape::hollow : CursorShape::none;
    if (focus == Focus::yes && phase == BlinkPhase::hidden)
        return CursorShape::none;
    switch (cursor.shape) {
    case UI_CURSOR_DEFAULT:
        return look.shape;
    case UI_CURSOR_UNDERLINE:
        return CursorShape::underline;
    case UI_CURSOR_BAR:
        return CursorShape::bar;
    default:
        return CursorShape::block;
    }
}

CursorColours cursor_colours(const Theme &theme, const ui_cursor_t &cursor, const CellColours &cell)
{
    CursorColours colours = {resolve_colour(theme, cursor.colour, theme.cursor), cell.background};
    if (colours.fill != colours.text)
        return colours;
    if (cell.foreground != cell.background)
        return {cell.foreground, cell.background};
    return {theme.foreground == cell.background ? theme.background : theme.foreground,
            cell.background};
}

} // namespace vitrine
