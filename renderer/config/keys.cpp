#include "config/keys.h"

#include <array>
#include <type_traits>

namespace vitrine {

namespace {

using namespace std::string_view_literals;

// A member of the settings or of the font's part of them.
template <auto Pointer>
auto &reach(auto &settings)
{
    if constexpr (requires { settings.*Pointer; })
        return settings.*Pointer;
    else
        return settings.font.*Pointer;
}

template <auto Pointer>
using Reached = std::remove_reference_t<decltype(reach<Pointer>(std::declval<Settings &>()))>;

template <auto Pointer>
constexpr Member<Reached<Pointer>> member = {
    [](Settings &settings) -> Reached<Pointer> & { return reach<Pointer>(settings); },
    [](const Settings &settings) -> const Reached<Pointer> & { return reach<Pointer>(settings); },
};

// The words of an enum, in the order of its values.
template <auto Pointer>
constexpr ChoiceKind choice(std::span<const std::string_view> words)
{
    return {words,
            [](Settings &settings, std::size_t index) {
                reach<Pointer>(settings) = static_cast<Reached<Pointer>>(index);
            },
            [](const Settings &settings) {
                return static_cast<std::size_t>(reach<Pointer>(settings));
            }};
}

constexpr std::array appearance_words = {"dark"sv, "light"sv};
constexpr std::array blink_words = {"program"sv, "always"sv, "never"sv};

// Keys of one table stand together, a palette at the end of its table.
constexpr std::array all_keys = {
    Key{"theme", "--theme", ThemeKind{member<&Settings::theme>, true},
        "The colours. With \"auto\", theme-dark or theme-light, as appearance says."},
    Key{"appearance", "--appearance", choice<&Settings::appearance>(appearance_words),
        "Which of both themes is in use."},
    Key{"theme-dark", "--theme-dark", ThemeKind{member<&Settings::theme_dark>, false},
        "The theme of the dark appearance."},
    Key{"theme-light", "--theme-light", ThemeKind{member<&Settings::theme_light>, false},
        "The theme of the light appearance."},

    Key{"font.family", "--font", TextKind{member<&FontOptions::family>},
        "The font, by its fontconfig name. What it lacks is taken from other fonts."},
    Key{"font.size", "--font-size",
        DecimalKind{member<&FontOptions::points>, smallest_font, largest_font},
        "The size of the font in points. It follows the scale of the display."},

    Key{"colours.foreground", "--colours-foreground", ColourKind{member<&Settings::foreground>},
        "The colour of text."},
    Key{"colours.background", "--colours-background", ColourKind{member<&Settings::background>},
        "The colour behind it, and around the cells."},
    Key{"colours.cursor", "--colours-cursor", ColourKind{member<&Settings::cursor>},
        "The colour of the cursor, if tmux and the program do not say."},
    Key{"colours.palette", "--colours-palette", PaletteKind{member<&Settings::palette>},
        "Colours by number, in place of the theme's."},

    Key{"window.columns", "--window-columns", WholeKind{member<&Settings::columns>, 1, 1000},
        "The width of the window at first, in cells."},
    Key{"window.rows", "--window-rows", WholeKind{member<&Settings::rows>, 1, 1000},
        "The height of the window at first, in cells."},
    Key{"window.padding", "--window-padding", WholeKind{member<&Settings::padding>, 0, 200},
        "What is left free around the cells, in pixels of a display without scale."},
    Key{"window.opacity", "--window-opacity", DecimalKind{member<&Settings::opacity>, 0.1, 1},
        "How opaque the window is. Needs X11 with a compositor."},
    Key{"window.class", "--window-class", TextKind{member<&Settings::window_class>},
        "The X11 class and instance, or Wayland's app-id, of windows opened from then on."},
    Key{"window.full-screen", "--window-full-screen", SwitchKind{member<&Settings::full_screen>},
        "Whether the window fills the screen at first."},

    Key{"cursor.blink", "--cursor-blink", choice<&Settings::cursor_blink>(blink_words),
        "Whether the cursor blinks. With \"program\", as tmux and the program say."},
    Key{"bell.visual", "--bell-visual", SwitchKind{member<&Settings::visual_bell>},
        "Whether a bell lights up the window for a moment."},
    Key{"bell.urgent", "--bell-urgent", SwitchKind{member<&Settings::urgent_bell>},
        "Whether a bell in a window without focus asks for attention."},
    Key{"keys.zoom", "--keys-zoom", SwitchKind{member<&Settings::zoom_keys>},
        "Whether Ctrl with +, -, 0 and the wheel changes the font's size. If not, tmux gets them."},
    Key{"keys.full-screen", "--keys-full-screen", SwitchKind{member<&Settings::full_screen_key>},
        "Whether F11 switches full screen. If not, tmux gets it."},
};

} // namespace

std::span<const Key> keys() { return all_keys; }

const Key *find_key(std::string_view name)
{
    for (const Key &key : all_keys) {
        if (key.name == name)
            return &key;
    }
    return nullptr;
}

const Key *find_flag(std::string_view flag)
{
    for (const Key &key : all_keys) {
        if (key.flag == flag)
            return &key;
    }
    return nullptr;
}

bool is_table(std::string_view name)
{
    for (const Key &key : all_keys) {
        if (key.name.size() > name.size() && key.name.starts_with(name) &&
            key.name[name.size()] == '.')
            return true;
    }
    return false;
}

} // namespace vitrine
