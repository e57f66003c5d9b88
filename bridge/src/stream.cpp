#include "stream.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "error.h"

namespace vitrine {
namespace {

constexpr size_t kInitialRoom = 4096;
constexpr size_t kHeader = sizeof(ui_message_header_t);

ui_message_header_t header_at(const Buffer &buffer, size_t at) noexcept
{
    ui_message_header_t header;
    std::memcpy(&header, buffer.data() + at, sizeof header);
    return header;
}

bool gone(int error) noexcept
{
    return error == EPIPE || error == ECONNRESET || error == ENOTCONN || error == EBADF;
}

} // namespace

ui_result_t Stream::prepare(int fd) noexcept
{
    int type = 0;
    socklen_t length = sizeof type;
    if (::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) != 0)
        return fail_system("stream");
    if (type != SOCK_STREAM)
        return fail(UI_ERROR_ARGUMENT, "stream: not a stream socket");
    const int flags = ::fcntl(fd, F_GETFL);
    if (flags < 0 || ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0 ||
        ::fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
        return fail_system("stream");
    return UI_OK;
}

// Room for the rest of the message that is coming, at least a header's.
ui_result_t Stream::make_room() noexcept
{
    size_t wanted = kInitialRoom;
    const size_t have = in_end_ - in_begin_;
    if (have >= kHeader)
        wanted = std::clamp<size_t>(kHeader + header_at(in_, in_begin_).length, wanted,
                                    kHeader + UI_MESSAGE_MAX);
    return barrier([&] {
        if (have == 0 && in_.size() > kInitialRoom) {
            in_ = Buffer();
        } else if (in_begin_ != 0) {
            std::copy(in_.begin() + static_cast<ptrdiff_t>(in_begin_),
                      in_.begin() + static_cast<ptrdiff_t>(in_end_), in_.begin());
        }
        in_begin_ = 0;
        in_end_ = have;
        if (in_.size() < wanted)
            in_.resize(wanted);
        return UI_OK;
    });
}

// Owns every descriptor that came before anything can fail.
ui_result_t Stream::take_control(const msghdr &header) noexcept
{
    bool complete = (header.msg_flags & MSG_CTRUNC) == 0;
    ui_result_t room = UI_OK;
    msghdr control = header;
    for (cmsghdr *part = CMSG_FIRSTHDR(&control); part != nullptr;
         part = CMSG_NXTHDR(&control, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
            continue;
        const size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; ++i) {
            int fd;
            std::memcpy(&fd, CMSG_DATA(part) + i * sizeof fd, sizeof fd);
            UniqueFd owner(fd);
            complete = complete && descriptors_.size() < kMaxDescriptors;
            if (complete && room == UI_OK)
                room = barrier([&] {
                    descriptors_.push_back(std::move(owner));
                    return UI_OK;
                });
        }
    }
    if (!complete)
        return fail(UI_ERROR_PROTOCOL, "stream: too many descriptors, or no room for one");
    return room;
}

ui_result_t Stream::receive() noexcept
{
    const ui_result_t room = make_room();
    if (room != UI_OK)
        return room;
    alignas(cmsghdr) char control[CMSG_SPACE(kMaxDescriptors * sizeof(int))];
    iovec part = {in_.data() + in_end_, in_.size() - in_end_};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    ssize_t count;
    do {
        count = ::recvmsg(fd_.get(), &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    } while (count < 0 && errno == EINTR);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return UI_ERROR_AGAIN;
    if (count == 0 || (count < 0 && gone(errno)))
        return fail(UI_ERROR_CLOSED, "stream: the other side has gone");
    if (count < 0) {
        fail_system("stream");
        return UI_ERROR_CLOSED;
    }
    in_end_ += static_cast<size_t>(count);
    return take_control(header);
}

uint16_t Stream::peek() const noexcept
{
    if (in_end_ - in_begin_ < kHeader)
        return 0;
    const ui_message_header_t header = header_at(in_, in_begin_);
    return in_end_ - in_begin_ - kHeader >= header.length ? header.type : uint16_t{0};
}

ui_result_t Stream::next(Message &message) noexcept
{
    const size_t have = in_end_ - in_begin_;
    if (have < kHeader)
        return UI_ERROR_AGAIN;
    const ui_message_header_t header = header_at(in_, in_begin_);
    if (header.length > UI_MESSAGE_MAX || header.reserved != 0)
        return fail(UI_ERROR_PROTOCOL, "message at byte %llu: type 0x%02x, length %u",
                    static_cast<unsigned long long>(received_), header.type, header.length);
    if (have - kHeader < header.length)
        return UI_ERROR_AGAIN;
    message.type = header.type;
    message.body = {in_.data() + in_begin_ + kHeader, header.length};
    message.offset = received_;
    in_begin_ += kHeader + header.length;
    received_ += kHeader + header.length;
    return UI_OK;
}

UniqueFd Stream::take_descriptor() noexcept
{
    if (descriptors_.empty())
        return {};
    UniqueFd fd = std::move(descriptors_.front());
    descriptors_.erase(descriptors_.begin());
    return fd;
}

size_t Stream::queue_room() const noexcept
{
    const size_t used = queued() + kHeader;
    return used < queue_limit_ ? queue_limit_ - used : 0;
}

ui_result_t Stream::reserve(size_t bytes) noexcept
{
    return barrier([&] {
        out_.reserve(out_.size() + bytes);
        return UI_OK;
    });
}

ui_result_t Stream::queue(uint16_t type, Bytes head, Bytes tail, UniqueFd fd) noexcept
{
    const size_t length = head.size() + tail.size();
    if (length > queue_room() || length > UI_MESSAGE_MAX)
        return fail(UI_ERROR_LIMIT, "stream: the other side does not read, the queue is full");
    const ui_message_header_t header = {static_cast<uint32_t>(length), type, 0};
    return barrier([&] {
        if (out_begin_ == out_.size()) {
            out_.clear();
            out_begin_ = 0;
        }
        // What can fail comes first: a message is queued with its descriptor or not at all.
        if (fd)
            outgoing_.reserve(outgoing_.size() + 1);
        const size_t offset = out_.size();
        out_.resize(offset + kHeader + length);
        uint8_t *to = out_.data() + offset;
        for (const Bytes part : {bytes_of(header), head, tail})
            to = std::copy(part.begin(), part.end(), to);
        if (fd)
            outgoing_.push_back({offset, std::move(fd)});
        return UI_OK;
    });
}

// One sendmsg(), up to the next message with a descriptor; zero if nothing was written.
size_t Stream::write_once(bool *blocked) noexcept
{
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    size_t end = out_.size();
    iovec part = {out_.data() + out_begin_, 0};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    if (!outgoing_.empty() && outgoing_.front().offset == out_begin_) {
        header.msg_control = control;
        header.msg_controllen = sizeof control;
        cmsghdr *rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof(int));
        const int fd = outgoing_.front().fd.get();
        std::memcpy(CMSG_DATA(rights), &fd, sizeof fd);
        if (outgoing_.size() > 1)
            end = outgoing_[1].offset;
    } else if (!outgoing_.empty()) {
        end = outgoing_.front().offset;
    }
    part.iov_len = end - out_begin_;
    ssize_t count;
    do {
        count = ::sendmsg(fd_.get(), &header, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (count < 0 && errno == EINTR);
    // Too many descriptors on their way (ETOOMANYREFS) is a queue that is full, too.
    *blocked = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS ||
                             errno == ETOOMANYREFS);
    return count < 0 ? 0 : static_cast<size_t>(count);
}

void Stream::written(size_t count) noexcept
{
    if (!outgoing_.empty() && outgoing_.front().offset == out_begin_)
        outgoing_.erase(outgoing_.begin());
    out_begin_ += count;
    if (out_begin_ == out_.size()) {
        // A long queue is an exception: its memory is not kept.
        if (out_.capacity() > kInitialRoom)
            out_ = Buffer();
        out_.clear();
        out_begin_ = 0;
    } else if (out_begin_ > out_.size() / 2) {
        out_.erase(out_.begin(), out_.begin() + static_cast<ptrdiff_t>(out_begin_));
        for (Outgoing &outgoing : outgoing_)
            outgoing.offset -= out_begin_;
        out_begin_ = 0;
    }
}

ui_result_t Stream::flush() noexcept
{
    while (pending()) {
        bool blocked = false;
        const size_t count = write_once(&blocked);
        if (blocked)
            return UI_OK;
        if (count == 0)
            return fail(UI_ERROR_CLOSED, "stream: the other side has gone");
        written(count);
    }
    return UI_OK;
}

size_t Stream::memory() const noexcept
{
    return in_.capacity() + out_.capacity() + outgoing_.capacity() * sizeof(Outgoing) +
           descriptors_.capacity() * sizeof(UniqueFd);
}

} // namespace vitrine
