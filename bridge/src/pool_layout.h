// Where things lie in the shared memory of a pool: arithmetic only.
//
// The writer computes it from the size of the screen; the reader computes it again from the
// header's three free values and believes the header only if all others agree.
#pragma once

#include <cstdint>

#include "vitrine/protocol.h"

namespace vitrine {

// The most words of extras per column that a row is given room for; what is over is cut.
constexpr uint32_t kMaxExtraWordsPerColumn = 12;

struct PoolLayout {
    uint16_t columns = 0;
    uint16_t rows = 0;
    uint32_t slot_count = 0;
    uint32_t extra_words = 0;
    uint32_t slots_offset = 0;
    uint32_t rows_offset = 0;
    uint32_t cells_offset = 0;
    uint32_t extras_offset = 0;
    uint64_t slot_bytes = 0;
    uint64_t bytes = 0;

    friend bool operator==(const PoolLayout &, const PoolLayout &) = default;
};

constexpr uint64_t pool_align(uint64_t offset) noexcept { return (offset + 63) & ~uint64_t{63}; }

constexpr bool pool_size_valid(uint32_t columns, uint32_t rows) noexcept
{
    return columns >= 1 && columns <= UI_MAX_COLUMNS && rows >= 1 && rows <= UI_MAX_ROWS;
}

constexpr uint32_t pool_max_extra_words(uint32_t columns) noexcept
{
    return columns * kMaxExtraWordsPerColumn;
}

// For a valid size and extra_words within the maximum no offset overflows its 32 bits.
constexpr PoolLayout pool_layout(uint16_t columns, uint16_t rows, uint32_t extra_words,
                                 uint32_t slot_count) noexcept
{
    PoolLayout layout;
    layout.columns = columns;
    layout.rows = rows;
    layout.slot_count = slot_count;
    layout.extra_words = extra_words;
    const uint64_t rows_at = pool_align(sizeof(ui_slot_t));
    const uint64_t cells_at = pool_align(rows_at + uint64_t{rows} * sizeof(ui_slot_row_t));
    const uint64_t extras_at = pool_align(cells_at + uint64_t{rows} * columns * sizeof(ui_cell_t));
    layout.slots_offset = static_cast<uint32_t>(pool_align(sizeof(ui_pool_header_t)));
    layout.rows_offset = static_cast<uint32_t>(rows_at);
    layout.cells_offset = static_cast<uint32_t>(cells_at);
    layout.extras_offset = static_cast<uint32_t>(extras_at);
    layout.slot_bytes = pool_align(extras_at + uint64_t{rows} * extra_words * sizeof(uint32_t));
    layout.bytes = layout.slots_offset + layout.slot_bytes * slot_count;
    return layout;
}

// What the kernel maps of it: whole pages.
constexpr uint64_t pool_pages(const PoolLayout &layout) noexcept
{
    return (layout.bytes + 4095) & ~uint64_t{4095};
}

constexpr ui_pool_header_t pool_header(const PoolLayout &layout) noexcept
{
    ui_pool_header_t header{};
    header.magic = UI_PROTOCOL_MAGIC;
    header.version = UI_PROTOCOL_VERSION;
    header.slot_count = layout.slot_count;
    header.columns = layout.columns;
    header.rows = layout.rows;
    header.extra_words = layout.extra_words;
    header.slots_offset = layout.slots_offset;
    header.slot_bytes = layout.slot_bytes;
    header.rows_offset = layout.rows_offset;
    header.cells_offset = layout.cells_offset;
    header.extras_offset = layout.extras_offset;
    return header;
}

// Whether a header describes memory of that many bytes; *layout is set if it does.
constexpr bool pool_header_check(const ui_pool_header_t &header, uint64_t bytes,
                                 PoolLayout *layout) noexcept
{
    if (header.magic != UI_PROTOCOL_MAGIC || header.version != UI_PROTOCOL_VERSION ||
        !pool_size_valid(header.columns, header.rows) || header.slot_count < 1 ||
        header.slot_count > UI_POOL_SLOTS ||
        header.extra_words > pool_max_extra_words(header.columns))
        return false;
    const PoolLayout wanted =
        pool_layout(header.columns, header.rows, header.extra_words, header.slot_count);
    if (wanted.bytes != bytes || header.slots_offset != wanted.slots_offset ||
        header.slot_bytes != wanted.slot_bytes || header.rows_offset != wanted.rows_offset ||
        header.cells_offset != wanted.cells_offset || header.extras_offset != wanted.extras_offset)
        return false;
    *layout = wanted;
    return true;
}

} // namespace vitrine
