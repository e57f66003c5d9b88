// Packed rows for the benchmarks, as tmux 3.5a has them in memory. A fixed seed: every run
// measures the same cells.
#pragma once

#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

#include "vitrine/backend.h"

namespace bench {

enum class Content {
    plain,
    coloured, // 256 colours
    rgb,      // every cell extended, with a true colour
    mixed,    // a quarter of them
    wide,     // CJK, two columns each
    clusters, // a letter and two marks in each cell
};

// The one character of more than three bytes: tmux keeps such outside of cells.
inline size_t cluster_text(uint32_t, uint8_t text[32])
{
    constexpr char bytes[] = "e\xcc\x81\xcc\xa7";
    std::memcpy(text, bytes, sizeof bytes - 1);
    return sizeof bytes - 1;
}

struct Grid {
    Grid(uint16_t columns, uint16_t rows, Content content) : columns(columns), rows(rows)
    {
        std::mt19937 random(7);
        cells.resize(rows);
        extended.resize(rows);
        for (uint16_t row = 0; row < rows; ++row)
            for (uint16_t column = 0; column < columns; ++column)
                append(row, content, random);
        pane.default_fg = pane.default_bg = 8;
        pane.columns = columns;
        pane.rows = rows;
        for (uint16_t row = 0; row < rows; ++row)
            spans.push_back(span(row));
        frame.size = sizeof frame;
        frame.version = UI_VERSION;
        frame.spans = spans.data();
        frame.span_count = rows;
        frame.panes = &pane;
        frame.pane_count = 1;
        frame.flags = UI_FRAME_FULL;
        frame.columns = columns;
        frame.rows = rows;
    }

    // Leaves only one row in the frame.
    void only(uint16_t row)
    {
        frame.spans = &spans[row];
        frame.span_count = 1;
        frame.flags = 0;
    }

    // Another character in the row, so that it is not what it was.
    void touch(uint16_t row) { cells[row][3] = cells[row][3] == 'x' ? 'y' : 'x'; }

    // The text moves up by so many rows; what comes up from below is other text.
    void scroll(uint16_t by)
    {
        top = static_cast<uint16_t>((top + by) % rows);
        for (uint16_t row = 0; row < rows; ++row) {
            spans[row] = span(static_cast<uint16_t>((top + row) % rows));
            spans[row].row = row;
        }
        for (uint16_t row = static_cast<uint16_t>(rows - by); row < rows; ++row)
            touch(static_cast<uint16_t>((top + row) % rows));
    }

    static ui_grid_layout_t layout()
    {
        return {sizeof(ui_grid_layout_t), 4, 0, 23, 0, cluster_text};
    }

    uint16_t columns;
    uint16_t rows;
    std::vector<std::vector<uint8_t>> cells;
    std::vector<std::vector<uint8_t>> extended;
    std::vector<ui_span_t> spans;
    ui_pane_t pane{};
    ui_frame_t frame{};
    uint16_t top = 0;

private:
    static uint32_t packed(const char (&text)[4], uint32_t width)
    {
        uint32_t character = 0;
        std::memcpy(&character, text, 3);
        return character | 3u << 24 | (width + 1) << 29;
    }
    void append_extended(uint16_t row, uint32_t character, int32_t fg, uint8_t flags)
    {
        const uint32_t offset = static_cast<uint32_t>(extended[row].size() / 23);
        const int32_t rest[] = {8, 8, 0};
        uint8_t entry[23] = {};
        std::memcpy(entry, &character, 4);
        entry[6] = flags;
        std::memcpy(entry + 7, &fg, 4);
        std::memcpy(entry + 11, rest, 12);
        extended[row].insert(extended[row].end(), entry, entry + sizeof entry);
        uint8_t cell[5];
        std::memcpy(cell, &offset, 4);
        cell[4] = static_cast<uint8_t>(0x08 | flags); // GRID_FLAG_EXTENDED
        cells[row].insert(cells[row].end(), cell, cell + sizeof cell);
    }
    void append(uint16_t row, Content content, std::mt19937 &random)
    {
        const size_t column = cells[row].size() / 5;
        if (column > 0 && content == Content::wide) {
            const bool right = column % 2 == 0; // GRID_FLAG_PADDING
            append_extended(row, right ? packed("!\0\0", 0) : packed("\xe6\xbc\xa2", 2), 8,
                            right ? 0x04 : 0);
            return;
        }
        if (column > 0 && content == Content::clusters) {
            append_extended(row, 1 | 5u << 24 | 2u << 29, 8, 0);
            return;
        }
        const bool first = cells[row].empty();
        const bool is_extended =
            content == Content::rgb || (content == Content::mixed && random() % 4 == 0);
        uint8_t cell[5] = {0, 8, 8, static_cast<uint8_t>(' ' + random() % 95), 0};
        if (content != Content::plain) {
            cell[0] = static_cast<uint8_t>(random() % 2);
            cell[1] = static_cast<uint8_t>(random() % 256);
            cell[4] = 1; // GRID_FLAG_FG256
        }
        // The first cell is the one that touch() changes.
        if (is_extended && !first) {
            append_extended(row, packed("\xe2\x82\xac", 1),
                            static_cast<int32_t>(0x02000000 | (random() & 0xffffff)), 0);
            return;
        }
        cells[row].insert(cells[row].end(), cell, cell + sizeof cell);
    }

    ui_span_t span(uint16_t row) const
    {
        ui_span_t span{};
        span.cells = cells[row].data();
        span.extended = extended[row].data();
        span.extended_count = static_cast<uint32_t>(extended[row].size() / 23);
        span.row = row;
        span.columns = span.count = columns;
        return span;
    }
};

} // namespace bench
