#include "config/settings.h"

#include "draw/built_in_themes.h"

namespace vitrine {

const std::string &theme_name(const Settings &settings)
{
    if (settings.theme != theme_by_appearance)
        return settings.theme;
    return settings.appearance == Appearance::dark ? settings.theme_dark : settings.theme_light;
}

Theme theme_of(const Settings &settings)
{
    const NamedTheme *named = find_theme(theme_name(settings));
    Theme theme = named != nullptr ? make_theme(*named) : default_theme();
    theme.foreground = settings.foreground.value_or(theme.foreground);
    theme.background = settings.background.value_or(theme.background);
    theme.cursor = settings.cursor.value_or(theme.cursor);
    for (const auto &[index, colour] : settings.palette)
        theme.palette[static_cast<std::size_t>(index)] = colour;
    theme.bold_is_bright = settings.bold_is_bright;
    theme.minimum_contrast = settings.minimum_contrast;
    theme.inactive_text = settings.inactive_text;
    theme.cursor_look = settings.cursor_look;
    return theme;
}

} // namespace vitrine
