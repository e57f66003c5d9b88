// Which tmux command lines take a window.
#pragma once

#include <span>
#include <string>

namespace vitrine {

enum class CommandKind {
    other,  // runs and ends; goes to tmux as it is
    attach, // attach-session
    create, // new-session that stays attached
};

// What a tmux command line is to us. It may hold several commands, separated
// as tmux does it by arguments that end in ";"; the first that attaches counts.
CommandKind command_kind(std::span<const std::string> command);

// One command word: the name, its alias or a prefix that only it has.
bool is_attach_session(const std::string &word);
bool is_new_session(const std::string &word);

} // namespace vitrine
