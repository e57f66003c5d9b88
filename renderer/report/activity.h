// The arithmetic of `vitrine top`: rates of counters, percentiles and bars of stages.
#pragma once

#include "report/inquiry.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace vitrine {

// Whose counter it is.
enum class Side { window, server };

struct Counter {
    const char *key;   // for programs
    const char *label; // for a person
    Side side;
    std::uint64_t total;
    double per_second; // 0 where nothing is known of before
};

// Of a window and of the server's side of it.
std::vector<Counter> counters_of(const Reported &window);

using StageCounts = std::array<std::uint64_t, UI_STAGE_BUCKETS>;

const char *stage_name(std::size_t stage);
// What it counted since then.
StageCounts stage_since(const ui_drawing_t &drawing, const ui_drawing_t &then, std::size_t stage);
std::uint64_t total_of(const StageCounts &counts);
// What a bucket's durations are below; the last one has no such bound.
std::uint64_t bucket_bound_ns(std::size_t bucket);
// "<2.1 ms", of the last one what its durations are not below: ">268 ms".
std::string bound_text(std::size_t bucket);
// The bound that so many percent are below, "-" if there is nothing.
std::string percentile_text(const StageCounts &counts, double percent);
// A bar for each bucket, width columns each, the highest as high as the chart; lines from the
// top. What was counted at all is seen.
std::vector<std::string> bar_chart(const StageCounts &counts, int height, int width);

} // namespace vitrine
