// A window of the test's own: a libvitrine connection, served by the tests' loop, with a mirror
// of the screen kept as a renderer would keep it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <vitrine/client.h>

#include "screen.h"
#include "server.h"

namespace vitrine::test {

struct WindowOptions {
    Words arguments = {"attach-session", "-t", "main"};
    uint32_t flags = 0; // UI_HELLO_*
    uint32_t pane = UINT32_MAX;
    int columns = 80;
    int rows = 24;
    // Frames go to a recording in the server's folder and are read from there.
    bool recorded = false;
    Words environment = {};
    std::string program = {}; // another tmux than the server's
};

class Window : public Source {
public:
    struct Clip {
        std::string text;
        std::string selection;
    };

    explicit Window(const Server &server, const WindowOptions &options = {});
    ~Window() override;

    void watch(std::vector<pollfd> &descriptors) override;
    void serve() override;

    // The newest frame; empty before the first one.
    const Screen &screen() const { return screen_; }
    uint64_t frames() const { return frames_; }
    bool connected() const { return connected_; }
    const std::string &title() const { return title_; }
    const std::vector<ui_report_t> &reports() const { return reports_; }
    int bells() const { return bells_; }
    const std::vector<Clip> &clips() const { return clips_; }
    const std::vector<uint32_t> &closed_panes() const { return closed_panes_; }
    // The server said goodbye, and why; the stream ended; or what went wrong with it.
    bool said_exit() const { return said_exit_; }
    const std::string &exit_text() const { return exit_text_; }
    bool ended() const { return ended_; }
    ui_result_t error() const { return error_; }
    // After the end: what tmux printed and its exit status.
    std::string exit_message();
    int exit_status();

    // Sees each frame from here on.
    void watch_frames(std::function<void(const Screen &)> watcher) { watcher_ = std::move(watcher); }
    // Keeps each new frame, and with it the credit, until false.
    void hold_frames(bool hold);
    vitrine_frame_t *held_frame() const { return held_; }

    void key(uint32_t key, uint32_t modifiers = 0);
    void keys(const std::string &characters); // each as a key of its own
    void prefix(uint32_t key);                // C-b, then key
    void text(const std::string &text);
    void mouse(uint32_t event, uint32_t button, int column, int row, uint32_t modifiers = 0);
    void click(int column, int row, uint32_t button = 1);
    void paste(const std::string &data);
    void focus(bool focused);
    void colours(uint32_t foreground, uint32_t background);
    void resize(int columns, int rows, int cell_width = 8, int cell_height = 16);
    void command(const std::string &command);
    void detach();
    void disconnect();

    vitrine_connection_t *connection() { return connection_; }

private:
    void take(vitrine_frame_t *frame);
    void mirror(const vitrine_frame_t *frame);
    void handle(const vitrine_event_t &event);
    void read_recording();

    vitrine_connection_t *connection_ = nullptr;
    vitrine_frame_t *held_ = nullptr;
    bool hold_ = false;
    std::string recording_;
    Screen screen_;
    std::function<void(const Screen &)> watcher_;
    uint64_t sequence_ = 0;
    uint64_t frames_ = 0;
    bool connected_ = false;
    bool said_exit_ = false;
    bool ended_ = false;
    ui_result_t error_ = UI_OK;
    std::string exit_text_;
    std::string title_;
    int bells_ = 0;
    std::vector<Clip> clips_;
    std::vector<ui_report_t> reports_;
    std::vector<uint32_t> closed_panes_;
};

// Waits until a window shows a text.
void await_text(const Window &window, const std::string &text);

} // namespace vitrine::test
