#include "command/tmux_program.h"

#include "command/spawn_actions.h"

#include "vitrine_config.h"

#include <vitrine/scope.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>

extern char **environ;

namespace vitrine {

namespace {

// Pointers into the strings, which must outlive them.
std::vector<char *> argument_vector(const std::string &tmux, std::span<const std::string> flags,
                                    std::span<const std::string> command)
{
    std::vector<char *> arguments;
    arguments.push_back(const_cast<char *>(tmux.c_str()));
    for (const auto part : {flags, command}) {
        for (const std::string &argument : part)
            arguments.push_back(const_cast<char *>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    return arguments;
}

std::string own_path()
{
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error).string();
}

std::string read_all(int fd)
{
    std::string text;
    std::array<char, 4096> buffer;
    for (;;) {
        const ssize_t got = read(fd, buffer.data(), buffer.size());
        if (got > 0)
            text.append(buffer.data(), static_cast<std::size_t>(got));
        else if (got == 0 || errno != EINTR)
            return text;
    }
}

int exit_status(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return 1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Why it cannot be run, "" if it can.
std::string fault_of(const std::string &path)
{
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found || error)
        return std::strerror(error.value() != 0 ? error.value() : ENOENT);
    if (!std::filesystem::is_regular_file(status) || access(path.c_str(), X_OK) != 0)
        return "not a program";
    return {};
}

} // namespace

std::vector<std::string> tmux_candidates(const TmuxPlaces &places)
{
    if (!places.option.empty())
        return {places.option};
    if (!places.environment.empty())
        return {places.environment};
    std::vector<std::string> candidates;
    const auto folder = std::filesystem::path(places.executable).parent_path();
    if (folder.filename() == "renderer") // of a build, whose tmux is as new as this program
        candidates.push_back((folder.parent_path() / "shim" / "tmux").string());
    else if (!folder.empty())
        candidates.push_back((folder.parent_path() / "libexec" / "vitrine" / "tmux").string());
    candidates.push_back(VITRINE_LIBEXECDIR "/tmux");
    return candidates;
}

FoundTmux find_tmux(const std::string &option)
{
    const char *environment = std::getenv("VITRINE_TMUX");
    const auto candidates =
        tmux_candidates({option, environment != nullptr ? environment : "", own_path()});
    for (const std::string &candidate : candidates) {
        // A name without a slash is searched in PATH when it is run.
        if (candidate.find('/') == std::string::npos || fault_of(candidate).empty())
            return {candidate, {}};
    }
    if (candidates.size() == 1)
        return {{}, "tmux: " + candidates[0] + ": " + fault_of(candidates[0])};
    std::string error = "tmux: no tmux with hooks at";
    for (const std::string &candidate : candidates)
        error += (&candidate == &candidates[0] ? " " : ", ") + candidate;
    return {{}, error + " (set VITRINE_TMUX or --tmux)"};
}

std::string exec_tmux(const std::string &tmux, std::span<const std::string> flags,
                      std::span<const std::string> command)
{
    auto arguments = argument_vector(tmux, flags, command);
    execvp(tmux.c_str(), arguments.data());
    return "tmux: " + tmux + ": " + std::strerror(errno);
}

TmuxAnswer ask_tmux(const std::string &tmux, std::span<const std::string> flags,
                    std::span<const std::string> command, ErrorOutput errors)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return {};
    const UniqueFd reading(ends[0]);
    UniqueFd writing(ends[1]);
    SpawnActions actions;
    actions.discard(STDIN_FILENO, O_RDONLY);
    actions.duplicate(writing.get(), STDOUT_FILENO);
    if (errors == ErrorOutput::discard)
        actions.discard(STDERR_FILENO, O_WRONLY);
    auto arguments = argument_vector(tmux, flags, command);
    pid_t child = 0;
    if (posix_spawnp(&child, tmux.c_str(), actions.get(), nullptr, arguments.data(), environ) != 0)
        return {};
    writing.reset();
    TmuxAnswer answer;
    answer.output = read_all(reading.get());
    answer.status = exit_status(child);
    while (answer.output.ends_with('\n'))
        answer.output.pop_back();
    return answer;
}

std::optional<unsigned> parse_pane_id(const std::string &text)
{
    if (text.size() < 2 || text[0] != '%')
        return std::nullopt;
    unsigned id = 0;
    const char *end = text.data() + text.size();
    const auto result = std::from_chars(text.data() + 1, end, id);
    if (result.ec != std::errc() || result.ptr != end)
        return std::nullopt;
    return id;
}

} // namespace vitrine
