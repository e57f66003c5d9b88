// All that a person can set, with its defaults. What the keys are called, what
// they may be and what they mean is in keys.cpp.
#pragma once

#include "draw/theme.h"
#include "text/font_set.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace vitrine {

enum class Appearance { dark, light };
// The program means what tmux and the program in the pane ask for.
enum class CursorBlink { program, always, never };

inline constexpr const char *theme_by_appearance = "auto";
inline constexpr double smallest_font = 4; // pt
inline constexpr double largest_font = 200;

struct Settings {
    std::string theme = theme_by_appearance;
    Appearance appearance = Appearance::dark;
    std::string theme_dark = "vitrine";
    std::string theme_light = "vitrine-light";

    // Its scale is the display's and no setting.
    FontOptions font;

    // What is not there is the theme's.
    std::optional<Rgb> foreground;
    std::optional<Rgb> background;
    std::optional<Rgb> cursor;
    std::map<int, Rgb> palette;
    bool bold_is_bright = false;
    double minimum_contrast = 1;
    double inactive_text = 1;

    int columns = 100; // cells of the window at first
    int rows = 30;
    int padding = 0; // px at a scale of 1
    double opacity = 1;
    std::string window_class = "vitrine";
    bool full_screen = false; // at first

    CursorLook cursor_look;
    CursorBlink cursor_blink = CursorBlink::program;
    bool visual_bell = true;
    bool urgent_bell = true;
    bool zoom_keys = true;
    bool full_screen_key = true;
    std::string new_window_key = "C-S-n"; // "" for none

    int memory_limit = 0; // MiB, 0 for none
    std::map<std::uint32_t, double> memory_limits; // the same by tag of vitrine/memory.h

    bool operator==(const Settings &) const = default;
};

// The colours that the settings come to.
Theme theme_of(const Settings &settings);
// The built-in theme that they begin from.
const std::string &theme_name(const Settings &settings);

} // namespace vitrine
