// The checks that stand between the server and every backend.
//
// A frame is refused as a whole before anything of it is looked at: spans are what later code
// indexes memory with. One pass, a handful of comparisons per span, no writes.
#include "error.h"
#include "vitrine/backend.h"

namespace vitrine {
namespace {

ui_result_t check_head(const ui_frame_t *frame) noexcept
{
    if (frame == nullptr)
        return fail(UI_ERROR_ARGUMENT, "frame is null");
    if (frame->size != sizeof *frame)
        return fail(UI_ERROR_SIZE, "frame has %u bytes, not %zu", frame->size, sizeof *frame);
    if (frame->version != UI_VERSION)
        return fail(UI_ERROR_VERSION, "frame has version %u, not %u", frame->version, UI_VERSION);
    if (frame->times != nullptr && frame->times->size != sizeof *frame->times)
        return fail(UI_ERROR_SIZE, "times have %u bytes, not %zu", frame->times->size,
                    sizeof *frame->times);
    if (frame->columns == 0 || frame->rows == 0)
        return fail(UI_ERROR_ARGUMENT, "frame is %u x %u", frame->columns, frame->rows);
    if (frame->columns > UI_MAX_COLUMNS || frame->rows > UI_MAX_ROWS)
        return fail(UI_ERROR_LIMIT, "frame is %u x %u, over %u x %u", frame->columns, frame->rows,
                    UI_MAX_COLUMNS, UI_MAX_ROWS);
    if (frame->panes == nullptr || frame->pane_count == 0)
        return fail(UI_ERROR_ARGUMENT, "frame has no panes");
    if (frame->pane_count > UI_MAX_PANES)
        return fail(UI_ERROR_LIMIT, "frame has %u panes, over %u", frame->pane_count, UI_MAX_PANES);
    if (frame->span_count > UI_MAX_SPANS)
        return fail(UI_ERROR_SPAN_COUNT, "frame has %u spans, over %u", frame->span_count,
                    UI_MAX_SPANS);
    if (frame->spans == nullptr && frame->span_count != 0)
        return fail(UI_ERROR_SPAN_NULL, "frame has %u spans at null", frame->span_count);
    return UI_OK;
}

// What is wrong with a span of which only that much is known: the slow way to the code.
ui_result_t explain(const ui_frame_t *frame, uint32_t index, uint32_t row, uint32_t column) noexcept
{
    const ui_span_t &span = frame->spans[index];
    if (span.row >= frame->rows || span.columns == 0 ||
        uint32_t{span.column} + span.columns > frame->columns)
        return fail(UI_ERROR_SPAN_RANGE, "span %u: row %u, column %u + %u of %u x %u", index,
                    span.row, span.column, span.columns, frame->columns, frame->rows);
    if (span.count > span.columns)
        return fail(UI_ERROR_SPAN_RANGE, "span %u: %u cells for %u columns", index, span.count,
                    span.columns);
    if (span.cells == nullptr && span.count != 0)
        return fail(UI_ERROR_SPAN_NULL, "span %u: %u cells at null", index, span.count);
    if (span.pane >= frame->pane_count)
        return fail(UI_ERROR_SPAN_PANE, "span %u: pane %u of %u", index, span.pane,
                    frame->pane_count);
    return fail(UI_ERROR_SPAN_ORDER, "span %u: row %u column %u after row %u column %u", index,
                span.row, span.column, row, column);
}

} // namespace
} // namespace vitrine

extern "C" ui_result_t ui_frame_validate(const ui_frame_t *frame) noexcept
{
    using namespace vitrine;
    const ui_result_t result = check_head(frame);
    if (result != UI_OK)
        return result;

    // Rows are tiled from the first column to the last: the next span begins where the last one
    // ended, or at the beginning of a later row.
    const uint32_t columns = frame->columns;
    uint32_t row = 0;
    uint32_t next = columns;
    uint32_t rows_seen = 0;
    for (uint32_t i = 0; i < frame->span_count; ++i) {
        const ui_span_t &span = frame->spans[i];
        const uint32_t end = uint32_t{span.column} + span.columns;
        const bool starts_row = next == columns;
        const bool in_order = starts_row ? span.column == 0 && (rows_seen == 0 || span.row > row)
                                         : span.column == next && span.row == row;
        if (!in_order || span.row >= frame->rows || span.columns == 0 || end > columns ||
            span.count > span.columns || (span.cells == nullptr && span.count != 0) ||
            span.pane >= frame->pane_count) [[unlikely]]
            return explain(frame, i, row, next);
        row = span.row;
        next = end;
        rows_seen += starts_row;
    }
    if (next != columns)
        return fail(UI_ERROR_SPAN_RANGE, "row %u: no span from column %u on", row, next);
    if ((frame->flags & UI_FRAME_FULL) != 0 && rows_seen != frame->rows)
        return fail(UI_ERROR_SPAN_RANGE, "full frame has %u of %u rows", rows_seen, frame->rows);
    return UI_OK;
}
