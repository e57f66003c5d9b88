// From a key to its echo on the screen, by stages.
//
// Keys enter where those of the display do (WindowEvents), at random times. A
// key that becomes due while the window is busy waits, and that wait counts,
// as it would for a key in the queue of the display. What the echo's frame says
// of its way through the server is of the same clock as ours.
#pragma once

#include "app/observer.h"
#include "bench/bench_options.h"
#include "bench/histogram.h"
#include "bench/private_server.h"

#include <array>
#include <random>

namespace vitrine::bench {

// The ends of the stages; each begins where the one before ended, the first
// with the time at which the key was due.
inline constexpr std::array<const char *, 8> stage_names = {
    "sent", "read", "parsed", "emitted", "received", "drawn", "presented", "total",
};
inline constexpr std::size_t stage_count = stage_names.size();
inline constexpr std::size_t total_stage = stage_count - 1;

struct LatencyResult {
    std::string name;                          // "quiet", "flood", "flood at 1000 kB/s"
    int keys = 0;                              // measured
    int lost = 0;                              // showed nothing within a second
    int odd = 0;                               // left the block in the wrong state
    std::array<Histogram, stage_count> stages; // ns
    double flood_bytes_per_second = 0;
    Size grid; // of the window
};

class LatencyRun final : public LoopObserver {
public:
    // flood, the program of another pane, is borrowed; nullptr if there is none.
    LatencyRun(const BenchOptions &options, LineChannel *flood);

    Nanoseconds turn(Nanoseconds now, WindowEvents &input, const vitrine_frame_t *frame) override;
    void taken(const vitrine_frame_t *frame) override;
    void drawn() override;
    void presented() override;
    bool done() const override { return state_ == State::done; }

    const LatencyResult &result() const { return result_; }

private:
    enum class State { opening, settling, spacing, waiting, done };

    void press(WindowEvents &input);
    void next_key(Nanoseconds now);
    void finish_key();
    void start_flood();
    void stop_flood();

    const BenchOptions &options_;
    LineChannel *flood_;
    LatencyResult result_;
    std::mt19937 random_{1};
    State state_ = State::opening;
    int pressed_ = 0;
    bool block_ = false;        // in the newest frame taken
    bool expected_ = false;     // after the key
    bool echoed_ = false;       // the next picture shows the echo
    std::uint64_t arrived_ = 0; // sequence
    Nanoseconds due_ = 0;
    Nanoseconds sent_ = 0;
    Nanoseconds received_ = 0;
    Nanoseconds drawn_ = 0;
    ui_frame_times_t times_ = {};
};

// Runs it once, on a server and a window of its own.
Result<LatencyResult> measure_latency(const BenchOptions &options, const Options &window);

} // namespace vitrine::bench
