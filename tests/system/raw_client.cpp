#include "raw_client.h"

#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace vitrine::test {
namespace {

constexpr uint32_t kProtocolVersion = 8;
constexpr uint64_t kControl = 0x2000; // CLIENT_CONTROL

struct Header {
    uint32_t type;
    uint32_t length; // and whether a descriptor comes with it
    uint32_t version;
    uint32_t pid;
};

uint32_t descriptor_mark() { return tmux_version() > 305 ? 1u << 31 : 1u << 16; }

std::string text(const std::string &words) { return words + '\0'; }

} // namespace

RawClient::RawClient(const Server &server, uid_t user)
    : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    server.socket().copy(address.sun_path, sizeof address.sun_path - 1);
    // The server is told of the user that connects.
    const uid_t own = geteuid();
    if (!socket_.open() || seteuid(user) != 0)
        fail_system("seteuid");
    const int result =
        connect(socket_.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address);
    if (seteuid(own) != 0 || result != 0)
        fail_system("connect");
}

void RawClient::watch(std::vector<pollfd> &descriptors)
{
    if (socket_.open())
        descriptors.push_back({socket_.get(), POLLIN, 0});
}

void RawClient::serve()
{
    char bytes[4096];
    ssize_t count = -1;
    while (socket_.open() && (count = recv(socket_.get(), bytes, sizeof bytes, MSG_DONTWAIT)) > 0)
        received_.append(bytes, static_cast<size_t>(count));
    if (count == 0)
        socket_.reset();
}

void RawClient::send(Message type, const std::string &data, int descriptor)
{
    const auto length = static_cast<uint32_t>(sizeof(Header) + data.size());
    const Header header = {type, length | (descriptor == -1 ? 0 : descriptor_mark()),
                           kProtocolVersion, static_cast<uint32_t>(getpid())};
    std::string bytes(reinterpret_cast<const char *>(&header), sizeof header);
    bytes += data;
    const ssize_t sent =
        descriptor != -1 ? send_with_descriptor(socket_.get(), bytes, descriptor)
                         : ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(bytes.size()))
        fail_system("send");
}

void RawClient::say_control()
{
    const uint64_t flags = kControl;
    send(kLongFlags, std::string(reinterpret_cast<const char *>(&flags), sizeof flags));
    send(kTerm, text("xterm"));
    send(kTtyName, text(""));
    send(kCwd, text("/"));
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        fail_system("socketpair");
    stream_ = Descriptor(ends[0]);
    const Descriptor other(ends[1]);
    send(kStdin, {}, other.get());
    send(kStdout, {}, other.get());
}

void RawClient::say_window(const std::string &stream)
{
    say_control();
    write_stream(stream);
    const pid_t pid = getpid();
    send(kClientPid, std::string(reinterpret_cast<const char *>(&pid), sizeof pid));
    send(kEnviron, text("VITRINE=1"));
    send(kDone);
}

void RawClient::command(const Words &words)
{
    const auto count = static_cast<int>(words.size());
    std::string data(reinterpret_cast<const char *>(&count), sizeof count);
    for (const std::string &word : words)
        data += text(word);
    send(kCommand, data);
}

void RawClient::write_stream(const std::string &bytes)
{
    if (::send(stream_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(bytes.size()))
        fail_system("send");
}

std::string RawClient::read_stream()
{
    std::string bytes;
    char part[4096];
    ssize_t count;
    while ((count = recv(stream_.get(), part, sizeof part, MSG_DONTWAIT)) > 0)
        bytes.append(part, static_cast<size_t>(count));
    return bytes;
}

bool RawClient::told(Message type) const
{
    for (size_t at = 0; at + sizeof(Header) <= received_.size();) {
        Header header;
        std::memcpy(&header, received_.data() + at, sizeof header);
        if (header.type == type)
            return true;
        at += header.length & 0xffff;
    }
    return false;
}

} // namespace vitrine::test
