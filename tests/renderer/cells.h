// Rows of cells for tests, from text.
#pragma once

#include <vitrine/client.h>

#include <cstdint>
#include <string>
#include <vector>

namespace vitrine::test {

inline ui_cell_t make_cell(char c, unsigned attrs = 0)
{
    return {static_cast<std::uint32_t>(c), 0, 0, static_cast<std::uint16_t>(attrs), 1, 0};
}

// One cell a character; "W>" is a wide character with its right half.
inline std::vector<ui_cell_t> cells(const std::string &text, unsigned attrs = 0)
{
    std::vector<ui_cell_t> row;
    for (const char c : text) {
        row.push_back(make_cell(c, attrs));
        if (c != '>' || row.size() < 2)
            continue;
        row.back().codepoint = 0;
        row.back().width = 0;
        row[row.size() - 2].width = 2;
    }
    return row;
}

inline vitrine_row_t row_of(const std::vector<ui_cell_t> &cells, std::uint64_t generation,
                            const std::vector<std::uint32_t> &extras = {})
{
    return {cells.data(),
            extras.data(),
            generation,
            static_cast<std::uint32_t>(extras.size()),
            static_cast<std::uint16_t>(cells.size()),
            0};
}

} // namespace vitrine::test
