#include "app/wait.h"

#include "app/clock.h"

#include <poll.h>

#include <array>
#include <ctime>

namespace vitrine {

Ready wait_for_any(vitrine_connection_t *connection, const Waited &others, Nanoseconds wake)
{
    // A descriptor of -1 is passed over by poll.
    std::array<pollfd, 4> sources = {pollfd{vitrine_descriptor(connection), POLLIN, 0},
                                     pollfd{vitrine_output_descriptor(connection), POLLIN, 0},
                                     pollfd{others.display, POLLIN, 0},
                                     pollfd{others.configuration, POLLIN, 0}};
    if (vitrine_wants_write(connection))
        sources[0].events |= POLLOUT;
    const Nanoseconds left = time_left(monotonic_now(), wake);
    constexpr Nanoseconds second = 1000 * millisecond;
    const timespec timeout = {static_cast<time_t>(left / second), static_cast<long>(left % second)};
    const int ready =
        ppoll(sources.data(), sources.size(), wake == never ? nullptr : &timeout, nullptr);
    if (ready > 0 && (sources[0].revents & POLLOUT))
        vitrine_flush(connection);
    if (ready <= 0)
        return {};
    constexpr short readable = ~POLLOUT; // or broken, which reading tells
    return {((sources[0].revents | sources[1].revents) & readable) != 0, sources[2].revents != 0,
            sources[3].revents != 0};
}

} // namespace vitrine
