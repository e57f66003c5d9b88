#include "input_messages.h"

#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <string>

#include "error.h"
#include "pool_layout.h"
#include "report_message.h"
#include "utf8.h"

namespace vitrine {
namespace {

constexpr uint32_t kModifiers = UI_MOD_SHIFT | UI_MOD_ALT | UI_MOD_CTRL | UI_MOD_KEYPAD;
constexpr uint32_t kMaxButton = 11;

const char *message_name(uint16_t type) noexcept
{
    switch (type) {
    case UI_MSG_HELLO:
        return "hello";
    case UI_MSG_RESIZE:
        return "resize";
    case UI_MSG_KEY:
        return "key";
    case UI_MSG_TEXT:
        return "text";
    case UI_MSG_MOUSE:
        return "mouse";
    case UI_MSG_PASTE:
        return "paste";
    case UI_MSG_FOCUS:
        return "focus";
    case UI_MSG_CREDIT:
        return "credit";
    case UI_MSG_COMMAND:
        return "command";
    case UI_MSG_DETACH:
        return "detach";
    case UI_MSG_COLOURS:
        return "colours";
    case UI_MSG_REPORT_ASK:
        return "report ask";
    case UI_MSG_REPORT:
        return "report";
    default:
        return "unknown";
    }
}

bool key_valid(uint32_t key) noexcept
{
    if (key > 0 && key < UI_KEY_BASE)
        return key - 0xd800 >= 0x800;
    switch (key) {
#define UI_KEY_CASE(name, value) case UI_KEY_BASE + value:
        UI_KEYS(UI_KEY_CASE)
#undef UI_KEY_CASE
        return true;
    default:
        return false;
    }
}

const char *text_of(const Message &message) noexcept
{
    return reinterpret_cast<const char *>(message.body.data());
}

} // namespace

ui_result_t fail_message(const Message &message, const char *format, ...) noexcept
{
    char what[128];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return fail(UI_ERROR_PROTOCOL, "%s message (0x%02x) at byte %llu: %s",
                message_name(message.type), message.type,
                static_cast<unsigned long long>(message.offset), what);
}

ui_result_t InputMessages::hello(const Message &message) noexcept
{
    uint32_t start[2]; // magic and version, in every version
    if (message.type != UI_MSG_HELLO || message.body.size() < sizeof start)
        return fail_message(message, "not a hello");
    std::memcpy(start, message.body.data(), sizeof start);
    if (start[0] != UI_PROTOCOL_MAGIC)
        return fail_message(message, "not a Vitrine window");
    if (start[1] != UI_PROTOCOL_VERSION)
        return fail(UI_ERROR_VERSION, "the window speaks protocol version %u, tmux speaks %u",
                    start[1], UI_PROTOCOL_VERSION);
    ui_msg_hello_t body;
    if (!read_body(message, body))
        return fail_message(message, "%zu bytes", message.body.size());
    if ((body.flags &
         ~(UI_HELLO_PANE | UI_HELLO_IGNORE_SIZE | UI_HELLO_TIMES | UI_HELLO_REPORTS)) != 0)
        return fail_message(message, "flags 0x%x", body.flags);
    if (!pool_size_valid(body.columns, body.rows))
        return fail_message(message, "size %u x %u", body.columns, body.rows);
    const ui_hello_t hello = {sizeof hello, body.flags,      body.pane,       body.columns,
                              body.rows,    body.cell_width, body.cell_height};
    input_.on_hello(user_data_, &hello);
    return UI_OK;
}

ui_result_t InputMessages::handle(const Message &message) noexcept
{
    switch (message.type) {
    case UI_MSG_RESIZE:
        return resize(message);
    case UI_MSG_KEY:
        return key(message);
    case UI_MSG_TEXT:
        return text(message);
    case UI_MSG_MOUSE:
        return mouse(message);
    case UI_MSG_PASTE:
        return paste(message);
    case UI_MSG_FOCUS:
        return focus(message);
    case UI_MSG_COMMAND:
        return command(message);
    case UI_MSG_DETACH:
        return detach(message);
    case UI_MSG_COLOURS:
        return colours(message);
    case UI_MSG_REPORT_ASK:
        return report_ask(message);
    case UI_MSG_REPORT:
        return report(message);
    case UI_MSG_EXIT:
        return exit(message);
    case UI_MSG_HELLO:
        return fail_message(message, "a second one");
    default:
        return fail_message(message, "no such message");
    }
}

ui_result_t InputMessages::resize(const Message &message) noexcept
{
    ui_msg_resize_t body;
    if (!read_body(message, body))
        return fail_message(message, "%zu bytes", message.body.size());
    if (!pool_size_valid(body.columns, body.rows))
        return fail_message(message, "size %u x %u", body.columns, body.rows);
    input_.on_resize(user_data_, body.columns, body.rows, body.cell_width, body.cell_height);
    return UI_OK;
}

ui_result_t InputMessages::key(const Message &message) noexcept
{
    ui_msg_key_t body;
    if (!read_body(message, body))
        return fail_message(message, "%zu bytes", message.body.size());
    if (!key_valid(body.key) || (body.modifiers & ~kModifiers) != 0)
        return fail_message(message, "key 0x%x, modifiers 0x%x", body.key, body.modifiers);
    input_.on_key(user_data_, body.key, body.modifiers);
    return UI_OK;
}

ui_result_t InputMessages::text(const Message &message) noexcept
{
    if (message.body.empty() || !utf8_valid(text_of(message), message.body.size()))
        return fail_message(message, "%zu bytes that are not UTF-8", message.body.size());
    input_.on_text(user_data_, text_of(message), message.body.size());
    return UI_OK;
}

ui_result_t InputMessages::mouse(const Message &message) noexcept
{
    ui_msg_mouse_t body;
    if (!read_body(message, body))
        return fail_message(message, "%zu bytes", message.body.size());
    const bool known = body.event >= UI_MOUSE_PRESS && body.event <= UI_MOUSE_MOTION;
    if (!known || body.button > kMaxButton || (body.button == 0) != (body.event == UI_MOUSE_MOTION))
        return fail_message(message, "event %u of button %u", body.event, body.button);
    if ((body.modifiers & ~kModifiers) != 0 || body.column >= UI_MAX_COLUMNS ||
        body.row >= UI_MAX_ROWS)
        return fail_message(message, "modifiers 0x%x at column %u, row %u", body.modifiers,
                            body.column, body.row);
    input_.on_mouse(user_data_, body.event, body.button, body.modifiers, body.column, body.row);
    return UI_OK;
}

ui_result_t InputMessages::paste(const Message &message) noexcept
{
    ui_msg_paste_t body;
    if (message.body.size() < sizeof body)
        return fail_message(message, "%zu bytes", message.body.size());
    std::memcpy(&body, message.body.data(), sizeof body);
    const bool first = (body.flags & UI_PASTE_FIRST) != 0;
    const bool last = (body.flags & UI_PASTE_LAST) != 0;
    if ((body.flags & ~(UI_PASTE_FIRST | UI_PASTE_LAST)) != 0 || first == pasting_)
        return fail_message(message, "flags 0x%x %s a paste", body.flags,
                            pasting_ ? "within" : "outside");
    pasting_ = !last;
    const Bytes data = message.body.subspan(sizeof body);
    input_.on_paste(user_data_, reinterpret_cast<const char *>(data.data()), data.size(), first,
                    last);
    return UI_OK;
}

ui_result_t InputMessages::focus(const Message &message) noexcept
{
    uint32_t focused;
    if (!read_body(message, focused) || focused > 1)
        return fail_message(message, "neither in nor out");
    input_.on_focus(user_data_, focused != 0);
    return UI_OK;
}

ui_result_t InputMessages::command(const Message &message) noexcept
{
    const char *text = text_of(message);
    const size_t length = message.body.size();
    if (length == 0 || !utf8_valid(text, length) || std::memchr(text, 0, length) != nullptr)
        return fail_message(message, "%zu bytes that are not a command", length);
    return barrier([&] {
        const std::string terminated(text, length);
        input_.on_command(user_data_, terminated.c_str());
        return UI_OK;
    });
}

ui_result_t InputMessages::detach(const Message &message) noexcept
{
    if (!message.body.empty())
        return fail_message(message, "%zu bytes", message.body.size());
    input_.on_detach(user_data_);
    return UI_OK;
}

ui_result_t InputMessages::colours(const Message &message) noexcept
{
    ui_msg_colours_t body;
    if (!read_body(message, body))
        return fail_message(message, "%zu bytes", message.body.size());
    if (body.foreground > 0xffffff || body.background > 0xffffff)
        return fail_message(message, "colours 0x%x and 0x%x", body.foreground, body.background);
    input_.on_colours(user_data_, body.foreground, body.background);
    return UI_OK;
}

ui_result_t InputMessages::report_ask(const Message &message) noexcept
{
    if (!message.body.empty())
        return fail_message(message, "%zu bytes", message.body.size());
    input_.on_report_ask(user_data_);
    return UI_OK;
}

ui_result_t InputMessages::report(const Message &message) noexcept
{
    ui_report_t report;
    if (!read_report(message, UI_MEMORY_WINDOW, report))
        return fail_message(message, "%zu bytes that are not a window's report",
                            message.body.size());
    input_.on_report(user_data_, &report);
    return UI_OK;
}

ui_result_t InputMessages::exit(const Message &message) noexcept
{
    const int length = static_cast<int>(utf8_cut(text_of(message), message.body.size(), 160));
    return fail(UI_ERROR_CLOSED, "the window left: %.*s", length, text_of(message));
}

} // namespace vitrine
