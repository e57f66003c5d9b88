// The tmux process behind a connection: how it is started, what it prints, how it ends.
#pragma once

#include "handles.h"
#include "vitrine/client.h"
#include "vitrine/memory.hpp"

namespace vitrine {

class Process {
public:
    Process() = default;
    Process(const Process &) = delete;
    Process &operator=(const Process &) = delete;
    ~Process();

    // Runs tmux with input as its stdin, its stdout into a pipe of ours.
    ui_result_t start(const vitrine_options_t &options, int input);

    // Takes what tmux printed so far. UI_ERROR_NOT_HOOKED: it speaks control mode.
    ui_result_t drain() noexcept;
    int id() const noexcept { return pid_; }
    int descriptor() const noexcept { return pidfd_.get(); }
    int output() const noexcept { return output_.get(); }
    const char *message() const noexcept { return message_.c_str(); }

    ui_result_t wait(int timeout_ms, int *status) noexcept;

private:
    bool reap(bool block) noexcept;
    void take_lines();
    bool await(int timeout_ms) const noexcept;

    int pid_ = -1;
    bool ended_ = false;
    bool control_mode_ = false;
    int status_ = 0;
    UniqueFd output_;
    UniqueFd pidfd_;
    CountedString<UI_MEMORY_TEXT> line_; // the last, not yet ended line
    CountedString<UI_MEMORY_TEXT> message_;
};

} // namespace vitrine
