#include "process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string_view>
#include <vector>

#include "error.h"
#include "vitrine/log.h"

extern char **environ;

namespace vitrine {
namespace {

// More of tmux's output than this is not kept; it is read on so that tmux does not wait.
constexpr size_t kMaxOutput = size_t{1} << 20;
constexpr char kVariable[] = "VITRINE=";

vitrine_log_module_t log_module = VITRINE_LOG_MODULE("process");

class FileActions {
public:
    FileActions() { ::posix_spawn_file_actions_init(&actions_); }
    ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
    FileActions(const FileActions &) = delete;
    FileActions &operator=(const FileActions &) = delete;
    int dup2(int from, int to) { return ::posix_spawn_file_actions_adddup2(&actions_, from, to); }
    const posix_spawn_file_actions_t *get() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_;
};

// A window may ignore SIGPIPE or block signals; tmux starts as from a shell.
class Attributes {
public:
    Attributes()
    {
        ::posix_spawnattr_init(&attributes_);
        sigset_t signals;
        ::sigemptyset(&signals);
        ::posix_spawnattr_setsigmask(&attributes_, &signals);
        ::sigaddset(&signals, SIGPIPE);
        ::posix_spawnattr_setsigdefault(&attributes_, &signals);
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
    Attributes(const Attributes &) = delete;
    Attributes &operator=(const Attributes &) = delete;
    const posix_spawnattr_t *get() const { return &attributes_; }

private:
    posix_spawnattr_t attributes_;
};

void append(std::vector<const char *> &list, const char *const *strings)
{
    for (; strings != nullptr && *strings != nullptr; ++strings)
        list.push_back(*strings);
}

bool same_name(const char *a, const char *b) noexcept
{
    const size_t length = ::strcspn(a, "=");
    return std::strncmp(a, b, length) == 0 && b[length] == '=' && a[length] == '=';
}

// Our environment with what the options and the protocol add in place of what was there.
std::vector<const char *> make_environment(const vitrine_options_t &options, const char *version)
{
    std::vector<const char *> added;
    append(added, options.environment);
    added.push_back(version);
    std::vector<const char *> result;
    for (char **entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const bool replaced = std::any_of(
            added.begin(), added.end(), [&](const char *name) { return same_name(name, *entry); });
        if (!replaced)
            result.push_back(*entry);
    }
    result.insert(result.end(), added.begin(), added.end());
    result.push_back(nullptr);
    return result;
}

char *const *as_argv(std::vector<const char *> &list) noexcept
{
    return const_cast<char *const *>(list.data());
}

// "%begin 1 2 0" and the like; a pane's "%3" is not.
bool is_control_line(std::string_view line) noexcept
{
    return line.size() > 1 && line[0] == '%' && line[1] >= 'a' && line[1] <= 'z';
}

// "%exit REASON" is how a client that never got to attach says why it ends.
constexpr std::string_view kExit = "%exit";

bool is_exit_line(std::string_view line) noexcept
{
    return line == kExit || line.starts_with("%exit ");
}

} // namespace

// Nothing is waited for; a tmux that has ended already leaves no zombie. One that has not would
// stay: a client in control mode that nobody reads keeps its server from ending.
Process::~Process()
{
    if (pid_ > 0 && !ended_ && !reap(false))
        ::kill(pid_, SIGTERM);
}

ui_result_t Process::start(const vitrine_options_t &options, int input)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return fail_system("pipe");
    output_.reset(ends[0]);
    const UniqueFd write_end(ends[1]);
    // The end that tmux prints to blocks, as any stdout.
    ::fcntl(write_end.get(), F_SETFL, 0);

    std::vector<const char *> arguments = {options.tmux};
    append(arguments, options.tmux_flags);
    arguments.push_back("-C");
    append(arguments, options.arguments);
    arguments.push_back(nullptr);
    const std::string version = kVariable + std::to_string(UI_PROTOCOL_VERSION);
    std::vector<const char *> environment = make_environment(options, version.c_str());

    FileActions actions;
    const Attributes attributes;
    int error = actions.dup2(input, STDIN_FILENO);
    if (error == 0)
        error = actions.dup2(write_end.get(), STDOUT_FILENO);
    pid_t pid = -1;
    if (error == 0)
        error = ::posix_spawnp(&pid, options.tmux, actions.get(), attributes.get(),
                               as_argv(arguments), as_argv(environment));
    if (error != 0) {
        errno = error;
        return fail_system(options.tmux);
    }
    pid_ = pid;
    pidfd_.reset(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    VITRINE_LOG(&log_module, VITRINE_LOG_INFO, "%s runs as %d", options.tmux, pid_);
    return UI_OK;
}

void Process::take_lines()
{
    size_t end;
    while ((end = line_.find('\n')) != line_.npos) {
        auto line = line_.substr(0, end);
        line_.erase(0, end + 1);
        if (is_exit_line(line))
            line.erase(0, kExit.size() + 1);
        control_mode_ = control_mode_ || is_control_line(line);
        VITRINE_LOG(&log_module, VITRINE_LOG_DEBUG, "printed: %s", line.c_str());
        if (!line.empty() && message_.size() + line.size() < kMaxOutput)
            message_ += (message_.empty() ? "" : "\n") + line;
    }
}

ui_result_t Process::drain() noexcept
{
    return barrier([&] {
        char buffer[4096];
        while (output_) {
            const ssize_t count = ::read(output_.get(), buffer, sizeof buffer);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0 && errno == EAGAIN)
                break;
            if (count <= 0) {
                // A last line without an end is a line.
                if (!line_.empty())
                    line_ += '\n';
                output_.reset();
            } else if (line_.size() < kMaxOutput) {
                line_.append(buffer, static_cast<size_t>(count));
            }
            take_lines();
        }
        if (control_mode_)
            return fail(UI_ERROR_NOT_HOOKED,
                        "the tmux server on this socket runs without Vitrine's hooks: end it "
                        "(tmux kill-server) or use another socket (-L name)");
        return UI_OK;
    });
}

bool Process::reap(bool block) noexcept
{
    int status = 0;
    pid_t pid;
    do {
        pid = ::waitpid(pid_, &status, block ? 0 : WNOHANG);
    } while (pid < 0 && errno == EINTR);
    if (pid == 0)
        return false;
    ended_ = true;
    // Whoever else waited for it took the status along.
    if (pid == pid_)
        status_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    VITRINE_LOG(&log_module, VITRINE_LOG_INFO, "%d ended with %d", pid_, status_);
    return true;
}

// Waits for output or the end; false once the time is over.
bool Process::await(int timeout_ms) const noexcept
{
    pollfd waits[] = {{output_.get(), POLLIN, 0}, {pidfd_.get(), POLLIN, 0}};
    // Without a pidfd (before Linux 5.3) the end is looked for now and then.
    constexpr int kNap = 10;
    const bool naps = !pidfd_ && (timeout_ms < 0 || timeout_ms > kNap);
    const int ready = ::poll(waits, 2, naps ? kNap : timeout_ms);
    return ready != 0 || naps;
}

ui_result_t Process::wait(int timeout_ms, int *status) noexcept
{
    using Clock = std::chrono::steady_clock;
    if (pid_ <= 0)
        return fail(UI_ERROR_ARGUMENT, "no process was started");
    const Clock::time_point end = Clock::now() + std::chrono::milliseconds(timeout_ms);
    while (!ended_ && !reap(false)) {
        drain();
        int left = timeout_ms;
        if (timeout_ms >= 0) {
            const auto until = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
            left = static_cast<int>(std::max<int64_t>(until.count(), 0));
        }
        if (!await(left) && !reap(false))
            return fail(UI_ERROR_AGAIN, "tmux still runs");
    }
    drain();
    if (status != nullptr)
        *status = status_;
    return UI_OK;
}

} // namespace vitrine
