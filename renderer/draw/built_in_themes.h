// The themes that come with the program, by name.
#pragma once

#include "draw/theme.h"

#include <span>
#include <string_view>

namespace vitrine {

struct NamedTheme {
    std::string_view name;
    Rgb foreground;
    Rgb background;
    Rgb cursor;
    std::array<Rgb, 16> named; // the first of the palette
};

// The default one first.
std::span<const NamedTheme> built_in_themes();
// nullptr if there is none of that name.
const NamedTheme *find_theme(std::string_view name);

// With the rest of the palette as xterm has it.
Theme make_theme(const NamedTheme &named);

} // namespace vitrine
