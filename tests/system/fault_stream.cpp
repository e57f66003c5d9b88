#include "fault_stream.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

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

// In the child: a window that only takes frames, until it is killed or the stream ends.
[[noreturn]] void be_window(const Server &server, int pipe)
{
    // What else the test has open is not this window's: above all streams of others.
    dup2(pipe, 3);
    close_range(4, ~0U, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const Words flags = {"-S", server.socket(), "-f", server.folder() / "conf"};
    const auto flag_list = pointers(flags);
    const Words arguments = {"attach-session", "-t", "main"};
    const auto argument_list = pointers(arguments);
    vitrine_options_t options = VITRINE_OPTIONS_INIT;
    options.tmux = server.program().c_str();
    options.tmux_flags = flag_list.data();
    options.arguments = argument_list.data();
    vitrine_connection_t *connection;
    if (vitrine_connect(&options, &connection) != UI_OK)
        _exit(2);
    for (;;) {
        vitrine_event_t event;
        const ui_result_t result = vitrine_next_event(connection, &event);
        if (result == UI_ERROR_AGAIN) {
            const short wanted = vitrine_wants_write(connection) ? POLLIN | POLLOUT : POLLIN;
            pollfd waits[] = {{vitrine_descriptor(connection), wanted, 0},
                              {vitrine_output_descriptor(connection), POLLIN, 0}};
            poll(waits, 2, -1);
            vitrine_flush(connection);
            continue;
        }
        if (result != UI_OK || event.kind == VITRINE_EVENT_CLOSED)
            _exit(result == UI_OK ? 0 : 3);
        if (event.kind == VITRINE_EVENT_FRAME) {
            vitrine_frame_release(connection, event.frame);
            if (write(3, "f", 1) != 1)
                _exit(4);
        }
    }
}

} // namespace

std::string message(uint32_t type, const std::string &body)
{
    const ui_message_header_t header = {static_cast<uint32_t>(body.size()),
                                        static_cast<uint16_t>(type), 0};
    return std::string(reinterpret_cast<const char *>(&header), sizeof header) + body;
}

std::string hello(int columns, int rows, uint32_t flags)
{
    const ui_msg_hello_t body = {UI_PROTOCOL_MAGIC,
                                 UI_PROTOCOL_VERSION,
                                 flags,
                                 UINT32_MAX,
                                 static_cast<uint16_t>(columns),
                                 static_cast<uint16_t>(rows),
                                 8,
                                 16};
    return message_of(UI_MSG_HELLO, body);
}

std::string resize(int columns, int rows)
{
    const ui_msg_resize_t body = {static_cast<uint16_t>(columns), static_cast<uint16_t>(rows), 8,
                                  16};
    return message_of(UI_MSG_RESIZE, body);
}

std::string first_credit()
{
    return message_of(UI_MSG_CREDIT, ui_msg_credit_t{0, UINT32_MAX});
}

const Words RawWindow::kWindow = {"VITRINE=" + std::to_string(UI_PROTOCOL_VERSION)};

RawWindow::RawWindow(const Server &server, const std::string &first, const Words &environment)
{
    int stream[2], out[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, stream) < 0)
        fail_system("socketpair");
    stream_ = Descriptor(stream[0]);
    const Descriptor other(stream[1]);
    if (pipe2(out, O_CLOEXEC) < 0)
        fail_system("pipe");
    out_ = Descriptor(out[0]);
    const Descriptor out_end(out[1]);
    set_nonblocking(stream[0]);
    set_nonblocking(out[0]);
    outgoing_ = first;
    write_some();
    const Words argv = server.words({"-C", "attach-session", "-t", "main"});
    pid_ = fork();
    if (pid_ < 0)
        fail_system("fork");
    if (pid_ == 0) {
        for (const std::string &entry : environment)
            putenv(const_cast<char *>(entry.c_str()));
        dup2(stream[1], 0);
        dup2(out[1], 1);
        dup2(out[1], 2);
        ::signal(SIGPIPE, SIG_DFL);
        execvp(argv[0].c_str(), const_cast<char **>(pointers(argv).data()));
        _exit(127);
    }
}

RawWindow::~RawWindow()
{
    if (pid_ != -1) {
        ::kill(pid_, SIGKILL);
        wait_child(pid_, patience());
    }
}

void RawWindow::watch(std::vector<pollfd> &descriptors)
{
    if (stream_.open()) {
        const short events = outgoing_.empty() ? POLLIN : POLLIN | POLLOUT;
        descriptors.push_back({stream_.get(), events, 0});
    }
    if (out_.open())
        descriptors.push_back({out_.get(), POLLIN, 0});
}

void RawWindow::serve()
{
    if (stream_.open())
        write_some();
    if (stream_.open() && !receive())
        stream_.reset();
    take_messages();
    if (out_.open() && !read_available(out_.get(), output_.out))
        out_.reset();
}

void RawWindow::write_some()
{
    while (!outgoing_.empty()) {
        const ssize_t n = write(stream_.get(), outgoing_.data(), outgoing_.size());
        if (n < 0 && errno == EPIPE)
            outgoing_.clear();
        if (n <= 0)
            return;
        outgoing_.erase(0, static_cast<size_t>(n));
    }
}

void RawWindow::send_descriptor(const std::string &bytes)
{
    // The server may have seen and refused an earlier one by now.
    if (send_with_descriptor(stream_.get(), bytes, out_.get()) < 0 && errno != EPIPE)
        fail_system("sendmsg");
}

// False: the stream ended.
bool RawWindow::receive()
{
    char buffer[65536];
    for (;;) {
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
        iovec part = {buffer, sizeof buffer};
        msghdr header{};
        header.msg_iov = &part;
        header.msg_iovlen = 1;
        header.msg_control = control;
        header.msg_controllen = sizeof control;
        const ssize_t n = recvmsg(stream_.get(), &header, MSG_CMSG_CLOEXEC);
        if (n > 0) {
            incoming_.append(buffer, static_cast<size_t>(n));
            take_descriptors(header);
        } else if (n == 0) {
            return false;
        } else if (errno != EINTR) {
            return errno == EAGAIN;
        }
    }
}

void RawWindow::take_descriptors(msghdr &header)
{
    for (cmsghdr *part = CMSG_FIRSTHDR(&header); part != nullptr;
         part = CMSG_NXTHDR(&header, part)) {
        int fd = -1;
        std::memcpy(&fd, CMSG_DATA(part), sizeof fd);
        Descriptor owner(fd);
        if (!received_.open())
            received_ = std::move(owner);
    }
}

void RawWindow::take_messages()
{
    ui_message_header_t header;
    while (incoming_.size() >= sizeof header) {
        std::memcpy(&header, incoming_.data(), sizeof header);
        if (incoming_.size() - sizeof header < header.length)
            return;
        messages_.push_back({header.type, incoming_.substr(sizeof header, header.length)});
        incoming_.erase(0, sizeof header + header.length);
    }
}

bool RawWindow::has(uint32_t type) const
{
    for (const Message &message : messages_) {
        if (message.type == type)
            return true;
    }
    return false;
}

std::string RawWindow::exit_text() const
{
    for (const Message &message : messages_) {
        if (message.type == UI_MSG_EXIT)
            return message.body;
    }
    return "";
}

Output RawWindow::finish()
{
    await("tmux of a raw window ends", [&] { return !out_.open(); });
    output_.status = wait_child(pid_, patience());
    if (output_.status == -1)
        throw Failure("tmux of a raw window closed its output and runs on");
    pid_ = -1;
    return output_;
}

WindowProcess::WindowProcess(const Server &server)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        fail_system("pipe");
    pipe_ = Descriptor(ends[0]);
    const Descriptor other(ends[1]);
    set_nonblocking(ends[0]);
    pid_ = fork();
    if (pid_ < 0)
        fail_system("fork");
    if (pid_ == 0)
        be_window(server, ends[1]);
}

WindowProcess::~WindowProcess()
{
    if (pid_ != -1) {
        ::kill(pid_, SIGKILL);
        wait_child(pid_, patience());
    }
}

void WindowProcess::watch(std::vector<pollfd> &descriptors)
{
    if (pipe_.open())
        descriptors.push_back({pipe_.get(), POLLIN, 0});
}

void WindowProcess::serve()
{
    if (pipe_.open() && !read_available(pipe_.get(), told_))
        pipe_.reset();
}

void WindowProcess::signal(int number) const
{
    if (::kill(pid_, number) < 0)
        fail_system("kill");
}

int WindowProcess::status()
{
    const int status = wait_child(pid_, patience());
    if (status != -1)
        pid_ = -1;
    return status;
}

int open_descriptors(pid_t pid)
{
    using Iterator = std::filesystem::directory_iterator;
    const Iterator first("/proc/" + std::to_string(pid) + "/fd");
    return static_cast<int>(std::distance(first, Iterator()));
}

} // namespace vitrine::test
