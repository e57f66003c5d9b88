#include "window.h"

#include <algorithm>

#include <doctest/doctest.h>

namespace vitrine::test {
namespace {

std::vector<const char *> pointers(const Words &words)
{
    std::vector<const char *> list;
    for (const std::string &word : words)
        list.push_back(word.c_str());
    list.push_back(nullptr);
    return list;
}

void expect_ok(ui_result_t result, const char *what)
{
    if (result != UI_OK)
        throw Failure(std::string(what) + ": " + ui_last_error());
}

} // namespace

Window::Window(const Server &server, const WindowOptions &from)
{
    const std::string program = from.program.empty() ? server.program() : from.program;
    const Words flags = {"-S", server.socket(), "-f", server.folder() / "conf"};
    Words environment = from.environment;
    environment.push_back("HOME=" + server.folder() / "");
    if (from.recorded) {
        static int number = 0;
        recording_ = server.folder() / ("recording" + std::to_string(++number));
        environment.push_back("VITRINE_BACKEND=record:" + recording_);
    }
    const auto flag_list = pointers(flags);
    const auto argument_list = pointers(from.arguments);
    const auto environment_list = pointers(environment);
    vitrine_options_t options = VITRINE_OPTIONS_INIT;
    options.tmux = program.c_str();
    options.tmux_flags = flag_list.data();
    options.arguments = argument_list.data();
    options.environment = environment_list.data();
    options.flags = from.flags;
    options.pane = from.pane;
    options.columns = static_cast<uint16_t>(from.columns);
    options.rows = static_cast<uint16_t>(from.rows);
    options.cell_width = 8;
    options.cell_height = 16;
    expect_ok(vitrine_connect(&options, &connection_), "vitrine_connect");
}

Window::~Window() { disconnect(); }

void Window::disconnect()
{
    if (connection_ == nullptr)
        return;
    vitrine_connection_t *connection = connection_;
    connection_ = nullptr;
    vitrine_disconnect(connection);
}

void Window::watch(std::vector<pollfd> &descriptors)
{
    if (connection_ == nullptr || ended_)
        return;
    short events = POLLIN;
    if (vitrine_wants_write(connection_))
        events |= POLLOUT;
    descriptors.push_back({vitrine_descriptor(connection_), events, 0});
    if (vitrine_output_descriptor(connection_) != -1)
        descriptors.push_back({vitrine_output_descriptor(connection_), POLLIN, 0});
}

void Window::serve()
{
    if (connection_ == nullptr || ended_)
        return;
    if (vitrine_wants_write(connection_))
        vitrine_flush(connection_);
    for (;;) {
        vitrine_event_t event;
        const ui_result_t result = vitrine_next_event(connection_, &event);
        if (result == UI_ERROR_AGAIN)
            break;
        if (result != UI_OK) {
            error_ = result;
            ended_ = true;
            return;
        }
        handle(event);
        if (ended_)
            return;
    }
    if (!recording_.empty())
        read_recording();
}

void Window::handle(const vitrine_event_t &event)
{
    switch (event.kind) {
    case VITRINE_EVENT_CONNECTED:
        connected_ = true;
        break;
    case VITRINE_EVENT_FRAME:
        take(event.frame);
        break;
    case VITRINE_EVENT_TITLE:
        title_.assign(event.text, event.length);
        break;
    case VITRINE_EVENT_BELL:
        ++bells_;
        break;
    case VITRINE_EVENT_CLIPBOARD:
        clips_.push_back({std::string(event.text, event.length), event.selection});
        break;
    case VITRINE_EVENT_PANE_CLOSED:
        closed_panes_.push_back(event.pane);
        break;
    case VITRINE_EVENT_REPORT:
        reports_.push_back(*vitrine_report(connection_));
        break;
    case VITRINE_EVENT_EXIT:
        said_exit_ = true;
        exit_text_.assign(event.text, event.length);
        break;
    case VITRINE_EVENT_CLOSED:
        ended_ = true;
        break;
    default:
        throw Failure("unknown event " + std::to_string(event.kind));
    }
}

void Window::take(vitrine_frame_t *frame)
{
    mirror(frame);
    if (watcher_)
        watcher_(screen_);
    if (hold_) {
        held_ = frame;
        return;
    }
    vitrine_frame_release(connection_, frame);
}

void Window::hold_frames(bool hold)
{
    hold_ = hold;
    if (!hold && held_ != nullptr) {
        vitrine_frame_release(connection_, held_);
        held_ = nullptr;
    }
}

// As a renderer does: takes the rows that are newer than what it has. What is not newer has to
// be the same as before.
void Window::mirror(const vitrine_frame_t *frame)
{
    uint16_t columns, rows;
    vitrine_frame_size(frame, &columns, &rows);
    const bool resized = columns != screen_.columns() || rows != screen_.rows();
    if (resized)
        screen_ = Screen(columns, rows);
    for (uint16_t y = 0; y < rows; ++y) {
        vitrine_row_t row;
        if (!vitrine_frame_row(frame, y, &row) || row.columns != columns)
            throw Failure("frame without row " + std::to_string(y));
        Row cells = read_row(row);
        if (resized || row.generation > sequence_)
            screen_.row(y) = std::move(cells);
        else
            CHECK_MESSAGE(screen_.row(y) == cells, "row ", y, " changed, its generation did not");
    }
    screen_.cursor = vitrine_frame_cursor(frame);
    screen_.modes = vitrine_frame_modes(frame);
    const ui_slot_pane_t *panes;
    const size_t count = vitrine_frame_panes(frame, &panes);
    screen_.panes.assign(panes, panes + count);
    if (vitrine_frame_sequence(frame) <= sequence_ && !resized && recording_.empty())
        throw Failure("a frame is older than the one before");
    sequence_ = vitrine_frame_sequence(frame);
    ++frames_;
}

void Window::read_recording()
{
    vitrine_frame_t *frame;
    if (vitrine_record_open(recording_.c_str(), &frame) != UI_OK)
        return;
    if (vitrine_frame_sequence(frame) != sequence_)
        mirror(frame);
    vitrine_record_close(frame);
}

std::string Window::exit_message()
{
    return connection_ != nullptr ? vitrine_exit_message(connection_) : "";
}

int Window::exit_status()
{
    int status = -1;
    await("tmux of a window ends", [&] { return vitrine_wait(connection_, 0, &status) == UI_OK; });
    return status;
}

void Window::key(uint32_t key, uint32_t modifiers)
{
    expect_ok(vitrine_send_key(connection_, key, modifiers), "vitrine_send_key");
}

void Window::keys(const std::string &characters)
{
    for (const char32_t c : from_utf8(characters))
        key(c);
}

void Window::prefix(uint32_t key)
{
    this->key('b', UI_MOD_CTRL);
    this->key(key);
}

void Window::text(const std::string &text)
{
    expect_ok(vitrine_send_text(connection_, text.data(), text.size()), "vitrine_send_text");
}

void Window::mouse(uint32_t event, uint32_t button, int column, int row, uint32_t modifiers)
{
    expect_ok(vitrine_send_mouse(connection_, event, button, modifiers,
                                 static_cast<uint16_t>(column), static_cast<uint16_t>(row)),
              "vitrine_send_mouse");
}

void Window::click(int column, int row, uint32_t button)
{
    mouse(UI_MOUSE_PRESS, button, column, row);
    mouse(UI_MOUSE_RELEASE, button, column, row);
}

void Window::paste(const std::string &data)
{
    expect_ok(vitrine_send_paste(connection_, data.data(), data.size()), "vitrine_send_paste");
}

void Window::focus(bool focused)
{
    expect_ok(vitrine_send_focus(connection_, focused), "vitrine_send_focus");
}

void Window::colours(uint32_t foreground, uint32_t background)
{
    expect_ok(vitrine_send_colours(connection_, foreground, background), "vitrine_send_colours");
}

void Window::resize(int columns, int rows, int cell_width, int cell_height)
{
    expect_ok(vitrine_send_resize(connection_, static_cast<uint16_t>(columns),
                                  static_cast<uint16_t>(rows), static_cast<uint16_t>(cell_width),
                                  static_cast<uint16_t>(cell_height)),
              "vitrine_send_resize");
}

void Window::command(const std::string &command)
{
    expect_ok(vitrine_send_command(connection_, command.c_str()), "vitrine_send_command");
}

void Window::detach() { expect_ok(vitrine_send_detach(connection_), "vitrine_send_detach"); }

void await_text(const Window &window, const std::string &text)
{
    if (!wait_until([&] { return window.screen().contains(text); }))
        throw Failure("window never shows \"" + text + "\", but\n" + window.screen().text());
}

} // namespace vitrine::test
