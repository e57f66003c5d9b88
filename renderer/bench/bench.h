// vitrine bench: what a window costs and how fast it answers, measured by the
// user, on the user's display.
#pragma once

#include "command/options.h"

namespace vitrine::bench {

// options.command holds what stood behind "bench". The exit code; results and
// errors have been printed.
int run_bench(const Options &options);

} // namespace vitrine::bench
