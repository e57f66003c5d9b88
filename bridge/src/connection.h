// The window's half of an attachment.
#pragma once

#include <memory>

#include "error.h"
#include "frame_view.h"
#include "process.h"
#include "stream.h"
#include "vitrine/client.h"

struct vitrine_connection : vitrine::Counted<UI_MEMORY_CONNECTION> {
    // The queue has no limit of its own: a paste is as long as it is. prepare() bounds it.
    explicit vitrine_connection(vitrine::UniqueFd fd) noexcept : stream_(std::move(fd), SIZE_MAX) {}

    void adopt(vitrine::UniqueFd fd) noexcept
    {
        stream_ = vitrine::Stream(std::move(fd), SIZE_MAX);
    }
    int release_descriptor() noexcept { return stream_.release(); }

    // Queues our hello, before anything else.
    ui_result_t greet(const vitrine_options_t &options) noexcept;
    ui_result_t start(const vitrine_options_t &options, int input)
    {
        return process_.start(options, input);
    }

    ui_result_t next_event(vitrine_event_t &event) noexcept;
    ui_result_t release(vitrine_frame_t *frame) noexcept;
    ui_result_t send(uint16_t type, vitrine::Bytes head, vitrine::Bytes tail = {}) noexcept;
    // The parts of send(), for what takes several messages: whether that many bytes can be
    // queued; a message of them.
    ui_result_t prepare(size_t bytes) noexcept;
    void queue(uint16_t type, vitrine::Bytes head, vitrine::Bytes tail = {}) noexcept
    {
        stream_.queue(type, head, tail);
    }
    ui_result_t flush() noexcept;

    // The one that came last; null if none did.
    const ui_report_t *report() const noexcept { return report_.size != 0 ? &report_ : nullptr; }
    // Borrowed; what reports of this window say of it.
    void report_drawing(const ui_drawing_t *drawing) noexcept { drawing_ = drawing; }

    const vitrine::Stream &stream() const noexcept { return stream_; }
    vitrine::Process &process() noexcept { return process_; }
    const vitrine::Process &process() const noexcept { return process_; }

private:
    enum class State { greeting, open, closed };

    ui_result_t take(const vitrine::Message &message, vitrine_event_t &event);
    ui_result_t take_hello(const vitrine::Message &message, vitrine_event_t &event) noexcept;
    ui_result_t take_pool(const vitrine::Message &message) noexcept;
    ui_result_t take_frame(const vitrine::Message &message, vitrine_event_t &event) noexcept;
    ui_result_t take_text(const vitrine::Message &message, uint32_t kind, vitrine_event_t &event);
    ui_result_t take_clipboard(const vitrine::Message &message, vitrine_event_t &event);
    ui_result_t take_pane_closed(const vitrine::Message &message, vitrine_event_t &event) noexcept;
    ui_result_t take_report(const vitrine::Message &message, vitrine_event_t &event) noexcept;
    ui_result_t send_report(const vitrine::Message &message) noexcept;
    ui_result_t closed(vitrine_event_t &event) noexcept;
    vitrine::PoolView *find_pool(uint32_t number) noexcept;

    vitrine::Stream stream_;
    vitrine::Process process_;
    State state_ = State::greeting;
    // The newest last; older ones only while a frame of them is held.
    vitrine::CountedVector<std::unique_ptr<vitrine::PoolView>, UI_MEMORY_CONNECTION> pools_;
    using Text = vitrine::CountedString<UI_MEMORY_TEXT>;
    Text text_; // the event's
    Text clipboard_;
    char selection_[9] = {};
    ui_report_t report_ = {};
    const ui_drawing_t *drawing_ = nullptr;
};
