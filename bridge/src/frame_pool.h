// Whole screens in shared memory, written a frame at a time.
//
// One pool has one size and a few slots. The writer decodes a frame's spans into a slot that
// nobody looks at and copies, from the slot with the newest frame, the rows that changed since
// that slot was written last; every other row is there already. So a frame costs what changed,
// whatever the size of the screen. A row's generation is the sequence of the frame that changed
// it; a row that is decoded to what it was before keeps its generation and is not drawn again.
//
// What the writer relies on (generations, which slot is newest) it keeps in memory of its own,
// for the shared memory may be sealed against others but is still theirs to look at.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>

#include "decoder.h"
#include "handles.h"
#include "pool_layout.h"
#include "vitrine/memory.hpp"

namespace vitrine {

// One slot's parts; a row that it has not ends the program in builds that look for faults.
class SlotView {
public:
    SlotView(uint8_t *base, const PoolLayout &layout) noexcept : base_(base), layout_(&layout) {}

    ui_slot_t &header() const noexcept { return *reinterpret_cast<ui_slot_t *>(base_); }
    ui_slot_row_t &row(uint32_t row) const noexcept
    {
        return part<ui_slot_row_t>(layout_->rows_offset, 1)[row];
    }
    ui_cell_t *cells(uint32_t row) const noexcept
    {
        return of_row<ui_cell_t>(layout_->cells_offset, row, layout_->columns);
    }
    uint32_t *extras(uint32_t row) const noexcept
    {
        return of_row<uint32_t>(layout_->extras_offset, row, layout_->extra_words);
    }

private:
    template <typename Item>
    std::span<Item> part(uint32_t offset, size_t per_row) const noexcept
    {
        return {reinterpret_cast<Item *>(base_ + offset), layout_->rows * per_row};
    }
    template <typename Item>
    Item *of_row(uint32_t offset, uint32_t row, size_t per_row) const noexcept
    {
        return part<Item>(offset, per_row).subspan(row * per_row, per_row).data();
    }

    uint8_t *base_;
    const PoolLayout *layout_;
};

enum class Overflow { report, truncate };

class FramePool : public Counted<UI_MEMORY_ROWS> {
public:
    static constexpr uint32_t kNoSlot = UINT32_MAX;

    explicit FramePool(const PoolLayout &layout);

    // Before all else: memory is writable and has layout.bytes zero bytes.
    void attach(Mapping memory) noexcept;

    const PoolLayout &layout() const noexcept { return layout_; }
    ui_pool_header_t &header() const noexcept
    {
        return *reinterpret_cast<ui_pool_header_t *>(memory_.data());
    }
    uint32_t newest() const noexcept { return newest_; }
    size_t bytes() const noexcept;

    // The slot to write next: the one after the newest.
    uint32_t target() const noexcept;

    // Writes a validated frame of this size into target() and makes that the newest slot.
    // UI_ERROR_LIMIT with Overflow::report: a row needs needed_words(); nothing was published.
    ui_result_t write(const ui_frame_t &frame, uint64_t sequence, ui_decoder &decoder,
                      Overflow overflow) noexcept;
    uint32_t needed_words() const noexcept { return needed_words_; }

    // Takes over the newest frame of a pool of the same size with less room for extras.
    void adopt(const FramePool &other) noexcept;

private:
    SlotView slot(uint32_t index) const noexcept
    {
        return {memory_.data() + layout_.slots_offset + index * layout_.slot_bytes, layout_};
    }
    uint64_t &slot_generation(uint32_t slot, uint32_t row) noexcept
    {
        return slot_generations_[size_t{slot} * layout_.rows + row];
    }
    // The words a row in a slot uses, whatever the memory says.
    uint32_t extra_words(const SlotView &view, uint32_t row) const noexcept
    {
        return std::min(view.row(row).extra_words, layout_.extra_words);
    }
    bool decode_row(std::span<const ui_span_t> spans, const ui_frame_t &frame, uint64_t sequence,
                    ui_decoder &decoder, Overflow overflow) noexcept;
    void publish_row(uint32_t row, uint32_t to) noexcept;
    void carry_rows(uint32_t to) noexcept;
    void forget_slot(uint32_t to) noexcept;
    void write_header(const ui_frame_t &frame, uint64_t sequence, uint32_t target) noexcept;

    PoolLayout layout_;
    Mapping memory_;
    uint32_t newest_ = kNoSlot;
    uint32_t needed_words_ = 0;
    template <typename Item>
    using Items = CountedVector<Item, UI_MEMORY_ROWS>;
    Items<uint64_t> generations_;      // of the newest frame's rows
    Items<uint64_t> slot_generations_; // of every slot's rows; zero is nothing
    // Of every slot the rows whose generation is not the newest frame's.
    Items<Items<uint16_t>> behind_;
    Items<uint8_t> scratch_; // a row, where there is only one slot
    CountedBytes mapped_{UI_MEMORY_POOL};
};

// Where a FrameStore's pools get their memory from.
class PoolSource {
public:
    virtual ~PoolSource() = default;
    // Zeroed shared memory of that many bytes, writable; the error's code.
    virtual ui_result_t allocate(uint64_t bytes, Mapping &memory) noexcept = 0;
};

// Takes frames of any size: makes, grows and replaces pools as they need it.
class FrameStore {
public:
    explicit FrameStore(uint32_t slot_count) noexcept : slot_count_(slot_count) {}

    // Writes a validated frame. On error nothing of it was taken. *replaced: the pool is a new
    // one, whose memory is the last that the source gave.
    ui_result_t put(const ui_frame_t &frame, ui_decoder &decoder, PoolSource &source,
                    bool *replaced) noexcept;

    FramePool *pool() const noexcept { return pool_.get(); }
    uint64_t sequence() const noexcept { return sequence_; }
    size_t bytes() const noexcept { return pool_ ? pool_->bytes() : 0; }

private:
    ui_result_t make(uint16_t columns, uint16_t rows, uint32_t extra_words, PoolSource &source,
                     std::unique_ptr<FramePool> &pool) noexcept;
    ui_result_t write(const ui_frame_t &frame, ui_decoder &decoder, PoolSource &source,
                      std::unique_ptr<FramePool> &fresh) noexcept;

    uint32_t slot_count_;
    std::unique_ptr<FramePool> pool_;
    uint64_t sequence_ = 0;
};

} // namespace vitrine
