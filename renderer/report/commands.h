// vitrine memory: what the server and its windows use memory for.
#pragma once

#include "command/options.h"

#include <string>

namespace vitrine {

// The exit code; what went wrong has been printed.
int run_memory(const Options &options, const std::string &tmux);

} // namespace vitrine
