#include "report/inquiry.h"

#include "app/clock.h"
#include "app/wait.h"

#include <vitrine/window.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace vitrine {

namespace {

// A server is never long in a turn of its loop; a window may be drawing, or be stopped.
constexpr Nanoseconds server_patience = 5000 * millisecond;
constexpr Nanoseconds window_patience = 1000 * millisecond;

// Rates are of what happens in that time.
constexpr std::chrono::milliseconds between_answers(250);

} // namespace

unsigned Answer::silent() const
{
    const auto asked = server.memory.windows;
    return asked - std::min(asked, static_cast<std::uint32_t>(windows.size()));
}

const ui_report_t *Answer::window(std::uint32_t client) const
{
    const auto found = std::ranges::find(windows, client, &ui_report_t::client);
    return found != windows.end() ? &*found : nullptr;
}

Reported server_of(const Answers &answers)
{
    return {&answers.after.server, answers.before.has_server() ? &answers.before.server : nullptr};
}

std::vector<Reported> windows_of(const Answers &answers)
{
    std::vector<Reported> all;
    for (const ui_report_t &window : answers.after.windows)
        all.push_back({&window, answers.before.window(window.client)});
    return all;
}

std::vector<Reported> processes_of(const Answers &answers)
{
    std::vector<Reported> all = {server_of(answers)};
    for (const Reported &window : windows_of(answers)) {
        const bool known = std::ranges::any_of(all, [&](const Reported &other) {
            return other.report->memory.process == window.report->memory.process;
        });
        if (!known)
            all.push_back(window);
    }
    return all;
}

const ui_memory_report_t *memory_before(const Reported &reported)
{
    return reported.before != nullptr ? &reported.before->memory : nullptr;
}

const ui_memory_usage_t &usage_of(const Reported &reported, std::uint32_t tag)
{
    const ui_memory_report_t &memory = reported.report->memory;
    return tag == UI_MEMORY_ALL ? memory.all : memory.usage[tag];
}

std::uint64_t other_heap_bytes(const Reported &reported)
{
    const ui_memory_report_t &memory = reported.report->memory;
    return memory.heap_bytes - std::min(memory.heap_bytes, memory.heap_counted_bytes);
}

Result<Inquiry> Inquiry::start(const std::string &tmux, const std::vector<std::string> &flags)
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
    return Inquiry(session.take());
}

void Inquiry::begin()
{
    answer_ = {};
    vitrine_send_report_ask(session_.connection());
}

bool Inquiry::take_in()
{
    vitrine_event_t event;
    while (session_.next_event(event)) {
        if (event.kind == VITRINE_EVENT_REPORT)
            take(*vitrine_report(session_.connection()));
    }
    return !session_.over();
}

// The order of windows is the same each time.
void Inquiry::take(const ui_report_t &report)
{
    if (report.memory.origin == UI_MEMORY_SERVER) {
        answer_.server = report;
        return;
    }
    auto &windows = answer_.windows;
    const auto at = std::ranges::lower_bound(windows, report.client, {}, &ui_report_t::client);
    if (at != windows.end() && at->client == report.client)
        *at = report;
    else
        windows.insert(at, report);
}

Result<Answer> Inquiry::ask()
{
    begin();
    Nanoseconds patience = monotonic_now() + server_patience;
    while (!answer_.complete() && monotonic_now() < patience) {
        const bool had_server = answer_.has_server();
        if (!take_in()) {
            session_.wait_to_leave();
            session_.finish();
            return Error{""};
        }
        if (answer_.has_server() && !had_server)
            patience = monotonic_now() + window_patience;
        if (!answer_.complete())
            wait_for_stream(session_.connection(), patience);
    }
    if (!answer_.has_server())
        return Error{"tmux: the server does not answer"};
    return answer_;
}

Result<Answers> Inquiry::ask_twice()
{
    auto before = ask();
    if (!before)
        return Error{before.error()};
    std::this_thread::sleep_for(between_answers);
    auto after = ask();
    if (!after)
        return Error{after.error()};
    return Answers{before.take(), after.take()};
}

} // namespace vitrine
