// Keys: what GLFW says of the keyboard, as vitrine_send_key() wants it.
//
// GLFW reports a key press and, for what types something, the character that
// the layout (dead keys, composition, input method) made of it. Exactly one of
// both is sent: the character where there is one, the key where there is none
// or where Ctrl is held, for which no layout makes characters.
#pragma once

#include <cstdint>
#include <string_view>

namespace vitrine {

struct KeyPress {
    int key = 0;               // GLFW_KEY_*
    int modifiers = 0;         // GLFW_MOD_*, lock keys included
    std::string_view name;     // what the key types unshifted (UTF-8), "" if nothing
    std::uint32_t shifted = 0; // what it types with Shift, 0 if not known
};

enum class KeyActionKind {
    none,
    send,
    expect_text,   // the character follows
    expect_keypad, // the same, and it comes from the keypad
    paste_clipboard,
};

struct KeyAction {
    KeyActionKind kind = KeyActionKind::none;
    std::uint32_t key = 0;       // codepoint or UI_KEY_*
    std::uint32_t modifiers = 0; // UI_MOD_*
    bool operator==(const KeyAction &) const = default;
};

KeyAction map_key(const KeyPress &press);

enum class TypedOn { keys, keypad };

// A character that GLFW reported, with the modifiers held.
KeyAction map_text(std::uint32_t codepoint, int modifiers, TypedOn source);

// GLFW_MOD_* as UI_MOD_*; those that have no meaning here are dropped.
std::uint32_t map_modifiers(int modifiers);

} // namespace vitrine
