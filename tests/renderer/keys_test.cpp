#include "input/keys.h"

#include <vitrine/window.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <doctest/doctest.h>

#include <string>

using namespace vitrine;

namespace {

constexpr int shift = GLFW_MOD_SHIFT;
constexpr int ctrl = GLFW_MOD_CONTROL;
constexpr int alt = GLFW_MOD_ALT;
constexpr int num = GLFW_MOD_NUM_LOCK;
constexpr int caps = GLFW_MOD_CAPS_LOCK;

std::string key_name(std::uint32_t key)
{
#define KEY_CASE(name, value) \
    if (key == UI_KEY_BASE + value) \
        return #name;
    UI_KEYS(KEY_CASE)
#undef KEY_CASE
    return key < 0x80 ? std::string(1, static_cast<char>(key)) : "U+" + std::to_string(key);
}

// "C-S-a", as tmux names keys; "kp" stands for the keypad.
std::string print(const KeyAction &action)
{
    switch (action.kind) {
    case KeyActionKind::none:
        return "none";
    case KeyActionKind::expect_text:
        return "text";
    case KeyActionKind::expect_keypad:
        return "keypad text";
    case KeyActionKind::paste_clipboard:
        return "paste";
    default:
        break;
    }
    std::string text;
    text += action.modifiers & UI_MOD_CTRL ? "C-" : "";
    text += action.modifiers & UI_MOD_ALT ? "M-" : "";
    text += action.modifiers & UI_MOD_SHIFT ? "S-" : "";
    text += action.modifiers & UI_MOD_KEYPAD ? "kp-" : "";
    return text + key_name(action.key);
}

} // namespace

TEST_CASE("keys")
{
    struct Case {
        int key;
        int modifiers;
        const char *name;
        const char *result;
    };
    const Case cases[] = {
        // What types something is left to the character.
        {GLFW_KEY_A, 0, "a", "text"},
        {GLFW_KEY_A, shift, "a", "text"},
        {GLFW_KEY_A, caps, "a", "text"},
        {GLFW_KEY_A, alt, "a", "text"},
        {GLFW_KEY_SPACE, 0, "", "text"},
        {GLFW_KEY_LEFT_SHIFT, shift, "", "text"},
        {GLFW_KEY_UNKNOWN, 0, "", "text"},
        // Ctrl.
        {GLFW_KEY_A, ctrl, "a", "C-a"},
        {GLFW_KEY_A, ctrl | caps, "a", "C-a"},
        {GLFW_KEY_A, ctrl | shift, "a", "C-S-a"},
        {GLFW_KEY_A, ctrl | alt, "a", "C-M-a"},
        {GLFW_KEY_Q, ctrl, "a", "C-a"},                // French
        {GLFW_KEY_C, ctrl, "\xd1\x81", "C-c"},         // Russian
        {GLFW_KEY_SEMICOLON, ctrl, "\xc3\xb6", "C-;"}, // German
        {GLFW_KEY_SPACE, ctrl, "", "C- "},
        {GLFW_KEY_SPACE, ctrl | shift, "", "C-S- "},
        {GLFW_KEY_MINUS, ctrl, "-", "C--"},
        {GLFW_KEY_MINUS, ctrl | shift, "-", "C-_"},
        {GLFW_KEY_2, ctrl | shift, "2", "C-@"},
        {GLFW_KEY_SLASH, ctrl, "/", "C-/"},
        {GLFW_KEY_LEFT_BRACKET, ctrl, "[", "C-["},
        {GLFW_KEY_LEFT_CONTROL, ctrl, "", "none"},
        {GLFW_KEY_F13, ctrl, "", "none"},
        // Keys with names of their own.
        {GLFW_KEY_ESCAPE, 0, "", "ESCAPE"},
        {GLFW_KEY_ENTER, 0, "", "ENTER"},
        {GLFW_KEY_ENTER, ctrl | shift, "", "C-S-ENTER"},
        {GLFW_KEY_TAB, 0, "", "TAB"},
        {GLFW_KEY_TAB, shift, "", "S-TAB"},
        {GLFW_KEY_BACKSPACE, alt, "", "M-BACKSPACE"},
        {GLFW_KEY_INSERT, 0, "", "INSERT"},
        {GLFW_KEY_DELETE, ctrl, "", "C-DELETE"},
        {GLFW_KEY_HOME, shift | num, "", "S-HOME"},
        {GLFW_KEY_PAGE_UP, ctrl, "", "C-PAGE_UP"},
        {GLFW_KEY_UP, ctrl | alt | shift, "", "C-M-S-UP"},
        {GLFW_KEY_F1, 0, "", "F1"},
        {GLFW_KEY_F12, shift, "", "S-F12"},
        {GLFW_KEY_F13, 0, "", "text"},
        // The keypad, by number mode; Shift turns it around.
        {GLFW_KEY_KP_7, num, "7", "keypad text"},
        {GLFW_KEY_KP_7, 0, "7", "HOME"},
        {GLFW_KEY_KP_7, num | shift, "7", "HOME"},
        {GLFW_KEY_KP_7, shift, "7", "keypad text"},
        {GLFW_KEY_KP_7, num | ctrl, "7", "C-kp-7"},
        {GLFW_KEY_KP_7, num | alt, "7", "M-kp-7"},
        {GLFW_KEY_KP_7, ctrl, "7", "C-HOME"},
        {GLFW_KEY_KP_5, 0, "5", "none"},
        {GLFW_KEY_KP_0, 0, "0", "INSERT"},
        {GLFW_KEY_KP_DECIMAL, 0, ".", "DELETE"},
        {GLFW_KEY_KP_DECIMAL, num, ".", "keypad text"},
        {GLFW_KEY_KP_ADD, 0, "+", "keypad text"},
        {GLFW_KEY_KP_ADD, num, "+", "keypad text"},
        {GLFW_KEY_KP_ADD, ctrl, "+", "C-kp-+"},
        {GLFW_KEY_KP_ENTER, num, "", "kp-ENTER"},
        {GLFW_KEY_KP_ENTER, ctrl, "", "C-kp-ENTER"},
        // Paste.
        {GLFW_KEY_V, ctrl | shift, "v", "paste"},
        {GLFW_KEY_V, ctrl | shift | num, "v", "paste"},
        {GLFW_KEY_V, ctrl, "v", "C-v"},
        {GLFW_KEY_V, ctrl | alt | shift, "v", "C-M-S-v"},
        {GLFW_KEY_C, ctrl | shift, "c", "C-S-c"},
        {GLFW_KEY_INSERT, shift, "", "paste"},
        {GLFW_KEY_INSERT, ctrl | shift, "", "C-S-INSERT"},
    };
    for (const Case &c : cases) {
        CAPTURE(c.key);
        CAPTURE(c.modifiers);
        CHECK(print(map_key({c.key, c.modifiers, c.name, 0})) == c.result);
    }
}

TEST_CASE("what Shift makes of a key is the layout's where it is known")
{
    CHECK(print(map_key({GLFW_KEY_7, ctrl | shift, "7", '/'})) == "C-/"); // German
    CHECK(print(map_key({GLFW_KEY_7, ctrl | shift, "7", 0})) == "C-&");
}

TEST_CASE("characters")
{
    CHECK(print(map_text('a', 0, TypedOn::keys)) == "a");
    CHECK(print(map_text('A', shift, TypedOn::keys)) == "A");
    CHECK(print(map_text('A', shift | alt, TypedOn::keys)) == "M-A");
    CHECK(print(map_text(0x1f600, 0, TypedOn::keys)) == "U+128512");
    CHECK(print(map_text('7', num, TypedOn::keypad)) == "kp-7");
    // The key was sent already.
    CHECK(print(map_text('7', alt, TypedOn::keypad)) == "none");
    CHECK(print(map_text('1', ctrl, TypedOn::keys)) == "none");
    CHECK(print(map_text('1', ctrl | alt, TypedOn::keys)) == "none");
}

TEST_CASE("each press is sent once: by its key or by its character")
{
    for (int key = GLFW_KEY_SPACE; key <= GLFW_KEY_LAST; key++) {
        for (const int modifiers : {0, shift, ctrl, alt, ctrl | alt, num, num | alt}) {
            CAPTURE(key);
            CAPTURE(modifiers);
            const KeyAction action = map_key({key, modifiers, "", 0});
            const bool by_key = action.kind == KeyActionKind::send;
            if (action.kind == KeyActionKind::expect_text ||
                action.kind == KeyActionKind::expect_keypad) {
                CHECK_FALSE((modifiers & ctrl) != 0);
                const auto typed =
                    action.kind == KeyActionKind::expect_text ? TypedOn::keys : TypedOn::keypad;
                CHECK(map_text('x', modifiers, typed).kind == KeyActionKind::send);
            } else if (by_key && (modifiers & ctrl)) {
                CHECK(map_text('x', modifiers, TypedOn::keys).kind == KeyActionKind::none);
            }
        }
    }
}
