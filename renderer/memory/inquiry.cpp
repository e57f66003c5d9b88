#include "memory/inquiry.h"

#include "app/clock.h"
#include "app/wait.h"

#include <vitrine/window.h>

#include <algorithm>

namespace vitrine {

namespace {

// A server is never long in a turn of its loop; a window may be drawing, or be stopped.
constexpr Nanoseconds server_patience = 5000 * millisecond;
constexpr Nanoseconds window_patience = 1000 * millisecond;

bool complete(const MemoryAnswer &answer)
{
    return answer.server.origin != 0 && answer.windows.size() >= answer.server.windows;
}

} // namespace

Result<MemoryInquiry> MemoryInquiry::start(const std::string &tmux,
                                           const std::vector<std::string> &flags)
{
    Launch launch;
    launch.tmux = tmux;
    launch.flags = flags;
    // A command that does nothing but need a server.
    launch.command = {"has-session"};
    launch.hello_flags = UI_HELLO_REPORTS;
    auto session = Session::start(launch, {80, 24, 0, 0});
    if (!session)
        return Error{session.error()};
    return MemoryInquiry(session.take());
}

// The order of windows is the same each time.
void MemoryInquiry::take(const ui_memory_report_t &report, MemoryAnswer &answer)
{
    if (report.origin == UI_MEMORY_SERVER) {
        answer.server = report;
        return;
    }
    const auto at =
        std::ranges::lower_bound(answer.windows, report.process, {}, &ui_memory_report_t::process);
    if (at != answer.windows.end() && at->process == report.process)
        *at = report;
    else
        answer.windows.insert(at, report);
}

Result<MemoryAnswer> MemoryInquiry::ask()
{
    MemoryAnswer answer;
    vitrine_connection_t *connection = session_.connection();
    vitrine_send_memory_ask(connection);
    Nanoseconds patience = monotonic_now() + server_patience;
    vitrine_event_t event;
    while (!complete(answer) && monotonic_now() < patience) {
        while (session_.next_event(event)) {
            if (event.kind != VITRINE_EVENT_MEMORY)
                continue;
            if (answer.server.origin == 0)
                patience = monotonic_now() + window_patience;
            take(*vitrine_memory_report(connection), answer);
        }
        // Why has been printed, or is by finish().
        if (session_.over()) {
            session_.finish();
            return Error{""};
        }
        if (!complete(answer))
            wait_for_stream(connection, patience);
    }
    if (answer.server.origin == 0)
        return Error{"tmux: the server does not answer"};
    answer.silent =
        answer.server.windows - std::min<unsigned>(answer.server.windows, answer.windows.size());
    return answer;
}

} // namespace vitrine
