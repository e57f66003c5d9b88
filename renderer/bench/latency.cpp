#include "bench/latency.h"

#include "app/clock.h"
#include "app/window_loop.h"
#include "bench/pane_program.h"

#include <sys/prctl.h>

#include <algorithm>
#include <sstream>

namespace vitrine::bench {

namespace {

constexpr int warm_up_keys = 10;
constexpr Nanoseconds settle_time = 600 * millisecond;
constexpr Nanoseconds patience = 1000 * millisecond;
constexpr Nanoseconds opening_patience = 10'000 * millisecond;
constexpr int answer_patience_ms = 5000;

bool shows_block(const vitrine_frame_t *frame)
{
    vitrine_row_t row;
    return vitrine_frame_row(frame, 0, &row) && row.cells[0].bg_rgb == block_colour;
}

std::string name_of(const BenchOptions &options)
{
    if (!options.flood_kb)
        return "quiet";
    if (*options.flood_kb == 0)
        return "flood";
    return "flood at " + std::to_string(*options.flood_kb) + " kB/s";
}

} // namespace

LatencyRun::LatencyRun(const BenchOptions &options, LineChannel *flood)
    : options_(options),
      flood_(flood)
{
    result_.name = name_of(options);
}

Nanoseconds LatencyRun::turn(Nanoseconds now, WindowEvents &input, const vitrine_frame_t *frame)
{
    if (frame != nullptr && vitrine_frame_sequence(frame) != arrived_) {
        arrived_ = vitrine_frame_sequence(frame);
        received_ = now;
    }
    switch (state_) {
    case State::opening:
        if (due_ == 0)
            due_ = now + opening_patience;
        if (now >= due_)
            state_ = State::done;
        return due_;
    case State::done:
        return never;
    case State::settling:
        if (now >= due_)
            next_key(now);
        return due_;
    case State::spacing:
        if (now < due_)
            return due_;
        press(input);
        return due_ + patience;
    case State::waiting:
        if (now < due_ + patience)
            return due_ + patience;
        result_.lost++;
        next_key(now);
        return due_;
    }
    return never;
}

// As GLFW reports a letter: the key, its character, the key's release.
void LatencyRun::press(WindowEvents &input)
{
    const int letter = pressed_ % 26;
    const char name = static_cast<char>('a' + letter);
    const KeyPress key = {'A' + letter, 0, std::string_view(&name, 1), 0};
    expected_ = !block_;
    echoed_ = false;
    state_ = State::waiting;
    sent_ = monotonic_now();
    input.on_key(key, Press::down);
    input.on_text(static_cast<std::uint32_t>(name), 0);
    input.on_key(key, Press::up);
}

void LatencyRun::next_key(Nanoseconds now)
{
    pressed_++;
    if (pressed_ > options_.keys + warm_up_keys) {
        stop_flood();
        state_ = State::done;
        return;
    }
    const auto range =
        static_cast<std::uint64_t>(options_.spacing_max_ms - options_.spacing_min_ms);
    const auto within = static_cast<Nanoseconds>(random_() % (range * 1000 + 1)) * 1000;
    due_ = now + options_.spacing_min_ms * millisecond + within;
    state_ = State::spacing;
}

void LatencyRun::taken(const vitrine_frame_t *frame)
{
    std::uint16_t columns = 0;
    std::uint16_t rows = 0;
    vitrine_frame_size(frame, &columns, &rows);
    result_.grid = {columns, rows};
    block_ = shows_block(frame);
    if (state_ != State::waiting || echoed_)
        return;
    vitrine_frame_times(frame, &times_);
    echoed_ = times_.parsed_ns != 0 && static_cast<Nanoseconds>(times_.key_read_ns) >= sent_;
}

void LatencyRun::drawn() { drawn_ = monotonic_now(); }

void LatencyRun::presented()
{
    if (state_ == State::opening) {
        state_ = State::settling;
        due_ = monotonic_now() + settle_time;
        start_flood();
    }
    if (state_ == State::waiting && echoed_)
        finish_key();
}

void LatencyRun::finish_key()
{
    const Nanoseconds now = monotonic_now();
    const std::array<Nanoseconds, stage_count> times = {
        due_,
        sent_,
        static_cast<Nanoseconds>(times_.key_read_ns),
        static_cast<Nanoseconds>(times_.parsed_ns),
        static_cast<Nanoseconds>(times_.built_ns),
        received_,
        drawn_,
        now,
    };
    if (pressed_ > warm_up_keys) {
        for (std::size_t i = 0; i < total_stage; i++)
            result_.stages[i].record(
                static_cast<std::uint64_t>(std::max<Nanoseconds>(times[i + 1] - times[i], 0)));
        result_.stages[total_stage].record(static_cast<std::uint64_t>(now - due_));
        result_.keys++;
    }
    if (block_ != expected_)
        result_.odd++;
    next_key(now);
}

void LatencyRun::start_flood()
{
    if (flood_ != nullptr)
        flood_->send("flood " + std::to_string(options_.flood_kb.value_or(0)));
}

void LatencyRun::stop_flood()
{
    if (flood_ == nullptr || !flood_->send("stop"))
        return;
    std::istringstream answer(flood_->receive(answer_patience_ms).value_or(""));
    std::string word;
    double bytes = 0;
    double nanoseconds = 0;
    answer >> word >> bytes >> nanoseconds;
    if (word == "flooded" && nanoseconds > 0)
        result_.flood_bytes_per_second = bytes / nanoseconds * 1e9;
}

Result<LatencyResult> measure_latency(const BenchOptions &options, const Options &window)
{
    auto server = PrivateServer::start(window.tmux, {options.columns, options.rows});
    if (!server)
        return Error{server.error()};
    std::optional<LineChannel> flood;
    if (options.flood_kb) {
        auto second = (*server)->split();
        if (!second)
            return Error{second.error()};
        flood = second.take();
    }
    LineChannel &pane = (*server)->pane();
    if (!pane.send("blink") || !pane.receive(answer_patience_ms))
        return Error{"the program in the pane did not answer"};
    WindowLoop loop({{}, false, window.settings});
    LatencyRun run(options, flood ? &*flood : nullptr);
    loop.set_observer(&run);
    if (auto result = loop.open((*server)->launch()); !result)
        return Error{result.error()};
    // Keys come when they are due, not when the kernel finds it convenient.
    prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
    loop.run();
    prctl(PR_SET_TIMERSLACK, 0UL, 0UL, 0UL, 0UL);
    if (!run.done())
        return Error{"the window was closed before the end"};
    if (run.result().grid == Size{})
        return Error{"the window showed nothing"};
    return run.result();
}

} // namespace vitrine::bench
