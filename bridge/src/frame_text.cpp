#include "frame_text.h"

#include <algorithm>

#include "extras.h"
#include "utf8.h"

namespace vitrine {
namespace {

constexpr uint32_t kBlank = ' ';

// Controls are no text, and a terminator within would hide what follows.
constexpr bool is_text(uint32_t codepoint) noexcept
{
    const bool control = codepoint < 0x20 || (codepoint >= 0x7f && codepoint < 0xa0);
    const bool surrogate = codepoint >= 0xd800 && codepoint < 0xe000;
    return !control && !surrogate && codepoint <= 0x10ffff;
}

// Cells from column on; the right half of a wide character that begins before it is blank.
struct TextRow {
    std::span<const ui_cell_t> cells;
    std::span<const uint32_t> extras;
    uint32_t column;
};

TextRow text_row(const vitrine_frame &frame, const TextArea &area, uint32_t row) noexcept
{
    vitrine_row_t line{};
    vitrine_frame_row(&frame, static_cast<uint16_t>(row), &line);
    return {std::span(line.cells, line.columns).subspan(area.column, area.columns),
            {line.extras, line.extra_words},
            area.column};
}

bool is_blank(const ui_cell_t &cell) noexcept
{
    return cell.width == 0 || (cell.codepoint == kBlank && cell.cluster_cont == 0);
}

// One past the last cell that is not blank. A wide character's right half is as good as blank:
// the left one has its text.
size_t text_end(std::span<const ui_cell_t> cells) noexcept
{
    size_t end = cells.size();
    while (end > 0 && is_blank(cells[end - 1]))
        --end;
    return end;
}

void write_row(const TextRow &row, size_t end, TextWriter &writer) noexcept
{
    ClusterReader clusters(row.extras);
    for (size_t i = 0; i < end; ++i) {
        const ui_cell_t cell = row.cells[i];
        if (cell.width != 0)
            writer.character(cell.codepoint,
                             cell.cluster_cont != 0
                                 ? clusters.at(static_cast<uint32_t>(row.column + i))
                                 : std::span<const uint32_t>());
        else if (i == 0 || row.cells[i - 1].width != 2)
            writer.character(kBlank);
    }
}

// What of [start, start + count) lies in [0, limit), as a start and a count.
struct Range {
    uint32_t start;
    uint32_t count;
};

Range clip(int32_t start, int32_t count, int32_t limit) noexcept
{
    const int32_t from = std::clamp(start, 0, limit);
    const int32_t to = std::clamp(start + count, from, limit);
    return {static_cast<uint32_t>(from), static_cast<uint32_t>(to - from)};
}

// A pane's rectangle, however the server says it lies; false if there is none.
bool find_pane(const vitrine_frame &frame, uint32_t id, ui_slot_pane_t &found) noexcept
{
    if (id == VITRINE_PANE_SCREEN) {
        found = {id, 0, 0, 0, frame.layout.columns, frame.layout.rows};
        return true;
    }
    const ui_slot_pane_t *panes = nullptr;
    const size_t count = vitrine_frame_panes(&frame, &panes);
    const auto *const pane = std::find_if(
        panes, panes + count, [id](const ui_slot_pane_t &entry) { return entry.id == id; });
    if (pane == panes + count)
        return false;
    found = *pane;
    return true;
}

} // namespace

ui_result_t find_area(const vitrine_frame &frame, const vitrine_text_part_t &part,
                      TextArea &area) noexcept
{
    ui_slot_pane_t pane;
    if (!find_pane(frame, part.pane, pane))
        return fail(UI_ERROR_PANE, "no pane %%%u in the frame", part.pane);
    if (part.first_row >= pane.rows || part.row_count > pane.rows - part.first_row)
        return fail(UI_ERROR_ARGUMENT, "rows %u and %u more of pane %%%u, which has %u",
                    part.first_row, part.row_count, part.pane, pane.rows);
    const int32_t count = part.row_count != 0 ? part.row_count : pane.rows - part.first_row;
    const Range rows = clip(pane.row + part.first_row, count, frame.layout.rows);
    const Range columns = clip(pane.column, pane.columns, frame.layout.columns);
    area = {columns.start, columns.count, rows.start, rows.count};
    return UI_OK;
}

void TextWriter::append(uint32_t codepoint) noexcept
{
    char bytes[4];
    const size_t count = utf8_encode(codepoint, bytes);
    if (length_ < buffer_.size() && count < buffer_.size() - length_)
        std::copy_n(bytes, count, buffer_.data() + length_);
    length_ += count;
}

void TextWriter::character(uint32_t first, std::span<const uint32_t> further) noexcept
{
    append(is_text(first) ? first : kReplacement);
    for (const uint32_t codepoint : further)
        append(is_text(codepoint) ? codepoint : kReplacement);
    if (complete())
        whole_ = length_;
}

void TextWriter::newline() noexcept
{
    append('\n');
    if (complete())
        whole_ = length_;
}

void TextWriter::terminate() noexcept
{
    if (!buffer_.empty())
        buffer_[whole_] = '\0';
}

void write_text(const vitrine_frame &frame, const TextArea &area, uint32_t flags,
                TextWriter &writer) noexcept
{
    const auto row = [&](uint32_t index) { return text_row(frame, area, area.row + index); };
    uint32_t rows = area.rows;
    if ((flags & VITRINE_TEXT_TRIM_ROWS) != 0)
        while (rows > 0 && text_end(row(rows - 1).cells) == 0)
            --rows;
    for (uint32_t i = 0; i < rows; ++i) {
        if (i > 0)
            writer.newline();
        const TextRow line = row(i);
        const bool trim = (flags & VITRINE_TEXT_TRIM_BLANKS) != 0;
        write_row(line, trim ? text_end(line.cells) : line.cells.size(), writer);
    }
    writer.terminate();
}

} // namespace vitrine
