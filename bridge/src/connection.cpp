#include "connection.h"

#include <algorithm>
#include <cstring>

#include "report_message.h"
#include "vitrine/backend.h"
#include "vitrine/log.h"

namespace {

using namespace vitrine;

constexpr size_t kMaxClipboard = size_t{1} << 20;
constexpr size_t kMaxPools = 4;
// A text that is longer than titles are is an exception: its memory is not kept.
constexpr size_t kKeptText = size_t{8} << 10;

vitrine_log_module_t log_module = VITRINE_LOG_MODULE("connection");

ui_result_t fail_message(const Message &message, const char *what) noexcept
{
    return fail(UI_ERROR_PROTOCOL, "message 0x%02x at byte %llu from tmux: %s", message.type,
                static_cast<unsigned long long>(message.offset), what);
}

} // namespace

ui_result_t vitrine_connection::greet(const vitrine_options_t &options) noexcept
{
    const ui_msg_hello_t hello = {UI_PROTOCOL_MAGIC,  UI_PROTOCOL_VERSION, options.flags,
                                  options.pane,       options.columns,     options.rows,
                                  options.cell_width, options.cell_height};
    return send(UI_MSG_HELLO, bytes_of(hello));
}

ui_result_t vitrine_connection::prepare(size_t bytes) noexcept
{
    if (state_ == State::closed)
        return fail(UI_ERROR_CLOSED, "the connection is closed");
    if (stream_.queued() >= Stream::kQueueLimit)
        return fail(UI_ERROR_LIMIT, "tmux takes no input: the queue is full");
    return stream_.reserve(bytes);
}

ui_result_t vitrine_connection::send(uint16_t type, Bytes head, Bytes tail) noexcept
{
    const ui_result_t result = prepare(sizeof(ui_message_header_t) + head.size() + tail.size());
    if (result != UI_OK)
        return result;
    queue(type, head, tail);
    return flush();
}

// That the other side has gone is an event of its own: it comes when all was read.
ui_result_t vitrine_connection::flush() noexcept { return stream_.flush(); }

// Messages are taken until one is an event. A frame is one only when no newer follows: where the
// next message is a frame, or the pool of one, its event is the one to return.
ui_result_t vitrine_connection::next_event(vitrine_event_t &event) noexcept
{
    event = {};
    event.size = sizeof event;
    if (text_.capacity() > kKeptText)
        Text().swap(text_);
    if (state_ == State::closed)
        return fail(UI_ERROR_CLOSED, "the connection is closed");
    for (;;) {
        Message message;
        ui_result_t result = stream_.next(message);
        if (result == UI_OK) {
            result = barrier([&] { return take(message, event); });
            const uint16_t following = event.frame != nullptr ? stream_.peek() : uint16_t{0};
            if (result == UI_OK && event.kind != 0 && message.type != UI_MSG_POOL &&
                following != UI_MSG_FRAME && following != UI_MSG_POOL)
                return UI_OK;
        } else if (result == UI_ERROR_AGAIN) {
            result = stream_.receive();
            // The end is met again by the next call.
            if (event.kind != 0 && (result == UI_ERROR_AGAIN || result == UI_ERROR_CLOSED))
                return UI_OK;
            if (result == UI_ERROR_CLOSED)
                return closed(event);
            if (result == UI_ERROR_AGAIN) {
                result = process_.drain();
                if (result == UI_OK)
                    return UI_ERROR_AGAIN;
            }
        }
        if (result != UI_OK) {
            VITRINE_LOG(&log_module, VITRINE_LOG_ERROR, "%s", ui_last_error());
            state_ = State::closed;
            return result;
        }
    }
}

// The stream ended. What tmux printed says whether it was one that could have greeted us.
ui_result_t vitrine_connection::closed(vitrine_event_t &event) noexcept
{
    VITRINE_LOG(&log_module, VITRINE_LOG_INFO, "the stream ended");
    state_ = State::closed;
    const ui_result_t result = process_.drain();
    if (result != UI_OK)
        return result;
    event.kind = VITRINE_EVENT_CLOSED;
    return UI_OK;
}

ui_result_t vitrine_connection::take(const Message &message, vitrine_event_t &event)
{
    if (message.type == UI_MSG_EXIT)
        return take_text(message, VITRINE_EVENT_EXIT, event);
    if (state_ == State::greeting)
        return take_hello(message, event);
    switch (message.type) {
    case UI_MSG_POOL:
        return take_pool(message);
    case UI_MSG_FRAME:
        return take_frame(message, event);
    case UI_MSG_TITLE:
        return take_text(message, VITRINE_EVENT_TITLE, event);
    case UI_MSG_BELL:
        event.kind = VITRINE_EVENT_BELL;
        return message.body.empty() ? UI_OK : fail_message(message, "size is wrong");
    case UI_MSG_CLIPBOARD:
        return take_clipboard(message, event);
    case UI_MSG_PANE_CLOSED:
        return take_pane_closed(message, event);
    case UI_MSG_REPORT_WANTED:
        return send_report(message);
    case UI_MSG_REPORTED:
        return take_report(message, event);
    default:
        return fail_message(message, "no such message");
    }
}

ui_result_t vitrine_connection::take_hello(const Message &message, vitrine_event_t &event) noexcept
{
    uint32_t start[2]; // magic and version, in every version
    if (message.type != UI_MSG_SERVER_HELLO || message.body.size() < sizeof start)
        return fail_message(message, "not a hello");
    std::memcpy(start, message.body.data(), sizeof start);
    if (start[0] != UI_PROTOCOL_MAGIC)
        return fail_message(message, "not a hello of Vitrine's");
    if (start[1] != UI_PROTOCOL_VERSION) {
        fail(UI_ERROR_VERSION, "tmux speaks protocol version %u, this window speaks %u", start[1],
             UI_PROTOCOL_VERSION);
        const char *text = ui_last_error();
        if (stream_.queue(UI_MSG_EXIT, bytes_of(text, std::strlen(text))) == UI_OK)
            stream_.flush();
        return UI_ERROR_VERSION;
    }
    if (message.body.size() != sizeof(ui_msg_server_hello_t))
        return fail_message(message, "size is wrong");
    VITRINE_LOG(&log_module, VITRINE_LOG_INFO, "greeted");
    state_ = State::open;
    event.kind = VITRINE_EVENT_CONNECTED;
    const ui_msg_credit_t credit = {0, UINT32_MAX};
    const ui_result_t result = send(UI_MSG_CREDIT, bytes_of(credit));
    return result == UI_ERROR_CLOSED ? UI_OK : result;
}

PoolView *vitrine_connection::find_pool(uint32_t number) noexcept
{
    for (const std::unique_ptr<PoolView> &pool : pools_)
        if (pool->number() == number)
            return pool.get();
    return nullptr;
}

ui_result_t vitrine_connection::take_pool(const Message &message) noexcept
{
    ui_msg_pool_t body;
    if (!read_body(message, body))
        return fail_message(message, "size is wrong");
    if (!pools_.empty() && body.pool != pools_.back()->number() + 1)
        return fail_message(message, "pools are not in order");
    std::unique_ptr<PoolView> pool;
    const ui_result_t result =
        PoolView::open(body.pool, body.bytes, stream_.take_descriptor(), pool);
    if (result != UI_OK)
        return result;
    VITRINE_LOG(&log_module, VITRINE_LOG_INFO, "pool %u of %llu bytes", body.pool,
                static_cast<unsigned long long>(body.bytes));
    return barrier([&] {
        std::erase_if(pools_, [](const auto &old) { return !old->held(); });
        if (pools_.size() >= kMaxPools)
            return fail_message(message, "too many pools");
        if (!pools_.empty())
            pools_.back()->retire();
        pools_.push_back(std::move(pool));
        return UI_OK;
    });
}

ui_result_t vitrine_connection::take_frame(const Message &message, vitrine_event_t &event) noexcept
{
    ui_msg_frame_t body;
    if (!read_body(message, body))
        return fail_message(message, "size is wrong");
    vitrine_frame *frame = nullptr;
    if (!pools_.empty() && pools_.back()->number() == body.pool)
        frame = pools_.back()->frame(body.slot);
    if (frame == nullptr || frame->held)
        return fail_message(message, "names a slot that is not the server's");
    pools_.back()->hold(*frame, true);
    VITRINE_LOG(&log_module, VITRINE_LOG_DEBUG, "frame %llu in slot %u of pool %u",
                static_cast<unsigned long long>(body.sequence), body.slot, body.pool);
    // The newest wins: an older one that nobody saw goes back.
    vitrine_frame *older = event.frame;
    event.kind = VITRINE_EVENT_FRAME;
    event.frame = frame;
    return older != nullptr ? release(older) : UI_OK;
}

ui_result_t vitrine_connection::release(vitrine_frame_t *frame) noexcept
{
    if (pools_.empty() || !frame->held)
        return fail(UI_ERROR_ARGUMENT, "frame is not held");
    // A credit that were lost would be the last: it waits behind however long a queue, and
    // where there is no room for it the frame stays held.
    const ui_msg_credit_t body = {frame->pool, frame->index};
    const bool open = state_ != State::closed;
    const ui_result_t room =
        open ? stream_.reserve(sizeof(ui_message_header_t) + sizeof body) : UI_OK;
    if (room != UI_OK)
        return room;
    find_pool(frame->pool)->hold(*frame, false);
    if (frame->texts)
        frame->texts->clear();
    // A retired pool goes with its last frame.
    const uint32_t newest = pools_.back()->number();
    std::erase_if(pools_,
                  [newest](const auto &pool) { return pool->number() != newest && !pool->held(); });
    if (!open)
        return fail(UI_ERROR_CLOSED, "the connection is closed");
    queue(UI_MSG_CREDIT, bytes_of(body));
    return flush();
}

ui_result_t vitrine_connection::take_text(const Message &message, uint32_t kind,
                                          vitrine_event_t &event)
{
    text_.assign(reinterpret_cast<const char *>(message.body.data()), message.body.size());
    event.kind = kind;
    event.text = text_.c_str();
    event.length = text_.size();
    return UI_OK;
}

ui_result_t vitrine_connection::take_clipboard(const Message &message, vitrine_event_t &event)
{
    ui_msg_clipboard_t body;
    if (message.body.size() < sizeof body)
        return fail_message(message, "size is wrong");
    std::memcpy(&body, message.body.data(), sizeof body);
    const Bytes piece = message.body.subspan(sizeof body);
    if (body.offset == 0)
        clipboard_.clear();
    if (body.total > kMaxClipboard || body.offset != clipboard_.size() ||
        piece.size() > body.total - clipboard_.size())
        return fail_message(message, "pieces do not fit");
    clipboard_.append(reinterpret_cast<const char *>(piece.data()), piece.size());
    if (clipboard_.size() < body.total)
        return UI_OK;
    std::swap(text_, clipboard_);
    clipboard_.clear();
    std::memcpy(selection_, body.selection, sizeof body.selection);
    event.kind = VITRINE_EVENT_CLIPBOARD;
    event.text = text_.c_str();
    event.length = text_.size();
    event.selection = selection_;
    return UI_OK;
}

ui_result_t vitrine_connection::take_pane_closed(const Message &message,
                                                 vitrine_event_t &event) noexcept
{
    uint32_t pane;
    if (!read_body(message, pane))
        return fail_message(message, "size is wrong");
    event.kind = VITRINE_EVENT_PANE_CLOSED;
    event.pane = pane;
    return UI_OK;
}

ui_result_t vitrine_connection::take_report(const Message &message, vitrine_event_t &event) noexcept
{
    if (!read_report(message, 0, report_))
        return fail_message(message, "not a report");
    event.kind = VITRINE_EVENT_REPORT;
    return UI_OK;
}

// A server that does not read has no use for the report: it is left out.
ui_result_t vitrine_connection::send_report(const Message &message) noexcept
{
    if (!message.body.empty())
        return fail_message(message, "size is wrong");
    ui_report_t report = UI_REPORT_INIT;
    if (drawing_ != nullptr)
        report.drawing = *drawing_;
    report.memory.origin = UI_MEMORY_WINDOW;
    ui_memory_report(&report.memory);
    const ui_result_t result = send(UI_MSG_REPORT, report_bytes(report));
    return result == UI_ERROR_MEMORY ? result : UI_OK;
}
