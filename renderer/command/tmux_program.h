// The tmux program: where it is, and running it for an answer.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vitrine {

// What the search looks at; separate so that tests can fill it in.
struct TmuxPlaces {
    std::string option;      // --tmux
    std::string environment; // $VITRINE_TMUX
    std::string executable;  // path of this program
};

// Candidates in the order in which they are tried. One that was asked for by
// name is the only one.
std::vector<std::string> tmux_candidates(const TmuxPlaces &places);

// The first candidate that can be run, or the error to print.
struct FoundTmux {
    std::string path;
    std::string error;
};
FoundTmux find_tmux(const std::string &option);

// Replaces this process; returns only if that fails, with the reason.
std::string exec_tmux(const std::string &tmux, std::span<const std::string> flags,
                      std::span<const std::string> command);

enum class ErrorOutput { inherit, discard };

// Runs tmux, waits, gives its exit status and what it printed.
struct TmuxAnswer {
    int status = 1;
    std::string output; // without the last newline
};
TmuxAnswer ask_tmux(const std::string &tmux, std::span<const std::string> flags,
                    std::span<const std::string> command, ErrorOutput errors);

// "%12" as 12; nothing if it is no pane id.
std::optional<unsigned> parse_pane_id(const std::string &text);

} // namespace vitrine
