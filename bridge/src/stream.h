// Messages over a stream socket, both ways, without ever blocking.
//
// What is read is buffered until a message is whole; the buffer grows to the message that is
// coming, never past UI_MESSAGE_MAX, and shrinks back. What is sent is queued and written at
// once as far as the socket takes it; past its limit nothing more is accepted. A descriptor
// travels with the first byte of its message.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <cstring>
#include <span>

#include "handles.h"
#include "vitrine/memory.hpp"
#include "vitrine/protocol.h"

namespace vitrine {

using Bytes = std::span<const uint8_t>;
using Buffer = CountedVector<uint8_t, UI_MEMORY_STREAM>;

template <typename Body>
Bytes bytes_of(const Body &body) noexcept
{
    return {reinterpret_cast<const uint8_t *>(&body), sizeof body};
}

inline Bytes bytes_of(const char *text, size_t length) noexcept
{
    return {reinterpret_cast<const uint8_t *>(text), length};
}

struct Message {
    uint16_t type = 0;
    Bytes body;          // until the stream reads again
    uint64_t offset = 0; // of its header in the stream, for error texts
};

// Copies a body of exactly that type; false if it has another size.
template <typename Body>
bool read_body(const Message &message, Body &body) noexcept
{
    if (message.body.size() != sizeof body)
        return false;
    std::memcpy(&body, message.body.data(), sizeof body);
    return true;
}

class Stream {
public:
    static constexpr size_t kQueueLimit = size_t{1} << 20;
    static constexpr size_t kMaxDescriptors = 4;

    explicit Stream(UniqueFd fd, size_t queue_limit = kQueueLimit) noexcept
        : fd_(std::move(fd)),
          queue_limit_(queue_limit)
    {
    }

    // Checks that fd is a stream socket and makes it non-blocking and close-on-exec.
    static ui_result_t prepare(int fd) noexcept;

    int descriptor() const noexcept { return fd_.get(); }
    // Gives the descriptor back: nothing is read or written any more.
    int release() noexcept { return fd_.release(); }

    // Reads once. UI_OK: something came. UI_ERROR_AGAIN, UI_ERROR_CLOSED, UI_ERROR_PROTOCOL
    // (too many descriptors), UI_ERROR_MEMORY.
    ui_result_t receive() noexcept;

    // The next whole message. UI_ERROR_AGAIN: there is none yet. UI_ERROR_PROTOCOL: what comes
    // is not a message.
    ui_result_t next(Message &message) noexcept;

    // The type of the next message if it is there as a whole, else zero.
    uint16_t peek() const noexcept;

    // The oldest descriptor that came and was not taken yet.
    UniqueFd take_descriptor() noexcept;

    // Queues a message. UI_ERROR_LIMIT: the queue is full, nothing was queued.
    ui_result_t queue(uint16_t type, Bytes head, Bytes tail = {}, UniqueFd fd = {}) noexcept;
    size_t queued() const noexcept { return out_.size() - out_begin_; }
    size_t queue_room() const noexcept;
    // So that queueing that many bytes more, headers and all, cannot fail for want of memory.
    ui_result_t reserve(size_t bytes) noexcept;

    // Writes what is queued. UI_OK (all or some of it), UI_ERROR_CLOSED.
    ui_result_t flush() noexcept;
    bool pending() const noexcept { return out_begin_ < out_.size(); }

    size_t memory() const noexcept;

private:
    struct Outgoing {
        size_t offset; // in out_, of the message that it goes with
        UniqueFd fd;
    };

    ui_result_t make_room() noexcept;
    ui_result_t take_control(const msghdr &header) noexcept;
    size_t write_once(bool *blocked) noexcept;
    void written(size_t count) noexcept;

    UniqueFd fd_;
    size_t queue_limit_;
    Buffer in_;
    size_t in_begin_ = 0;
    size_t in_end_ = 0;
    uint64_t received_ = 0; // bytes of the stream before in_begin_
    CountedVector<UniqueFd, UI_MEMORY_STREAM> descriptors_;
    Buffer out_;
    size_t out_begin_ = 0;
    CountedVector<Outgoing, UI_MEMORY_STREAM> outgoing_;
};

} // namespace vitrine
