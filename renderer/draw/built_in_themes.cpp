#include "draw/built_in_themes.h"

#include <algorithm>

namespace vitrine {

namespace {

// Each: name, foreground, background, cursor; then black, red, green, yellow,
// blue, magenta, cyan, white, and the same bright. What has a well-known name
// is as its authors published it.
constexpr std::array themes = {
    // xterm's, but for the blues, which nobody can read on a dark background.
    NamedTheme{"vitrine",
               0xd8dbe2,
               0x15171c,
               0xd8dbe2,
               {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x3d7eff, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
                0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x78a9ff, 0xff00ff, 0x00ffff, 0xffffff}},
    NamedTheme{"vitrine-light",
               0x24272e,
               0xfafaf7,
               0x24272e,
               {0x24272e, 0xb3191f, 0x2b7a1f, 0x8a6100, 0x1f57c3, 0x97209a, 0x0b7a83, 0xd5d7dc,
                0x6a6e78, 0xd8363b, 0x3c9a2e, 0xa97a00, 0x3f78e8, 0xb843bb, 0x16969f, 0xfafaf7}},
    NamedTheme{"catppuccin-latte",
               0x4c4f69,
               0xeff1f5,
               0xdc8a78,
               {0x5c5f77, 0xd20f39, 0x40a02b, 0xdf8e1d, 0x1e66f5, 0xea76cb, 0x179299, 0xacb0be,
                0x6c6f85, 0xd20f39, 0x40a02b, 0xdf8e1d, 0x1e66f5, 0xea76cb, 0x179299, 0xbcc0cc}},
    NamedTheme{"catppuccin-mocha",
               0xcdd6f4,
               0x1e1e2e,
               0xf5e0dc,
               {0x45475a, 0xf38ba8, 0xa6e3a1, 0xf9e2af, 0x89b4fa, 0xf5c2e7, 0x94e2d5, 0xbac2de,
                0x585b70, 0xf38ba8, 0xa6e3a1, 0xf9e2af, 0x89b4fa, 0xf5c2e7, 0x94e2d5, 0xa6adc8}},
    NamedTheme{"dracula",
               0xf8f8f2,
               0x282a36,
               0xf8f8f2,
               {0x21222c, 0xff5555, 0x50fa7b, 0xf1fa8c, 0xbd93f9, 0xff79c6, 0x8be9fd, 0xf8f8f2,
                0x6272a4, 0xff6e6e, 0x69ff94, 0xffffa5, 0xd6acff, 0xff92df, 0xa4ffff, 0xffffff}},
    NamedTheme{"gruvbox-dark",
               0xebdbb2,
               0x282828,
               0xebdbb2,
               {0x282828, 0xcc241d, 0x98971a, 0xd79921, 0x458588, 0xb16286, 0x689d6a, 0xa89984,
                0x928374, 0xfb4934, 0xb8bb26, 0xfabd2f, 0x83a598, 0xd3869b, 0x8ec07c, 0xebdbb2}},
    NamedTheme{"gruvbox-light",
               0x3c3836,
               0xfbf1c7,
               0x3c3836,
               {0xfbf1c7, 0xcc241d, 0x98971a, 0xd79921, 0x458588, 0xb16286, 0x689d6a, 0x7c6f64,
                0x928374, 0x9d0006, 0x79740e, 0xb57614, 0x076678, 0x8f3f71, 0x427b58, 0x3c3836}},
    NamedTheme{"nord",
               0xd8dee9,
               0x2e3440,
               0xd8dee9,
               {0x3b4252, 0xbf616a, 0xa3be8c, 0xebcb8b, 0x81a1c1, 0xb48ead, 0x88c0d0, 0xe5e9f0,
                0x4c566a, 0xbf616a, 0xa3be8c, 0xebcb8b, 0x81a1c1, 0xb48ead, 0x8fbcbb, 0xeceff4}},
    NamedTheme{"one-dark",
               0xabb2bf,
               0x282c34,
               0x528bff,
               {0x1e2127, 0xe06c75, 0x98c379, 0xd19a66, 0x61afef, 0xc678dd, 0x56b6c2, 0xabb2bf,
                0x5c6370, 0xe06c75, 0x98c379, 0xd19a66, 0x61afef, 0xc678dd, 0x56b6c2, 0xffffff}},
    NamedTheme{"one-light",
               0x383a42,
               0xfafafa,
               0x526fff,
               {0x383a42, 0xe45649, 0x50a14f, 0xc18401, 0x4078f2, 0xa626a4, 0x0184bc, 0xa0a1a7,
                0x696c77, 0xe45649, 0x50a14f, 0xc18401, 0x4078f2, 0xa626a4, 0x0184bc, 0xfafafa}},
    NamedTheme{"rose-pine",
               0xe0def4,
               0x191724,
               0xe0def4,
               {0x26233a, 0xeb6f92, 0x31748f, 0xf6c177, 0x9ccfd8, 0xc4a7e7, 0xebbcba, 0xe0def4,
                0x6e6a86, 0xeb6f92, 0x31748f, 0xf6c177, 0x9ccfd8, 0xc4a7e7, 0xebbcba, 0xe0def4}},
    NamedTheme{"rose-pine-dawn",
               0x575279,
               0xfaf4ed,
               0x575279,
               {0xf2e9e1, 0xb4637a, 0x286983, 0xea9d34, 0x56949f, 0x907aa9, 0xd7827e, 0x575279,
                0x9893a5, 0xb4637a, 0x286983, 0xea9d34, 0x56949f, 0x907aa9, 0xd7827e, 0x575279}},
    NamedTheme{"solarized-dark",
               0x839496,
               0x002b36,
               0x839496,
               {0x073642, 0xdc322f, 0x859900, 0xb58900, 0x268bd2, 0xd33682, 0x2aa198, 0xeee8d5,
                0x002b36, 0xcb4b16, 0x586e75, 0x657b83, 0x839496, 0x6c71c4, 0x93a1a1, 0xfdf6e3}},
    NamedTheme{"solarized-light",
               0x657b83,
               0xfdf6e3,
               0x657b83,
               {0x073642, 0xdc322f, 0x859900, 0xb58900, 0x268bd2, 0xd33682, 0x2aa198, 0xeee8d5,
                0x002b36, 0xcb4b16, 0x586e75, 0x657b83, 0x839496, 0x6c71c4, 0x93a1a1, 0xfdf6e3}},
    NamedTheme{"tango-dark",
               0xd3d7cf,
               0x2e3436,
               0xd3d7cf,
               {0x2e3436, 0xcc0000, 0x4e9a06, 0xc4a000, 0x3465a4, 0x75507b, 0x06989a, 0xd3d7cf,
                0x555753, 0xef2929, 0x8ae234, 0xfce94f, 0x729fcf, 0xad7fa8, 0x34e2e2, 0xeeeeec}},
    NamedTheme{"tango-light",
               0x2e3436,
               0xeeeeec,
               0x2e3436,
               {0x2e3436, 0xcc0000, 0x4e9a06, 0xc4a000, 0x3465a4, 0x75507b, 0x06989a, 0xd3d7cf,
                0x555753, 0xef2929, 0x8ae234, 0xfce94f, 0x729fcf, 0xad7fa8, 0x34e2e2, 0xeeeeec}},
    NamedTheme{"tokyo-night",
               0xa9b1d6,
               0x1a1b26,
               0xc0caf5,
               {0x32344a, 0xf7768e, 0x9ece6a, 0xe0af68, 0x7aa2f7, 0xad8ee6, 0x449dab, 0x787c99,
                0x444b6a, 0xff7a93, 0xb9f27c, 0xff9e64, 0x7da6ff, 0xbb9af7, 0x0db9d7, 0xacb0d0}},
};

constexpr Rgb cube_level(unsigned level) { return level == 0 ? 0 : 55 + 40 * level; }

// Past the named ones: the 6x6x6 cube, then 24 greys.
constexpr Rgb palette_colour(unsigned index)
{
    if (index < 232) {
        const unsigned cube = index - 16;
        return cube_level(cube / 36) << 16 | cube_level(cube / 6 % 6) << 8 | cube_level(cube % 6);
    }
    return (8 + 10 * (index - 232)) * 0x010101;
}

} // namespace

std::span<const NamedTheme> built_in_themes() { return themes; }

const NamedTheme *find_theme(std::string_view name)
{
    const auto found = std::find_if(themes.begin(), themes.end(),
                                    [name](const NamedTheme &theme) { return theme.name == name; });
    return found != themes.end() ? &*found : nullptr;
}

Theme make_theme(const NamedTheme &named)
{
    Theme theme = {named.foreground, named.background, named.cursor, {}};
    std::copy(named.named.begin(), named.named.end(), theme.palette.begin());
    for (unsigned i = named.named.size(); i < theme.palette.size(); i++)
        theme.palette[i] = palette_colour(i);
    return theme;
}

Theme default_theme() { return make_theme(themes.front()); }

} // namespace vitrine
