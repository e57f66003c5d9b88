// What a window sends: the vitrine_send_*() entries.
#include <algorithm>
#include <cstring>

#include "connection.h"
#include "utf8.h"

using namespace vitrine;

namespace {

ui_result_t send(vitrine_connection_t *connection, uint16_t type, Bytes head,
                 Bytes tail = {}) noexcept
{
    if (connection == nullptr)
        return fail(UI_ERROR_ARGUMENT, "connection is null");
    return connection->send(type, head, tail);
}

// Before a text goes out in pieces: it goes as a whole or not at all.
ui_result_t prepare(vitrine_connection_t *connection, const void *data, size_t length) noexcept
{
    if (connection == nullptr || (data == nullptr && length != 0))
        return fail(UI_ERROR_ARGUMENT, "null argument");
    const size_t headers = (length / (UI_MESSAGE_MAX / 2) + 1) * 16;
    return connection->prepare(length + headers);
}

} // namespace

extern "C" {

ui_result_t vitrine_send_resize(vitrine_connection_t *connection, uint16_t columns, uint16_t rows,
                                uint16_t cell_width, uint16_t cell_height) noexcept
{
    if (!pool_size_valid(columns, rows))
        return fail(UI_ERROR_ARGUMENT, "size %u x %u", columns, rows);
    const ui_msg_resize_t body = {columns, rows, cell_width, cell_height};
    return send(connection, UI_MSG_RESIZE, bytes_of(body));
}

ui_result_t vitrine_send_key(vitrine_connection_t *connection, uint32_t key,
                             uint32_t modifiers) noexcept
{
    const ui_msg_key_t body = {key, modifiers};
    return send(connection, UI_MSG_KEY, bytes_of(body));
}

ui_result_t vitrine_send_text(vitrine_connection_t *connection, const char *text,
                              size_t length) noexcept
{
    if (length == 0 || text == nullptr || !utf8_valid(text, length))
        return fail(UI_ERROR_ARGUMENT, "text is not UTF-8");
    const ui_result_t result = prepare(connection, text, length);
    if (result != UI_OK)
        return result;
    while (length != 0) {
        const size_t piece = utf8_cut(text, length, UI_MESSAGE_MAX);
        connection->queue(UI_MSG_TEXT, bytes_of(text, piece));
        text += piece;
        length -= piece;
    }
    return connection->flush();
}

ui_result_t vitrine_send_mouse(vitrine_connection_t *connection, uint32_t event, uint32_t button,
                               uint32_t modifiers, uint16_t column, uint16_t row) noexcept
{
    if (event > UINT8_MAX || button > UINT8_MAX || modifiers > UINT16_MAX)
        return fail(UI_ERROR_ARGUMENT, "mouse event %u of button %u", event, button);
    const ui_msg_mouse_t body = {static_cast<uint8_t>(event), static_cast<uint8_t>(button),
                                 static_cast<uint16_t>(modifiers), column, row};
    return send(connection, UI_MSG_MOUSE, bytes_of(body));
}

ui_result_t vitrine_send_paste(vitrine_connection_t *connection, const char *data,
                               size_t length) noexcept
{
    const ui_result_t result = prepare(connection, data, length);
    if (result != UI_OK)
        return result;
    ui_msg_paste_t body = {UI_PASTE_FIRST};
    do {
        const size_t piece = std::min<size_t>(length, UI_MESSAGE_MAX - sizeof body);
        if (piece == length)
            body.flags |= UI_PASTE_LAST;
        connection->queue(UI_MSG_PASTE, bytes_of(body), bytes_of(data, piece));
        body.flags = 0;
        data += piece;
        length -= piece;
    } while (length != 0);
    return connection->flush();
}

ui_result_t vitrine_send_focus(vitrine_connection_t *connection, bool focused) noexcept
{
    const uint32_t body = focused;
    return send(connection, UI_MSG_FOCUS, bytes_of(body));
}

ui_result_t vitrine_send_colours(vitrine_connection_t *connection, uint32_t foreground,
                                 uint32_t background) noexcept
{
    if (foreground > 0xffffff || background > 0xffffff)
        return fail(UI_ERROR_ARGUMENT, "colours 0x%x and 0x%x", foreground, background);
    const ui_msg_colours_t body = {foreground, background};
    return send(connection, UI_MSG_COLOURS, bytes_of(body));
}

ui_result_t vitrine_send_command(vitrine_connection_t *connection, const char *command) noexcept
{
    const size_t length = command != nullptr ? std::strlen(command) : 0;
    if (length == 0 || length > UI_MESSAGE_MAX || !utf8_valid(command, length))
        return fail(UI_ERROR_ARGUMENT, "not a command: %zu bytes", length);
    return send(connection, UI_MSG_COMMAND, bytes_of(command, length));
}

ui_result_t vitrine_send_detach(vitrine_connection_t *connection) noexcept
{
    return send(connection, UI_MSG_DETACH, {});
}

ui_result_t vitrine_send_report_ask(vitrine_connection_t *connection) noexcept
{
    return send(connection, UI_MSG_REPORT_ASK, {});
}

ui_result_t vitrine_flush(vitrine_connection_t *connection) noexcept
{
    return connection != nullptr ? connection->flush()
                                 : fail(UI_ERROR_ARGUMENT, "connection is null");
}

} // extern "C"
