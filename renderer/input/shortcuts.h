// Keys that the window takes for itself, so that tmux does not get them.
#pragma once

#include "input/keys.h"

namespace vitrine {

enum class Shortcut { none, zoom_in, zoom_out, zoom_reset, full_screen };

// Which of them are on.
struct ShortcutKeys {
    bool zoom = true;        // Ctrl with + or =, -, 0, on the keypad as well
    bool full_screen = true; // F11 alone
};

Shortcut find_shortcut(const KeyPress &press, const ShortcutKeys &on);

} // namespace vitrine
