#include "input/keys.h"

#include <vitrine/window.h>

#include <GLFW/glfw3.h>

#include <array>
#include <optional>

namespace vitrine {

namespace {

struct NamedKey {
    int glfw;
    std::uint32_t key;
};

constexpr std::array named_keys = {
    NamedKey{GLFW_KEY_ESCAPE, UI_KEY_ESCAPE},   NamedKey{GLFW_KEY_ENTER, UI_KEY_ENTER},
    NamedKey{GLFW_KEY_TAB, UI_KEY_TAB},         NamedKey{GLFW_KEY_BACKSPACE, UI_KEY_BACKSPACE},
    NamedKey{GLFW_KEY_INSERT, UI_KEY_INSERT},   NamedKey{GLFW_KEY_DELETE, UI_KEY_DELETE},
    NamedKey{GLFW_KEY_HOME, UI_KEY_HOME},       NamedKey{GLFW_KEY_END, UI_KEY_END},
    NamedKey{GLFW_KEY_PAGE_UP, UI_KEY_PAGE_UP}, NamedKey{GLFW_KEY_PAGE_DOWN, UI_KEY_PAGE_DOWN},
    NamedKey{GLFW_KEY_UP, UI_KEY_UP},           NamedKey{GLFW_KEY_DOWN, UI_KEY_DOWN},
    NamedKey{GLFW_KEY_LEFT, UI_KEY_LEFT},       NamedKey{GLFW_KEY_RIGHT, UI_KEY_RIGHT},
};

// What a keypad key types in number mode, and what it does out of it (0:
// nothing, or for operators: it types in both).
struct KeypadKey {
    int glfw;
    char typed;
    std::uint32_t navigation;
};

constexpr std::array keypad_keys = {
    KeypadKey{GLFW_KEY_KP_0, '0', UI_KEY_INSERT},
    KeypadKey{GLFW_KEY_KP_1, '1', UI_KEY_END},
    KeypadKey{GLFW_KEY_KP_2, '2', UI_KEY_DOWN},
    KeypadKey{GLFW_KEY_KP_3, '3', UI_KEY_PAGE_DOWN},
    KeypadKey{GLFW_KEY_KP_4, '4', UI_KEY_LEFT},
    KeypadKey{GLFW_KEY_KP_5, '5', 0},
    KeypadKey{GLFW_KEY_KP_6, '6', UI_KEY_RIGHT},
    KeypadKey{GLFW_KEY_KP_7, '7', UI_KEY_HOME},
    KeypadKey{GLFW_KEY_KP_8, '8', UI_KEY_UP},
    KeypadKey{GLFW_KEY_KP_9, '9', UI_KEY_PAGE_UP},
    KeypadKey{GLFW_KEY_KP_DECIMAL, '.', UI_KEY_DELETE},
    KeypadKey{GLFW_KEY_KP_DIVIDE, '/', 0},
    KeypadKey{GLFW_KEY_KP_MULTIPLY, '*', 0},
    KeypadKey{GLFW_KEY_KP_SUBTRACT, '-', 0},
    KeypadKey{GLFW_KEY_KP_ADD, '+', 0},
    KeypadKey{GLFW_KEY_KP_EQUAL, '=', 0},
};

constexpr std::string_view us_plain = "`1234567890-=[]\\;',./";
constexpr std::string_view us_shifted = "~!@#$%^&*()_+{}|:\"<>?";

bool is_letter(std::uint32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_printable_ascii(std::uint32_t c) { return c > 0x20 && c < 0x7f; }

std::uint32_t us_shift(std::uint32_t plain)
{
    const auto at = us_plain.find(static_cast<char>(plain));
    return at == std::string_view::npos ? plain : static_cast<unsigned char>(us_shifted[at]);
}

// The unshifted ASCII character of a key: the layout's, or where that types no
// ASCII (Ctrl+C on a Russian keyboard) the one a US keyboard has there. GLFW
// names such keys by their US capital.
std::uint32_t plain_character(const KeyPress &press)
{
    if (press.key == GLFW_KEY_SPACE)
        return ' ';
    std::uint32_t c = 0;
    if (press.name.size() == 1 && is_printable_ascii(static_cast<unsigned char>(press.name[0])))
        c = static_cast<unsigned char>(press.name[0]);
    else if (press.key > 0 && is_printable_ascii(static_cast<std::uint32_t>(press.key)))
        c = static_cast<std::uint32_t>(press.key);
    return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
}

std::optional<std::uint32_t> find_named(int key)
{
    for (const NamedKey &named : named_keys) {
        if (named.glfw == key)
            return named.key;
    }
    if (key >= GLFW_KEY_F1 && key <= GLFW_KEY_F12)
        return static_cast<std::uint32_t>(UI_KEY_F1) +
               static_cast<std::uint32_t>(key - GLFW_KEY_F1);
    return std::nullopt;
}

const KeypadKey *find_keypad(int key)
{
    for (const KeypadKey &keypad : keypad_keys) {
        if (keypad.glfw == key)
            return &keypad;
    }
    return nullptr;
}

bool is_digit_key(int key) { return key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_DECIMAL; }

// Shift turns number mode around for the keys that have both meanings, and is
// used up by that.
KeyAction map_keypad(const KeypadKey &keypad, int modifiers)
{
    const bool locked = modifiers & GLFW_MOD_NUM_LOCK;
    const bool shift = modifiers & GLFW_MOD_SHIFT;
    const bool both = is_digit_key(keypad.glfw);
    std::uint32_t held = map_modifiers(modifiers);
    if (both)
        held &= ~UI_MOD_SHIFT;
    if (both && locked == shift) {
        if (keypad.navigation == 0)
            return {};
        return {KeyActionKind::send, keypad.navigation, held};
    }
    if (!(modifiers & (GLFW_MOD_CONTROL | GLFW_MOD_ALT)))
        return {KeyActionKind::expect_keypad, 0, 0};
    return {KeyActionKind::send, static_cast<unsigned char>(keypad.typed), held | UI_MOD_KEYPAD};
}

// Ctrl with a printable key. Shift is part of the character ('_' of Ctrl+_),
// except for letters, where tmux knows both C-a and C-S-a.
KeyAction map_control(const KeyPress &press)
{
    std::uint32_t c = plain_character(press);
    if (c == 0)
        return {};
    std::uint32_t held = map_modifiers(press.modifiers);
    if ((held & UI_MOD_SHIFT) && !is_letter(c) && c != ' ') {
        c = is_printable_ascii(press.shifted) ? press.shifted : us_shift(c);
        held &= ~UI_MOD_SHIFT;
    }
    return {KeyActionKind::send, c, held};
}

bool is_paste(const KeyPress &press)
{
    const int held = press.modifiers & (GLFW_MOD_SHIFT | GLFW_MOD_CONTROL | GLFW_MOD_ALT);
    if (press.key == GLFW_KEY_INSERT)
        return held == GLFW_MOD_SHIFT;
    return held == (GLFW_MOD_SHIFT | GLFW_MOD_CONTROL) && plain_character(press) == 'v';
}

} // namespace

std::uint32_t map_modifiers(int modifiers)
{
    std::uint32_t held = 0;
    if (modifiers & GLFW_MOD_SHIFT)
        held |= UI_MOD_SHIFT;
    if (modifiers & GLFW_MOD_ALT)
        held |= UI_MOD_ALT;
    if (modifiers & GLFW_MOD_CONTROL)
        held |= UI_MOD_CTRL;
    return held;
}

KeyAction map_key(const KeyPress &press)
{
    if (is_paste(press))
        return {KeyActionKind::paste_clipboard, 0, 0};
    const std::uint32_t held = map_modifiers(press.modifiers);
    if (press.key == GLFW_KEY_KP_ENTER)
        return {KeyActionKind::send, UI_KEY_ENTER, held | UI_MOD_KEYPAD};
    if (const auto named = find_named(press.key))
        return {KeyActionKind::send, *named, held};
    if (const KeypadKey *keypad = find_keypad(press.key))
        return map_keypad(*keypad, press.modifiers);
    if (press.modifiers & GLFW_MOD_CONTROL)
        return map_control(press);
    return {KeyActionKind::expect_text, 0, 0};
}

KeyAction map_text(std::uint32_t codepoint, int modifiers, TypedOn source)
{
    if (modifiers & GLFW_MOD_CONTROL)
        return {};
    std::uint32_t held = modifiers & GLFW_MOD_ALT ? UI_MOD_ALT : 0;
    if (source == TypedOn::keypad) {
        if (held) // the key was sent already
            return {};
        held = UI_MOD_KEYPAD;
    }
    return {KeyActionKind::send, codepoint, held};
}

} // namespace vitrine
