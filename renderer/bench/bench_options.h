// The command line of `vitrine bench`.
#pragma once

#include "bench/payload.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vitrine::bench {

struct BenchOptions {
    bool latency = false;
    bool throughput = false;
    bool idle = false;
    bool all = false; // latency also in floods

    int columns = 160;
    int rows = 45;
    std::string font;
    double font_size = 0;
    std::string tmux;

    int keys = 300;
    int spacing_min_ms = 15; // between a picture and the next key
    int spacing_max_ms = 45;
    // Absent: no flood. 0: as fast as tmux reads. Else kB/s.
    std::optional<int> flood_kb;

    std::vector<PayloadKind> kinds; // empty: all
    int megabytes = 10;
    int reps = 5;
    int idle_seconds = 10;

    bool json = false;
    std::string plot; // file; "" for none
};

struct ParsedBenchOptions {
    BenchOptions options;
    std::string error; // not empty: what is wrong, one line
    bool help = false;
};

// What stands behind "bench".
ParsedBenchOptions parse_bench_options(std::span<const std::string> arguments,
                                       const BenchOptions &defaults = {});

const char *bench_usage_text();

} // namespace vitrine::bench
