#include "input/shortcuts.h"

#include <vitrine/window.h>

namespace vitrine {

// By what the key would be to tmux: there Shift is part of the character, so
// that C-_ is not C-- and + is found on every layout.
Shortcut find_shortcut(const KeyPress &press, const ShortcutKeys &on)
{
    const KeyAction action = map_key(press);
    if (action.kind != KeyActionKind::send)
        return Shortcut::none;
    if (on.full_screen && action.key == UI_KEY_F1 + 10 && action.modifiers == 0)
        return Shortcut::full_screen;
    if (!on.zoom || (action.modifiers & ~UI_MOD_KEYPAD) != UI_MOD_CTRL)
        return Shortcut::none;
    switch (action.key) {
    case '+':
    case '=':
        return Shortcut::zoom_in;
    case '-':
        return Shortcut::zoom_out;
    case '0':
        return Shortcut::zoom_reset;
    default:
        return Shortcut::none;
    }
}

} // namespace vitrine
