// vitrine memory, vitrine top: what the server and its windows hold and do.
#pragma once

#include "command/options.h"

#include <string>

namespace vitrine {

// The exit code; what went wrong has been printed.
int run_memory(const Options &options, const std::string &tmux);
int run_top(const Options &options, const std::string &tmux);

} // namespace vitrine
