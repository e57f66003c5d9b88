// Frames for tests: rows of text of a screen of one pane, offered as the shim would.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "packed_row.h"
#include "vitrine/client.h"

class Screen {
public:
    Screen(uint16_t columns, uint16_t rows) : columns_(columns), rows_(rows)
    {
        panes_ = {make_pane(columns, rows), make_pane(columns, rows)};
        panes_[0].id = UINT32_MAX;
        lines_.resize(rows);
        frame_.size = sizeof frame_;
        frame_.version = UI_VERSION;
        frame_.columns = columns;
        frame_.rows = rows;
    }

    PackedRow &line(uint16_t row) { return lines_[row]; }
    void set(uint16_t row, const std::string &text)
    {
        lines_[row] = PackedRow();
        lines_[row].text(text);
    }

    // A frame of these rows, valid until the next one.
    ui_frame_t &changed(const std::vector<uint16_t> &rows)
    {
        spans_.clear();
        for (uint16_t row : rows)
            spans_.push_back(lines_[row].span(columns_, row, 0, 1));
        frame_.flags = 0;
        return finish();
    }
    ui_frame_t &full()
    {
        std::vector<uint16_t> rows;
        for (uint16_t row = 0; row < rows_; ++row)
            rows.push_back(row);
        changed(rows);
        frame_.flags = UI_FRAME_FULL;
        return frame_;
    }
    std::vector<ui_span_t> &spans() { return spans_; }
    std::vector<ui_pane_t> &panes() { return panes_; }
    // After spans() or panes() were changed.
    ui_frame_t &finish()
    {
        frame_.spans = spans_.data();
        frame_.span_count = static_cast<uint32_t>(spans_.size());
        frame_.panes = panes_.data();
        frame_.pane_count = static_cast<uint16_t>(panes_.size());
        ++frame_.sequence;
        return frame_;
    }
    ui_frame_t &frame() { return frame_; }
    uint16_t columns() const { return columns_; }
    uint16_t rows() const { return rows_; }

private:
    uint16_t columns_;
    uint16_t rows_;
    std::vector<PackedRow> lines_;
    std::vector<ui_span_t> spans_;
    std::vector<ui_pane_t> panes_;
    ui_frame_t frame_{};
};

// The text of a row of a frame, ASCII, without trailing blanks.
inline std::string row_text(const vitrine_frame_t *frame, uint16_t row)
{
    vitrine_row_t line;
    if (!vitrine_frame_row(frame, row, &line))
        return "(none)";
    std::string text;
    for (uint16_t i = 0; i < line.columns; ++i)
        if (line.cells[i].width != 0)
            text +=
                line.cells[i].codepoint < 0x80 ? static_cast<char>(line.cells[i].codepoint) : '?';
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

inline uint64_t row_generation(const vitrine_frame_t *frame, uint16_t row)
{
    vitrine_row_t line;
    return vitrine_frame_row(frame, row, &line) ? line.generation : 0;
}

inline ui_grid_layout_t test_layout() { return PackedRow().layout(); }
