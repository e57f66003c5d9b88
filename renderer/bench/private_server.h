// A tmux server of the bench's own: a socket in a new folder, a configuration
// that is always the same, and the bench's program in its panes. It ends with
// its owner, or when the bench is killed, for then its programs end.
#pragma once

#include "app/launch.h"
#include "bench/control.h"
#include "result.h"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vitrine::bench {

struct Size {
    int columns = 0;
    int rows = 0;
    bool operator==(const Size &) const = default;
};

class PrivateServer {
    struct Key {};

public:
    // size is of the session's window, which follows a client that attaches.
    static Result<std::unique_ptr<PrivateServer>> start(const std::string &tmux, Size size);
    PrivateServer(Key, std::string tmux, std::string folder, ControlSocket control);
    ~PrivateServer();
    PrivateServer(const PrivateServer &) = delete;
    PrivateServer &operator=(const PrivateServer &) = delete;

    // How a window attaches.
    Launch launch() const;
    // The program in the first pane.
    LineChannel &pane() { return pane_; }
    // One more pane, below the first, which stays the active one.
    Result<LineChannel> split();
    // Of the session's window, which has the status line below it.
    Size window_size() const;
    void set_window_size(Size size) const;
    void detach_all() const { ask({"detach-client", "-s", "bench"}); }
    void stop();

    int pid() const { return pid_; }
    // CPU time used so far, in seconds.
    double cpu_seconds() const;

private:
    std::string ask(const std::vector<std::string> &command) const;
    std::vector<std::string> flags() const;
    std::vector<std::string> with_program(std::vector<std::string> command) const;
    Result<void> begin(Size size);

    std::string tmux_;
    std::string folder_;
    ControlSocket control_;
    LineChannel pane_;
    std::atomic<int> pid_ = 0; // stop() may come from another thread
};

} // namespace vitrine::bench
