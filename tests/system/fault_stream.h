// Windows that misbehave: one that writes its stream by hand, one in a process of its own that
// can be stopped and killed.
#pragma once

#include <string>
#include <vector>

#include <sys/socket.h>

#include <vitrine/client.h>

#include "server.h"

namespace vitrine::test {

// A message of the stream, header and body.
std::string message(uint32_t type, const std::string &body = {});

template <typename Body>
std::string message_of(uint32_t type, const Body &body)
{
    return message(type, std::string(reinterpret_cast<const char *>(&body), sizeof body));
}

std::string hello(int columns = 80, int rows = 24, uint32_t flags = 0);
std::string resize(int columns, int rows);
std::string first_credit();

// A `tmux -C attach` whose stdin is a socket that the test writes to as it likes.
class RawWindow : public Source {
public:
    struct Message {
        uint32_t type;
        std::string body;
    };
    static const Words kWindow; // the environment that makes a window of it

    // first is in the socket before tmux starts.
    RawWindow(const Server &server, const std::string &first, const Words &environment = kWindow);
    ~RawWindow() override;

    void watch(std::vector<pollfd> &descriptors) override;
    void serve() override;

    // Queued, and written as the server takes it.
    void send(const std::string &bytes) { outgoing_ += bytes; }
    void send_descriptor(const std::string &bytes);
    bool sent() const { return outgoing_.empty(); }
    void close() { stream_.reset(); }
    const std::vector<Message> &messages() const { return messages_; }
    bool has(uint32_t type) const;
    std::string exit_text() const;
    // That came first of all, with the first pool; -1 before.
    int descriptor() const { return received_.get(); }
    // The server closed the stream.
    bool ended() const { return !stream_.open(); }
    const Output &output() const { return output_; }
    // Waits for the end of tmux's client.
    Output finish();

private:
    bool receive();
    void take_descriptors(msghdr &header);
    void take_messages();
    void write_some();

    Descriptor stream_;
    Descriptor received_;
    Descriptor out_;
    pid_t pid_ = -1;
    std::string outgoing_;
    std::string incoming_;
    std::vector<Message> messages_;
    Output output_; // all in out
};

// A window as a program is: libvitrine in a process, which tells of each frame it gets.
class WindowProcess : public Source {
public:
    explicit WindowProcess(const Server &server);
    ~WindowProcess() override;

    void watch(std::vector<pollfd> &descriptors) override;
    void serve() override;

    size_t frames() const { return told_.size(); }
    void signal(int number) const;
    pid_t pid() const { return pid_; }
    // Waits until it has ended.
    int status();

private:
    Descriptor pipe_;
    pid_t pid_ = -1;
    std::string told_;
};

// How many descriptors a process has open.
int open_descriptors(pid_t pid);

} // namespace vitrine::test
