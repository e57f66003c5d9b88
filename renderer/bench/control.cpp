#include "bench/control.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace vitrine::bench {

namespace {

Error system_error(const std::string &what) { return Error{what + ": " + std::strerror(errno)}; }

bool address_of(const std::string &path, sockaddr_un &address)
{
    address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return false;
    std::memcpy(address.sun_path, path.c_str(), path.size());
    return true;
}

bool readable(int fd, int timeout_ms)
{
    pollfd source = {fd, POLLIN, 0};
    return poll(&source, 1, timeout_ms) == 1;
}

} // namespace

bool LineChannel::send(const std::string &line)
{
    const std::string text = line + '\n';
    const ssize_t sent = ::send(fd_.get(), text.data(), text.size(), MSG_NOSIGNAL);
    return sent == static_cast<ssize_t>(text.size());
}

std::optional<std::string> LineChannel::receive(int timeout_ms)
{
    for (;;) {
        if (const auto end = read_.find('\n'); end != std::string::npos) {
            std::string line = read_.substr(0, end);
            read_.erase(0, end + 1);
            return line;
        }
        if (!readable(fd_.get(), timeout_ms))
            return std::nullopt;
        std::array<char, 512> buffer;
        const ssize_t got = recv(fd_.get(), buffer.data(), buffer.size(), 0);
        if (got <= 0)
            return std::nullopt;
        read_.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

Result<ControlSocket> ControlSocket::listen(const std::string &path)
{
    sockaddr_un address;
    if (!address_of(path, address))
        return Error{path + ": name is too long"};
    UniqueFd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (bind(fd.get(), reinterpret_cast<sockaddr *>(&address), sizeof address) != 0 ||
        ::listen(fd.get(), 8) != 0)
        return system_error(path);
    return ControlSocket(std::move(fd));
}

Result<LineChannel> ControlSocket::accept(int timeout_ms)
{
    if (!readable(fd_.get(), timeout_ms))
        return Error{"the program in the pane did not start"};
    UniqueFd fd(accept4(fd_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (fd.get() < 0)
        return system_error("control socket");
    return LineChannel(std::move(fd));
}

Result<LineChannel> connect_control(const std::string &path)
{
    sockaddr_un address;
    if (!address_of(path, address))
        return Error{path + ": name is too long"};
    UniqueFd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (connect(fd.get(), reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        return system_error(path);
    return LineChannel(std::move(fd));
}

} // namespace vitrine::bench
