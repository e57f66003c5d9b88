// The command line of vitrine.
//
//     vitrine [options] [tmux flags] [command [arguments]]
//
// Long options are vitrine's, single letters before the command are tmux's.
// From the command on everything is tmux's, except that attach-session, which
// takes no words of its own, may be followed by vitrine's options too. What
// stands after "--" is tmux's untouched.
#pragma once

#include "config/configuration.h"

#include <span>
#include <string>
#include <vector>

namespace vitrine {

enum class Action {
    open_window, // attach, or with no command: attach or create
    run_tmux,    // hand over to tmux in this terminal
    show_version,
    show_help,
    run_bench, // command holds its arguments
    show_memory,
    show_top,
    print_config,
    check_config, // of the file config
    list_themes,
    reject, // error says why
};

struct Options {
    Action action = Action::open_window;
    std::string error;

    std::vector<std::string> tmux_flags; // -L name ..., before the command
    std::vector<std::string> command;    // empty: the most recent session
    bool single_pane = false;
    std::string pane_target; // of single_pane: attach's -t, "" if it has none

    std::string screenshot; // file to write; "" for a window
    std::string tmux;       // program; "" to search
    std::string config;     // file; "" for the usual one
    bool json = false;      // of show_memory and show_top
    std::vector<Override> settings;
};

// arguments without the program's name.
Options parse_options(std::span<const char *const> arguments);

// The text of --help.
std::string usage_text();

} // namespace vitrine
