#include "bench/idle.h"

#include "app/clock.h"
#include "bench/machine.h"
#include "bench/watcher.h"

#include <unistd.h>

#include <thread>

namespace vitrine::bench {

namespace {

constexpr int first_picture_ms = 10'000;
constexpr int still_ms = 1'000;
constexpr int most_pictures = 200; // before it must be still

Result<IdleResult> watch(const BenchOptions &options, PrivateServer &server, Watcher &watcher)
{
    if (!watcher.wait_for_picture(first_picture_ms))
        return Error{"the window showed nothing"};
    for (int i = 0; i < most_pictures && watcher.wait_for_picture(still_ms); i++)
        continue;
    const long self = gettid(); // this thread sleeps, and wakes up once
    const unsigned frames = watcher.frames();
    const unsigned pictures = watcher.pictures();
    // Looking costs CPU too: clocks are read last, and first afterwards.
    const long server_wakes = context_switches(server.pid(), 0);
    const long own_wakes = context_switches(getpid(), self);
    const double server_cpu = server.cpu_seconds();
    const double own_cpu = own_cpu_seconds();
    const Nanoseconds began = monotonic_now();
    std::this_thread::sleep_for(std::chrono::seconds(options.idle_seconds));
    IdleResult result;
    result.window.cpu_ms = (own_cpu_seconds() - own_cpu) * 1000;
    result.server.cpu_ms = (server.cpu_seconds() - server_cpu) * 1000;
    result.seconds = static_cast<double>(monotonic_now() - began) / 1e9;
    result.window.wake_ups = static_cast<double>(context_switches(getpid(), self) - own_wakes);
    result.server.wake_ups = static_cast<double>(context_switches(server.pid(), 0) - server_wakes);
    result.frames = watcher.frames() - frames;
    result.pictures = watcher.pictures() - pictures;
    return result;
}

} // namespace

Result<IdleResult> measure_idle(const BenchOptions &options, const Options &window)
{
    auto server = PrivateServer::start(window.tmux, {options.columns, options.rows});
    if (!server)
        return Error{server.error()};
    IdleResult result;
    auto measured = watch_window(**server, window, [&](Watcher &watcher) -> Result<void> {
        auto watched = watch(options, **server, watcher);
        if (!watched)
            return Error{watched.error()};
        result = *watched;
        return {};
    });
    if (!measured)
        return Error{measured.error()};
    return result;
}

} // namespace vitrine::bench
