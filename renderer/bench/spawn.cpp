#include "bench/spawn.h"

#include "command/spawn_actions.h"

#include <vitrine/scope.hpp>

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

extern char **environ;

namespace vitrine::bench {

namespace {

// Over a socket, so that a program that ends early is an error, not SIGPIPE.
void send_all(int fd, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t done = send(fd, text.data(), text.size(), MSG_NOSIGNAL);
        if (done <= 0)
            return;
        text.remove_prefix(static_cast<std::size_t>(done));
    }
}

} // namespace

Result<void> feed_program(const std::vector<std::string> &command, const std::string &input)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return Error{command[0] + ": " + std::strerror(errno)};
    UniqueFd ours(ends[0]);
    UniqueFd theirs(ends[1]);
    std::vector<char *> arguments;
    arguments.reserve(command.size() + 1);
    for (const std::string &word : command)
        arguments.push_back(const_cast<char *>(word.c_str()));
    arguments.push_back(nullptr);
    SpawnActions actions;
    actions.duplicate(theirs.get(), STDIN_FILENO);
    pid_t child = 0;
    const int failure =
        posix_spawnp(&child, arguments[0], actions.get(), nullptr, arguments.data(), environ);
    if (failure != 0)
        return Error{command[0] + ": " + std::strerror(failure)};
    theirs.reset();
    send_all(ours.get(), input);
    ours.reset();
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return Error{command[0] + ": failed"};
    return {};
}

} // namespace vitrine::bench
