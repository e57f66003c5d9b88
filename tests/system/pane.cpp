#include "server.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace vitrine::test {
namespace {

constexpr const char *kStatusRequest = "\033[5n";
constexpr const char *kStatusAnswer = "\033[0n";

std::string own_program()
{
    char path[4096];
    const ssize_t n = readlink("/proc/self/exe", path, sizeof path);
    if (n < 0)
        fail_system("/proc/self/exe");
    return std::string(path, static_cast<size_t>(n));
}

Descriptor listen_at(const std::string &path)
{
    Descriptor listener(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (bind(listener.get(), reinterpret_cast<sockaddr *>(&address), sizeof address) < 0 ||
        listen(listener.get(), 128) < 0)
        fail_system(path);
    return listener;
}

} // namespace

bool Pane::received(const std::string &text) const
{
    return received_.find(text) != std::string::npos;
}

void Pane::print(const std::string &bytes)
{
    size_t sent = 0;
    await("pane takes output", [&] {
        while (sent < bytes.size()) {
            const ssize_t n =
                send(stream_.get(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (n < 0 && errno != EAGAIN)
                fail_system("pane " + id_);
            if (n <= 0)
                return false;
            sent += static_cast<size_t>(n);
        }
        return true;
    });
}

void Pane::show(const std::string &bytes)
{
    print(bytes + kStatusRequest);
    await("tmux parses what pane " + id_ + " printed",
          [&] { return ended() || received(kStatusAnswer); });
    if (ended())
        throw Failure("pane " + id_ + " ended");
    const size_t answer = received_.find(kStatusAnswer);
    received_.erase(answer, std::char_traits<char>::length(kStatusAnswer));
}

// The program takes the next bytes only when it has written those before.
void Pane::write(const std::string &bytes)
{
    print(bytes);
    await_taken();
    print("\033[m");
    await_taken();
}

void Pane::await_taken()
{
    await("the program in pane " + id_ + " takes its output", [&] {
        int left = 0;
        if (ioctl(stream_.get(), SIOCOUTQ, &left) != 0)
            fail_system("pane " + id_);
        return left == 0;
    });
}

void Pane::watch(std::vector<pollfd> &descriptors) const
{
    if (stream_.open())
        descriptors.push_back({stream_.get(), POLLIN, 0});
}

void Pane::serve()
{
    if (stream_.open() && !read_available(stream_.get(), received_))
        stream_.reset();
    // The pane's name comes first, in a line.
    const size_t end = received_.find('\n');
    if (!greeted_ && end != std::string::npos) {
        id_ = received_.substr(0, end);
        received_.erase(0, end + 1);
        greeted_ = true;
    }
}

PaneHub::PaneHub(std::string path) : path_(std::move(path)), listener_(listen_at(path_)) {}

void PaneHub::watch(std::vector<pollfd> &descriptors)
{
    descriptors.push_back({listener_.get(), POLLIN, 0});
    for (const Pane &pane : panes_)
        pane.watch(descriptors);
}

void PaneHub::serve()
{
    for (int fd;
         (fd = accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0;)
        panes_.emplace_back(Descriptor(fd));
    for (Pane &pane : panes_)
        pane.serve();
}

std::string PaneHub::command(const std::string &name) const
{
    return "exec '" + own_program() + "' --pane '" + path_ + "' " + name;
}

Pane *PaneHub::find(const std::string &id)
{
    const auto found = std::find_if(panes_.rbegin(), panes_.rend(),
                                    [&](const Pane &pane) { return pane.id() == id; });
    return found == panes_.rend() ? nullptr : &*found;
}

Pane &PaneHub::pane(const std::string &id)
{
    await("pane " + id + " connects", [&] { return find(id) != nullptr; });
    return *find(id);
}

} // namespace vitrine::test
