#include "frame_pool.h"

#include <algorithm>
#include <cstring>

namespace vitrine {

FramePool::FramePool(const PoolLayout &layout)
    : layout_(layout),
      generations_(layout.rows),
      slot_generations_(size_t{layout.rows} * layout.slot_count),
      behind_(layout.slot_count)
{
    if (!mapped_.take(pool_pages(layout)))
        throw std::bad_alloc();
    mapped_.set_spare(mapped_.bytes() - layout.bytes);
    for (Items<uint16_t> &rows : behind_)
        rows.reserve(layout.rows);
    if (layout.slot_count == 1)
        scratch_.resize(layout.columns * sizeof(ui_cell_t) + layout.extra_words * sizeof(uint32_t));
}

void FramePool::attach(Mapping memory) noexcept
{
    memory_ = std::move(memory);
    header() = pool_header(layout_);
}

size_t FramePool::bytes() const noexcept
{
    return sizeof *this + memory_.size() + scratch_.capacity() +
           (generations_.capacity() + slot_generations_.capacity()) * sizeof(uint64_t) +
           behind_.size() * (sizeof behind_[0] + layout_.rows * sizeof(uint16_t));
}

uint32_t FramePool::target() const noexcept
{
    return newest_ == kNoSlot ? 0 : (newest_ + 1) % layout_.slot_count;
}

// Decodes the spans of one row into the target slot; false if its extras do not fit.
bool FramePool::decode_row(std::span<const ui_span_t> spans, const ui_frame_t &frame,
                           uint64_t sequence, ui_decoder &decoder, Overflow overflow) noexcept
{
    const uint32_t row = spans.front().row;
    const uint32_t to = target();
    const SlotView view = slot(to);
    const size_t cell_bytes = layout_.columns * sizeof(ui_cell_t);
    // With a single slot the row that is there is the one to compare with: decode beside it.
    const bool beside = to == newest_;
    ui_cell_t *cells = beside ? reinterpret_cast<ui_cell_t *>(scratch_.data()) : view.cells(row);
    uint32_t *extras =
        beside ? reinterpret_cast<uint32_t *>(scratch_.data() + cell_bytes) : view.extras(row);

    ExtraWriter writer(extras, layout_.extra_words);
    const std::span panes(frame.panes, frame.pane_count);
    for (const ui_span_t &span : spans)
        decoder.decode(span, panes[span.pane], cells + span.column, writer);
    if (!writer.complete() && overflow == Overflow::report) {
        needed_words_ = writer.needed();
        return false;
    }

    const uint32_t words = writer.written();
    uint64_t generation = sequence;
    if (newest_ != kNoSlot) {
        const SlotView old = slot(newest_);
        if (old.row(row).extra_words == words &&
            std::memcmp(old.cells(row), cells, cell_bytes) == 0 &&
            std::memcmp(old.extras(row), extras, words * sizeof *extras) == 0)
            generation = slot_generation(newest_, row);
    }
    if (beside && generation == sequence) {
        std::memcpy(view.cells(row), cells, cell_bytes);
        std::memcpy(view.extras(row), extras, words * sizeof *extras);
    }
    view.row(row) = {generation, words, 0};
    slot_generation(to, row) = generation;
    return true;
}

// The row that the slot has is the newest from here on; slots that had the newest are behind.
void FramePool::publish_row(uint32_t row, uint32_t to) noexcept
{
    const uint64_t generation = slot_generation(to, row);
    if (generation == generations_[row])
        return;
    for (uint32_t other = 0; other < layout_.slot_count; ++other) {
        if (other != to && slot_generation(other, row) == generations_[row])
            behind_[other].push_back(static_cast<uint16_t>(row));
    }
    generations_[row] = generation;
}

// Copies what the target lacks of the rows that this frame left alone. What it lacks was noted
// when it was written elsewhere: the other rows, however many, cost nothing.
void FramePool::carry_rows(uint32_t to) noexcept
{
    const SlotView target = slot(to);
    for (const uint32_t row : behind_[to]) {
        uint64_t &have = slot_generation(to, row);
        if (have == generations_[row])
            continue; // decoded just now
        const SlotView from = slot(newest_);
        const uint32_t words = extra_words(from, row);
        std::memcpy(target.cells(row), from.cells(row), layout_.columns * sizeof(ui_cell_t));
        std::memcpy(target.extras(row), from.extras(row), words * sizeof(uint32_t));
        target.row(row) = {generations_[row], words, 0};
        have = generations_[row];
    }
    behind_[to].clear();
}

// A slot that is half written: it is nobody's, so it is enough to know nothing of it.
void FramePool::forget_slot(uint32_t to) noexcept
{
    behind_[to].clear();
    for (uint32_t row = 0; row < layout_.rows; ++row) {
        slot_generation(to, row) = 0;
        if (generations_[row] != 0)
            behind_[to].push_back(static_cast<uint16_t>(row));
    }
}

void FramePool::write_header(const ui_frame_t &frame, uint64_t sequence, uint32_t to) noexcept
{
    ui_slot_t &header = slot(to).header();
    header.sequence = sequence;
    header.time_ns = frame.time_ns;
    header.key_read_ns = frame.times != nullptr ? frame.times->key_read_ns : 0;
    header.parsed_ns = frame.times != nullptr ? frame.times->parsed_ns : 0;
    header.cursor = frame.cursor;
    header.modes = frame.modes;
    header.pane_count = frame.pane_count;
    for (uint32_t i = 0; i < frame.pane_count; ++i) {
        const ui_pane_t &pane = frame.panes[i];
        header.panes[i] = {pane.id, pane.flags, pane.column, pane.row, pane.columns, pane.rows};
    }
}

ui_result_t FramePool::write(const ui_frame_t &frame, uint64_t sequence, ui_decoder &decoder,
                             Overflow overflow) noexcept
{
    const uint32_t to = target();
    const std::span<const ui_span_t> spans(frame.spans, frame.span_count);
    for (size_t first = 0; first < spans.size();) {
        size_t last = first + 1;
        while (last < spans.size() && spans[last].row == spans[first].row)
            ++last;
        if (!decode_row(spans.subspan(first, last - first), frame, sequence, decoder, overflow)) {
            // A single slot has only whole rows in it.
            if (to != newest_)
                forget_slot(to);
            return UI_ERROR_LIMIT;
        }
        first = last;
    }
    for (const ui_span_t &span : spans)
        publish_row(span.row, to);
    carry_rows(to);
    newest_ = to;
    write_header(frame, sequence, to);
    return UI_OK;
}

void FramePool::adopt(const FramePool &other) noexcept
{
    if (other.newest_ == kNoSlot)
        return;
    const SlotView from = other.slot(other.newest_);
    const SlotView to = slot(0);
    to.header() = from.header();
    for (uint32_t row = 0; row < layout_.rows; ++row) {
        const uint32_t words = other.extra_words(from, row);
        const uint64_t generation =
            other.slot_generations_[size_t{other.newest_} * layout_.rows + row];
        std::memcpy(to.cells(row), from.cells(row), layout_.columns * sizeof(ui_cell_t));
        std::memcpy(to.extras(row), from.extras(row), words * sizeof(uint32_t));
        to.row(row) = {generation, words, 0};
        slot_generation(0, row) = generation;
        publish_row(row, 0);
    }
    newest_ = 0;
}

ui_result_t FrameStore::make(uint16_t columns, uint16_t rows, uint32_t extra_words,
                             PoolSource &source, std::unique_ptr<FramePool> &pool) noexcept
{
    return barrier([&] {
        // What can fail in this process comes first, so that memory given is memory used.
        const PoolLayout layout = pool_layout(columns, rows, extra_words, slot_count_);
        auto made = std::make_unique<FramePool>(layout);
        Mapping memory;
        const ui_result_t result = source.allocate(layout.bytes, memory);
        if (result == UI_OK) {
            made->attach(std::move(memory));
            pool = std::move(made);
        }
        return result;
    });
}

// Writes into the pool, or into a bigger one, left in fresh, if extras need more room than it
// has. Where there is no more memory, extras that do not fit are left out.
ui_result_t FrameStore::write(const ui_frame_t &frame, ui_decoder &decoder, PoolSource &source,
                              std::unique_ptr<FramePool> &fresh) noexcept
{
    const uint64_t sequence = std::max(frame.sequence, sequence_ + 1);
    for (;;) {
        FramePool &pool = fresh ? *fresh : *pool_;
        const uint32_t limit = pool_max_extra_words(frame.columns);
        const uint32_t room = pool.layout().extra_words;
        const Overflow overflow = room < limit ? Overflow::report : Overflow::truncate;
        ui_result_t result = pool.write(frame, sequence, decoder, overflow);
        if (result == UI_ERROR_LIMIT) {
            const uint32_t wanted = std::min(std::max(room * 2, pool.needed_words()), limit);
            std::unique_ptr<FramePool> bigger;
            if (make(frame.columns, frame.rows, wanted, source, bigger) == UI_OK) {
                bigger->adopt(pool);
                fresh = std::move(bigger);
                continue;
            }
            result = pool.write(frame, sequence, decoder, Overflow::truncate);
        }
        sequence_ = sequence;
        return result;
    }
}

ui_result_t FrameStore::put(const ui_frame_t &frame, ui_decoder &decoder, PoolSource &source,
                            bool *replaced) noexcept
{
    *replaced = false;
    std::unique_ptr<FramePool> fresh;
    if (!pool_ || pool_->layout().columns != frame.columns || pool_->layout().rows != frame.rows) {
        if ((frame.flags & UI_FRAME_FULL) == 0)
            return fail(UI_ERROR_ARGUMENT, "frame of another size, %u x %u, is not full",
                        frame.columns, frame.rows);
        const ui_result_t result = make(frame.columns, frame.rows, frame.columns, source, fresh);
        if (result != UI_OK)
            return result;
    }
    const ui_result_t result = write(frame, decoder, source, fresh);
    if (fresh) {
        pool_ = std::move(fresh);
        *replaced = true;
    }
    return result;
}

} // namespace vitrine
