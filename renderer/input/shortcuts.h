// Keys that the window takes for itself, so that tmux does not get them.
#pragma once

#include "input/keys.h"

#include <optional>
#include <string_view>

namespace vitrine {

enum class Shortcut { none, zoom_in, zoom_out, zoom_reset, full_screen, new_window };

// Which of them are on.
struct ShortcutKeys {
    bool zoom = true;        // Ctrl with + or =, -, 0, on the keypad as well
    bool full_screen = true; // F11 alone
    std::optional<KeyAction> new_window;
};

// A key by tmux's name for it, "C-S-n" or "F12"; nothing if it types something or there
// is no such key.
std::optional<KeyAction> parse_key(std::string_view name);

Shortcut find_shortcut(const KeyPress &press, const ShortcutKeys &on);

} // namespace vitrine
