#include "command/tmux_commands.h"

#include <string_view>

namespace vitrine {

namespace {

// new-session's options that take a value, so that "-s -d" is a name, not -d.
constexpr std::string_view new_session_values = "cefFnstxy";

// Prefixes shorter than this are of several commands (new-window, next-window).
constexpr std::size_t new_session_shortest = std::string_view("new-s").size();

bool ends_command(const std::string &argument)
{
    if (!argument.ends_with(';'))
        return false;
    return argument.size() < 2 || argument[argument.size() - 2] != '\\';
}

// Whether -d, without -A, is among the options of a new-session. With -A an
// existing session of that name is attached to whatever -d says.
bool stays_detached(std::span<const std::string> arguments)
{
    bool detached = false;
    bool attach_existing = false;
    for (std::size_t i = 0; i < arguments.size(); i++) {
        const std::string &argument = arguments[i];
        if (argument.size() < 2 || argument[0] != '-' || argument == "--")
            break;
        for (std::size_t j = 1; j < argument.size(); j++) {
            detached |= argument[j] == 'd';
            attach_existing |= argument[j] == 'A';
            if (new_session_values.find(argument[j]) == std::string_view::npos)
                continue;
            if (j + 1 == argument.size()) // the value is the next argument
                i++;
            break;
        }
    }
    return detached && !attach_existing;
}

CommandKind single_kind(std::span<const std::string> command)
{
    if (command.empty())
        return CommandKind::other;
    std::string word = command[0];
    if (ends_command(word))
        word.pop_back();
    if (is_attach_session(word))
        return CommandKind::attach;
    if (is_new_session(word) && !stays_detached(command.subspan(1)))
        return CommandKind::create;
    return CommandKind::other;
}

} // namespace

bool is_attach_session(const std::string &word)
{
    return !word.empty() && std::string_view("attach-session").starts_with(word);
}

bool is_new_session(const std::string &word)
{
    if (word == "new")
        return true;
    return word.size() >= new_session_shortest && std::string_view("new-session").starts_with(word);
}

CommandKind command_kind(std::span<const std::string> command)
{
    std::size_t begin = 0;
    for (std::size_t i = 0; i < command.size(); i++) {
        if (!ends_command(command[i]) && i + 1 < command.size())
            continue;
        const CommandKind kind = single_kind(command.subspan(begin, i + 1 - begin));
        if (kind != CommandKind::other)
            return kind;
        begin = i + 1;
    }
    return CommandKind::other;
}

} // namespace vitrine
