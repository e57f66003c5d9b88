// From the window's input events to messages for tmux.
#pragma once

#include "input/keys.h"
#include "input/mouse.h"

#include <vitrine/client.h>

#include <string>

namespace vitrine {

// Where pasted text comes from.
class PasteSource {
public:
    virtual ~PasteSource() = default;
    virtual std::string clipboard() = 0;
    virtual std::string primary() = 0;
};

class InputHandler {
public:
    // Both are borrowed and outlive this.
    InputHandler(vitrine_connection_t *connection, PasteSource &pastes)
        : connection_(connection),
          pastes_(pastes)
    {
    }

    // Of the newest frame.
    void set_modes(std::uint32_t modes) { modes_ = modes; }
    void set_geometry(const GridGeometry &geometry);

    void key(const KeyPress &press);
    void text(std::uint32_t codepoint, int modifiers);
    void button_down(int button, int modifiers);
    void button_up(int button, int modifiers);
    void pointer(double x, double y);
    void scroll(double x, double y, int modifiers);
    void focus(bool focused);

private:
    void send_key(const KeyAction &action);
    void send_mouse(const MouseAction &action);
    void paste(const std::string &text);

    vitrine_connection_t *connection_;
    PasteSource &pastes_;
    std::uint32_t modes_ = 0;
    GridGeometry geometry_;
    MouseTracker mouse_;
    double pointer_x_ = 0;
    double pointer_y_ = 0;
    // GLFW tells modifiers with keys and buttons, not with motion.
    int modifiers_ = 0;
    TypedOn typed_on_ = TypedOn::keys;
};

} // namespace vitrine
