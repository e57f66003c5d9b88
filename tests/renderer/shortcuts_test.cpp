// Which keys the window takes for itself.

#include "input/shortcuts.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <doctest/doctest.h>

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
        CHECK(find_shortcut(c.press, {true, true}) == c.shortcut);
        CHECK(find_shortcut(c.press, {false, false}) == Shortcut::none);
    }
    CHECK(find_shortcut({GLFW_KEY_F11, 0, "", 0}, {false, true}) == Shortcut::full_screen);
    CHECK(find_shortcut({GLFW_KEY_0, ctrl, "0", 0}, {true, false}) == Shortcut::zoom_reset);
}
