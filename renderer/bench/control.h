// Lines between the bench and its programs in panes, over a socket in the
// bench's own folder. When the bench goes, so do they, and with them tmux.
#pragma once

#include "result.h"

#include <vitrine/scope.hpp>

#include <optional>
#include <string>

namespace vitrine::bench {

class LineChannel {
public:
    LineChannel() = default;
    explicit LineChannel(UniqueFd fd) : fd_(std::move(fd)) {}

    int descriptor() const { return fd_.get(); }
    // False if the other side has gone.
    bool send(const std::string &line);
    // The next line, without its end; nothing if the other side has gone or
    // sent none in that time. -1 waits for ever.
    std::optional<std::string> receive(int timeout_ms);

private:
    UniqueFd fd_;
    std::string read_;
};

class ControlSocket {
public:
    static Result<ControlSocket> listen(const std::string &path);
    // The next program that connects.
    Result<LineChannel> accept(int timeout_ms);

private:
    explicit ControlSocket(UniqueFd fd) : fd_(std::move(fd)) {}

    UniqueFd fd_;
};

Result<LineChannel> connect_control(const std::string &path);

} // namespace vitrine::bench
