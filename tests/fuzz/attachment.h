// What targets need of an attachment: sockets, sealed memory, a grid's layout, and readers that
// touch all they are given.
#pragma once

#include "handles.h"
#include "vitrine/client.h"
#include "vitrine/window.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>

namespace vitrine::fuzz {

// So that no read is optimised away.
inline volatile uint64_t sink;

inline void touch(const void *data, size_t size)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < size; ++i)
        sum += static_cast<const uint8_t *>(data)[i];
    sink = sink + sum;
}

// An invariant that an input has broken.
inline void require(bool holds)
{
    if (!holds)
        std::abort();
}

inline void read_frame(const vitrine_frame_t *frame)
{
    uint16_t columns = 0, rows = 0;
    vitrine_frame_size(frame, &columns, &rows);
    require(columns >= 1 && columns <= UI_MAX_COLUMNS && rows >= 1 && rows <= UI_MAX_ROWS);
    for (uint16_t i = 0; i < rows; ++i) {
        vitrine_row_t row;
        require(vitrine_frame_row(frame, i, &row));
        touch(row.cells, row.columns * sizeof *row.cells);
        touch(row.extras, row.extra_words * sizeof *row.extras);
    }
    const ui_slot_pane_t *panes = nullptr;
    const size_t count = vitrine_frame_panes(frame, &panes);
    require(count <= UI_MAX_PANES);
    touch(panes, count * sizeof *panes);
    const ui_cursor_t cursor = vitrine_frame_cursor(frame);
    touch(&cursor, sizeof cursor);
    ui_frame_times_t times;
    vitrine_frame_times(frame, &times);
    sink = sink + vitrine_frame_sequence(frame) + vitrine_frame_modes(frame);
}

// Memory as a server sends it: sealed, of that size, beginning with those bytes.
inline UniqueFd sealed_memory(std::span<const uint8_t> bytes, uint64_t size)
{
    UniqueFd fd(::memfd_create("fuzz", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!fd || ::ftruncate(fd.get(), static_cast<off_t>(size)) != 0 ||
        ::pwrite(fd.get(), bytes.data(), std::min<uint64_t>(bytes.size(), size), 0) < 0 ||
        ::fcntl(fd.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) != 0)
        std::abort();
    return fd;
}

struct Ends {
    Ends()
    {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
            std::abort();
        ours.reset(ends[0]);
        theirs.reset(ends[1]);
    }
    // As much as the socket takes, with a descriptor if there is one.
    void write(std::span<const uint8_t> bytes, const UniqueFd &fd = {}) const
    {
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
        iovec part = {const_cast<uint8_t *>(bytes.data()), bytes.size()};
        msghdr header{};
        header.msg_iov = &part;
        header.msg_iovlen = 1;
        if (fd) {
            header.msg_control = control;
            header.msg_controllen = sizeof control;
            cmsghdr *rights = CMSG_FIRSTHDR(&header);
            rights->cmsg_level = SOL_SOCKET;
            rights->cmsg_type = SCM_RIGHTS;
            rights->cmsg_len = CMSG_LEN(sizeof(int));
            const int sent = fd.get();
            std::memcpy(CMSG_DATA(rights), &sent, sizeof sent);
        }
        if (!bytes.empty())
            static_cast<void>(::sendmsg(ours.get(), &header, MSG_NOSIGNAL | MSG_DONTWAIT));
    }
    UniqueFd ours;
    UniqueFd theirs;
};

struct BackendOwner {
    void operator()(ui_backend_t *backend) const { ui_backend_destroy(backend); }
};
using Backend = std::unique_ptr<ui_backend_t, BackendOwner>;

struct ConnectionOwner {
    void operator()(vitrine_connection_t *connection) const { vitrine_disconnect(connection); }
};
using Connection = std::unique_ptr<vitrine_connection_t, ConnectionOwner>;

// tmux 3.5a's; a long character's text is its own index.
inline ui_grid_layout_t grid_layout()
{
    ui_grid_layout_t layout{};
    layout.size = sizeof layout;
    layout.flags_offset = 4;
    layout.extended_size = 23;
    layout.character_text = [](uint32_t character, uint8_t text[32]) -> size_t {
        const size_t length = character % 33;
        for (size_t i = 0; i < length; ++i)
            text[i] = static_cast<uint8_t>(character >> 8 * (i % 4));
        return length;
    };
    return layout;
}

} // namespace vitrine::fuzz
