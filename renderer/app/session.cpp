#include "app/session.h"

#include "app/clock.h"

#include <vitrine/backend.h>
#include <vitrine/log.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace vitrine {

namespace {

// How long the server may take to detach, and tmux to end once the stream has.
constexpr Nanoseconds detach_patience = 2000 * millisecond;
constexpr Nanoseconds exit_patience = 1000 * millisecond;
constexpr Nanoseconds exit_nap = 10 * millisecond; // where nothing tells of its end

vitrine_log_module_t log_module = VITRINE_LOG_MODULE("session");

// A server that is started with the window passes it on to its panes, and what
// they send as 24 bits of colour is shown so.
constexpr std::array<const char *, 2> environment = {"COLORTERM=truecolor", nullptr};

std::vector<const char *> pointers(const std::vector<std::string> &strings)
{
    std::vector<const char *> all;
    all.reserve(strings.size() + 1);
    for (const std::string &string : strings)
        all.push_back(string.c_str());
    all.push_back(nullptr);
    return all;
}

std::string describe(ui_result_t result)
{
    std::string detail = ui_last_error();
    if (!detail.empty())
        return detail;
#define VITRINE_RESULT_TEXT(name, value, text) \
    if (result == name) \
        return text;
    UI_RESULTS(VITRINE_RESULT_TEXT)
#undef VITRINE_RESULT_TEXT
    return "unknown error";
}

} // namespace

Result<Session> Session::start(const Launch &launch, const GridSize &size)
{
    const auto flags = pointers(launch.flags);
    const auto command = pointers(launch.command);
    vitrine_options_t options = VITRINE_OPTIONS_INIT;
    options.tmux = launch.tmux.c_str();
    options.tmux_flags = flags.data();
    options.arguments = command.data();
    options.flags = launch.hello_flags;
    options.pane = launch.pane;
    options.environment = environment.data();
    options.columns = static_cast<std::uint16_t>(size.columns);
    options.rows = static_cast<std::uint16_t>(size.rows);
    options.cell_width = static_cast<std::uint16_t>(size.cell_width);
    options.cell_height = static_cast<std::uint16_t>(size.cell_height);
    vitrine_connection_t *connection = nullptr;
    const ui_result_t result = vitrine_connect(&options, &connection);
    if (result != UI_OK)
        return Error{"tmux: " + launch.tmux + ": " + describe(result)};
    return Session(connection);
}

bool Session::next_event(vitrine_event_t &event)
{
    while (!over_) {
        event = {};
        event.size = sizeof event;
        const ui_result_t result = vitrine_next_event(connection_.get(), &event);
        if (result == UI_ERROR_AGAIN)
            return false;
        if (result != UI_OK) {
            end(result);
            return false;
        }
        VITRINE_LOG(&log_module, VITRINE_LOG_DEBUG, "event %u", event.kind);
        switch (event.kind) {
        case VITRINE_EVENT_FRAME:
            keep(event.frame);
            break;
        case VITRINE_EVENT_EXIT:
            reason_ = event.text != nullptr ? event.text : "";
            break;
        case VITRINE_EVENT_CONNECTED:
            greeted_ = true;
            break;
        case VITRINE_EVENT_CLOSED:
            over_ = true;
            break;
        default:
            return true;
        }
    }
    return false;
}

// One frame at a time is held, the newest.
void Session::keep(vitrine_frame_t *frame)
{
    give_back();
    attached_ = true;
    frame_ = frame;
    taken_ = false;
}

void Session::give_back()
{
    if (frame_ != nullptr)
        vitrine_frame_release(connection_.get(), frame_);
    frame_ = nullptr;
}

void Session::end(ui_result_t result)
{
    over_ = true;
    VITRINE_LOG(&log_module, VITRINE_LOG_ERROR, "ends: %s", describe(result).c_str());
    switch (result) {
    case UI_ERROR_NOT_HOOKED:
        error_ = "tmux: the server has no hooks for a window: it was started by another tmux "
                 "(end it, or use -L NAME)";
        break;
    case UI_ERROR_VERSION:
        error_ = "tmux: the server speaks another version: " + describe(result);
        break;
    default:
        error_ = "tmux: " + describe(result);
        break;
    }
}

void Session::fail(std::string error)
{
    over_ = true;
    error_ = std::move(error);
}

void Session::leave(Nanoseconds now)
{
    const bool asked = !over_ && vitrine_send_detach(connection_.get()) == UI_OK;
    enter(asked ? Stage::detaching : Stage::ending, now);
}

void Session::enter(Stage stage, Nanoseconds now)
{
    stage_ = stage;
    deadline_ = now + (stage == Stage::detaching ? detach_patience : exit_patience);
}

bool Session::left(Nanoseconds now)
{
    if (stage_ == Stage::detaching) {
        vitrine_event_t event;
        while (next_event(event))
            continue;
        give_back();
        if (!over_ && now < deadline_)
            return false;
        enter(Stage::ending, now);
    }
    int status = 0;
    if (vitrine_wait(connection_.get(), 0, &status) == UI_OK)
        status_ = status;
    return status_ || !error_.empty() || now >= deadline_;
}

Nanoseconds Session::next_wake(Nanoseconds now) const
{
    const bool told =
        stage_ == Stage::detaching || vitrine_process_descriptor(connection_.get()) != -1;
    return told ? deadline_ : std::min(deadline_, now + exit_nap);
}

void Session::wait_to_leave()
{
    Nanoseconds now = monotonic_now();
    for (leave(now); !left(now); now = monotonic_now()) {
        WaitedStream stream = waited();
        wait_for_any({&stream, 1}, {}, next_wake(now));
    }
}

int Session::finish()
{
    frame_ = nullptr;
    if (!error_.empty()) {
        std::fprintf(stderr, "vitrine: %s\n", error_.c_str());
        return 1;
    }
    if (!status_) {
        std::fprintf(stderr, "vitrine: tmux: did not end with its stream\n");
        return 1;
    }
    std::string message = vitrine_exit_message(connection_.get());
    if (message.empty())
        message = reason_;
    if (*status_ == 0 && !greeted_ && message.empty()) {
        std::fprintf(stderr, "vitrine: tmux: ended without a word: is it a tmux with hooks?\n");
        return 1;
    }
    while (message.ends_with('\n'))
        message.pop_back();
    if (!message.empty())
        std::fprintf(attached_ || *status_ == 0 ? stdout : stderr, "%s\n", message.c_str());
    return *status_;
}

} // namespace vitrine
