// Which keys the window takes for itself.

#include "input/shortcuts.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <doctest/doctest.h>
#include <vitrine/window.h>

using namespace vitrine;

TEST_CASE("keys that the window takes")
{
    constexpr int ctrl = GLFW_MOD_CONTROL;
    constexpr int shift = GLFW_MOD_SHIFT;
    constexpr int alt = GLFW_MOD_ALT;
    constexpr int num_lock = GLFW_MOD_NUM_LOCK;
    struct Case {
        KeyPress press;
        Shortcut shortcut;
    };
    const Case cases[] = {
        {{GLFW_KEY_EQUAL, ctrl, "=", 0}, Shortcut::zoom_in},
        {{GLFW_KEY_EQUAL, ctrl | shift, "=", '+'}, Shortcut::zoom_in},
        {{GLFW_KEY_RIGHT_BRACKET, ctrl, "+", 0}, Shortcut::zoom_in}, // a German keyboard
        {{GLFW_KEY_KP_ADD, ctrl, "+", 0}, Shortcut::zoom_in},
        {{GLFW_KEY_MINUS, ctrl, "-", 0}, Shortcut::zoom_out},
        {{GLFW_KEY_KP_SUBTRACT, ctrl, "-", 0}, Shortcut::zoom_out},
        {{GLFW_KEY_0, ctrl, "0", 0}, Shortcut::zoom_reset},
        {{GLFW_KEY_0, ctrl | num_lock, "0", 0}, Shortcut::zoom_reset},
        {{GLFW_KEY_KP_0, ctrl | num_lock, "0", 0}, Shortcut::zoom_reset},
        {{GLFW_KEY_F11, 0, "", 0}, Shortcut::full_screen},
        {{GLFW_KEY_F11, num_lock, "", 0}, Shortcut::full_screen},
        {{GLFW_KEY_MINUS, ctrl | shift, "-", '_'}, Shortcut::none}, // C-_ of editors
        {{GLFW_KEY_MINUS, ctrl | alt, "-", 0}, Shortcut::none},
        {{GLFW_KEY_0, ctrl | shift, "0", ')'}, Shortcut::none},
        {{GLFW_KEY_MINUS, 0, "-", 0}, Shortcut::none},
        {{GLFW_KEY_KP_ADD, 0, "+", 0}, Shortcut::none},
        {{GLFW_KEY_F11, shift, "", 0}, Shortcut::none},
        {{GLFW_KEY_F12, 0, "", 0}, Shortcut::none},
        {{GLFW_KEY_9, ctrl, "9", 0}, Shortcut::none},
    };
    for (const Case &c : cases) {
        CAPTURE(c.press.key);
        CAPTURE(c.press.modifiers);
        CHECK(find_shortcut(c.press, {true, true, {}}) == c.shortcut);
        CHECK(find_shortcut(c.press, {false, false, {}}) == Shortcut::none);
    }
    CHECK(find_shortcut({GLFW_KEY_F11, 0, "", 0}, {false, true, {}}) == Shortcut::full_screen);
    CHECK(find_shortcut({GLFW_KEY_0, ctrl, "0", 0}, {true, false, {}}) == Shortcut::zoom_reset);
}

TEST_CASE("a key by its name")
{
    const auto key = [](std::uint32_t codepoint, std::uint32_t modifiers) {
        return KeyAction{KeyActionKind::send, codepoint, modifiers};
    };
    CHECK(parse_key("C-S-n") == key('n', UI_MOD_CTRL | UI_MOD_SHIFT));
    CHECK(parse_key("M-C-n") == key('n', UI_MOD_CTRL | UI_MOD_ALT));
    CHECK(parse_key("C--") == key('-', UI_MOD_CTRL));
    CHECK(parse_key("F1") == key(UI_KEY_F1, 0));
    CHECK(parse_key("S-F12") == key(UI_KEY_F1 + 11, UI_MOD_SHIFT));
    for (const char *wrong : {"", "n", "S-n", "M-n", "C-", "C-N", "C-S-1", "C-é", "F0", "F13",
                              "F1x", "X-n", "C- ", "C-nn", "CTRL-n", "F"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_key(wrong));
    }
}

TEST_CASE("the key that opens a window")
{
    constexpr int held = GLFW_MOD_CONTROL | GLFW_MOD_SHIFT;
    const KeyPress press = {GLFW_KEY_N, held | GLFW_MOD_NUM_LOCK, "n", 'N'};
    CHECK(find_shortcut(press, {true, true, parse_key("C-S-n")}) == Shortcut::new_window);
    CHECK(find_shortcut(press, {true, true, parse_key("C-n")}) == Shortcut::none);
    CHECK(find_shortcut(press, {true, true, {}}) == Shortcut::none);
    CHECK(find_shortcut({GLFW_KEY_F11, 0, "", 0}, {true, true, parse_key("F11")}) ==
          Shortcut::new_window);
}
