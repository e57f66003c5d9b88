#include "input/handler.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace vitrine {

namespace {

bool comes_from_keypad(const KeyAction &action)
{
    return action.kind == KeyActionKind::expect_keypad || (action.modifiers & UI_MOD_KEYPAD);
}

} // namespace

void InputHandler::key(const KeyPress &press)
{
    modifiers_ = press.modifiers;
    const KeyAction action = map_key(press);
    typed_on_ = comes_from_keypad(action) ? TypedOn::keypad : TypedOn::keys;
    if (action.kind == KeyActionKind::paste_clipboard)
        paste(pastes_.clipboard());
    else
        send_key(action);
}

void InputHandler::text(std::uint32_t codepoint, int modifiers)
{
    send_key(map_text(codepoint, modifiers, typed_on_));
}

void InputHandler::button_down(int button, int modifiers)
{
    modifiers_ = modifiers;
    const MouseAction action = mouse_.press(button, modifiers & GLFW_MOD_SHIFT, modes_);
    if (action.kind == MouseActionKind::paste_primary)
        paste(pastes_.primary());
    else
        send_mouse(action);
}

void InputHandler::button_up(int button, int modifiers)
{
    modifiers_ = modifiers;
    send_mouse(mouse_.release(button));
}

// The pointer stays where it is and is over another cell; nobody is told.
void InputHandler::set_geometry(const GridGeometry &geometry)
{
    geometry_ = geometry;
    mouse_.move(cell_at(geometry_, pointer_x_, pointer_y_), 0);
}

void InputHandler::pointer(double x, double y)
{
    pointer_x_ = x;
    pointer_y_ = y;
    send_mouse(mouse_.move(cell_at(geometry_, x, y), modes_));
}

void InputHandler::scroll(double x, double y, int modifiers)
{
    modifiers_ = modifiers;
    for (const MouseAction &action : mouse_.scroll(x, y, modes_))
        send_mouse(action);
}

void InputHandler::focus(bool focused)
{
    if (!focused)
        modifiers_ = 0;
    vitrine_send_focus(connection_, focused);
}

// A queue that is full (a server that does not read) loses input, as a
// terminal's does; that the stream has ended is found when it is read.
void InputHandler::send_key(const KeyAction &action)
{
    if (action.kind == KeyActionKind::send)
        vitrine_send_key(connection_, action.key, action.modifiers);
}

void InputHandler::send_mouse(const MouseAction &action)
{
    if (action.kind != MouseActionKind::send)
        return;
    vitrine_send_mouse(connection_, action.event, action.button, map_modifiers(modifiers_),
                       static_cast<std::uint16_t>(action.cell.column),
                       static_cast<std::uint16_t>(action.cell.row));
}

void InputHandler::paste(const std::string &text)
{
    if (!text.empty())
        vitrine_send_paste(connection_, text.data(), text.size());
}

} // namespace vitrine
