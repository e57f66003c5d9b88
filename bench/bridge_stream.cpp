// Messages: into the queue of a stream, and out of what was read. Messages are timed a batch at
// a time, without the system calls between; those have a benchmark of their own.
#include <benchmark/benchmark.h>

#include <sys/socket.h>

#include <array>
#include <chrono>
#include <memory>

#include "stream.h"

namespace {

using namespace vitrine;
using Clock = std::chrono::steady_clock;

constexpr unsigned kBatch = 256;

struct Pair {
    Pair()
    {
        int ends[2] = {-1, -1};
        ok = ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 &&
             Stream::prepare(ends[0]) == UI_OK && Stream::prepare(ends[1]) == UI_OK;
        near = std::make_unique<Stream>(UniqueFd(ends[0]));
        far = std::make_unique<Stream>(UniqueFd(ends[1]));
    }

    bool ok = false;
    std::unique_ptr<Stream> near;
    std::unique_ptr<Stream> far;
};

double seconds(Clock::duration time) { return std::chrono::duration<double>(time).count(); }

void per_message(benchmark::State &state)
{
    state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) * kBatch);
    state.counters["message"] = benchmark::Counter(
        kBatch, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

// Writes all that is queued and reads it there; returns how long next() took for all of it.
Clock::duration pass(Pair &pair, unsigned messages)
{
    Clock::duration decoding{};
    while (messages > 0) {
        pair.near->flush();
        if (pair.far->receive() != UI_OK)
            continue;
        const auto began = Clock::now();
        Message message;
        while (pair.far->next(message) == UI_OK) {
            benchmark::DoNotOptimize(message.body.data());
            messages--;
        }
        decoding += Clock::now() - began;
    }
    return decoding;
}

enum class Half { encode, decode };

template <typename Body>
void messages(benchmark::State &state, Half half, uint16_t type, const Body &body)
{
    Pair pair;
    if (!pair.ok)
        return state.SkipWithError("socketpair");
    for (auto _ : state) {
        const auto began = Clock::now();
        for (unsigned i = 0; i < kBatch; ++i)
            benchmark::DoNotOptimize(pair.near->queue(type, bytes_of(body)));
        const auto encoding = Clock::now() - began;
        const auto decoding = pass(pair, kBatch);
        state.SetIterationTime(seconds(half == Half::encode ? encoding : decoding));
    }
    per_message(state);
}

// One message all the way: queue, sendmsg, recvmsg, next.
void one_message(benchmark::State &state)
{
    Pair pair;
    if (!pair.ok)
        return state.SkipWithError("socketpair");
    const ui_msg_frame_t body = {1, 2, 3};
    for (auto _ : state) {
        pair.near->queue(UI_MSG_FRAME, bytes_of(body));
        pass(pair, 1);
    }
}

using Text = std::array<char, 1024>;

BENCHMARK_CAPTURE(messages, encode_frame, Half::encode, UI_MSG_FRAME, ui_msg_frame_t{1, 2, 3})
    ->UseManualTime();
BENCHMARK_CAPTURE(messages, decode_frame, Half::decode, UI_MSG_FRAME, ui_msg_frame_t{1, 2, 3})
    ->UseManualTime();
BENCHMARK_CAPTURE(messages, encode_key, Half::encode, UI_MSG_KEY, ui_msg_key_t{'a', 0})
    ->UseManualTime();
BENCHMARK_CAPTURE(messages, decode_key, Half::decode, UI_MSG_KEY, ui_msg_key_t{'a', 0})
    ->UseManualTime();
BENCHMARK_CAPTURE(messages, encode_title_1k, Half::encode, UI_MSG_TITLE, Text{})->UseManualTime();
BENCHMARK_CAPTURE(messages, decode_title_1k, Half::decode, UI_MSG_TITLE, Text{})->UseManualTime();
BENCHMARK(one_message);

} // namespace

BENCHMARK_MAIN();
