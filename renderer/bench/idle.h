// What a window costs that nobody touches: wake-ups, CPU, pictures, of the
// window and of its server. The cursor does not blink, the status line has no
// clock: what is left is what should not be.
#pragma once

#include "bench/bench_options.h"
#include "bench/private_server.h"

namespace vitrine::bench {

struct IdleCost {
    double wake_ups = 0; // context switches of all threads
    double cpu_ms = 0;
};

struct IdleResult {
    double seconds = 0;
    IdleCost window;
    IdleCost server;
    unsigned frames = 0;
    unsigned pictures = 0;
};

Result<IdleResult> measure_idle(const BenchOptions &options, const Options &window);

} // namespace vitrine::bench
