// What `tmux capture-pane -e -p -N` prints, and whether a screen shows the same.
//
// The text is not quite a grid: it has no padding of wide characters, no width of a tab, and in
// 3.3a nothing of the blanks that end a line. So a line is a list of tokens and comparing is a
// search for a way to lay them out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "screen.h"

namespace vitrine::test {

struct Token {
    std::u32string text;
    Style style;
    int width = 1;
    bool tab = false;
};

using Line = std::vector<Token>;

// The colours that cells of a pane have where the program gave none (window-style).
struct Defaults {
    uint32_t fg = UI_COLOUR_DEFAULT;
    uint32_t bg = UI_COLOUR_DEFAULT;
};

struct CompareOptions {
    Defaults defaults = {};
    // What does not show is not compared: the foreground of a blank.
    bool visible_only = false;
    // Something covers the screen and may cut wide characters in half: the colours of the blank
    // that is left of one are free.
    bool covered = false;
    // The pane's width has changed, which parts wide characters from their padding.
    bool reflowed = false;
};

// Columns that tmux gives a character of those that tests use: 0, 1 or 2.
int character_width(char32_t character);

std::vector<Line> parse_capture(std::string_view text);

// "" if the screen shows the captured lines, else where and how it differs.
std::string compare(const std::vector<Line> &captured, const Screen &screen,
                    const CompareOptions &options = {});

} // namespace vitrine::test
