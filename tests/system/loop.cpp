#include "loop.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vitrine::test {
namespace {

constexpr int kTickMs = 10;

std::vector<Source *> &sources()
{
    static std::vector<Source *> list;
    return list;
}

Milliseconds longest;

// One turn: waits for a descriptor or the tick, then serves.
void turn(int timeout_ms)
{
    const auto began = std::chrono::steady_clock::now();
    std::vector<pollfd> descriptors;
    for (Source *source : sources())
        source->watch(descriptors);
    if (poll(descriptors.data(), descriptors.size(), timeout_ms) < 0 && errno != EINTR)
        fail_system("poll");
    const std::vector<Source *> served = sources();
    for (Source *source : served)
        source->serve();
    const auto took = std::chrono::steady_clock::now() - began;
    longest = std::max(longest, std::chrono::duration_cast<Milliseconds>(took));
}

} // namespace

void fail_system(const std::string &what) { throw Failure(what + ": " + std::strerror(errno)); }

Milliseconds patience()
{
    static const int factor = [] {
        const char *text = std::getenv("VITRINE_TEST_PATIENCE");
        return text != nullptr ? std::max(1, std::atoi(text)) : 1;
    }();
    return Milliseconds(10000) * factor;
}

int Deadline::left_ms() const
{
    const auto left = std::chrono::ceil<Milliseconds>(end_ - Clock::now()).count();
    return static_cast<int>(std::clamp<long>(left, 0, 1 << 30));
}

Descriptor &Descriptor::operator=(Descriptor &&other) noexcept
{
    if (this != &other) {
        reset();
        fd_ = other.release();
    }
    return *this;
}

int Descriptor::release()
{
    const int fd = fd_;
    fd_ = -1;
    return fd;
}

void Descriptor::reset()
{
    if (fd_ != -1)
        close(fd_);
    fd_ = -1;
}

ssize_t send_with_descriptor(int socket, const std::string &bytes, int descriptor)
{
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof descriptor)] = {};
    iovec part = {const_cast<char *>(bytes.data()), bytes.size()};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    cmsghdr *rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof descriptor);
    std::memcpy(CMSG_DATA(rights), &descriptor, sizeof descriptor);
    return sendmsg(socket, &header, MSG_NOSIGNAL);
}

Source::Source() { sources().push_back(this); }

Source::~Source() { std::erase(sources(), this); }

bool wait_until(const std::function<bool()> &condition, Milliseconds time)
{
    const Deadline deadline(time);
    longest = {};
    turn(0);
    while (!condition()) {
        const int left = deadline.left_ms();
        if (left == 0)
            return false;
        turn(std::min(left, kTickMs));
    }
    return true;
}

Milliseconds longest_turn() { return longest; }

void await(const std::string &what, const std::function<bool()> &condition, Milliseconds time)
{
    if (!wait_until(condition, time))
        throw Failure("never happened: " + what);
}

void serve_for(Milliseconds time)
{
    wait_until([] { return false; }, time);
}

void set_nonblocking(int fd)
{
    if (fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) < 0)
        fail_system("fcntl");
}

bool read_available(int fd, std::string &data)
{
    char buffer[65536];
    for (;;) {
        const ssize_t n = read(fd, buffer, sizeof buffer);
        if (n > 0)
            data.append(buffer, static_cast<size_t>(n));
        else if (n == 0)
            return false;
        else if (errno != EINTR)
            return errno == EAGAIN;
    }
}

} // namespace vitrine::test
