// What a window sends, checked: bodies in, the shim's callbacks out.
//
// Every field is compared with its limits before anything is called, so what reaches tmux is
// what a well-behaved window could have sent.
#pragma once

#include "stream.h"
#include "vitrine/window.h"

namespace vitrine {

class InputMessages {
public:
    InputMessages(const ui_input_t &input, void *user_data) noexcept
        : input_(input),
          user_data_(user_data)
    {
    }

    // The first message. UI_ERROR_VERSION or UI_ERROR_PROTOCOL with the last error's text.
    ui_result_t hello(const Message &message) noexcept;

    // Any later one but credit. UI_ERROR_PROTOCOL, UI_ERROR_CLOSED for the window's exit,
    // UI_ERROR_MEMORY.
    ui_result_t handle(const Message &message) noexcept;

private:
    ui_result_t resize(const Message &message) noexcept;
    ui_result_t key(const Message &message) noexcept;
    ui_result_t text(const Message &message) noexcept;
    ui_result_t mouse(const Message &message) noexcept;
    ui_result_t paste(const Message &message) noexcept;
    ui_result_t focus(const Message &message) noexcept;
    ui_result_t colours(const Message &message) noexcept;
    ui_result_t command(const Message &message) noexcept;
    ui_result_t detach(const Message &message) noexcept;
    ui_result_t report_ask(const Message &message) noexcept;
    ui_result_t report(const Message &message) noexcept;
    ui_result_t exit(const Message &message) noexcept;

    ui_input_t input_;
    void *user_data_;
    bool pasting_ = false;
};

// Fails with the message's name, where it is, and what is wrong with it.
[[gnu::format(printf, 2, 3)]] ui_result_t fail_message(const Message &message, const char *format,
                                                       ...) noexcept;

} // namespace vitrine
