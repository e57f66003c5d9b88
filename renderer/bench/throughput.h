// How fast tmux reads what programs print, with a window attached and without.
//
// Two servers of the same size, one with a window; each payload is printed in
// both, alternating, so that the machine's noise falls on both. tmux has read
// all of it when it answers a question that follows; with the window a second
// time is taken when the picture with what comes last was presented.
#pragma once

#include "bench/bench_options.h"
#include "bench/private_server.h"

#include <vector>

namespace vitrine::bench {

struct ThroughputResult {
    PayloadKind kind = PayloadKind::ascii;
    std::size_t bytes = 0;
    // Seconds, one entry for each repetition.
    std::vector<double> detached;     // until tmux has read all
    std::vector<double> attached;     // the same
    std::vector<double> shown;        // until the last picture was presented
    std::vector<double> detached_cpu; // tmux's
    std::vector<double> attached_cpu;
    std::vector<double> window_cpu; // the window process's
    std::vector<double> pictures;   // presented
};

double median(std::vector<double> values);
// Of medians; 0 if there are none.
double ratio(const std::vector<double> &a, const std::vector<double> &b);

Result<std::vector<ThroughputResult>> measure_throughput(const BenchOptions &options,
                                                         const Options &window);

} // namespace vitrine::bench
