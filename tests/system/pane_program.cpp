// The program in the panes of tests: a raw terminal whose bytes go to and come from the test.
//
//	system-test --pane SOCKET [NAME]
//
// It says its name first, TMUX_PANE if none is given, and ends when the test closes its side.
#include "pane_program.h"

#include <cstdlib>
#include <cstring>
#include <string>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

namespace vitrine::test {
namespace {

bool write_all(int fd, const char *data, size_t length)
{
    while (length != 0) {
        const ssize_t n = write(fd, data, length);
        if (n <= 0)
            return false;
        data += n;
        length -= static_cast<size_t>(n);
    }
    return true;
}

bool pass(int from, int to)
{
    char buffer[65536];
    const ssize_t n = read(from, buffer, sizeof buffer);
    return n > 0 && write_all(to, buffer, static_cast<size_t>(n));
}

int connect_to(const char *path)
{
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    if (connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) < 0)
        return -1;
    return fd;
}

} // namespace

int pane_program(const char *path, const char *name)
{
    const int test = connect_to(path);
    if (test < 0)
        return 1;
    termios raw;
    if (tcgetattr(0, &raw) == 0) {
        cfmakeraw(&raw);
        tcsetattr(0, TCSANOW, &raw);
    }
    if (name == nullptr)
        name = getenv("TMUX_PANE");
    const std::string greeting = std::string(name != nullptr ? name : "?") + "\n";
    if (!write_all(test, greeting.data(), greeting.size()))
        return 1;
    for (;;) {
        pollfd descriptors[] = {{test, POLLIN, 0}, {0, POLLIN, 0}};
        if (poll(descriptors, 2, -1) < 0)
            return 1;
        if (descriptors[0].revents != 0 && !pass(test, 1))
            return 0;
        if (descriptors[1].revents != 0 && !pass(0, test))
            return 0;
    }
}

} // namespace vitrine::test
