// What `vitrine top` shows, as lines of text.
#pragma once

#include "report/inquiry.h"

#include <string>
#include <vector>

namespace vitrine {

// What there is to show. The window that is watched is in answers.after.
struct TopView {
    Answers answers;
    ui_drawing_t begin = {}; // what the window had drawn when it was first looked at
    std::uint32_t client = 0;
    std::string notice; // in place of the help, "" for none
};

enum class LineKind { plain, title, heading, notice };

struct TopLine {
    std::string text;
    LineKind kind = LineKind::plain;
    // Where there is no room for all lines the least important ones are left out.
    int importance = 0;
};

// No more lines than rows; those that are longer than columns are to be cut off.
std::vector<TopLine> top_lines(const TopView &view, int columns, int rows);

} // namespace vitrine
