#include "app/wait.h"

#include "app/clock.h"

#include <poll.h>

#include <array>
#include <cstddef>
#include <ctime>
#include <memory_resource>
#include <vector>

namespace vitrine {

namespace {

// Enough on the stack for all the windows that people have.
constexpr std::size_t usual_room = 64 * sizeof(pollfd);
constexpr short readable = ~POLLOUT; // or broken, which reading tells

int sleep_until(Nanoseconds wake, std::span<pollfd> sources)
{
    const Nanoseconds left = time_left(monotonic_now(), wake);
    constexpr Nanoseconds second = 1000 * millisecond;
    const timespec timeout = {static_cast<time_t>(left / second), static_cast<long>(left % second)};
    return ppoll(sources.data(), sources.size(), wake == never ? nullptr : &timeout, nullptr);
}

pollfd own_source(const WaitedStream &stream)
{
    if (stream.ending)
        return {vitrine_process_descriptor(stream.connection), POLLIN, 0};
    const short wanted = vitrine_wants_write(stream.connection) ? POLLIN | POLLOUT : POLLIN;
    return {vitrine_descriptor(stream.connection), wanted, 0};
}

void note(WaitedStream &stream, const pollfd &own, const pollfd &output)
{
    if (own.revents & POLLOUT)
        vitrine_flush(stream.connection);
    stream.readable = ((own.revents | output.revents) & readable) != 0;
}

} // namespace

Ready wait_for_any(std::span<WaitedStream> streams, const Waited &others, Nanoseconds wake)
{
    alignas(pollfd) std::array<std::byte, usual_room> room;
    std::pmr::monotonic_buffer_resource memory(room.data(), room.size());
    // A descriptor of -1 is passed over by poll.
    std::pmr::vector<pollfd> sources(&memory);
    sources.reserve(streams.size() * 2 + 3);
    for (WaitedStream &stream : streams) {
        stream.readable = false;
        sources.push_back(own_source(stream));
        sources.push_back({vitrine_output_descriptor(stream.connection), POLLIN, 0});
    }
    sources.push_back({others.display, POLLIN, 0});
    sources.push_back({others.configuration, POLLIN, 0});
    sources.push_back({others.scale, POLLIN, 0});
    if (sleep_until(wake, sources) <= 0)
        return {};
    for (std::size_t i = 0; i < streams.size(); i++)
        note(streams[i], sources[2 * i], sources[2 * i + 1]);
    const auto other = [&](std::size_t i) { return sources[2 * streams.size() + i].revents != 0; };
    return {other(0), other(1), other(2)};
}

void wait_for_stream(vitrine_connection_t *connection, Nanoseconds wake)
{
    WaitedStream stream = {connection};
    wait_for_any({&stream, 1}, {}, wake);
}

} // namespace vitrine
