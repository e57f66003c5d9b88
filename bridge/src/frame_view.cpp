#include "frame_view.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

#include "expiring_frame.h"
#include "vitrine/client.h"

namespace vitrine {
namespace {

// The largest pool there can be.
constexpr uint64_t kMaxPoolBytes =
    pool_layout(UI_MAX_COLUMNS, UI_MAX_ROWS, pool_max_extra_words(UI_MAX_COLUMNS), UI_POOL_SLOTS)
        .bytes;

} // namespace

ui_result_t PoolView::open(uint32_t number, uint64_t bytes, UniqueFd fd,
                           std::unique_ptr<PoolView> &view) noexcept
{
    struct stat status;
    if (!fd || ::fstat(fd.get(), &status) != 0)
        return fail(UI_ERROR_PROTOCOL, "pool %u came without its memory", number);
    const uint64_t there = static_cast<uint64_t>(std::max<off_t>(status.st_size, 0));
    if (there != bytes || bytes < sizeof(ui_pool_header_t) || bytes > kMaxPoolBytes)
        return fail(UI_ERROR_PROTOCOL, "pool %u has %llu bytes, not %llu", number,
                    static_cast<unsigned long long>(there), static_cast<unsigned long long>(bytes));
    // Without the seal the memory could shrink under us.
    const int seals = ::fcntl(fd.get(), F_GET_SEALS);
    if (seals < 0 || (seals & F_SEAL_SHRINK) == 0)
        return fail(UI_ERROR_PROTOCOL, "pool %u is not sealed", number);
    auto made = try_make<PoolView>();
    if (!made)
        return ui_memory_fail();
    made->memory_ = Mapping::map(fd.get(), bytes, PROT_READ);
    if (!made->memory_)
        return fail_system("frame pool: map");
    const ui_pool_header_t header =
        *reinterpret_cast<const ui_pool_header_t *>(made->memory_.data());
    PoolLayout layout;
    if (!pool_header_check(header, bytes, &layout))
        return fail(UI_ERROR_PROTOCOL, "pool %u has a header that is not valid", number);
    if (!made->mapped_.take(pool_pages(layout)))
        return ui_memory_fail();
    made->mapped_.set_spare(made->mapped_.bytes() - layout.bytes);
    made->number_ = number;
    made->slot_count_ = layout.slot_count;
    for (uint32_t i = 0; i < layout.slot_count; ++i)
        made->frames_[i] = {made->memory_.data() + layout.slots_offset + i * layout.slot_bytes,
                            layout,
                            number,
                            i,
                            false,
                            {}};
    view = std::move(made);
    return UI_OK;
}

vitrine_frame *PoolView::frame(uint32_t slot) noexcept
{
    return slot < slot_count_ ? &frames_[slot] : nullptr;
}

void PoolView::hold(vitrine_frame &frame, bool taken) noexcept
{
    frame.held = taken;
    if constexpr (kExpireViews)
        memory_.protect(held() ? PROT_READ : PROT_NONE);
}

bool PoolView::held() const noexcept
{
    return std::any_of(frames_.begin(), frames_.end(),
                       [](const vitrine_frame &frame) { return frame.held; });
}

} // namespace vitrine

extern "C" {

uint64_t vitrine_frame_sequence(const vitrine_frame_t *frame) noexcept
{
    return frame != nullptr ? frame->header().sequence : 0;
}

void vitrine_frame_size(const vitrine_frame_t *frame, uint16_t *columns, uint16_t *rows) noexcept
{
    if (columns != nullptr)
        *columns = frame != nullptr ? frame->layout.columns : uint16_t{0};
    if (rows != nullptr)
        *rows = frame != nullptr ? frame->layout.rows : uint16_t{0};
}

ui_cursor_t vitrine_frame_cursor(const vitrine_frame_t *frame) noexcept
{
    return frame != nullptr ? frame->header().cursor : ui_cursor_t{};
}

uint32_t vitrine_frame_modes(const vitrine_frame_t *frame) noexcept
{
    return frame != nullptr ? frame->header().modes : 0;
}

uint64_t vitrine_frame_time(const vitrine_frame_t *frame) noexcept
{
    return frame != nullptr ? frame->header().time_ns : 0;
}

void vitrine_frame_times(const vitrine_frame_t *frame, ui_frame_times_t *times) noexcept
{
    if (times == nullptr)
        return;
    *times = {};
    times->size = sizeof *times;
    if (frame == nullptr)
        return;
    times->key_read_ns = frame->header().key_read_ns;
    times->parsed_ns = frame->header().parsed_ns;
    times->built_ns = frame->header().time_ns;
}

size_t vitrine_frame_panes(const vitrine_frame_t *frame, const ui_slot_pane_t **panes) noexcept
{
    if (frame == nullptr || panes == nullptr)
        return 0;
    *panes = frame->header().panes;
    return std::min<size_t>(frame->header().pane_count, UI_MAX_PANES);
}

const ui_cell_t *vitrine_frame_cells(const vitrine_frame_t *frame) noexcept
{
    return frame != nullptr
               ? reinterpret_cast<const ui_cell_t *>(frame->slot + frame->layout.cells_offset)
               : nullptr;
}

bool vitrine_frame_row(const vitrine_frame_t *frame, uint16_t row, vitrine_row_t *out) noexcept
{
    if (frame == nullptr || out == nullptr || row >= frame->layout.rows)
        return false;
    const vitrine::PoolLayout &layout = frame->layout;
    const ui_slot_row_t line =
        reinterpret_cast<const ui_slot_row_t *>(frame->slot + layout.rows_offset)[row];
    out->cells = vitrine_frame_cells(frame) + size_t{row} * layout.columns;
    out->extras = reinterpret_cast<const uint32_t *>(frame->slot + layout.extras_offset) +
                  size_t{row} * layout.extra_words;
    out->generation = line.generation;
    out->extra_words = std::min(line.extra_words, layout.extra_words);
    out->columns = layout.columns;
    out->reserved = 0;
    return true;
}

} // extern "C"
