#include "config/keys.h"

#include "input/shortcuts.h"

#include <vitrine/memory.h>

#include <array>
#include <cstdio>
#include <type_traits>

namespace vitrine {

namespace {

using namespace std::string_view_literals;

// A member of the settings, or of the font's, the cursor's or the cells' part of them.
template <auto Pointer>
auto &reach(auto &settings)
{
    if constexpr (requires { settings.*Pointer; })
        return settings.*Pointer;
    else if constexpr (requires { settings.font.*Pointer; })
        return settings.font.*Pointer;
    else if constexpr (requires { settings.cursor_look.*Pointer; })
        return settings.cursor_look.*Pointer;
    else
        return settings.font.cell.*Pointer;
}

template <auto Pointer>
using Reached = std::remove_reference_t<decltype(reach<Pointer>(std::declval<Settings &>()))>;

template <auto Pointer>
constexpr Member<Reached<Pointer>> member = {
    [](Settings &settings) -> Reached<Pointer> & { return reach<Pointer>(settings); },
    [](const Settings &settings) -> const Reached<Pointer> & { return reach<Pointer>(settings); },
};

std::string show_codepoint(char32_t codepoint)
{
    std::array<char, 12> text{};
    std::snprintf(text.data(), text.size(), "U+%04X", static_cast<unsigned>(codepoint));
    return text.data();
}

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

// Texts that are kept as they stand.
template <auto Pointer, auto Check>
constexpr ListKind checked_list(std::string_view example)
{
    return {[](Settings &settings, const std::vector<std::string> &texts) {
                for (const std::string &text : texts) {
                    if (!Check(text))
                        return false;
                }
                reach<Pointer>(settings) = texts;
                return true;
            },
            [](const Settings &settings) { return reach<Pointer>(settings); }, example};
}

bool set_symbol_maps(Settings &settings, const std::vector<std::string> &texts)
{
    std::vector<SymbolMap> maps;
    for (const std::string &text : texts) {
        auto map = parse_symbol_map(text);
        if (!map)
            return false;
        maps.push_back(map.take());
    }
    settings.font.symbol_maps = std::move(maps);
    return true;
}

std::vector<std::string> get_symbol_maps(const Settings &settings)
{
    std::vector<std::string> texts;
    for (const SymbolMap &map : settings.font.symbol_maps)
        texts.push_back(show_codepoint(map.first) + "-" + show_codepoint(map.last) + "=" +
                        map.family);
    return texts;
}

bool is_key(const std::string &name) { return parse_key(name).has_value(); }

constexpr std::array ligatures_words = {"on"sv, "off"sv};
constexpr std::array hinting_words = {"slight"sv, "none"sv, "full"sv};
constexpr std::array antialias_words = {"grey"sv, "lcd-rgb"sv, "lcd-bgr"sv, "none"sv};
constexpr std::array blending_words = {"plain"sv, "linear"sv};
constexpr std::array appearance_words = {"dark"sv, "light"sv};
constexpr std::array shape_words = {"block"sv, "underline"sv, "bar"sv};
constexpr std::array unfocused_words = {"hollow"sv, "unchanged"sv, "hidden"sv};
constexpr std::array blink_words = {"program"sv, "always"sv, "never"sv};

constexpr int most_mebibytes = 65536;
// What a window's own process holds something of.
constexpr std::array<std::uint32_t, 10> window_tags = {
    UI_MEMORY_POOL,  UI_MEMORY_STREAM, UI_MEMORY_CONNECTION, UI_MEMORY_TEXT,  UI_MEMORY_SCREEN,
    UI_MEMORY_SCENE, UI_MEMORY_SHAPES, UI_MEMORY_ATLAS,      UI_MEMORY_FONTS, UI_MEMORY_PIXELS};

// Keys of one table stand together, what is a table itself at the end of its table.
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

    Key{"font.bold-family", "--font-bold-family", TextKind{member<&FontOptions::bold_family>, true},
        "The font of bold text, \"\" for the family's own."},
    Key{"font.italic-family", "--font-italic-family",
        TextKind{member<&FontOptions::italic_family>, true},
        "The font of italic text, \"\" for the family's own."},
    Key{"font.bold-italic-family", "--font-bold-italic-family",
        TextKind{member<&FontOptions::bold_italic_family>, true},
        "The font of text that is both, \"\" for the family's own."},
    Key{"font.symbol-maps", "--font-symbol-maps",
        ListKind{set_symbol_maps, get_symbol_maps, "U+E000-U+F8FF=Symbols Nerd Font"},
        "Characters that are taken from another font, whatever the family has."},
    Key{"font.features", "--font-features",
        checked_list<&FontOptions::features, check_feature>("calt=0"),
        "OpenType features of the family that are switched on or off."},
    Key{"font.axes", "--font-axes", checked_list<&FontOptions::axes, check_axis>("wght=450"),
        "Places on the axes of a variable font."},
    Key{"font.ligatures", "--font-ligatures", choice<&FontOptions::ligatures>(ligatures_words),
        "Whether letters join as the font says, but where the cursor is."},
    Key{"font.hinting", "--font-hinting", choice<&FontOptions::hinting>(hinting_words),
        "How far letters are fitted to the pixels."},
    Key{"font.antialias", "--font-antialias", choice<&FontOptions::antialias>(antialias_words),
        "What the edges of letters are drawn with."},
    Key{"font.blending", "--font-blending", choice<&FontOptions::blending>(blending_words),
        "Whether edges are mixed as numbers or as light."},
    Key{"font.cell-width", "--font-cell-width", AdjustmentKind{member<&CellAdjustments::width>},
        "What is added to the width of cells."},
    Key{"font.cell-height", "--font-cell-height", AdjustmentKind{member<&CellAdjustments::height>},
        "What is added to the height of cells."},
    Key{"font.baseline", "--font-baseline", AdjustmentKind{member<&CellAdjustments::baseline>},
        "How much further down text stands in its cell."},

    Key{"colours.foreground", "--colours-foreground", ColourKind{member<&Settings::foreground>},
        "The colour of text."},
    Key{"colours.background", "--colours-background", ColourKind{member<&Settings::background>},
        "The colour behind it, and around the cells."},
    Key{"colours.cursor", "--colours-cursor", ColourKind{member<&Settings::cursor>},
        "The colour of the cursor, if tmux and the program do not say."},
    Key{"colours.bold-is-bright", "--colours-bold-is-bright",
        SwitchKind{member<&Settings::bold_is_bright>},
        "Whether bold text in one of the first eight colours has one of the next eight."},
    Key{"colours.minimum-contrast", "--colours-minimum-contrast",
        DecimalKind{member<&Settings::minimum_contrast>, 1, 21},
        "How far text stands out at least, by WCAG's ratio: 1 changes nothing, 4.5 is easily read."},
    Key{"colours.inactive-text", "--colours-inactive-text",
        DecimalKind{member<&Settings::inactive_text>, 0.1, 1},
        "How strong text is in panes that are not the active one."},
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

    Key{"cursor.shape", "--cursor-shape", choice<&CursorLook::shape>(shape_words),
        "The shape of the cursor, if tmux and the program do not say."},
    Key{"cursor.thickness", "--cursor-thickness",
        DecimalKind{member<&CursorLook::thickness>, 0.02, 1},
        "How thick a bar or an underline is, in widths of a cell."},
    Key{"cursor.unfocused", "--cursor-unfocused", choice<&CursorLook::unfocused>(unfocused_words),
        "The cursor of a window without focus."},
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
    Key{"keys.new-window", "--keys-new-window",
        TextKind{member<&Settings::new_window_key>, true, is_key, "C-S-n"},
        "The key that opens another window on the session, as tmux calls it; \"\" for none."},

    Key{"memory.limit", "--memory-limit",
        WholeKind{member<&Settings::memory_limit>, 0, most_mebibytes},
        "The most MiB that the window holds, 0 for as many as it takes."},
    Key{"memory.limits", "--memory-limits",
        LimitsKind{member<&Settings::memory_limits>, window_tags, most_mebibytes},
        "The same of what vitrine memory lists under a tag."},
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

bool has_lines(const Key &key)
{
    return std::holds_alternative<PaletteKind>(key.kind) ||
           std::holds_alternative<LimitsKind>(key.kind);
}

} // namespace vitrine
