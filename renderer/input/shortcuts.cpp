#include "input/shortcuts.h"

#include <vitrine/window.h>

#include <charconv>

namespace vitrine {

namespace {

constexpr std::uint32_t function_keys = 12;

// Takes "C-", "S-" and "M-" off the name.
std::uint32_t take_modifiers(std::string_view &name)
{
    std::uint32_t held = 0;
    for (; name.size() > 2 && name[1] == '-'; name.remove_prefix(2)) {
        switch (name[0]) {
        case 'C':
            held |= UI_MOD_CTRL;
            break;
        case 'S':
            held |= UI_MOD_SHIFT;
            break;
        case 'M':
            held |= UI_MOD_ALT;
            break;
        default:
            return held;
        }
    }
    return held;
}

std::optional<std::uint32_t> parse_function_key(std::string_view name)
{
    std::uint32_t number = 0;
    if (name.size() < 2 || name.front() != 'F')
        return std::nullopt;
    const char *const end = name.data() + name.size();
    const auto parsed = std::from_chars(name.data() + 1, end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end || number < 1 || number > function_keys)
        return std::nullopt;
    return UI_KEY_F1 + number - 1;
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

} // namespace

// With Shift other characters than letters are others; without Ctrl all are text.
std::optional<KeyAction> parse_key(std::string_view name)
{
    const std::uint32_t held = take_modifiers(name);
    if (const auto key = parse_function_key(name))
        return KeyAction{KeyActionKind::send, *key, held};
    const char c = name.size() == 1 ? name[0] : '\0';
    const bool capital = c >= 'A' && c <= 'Z';
    if (c <= ' ' || c > '~' || capital || !(held & UI_MOD_CTRL))
        return std::nullopt;
    if ((held & UI_MOD_SHIFT) && !is_letter(c))
        return std::nullopt;
    return KeyAction{KeyActionKind::send, static_cast<unsigned char>(c), held};
}

// By what the key would be to tmux: there Shift is part of the character, so
// that C-_ is not C-- and + is found on every layout.
Shortcut find_shortcut(const KeyPress &press, const ShortcutKeys &on)
{
    const KeyAction action = map_key(press);
    if (action.kind != KeyActionKind::send)
        return Shortcut::none;
    if (action == on.new_window)
        return Shortcut::new_window;
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
