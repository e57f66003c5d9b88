// A client of tmux that writes the protocol by hand: one that does not go when it is told to, or
// that goes when no client of tmux's own does.
#pragma once

#include <string>

#include "server.h"

namespace vitrine::test {

class RawClient : public Source {
public:
    // Numbers of tmux's protocol, the same in all versions that we build.
    enum Message : uint32_t {
        kTerm = 101,
        kTtyName = 102,
        kStdin = 104,
        kEnviron = 105,
        kDone = 106,
        kClientPid = 107,
        kCwd = 108,
        kStdout = 110,
        kLongFlags = 111,
        kCommand = 200,
        kExit = 203,
    };
    static constexpr uid_t kNobody = 65534; // another user than root

    // Connects as that user, which only root can.
    RawClient(const Server &server, uid_t user);

    void watch(std::vector<pollfd> &descriptors) override;
    void serve() override;

    void send(Message type, const std::string &data = {}, int descriptor = -1);
    // The first of what tells tmux who it is: in control mode, with this as stdin and stdout.
    void say_control();
    // All of it, as a window does, with these bytes in its stream.
    void say_window(const std::string &stream);
    void command(const Words &words);
    // Into the stream of say_window().
    void write_stream(const std::string &bytes);
    // What has come there since.
    std::string read_stream();
    // The server told it something of that kind.
    bool told(Message type) const;

private:
    Descriptor socket_;
    Descriptor stream_;
    std::string received_;
};

} // namespace vitrine::test
