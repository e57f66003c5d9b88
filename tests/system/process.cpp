#include "process.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <vitrine/scope.hpp>

#include "command/spawn_actions.h"

namespace vitrine::test {
namespace {

std::vector<char *> pointers(const Words &words)
{
    std::vector<char *> list;
    for (const std::string &word : words)
        list.push_back(const_cast<char *>(word.c_str()));
    list.push_back(nullptr);
    return list;
}

// The caller's environment with other entries for some of its names.
Words environment_with(const Words &entries)
{
    Words all = entries;
    for (char **own = environ; *own != nullptr; ++own) {
        const std::string entry = *own;
        const std::string name = entry.substr(0, entry.find('=') + 1);
        if (std::none_of(entries.begin(), entries.end(),
                         [&](const std::string &given) { return given.starts_with(name); }))
            all.push_back(entry);
    }
    return all;
}

int open_pidfd(pid_t pid) { return static_cast<int>(syscall(SYS_pidfd_open, pid, 0)); }

int exit_code(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

struct Pipe {
    Descriptor read;
    Descriptor write;
};

Pipe make_pipe()
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        fail_system("pipe");
    set_nonblocking(ends[0]);
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

std::string read_file(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace

void clean_environment()
{
    Words kept;
    for (const char *name :
         {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LD_LIBRARY_PATH",
          "VITRINE_TEST_TMUX", "VITRINE_TEST_TMUX_STOCK", "VITRINE_TEST_PATIENCE",
          "VITRINE_PROPERTY_SEEDS", "VITRINE_PROPERTY_FIRST", "VITRINE_PROPERTY_STEPS",
          "VITRINE_BYTES_SEEDS", "VITRINE_BYTES_FIRST", "VITRINE_SOAK"}) {
        if (const char *value = std::getenv(name); value != nullptr)
            kept.push_back(std::string(name) + "=" + value);
    }
    clearenv();
    for (const std::string &entry : kept) {
        const size_t equals = entry.find('=');
        setenv(entry.substr(0, equals).c_str(), entry.substr(equals + 1).c_str(), 1);
    }
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TERM", "xterm-256color", 1);
    setenv("SHELL", "/bin/sh", 1);
    setenv("HOME", "/nonexistent", 1);
    signal(SIGPIPE, SIG_IGN);
}

Command::Command(const Words &argv, const Words &environment) : name_(argv.back())
{
    Pipe out = make_pipe(), err = make_pipe();
    const Words all = environment_with(environment);
    SpawnActions files;
    files.discard(STDIN_FILENO, O_RDONLY);
    files.duplicate(out.write.get(), STDOUT_FILENO);
    files.duplicate(err.write.get(), STDERR_FILENO);
    sigset_t ignored_here;
    sigemptyset(&ignored_here);
    sigaddset(&ignored_here, SIGPIPE);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    const Rollback at_end([&] { posix_spawnattr_destroy(&attributes); });
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigdefault(&attributes, &ignored_here);
    // fork() would copy the page tables, which are large with a sanitizer.
    const int error = posix_spawnp(&pid_, argv[0].c_str(), files.get(), &attributes,
                                   pointers(argv).data(), pointers(all).data());
    if (error != 0)
        throw Failure(argv[0] + ": " + std::strerror(error));
    out_ = std::move(out.read);
    err_ = std::move(err.read);
}

Command::~Command()
{
    if (pid_ != -1) {
        kill(pid_, SIGKILL);
        wait_child(pid_, patience());
    }
}

void Command::watch(std::vector<pollfd> &descriptors)
{
    for (const Descriptor *end : {&out_, &err_}) {
        if (end->open())
            descriptors.push_back({end->get(), POLLIN, 0});
    }
}

void Command::serve()
{
    if (out_.open() && !read_available(out_.get(), output_.out))
        out_.reset();
    if (err_.open() && !read_available(err_.get(), output_.err))
        err_.reset();
}

Output Command::finish()
{
    await("end of " + name_, [&] { return ended(); });
    output_.status = wait_child(pid_, patience());
    if (output_.status == -1)
        throw Failure(name_ + " closed its output and runs on");
    pid_ = -1;
    return output_;
}

Output run(const Words &argv, const Words &environment)
{
    return Command(argv, environment).finish();
}

Terminal::Terminal(const Words &argv, int columns, int rows, const Words &environment)
{
    winsize size{};
    size.ws_col = static_cast<unsigned short>(columns);
    size.ws_row = static_cast<unsigned short>(rows);
    int master;
    pid_ = forkpty(&master, nullptr, nullptr, &size);
    if (pid_ < 0)
        fail_system("forkpty");
    if (pid_ == 0) {
        signal(SIGPIPE, SIG_DFL);
        execvpe(argv[0].c_str(), pointers(argv).data(),
                pointers(environment_with(environment)).data());
        _exit(127);
    }
    master_ = Descriptor(master);
    fcntl(master, F_SETFD, FD_CLOEXEC);
    set_nonblocking(master);
}

Terminal::~Terminal()
{
    master_.reset();
    if (pid_ != -1 && wait_child(pid_, Milliseconds(2000)) == -1) {
        kill(pid_, SIGKILL);
        wait_child(pid_, patience());
    }
}

void Terminal::watch(std::vector<pollfd> &descriptors)
{
    if (master_.open())
        descriptors.push_back({master_.get(), POLLIN, 0});
}

void Terminal::serve()
{
    if (master_.open() && !read_available(master_.get(), output_))
        master_.reset();
}

bool Terminal::contains(const std::string &text) const
{
    return output_.find(text) != std::string::npos;
}

void Terminal::type(const std::string &bytes)
{
    size_t sent = 0;
    await("terminal takes input", [&] {
        const ssize_t n = write(master_.get(), bytes.data() + sent, bytes.size() - sent);
        sent += n > 0 ? static_cast<size_t>(n) : 0;
        return sent == bytes.size();
    });
}

void Terminal::resize(int columns, int rows)
{
    winsize size{};
    size.ws_col = static_cast<unsigned short>(columns);
    size.ws_row = static_cast<unsigned short>(rows);
    if (ioctl(master_.get(), TIOCSWINSZ, &size) < 0)
        fail_system("TIOCSWINSZ");
}

int Terminal::status()
{
    await("program on a terminal ends", [&] { return ended(); });
    const int status = wait_child(pid_, patience());
    if (status != -1)
        pid_ = -1;
    return status;
}

int wait_child(pid_t pid, Milliseconds time)
{
    if (!wait_gone(pid, time))
        return -1;
    int status;
    if (waitpid(pid, &status, 0) != pid)
        fail_system("waitpid");
    return exit_code(status);
}

bool wait_gone(pid_t pid, Milliseconds time)
{
    const Descriptor process(open_pidfd(pid));
    if (!process.open())
        return errno == ESRCH;
    const Deadline deadline(time);
    pollfd descriptor{process.get(), POLLIN, 0};
    while (poll(&descriptor, 1, deadline.left_ms()) <= 0) {
        if (deadline.passed())
            return false;
    }
    return true;
}

long process_kb(pid_t pid, const std::string &field)
{
    std::istringstream status(read_file("/proc/" + std::to_string(pid) + "/status"));
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(field + ":"))
            return std::stol(line.substr(field.size() + 1));
    }
    throw Failure("process " + std::to_string(pid) + " has no " + field);
}

std::string process_state(pid_t pid)
{
    const std::string folder = "/proc/" + std::to_string(pid) + "/";
    const std::string stat = read_file(folder + "stat");
    const size_t name_end = stat.rfind(") ");
    if (name_end == stat.npos)
        return "gone";
    return stat.substr(name_end + 2, 1) + " in " + read_file(folder + "wchan");
}

long process_ticks(pid_t pid)
{
    const std::string stat = read_file("/proc/" + std::to_string(pid) + "/stat");
    std::istringstream fields(stat.substr(std::min(stat.size(), stat.rfind(')') + 1)));
    std::string field;
    long ticks = 0;
    // After the name: state is field 3, utime and stime are 14 and 15.
    for (int number = 3; fields >> field && number <= 15; ++number)
        ticks += number >= 14 ? std::stol(field) : 0;
    return ticks;
}

} // namespace vitrine::test
