// The results: as a table for a person, as JSON for a program.
#pragma once

#include "bench/idle.h"
#include "bench/latency.h"
#include "bench/machine.h"
#include "bench/throughput.h"

#include <optional>
#include <string>
#include <vector>

namespace vitrine::bench {

struct Report {
    Machine machine;
    std::string version;
    std::string tmux; // "tmux 3.5a"
    std::string font; // "" is the system's monospace font
    double font_size = 0;
    Size geometry;
    int reps = 0;
    std::vector<LatencyResult> latency;
    std::vector<ThroughputResult> throughput;
    std::optional<IdleResult> idle;
};

std::string as_table(const Report &report);
std::string as_json(const Report &report);

// The family and its size.
std::string font_name(const Report &report);

// What the figures leave out, a sentence each.
std::string not_measured();

} // namespace vitrine::bench
