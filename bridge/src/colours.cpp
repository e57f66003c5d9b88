#include "colours.h"

#include <cstring>

#include "error.h"

namespace vitrine {
namespace {

constexpr int32_t table_colour(unsigned index) noexcept
{
    return static_cast<int32_t>(index & 0xff) | (index & 256 ? kTmux256 : 0);
}

constexpr ColourTable make_plain_colours() noexcept
{
    ColourTable table{};
    for (unsigned i = 0; i < table.fg.size(); ++i)
        table.fg[i] = colour_of(table_colour(i));
    for (unsigned i = 0; i < table.bg.size(); ++i)
        table.bg[i] = colour_of(table_colour(i));
    return table;
}

template <size_t Count>
bool same(const int32_t *a, const std::array<int32_t, Count> &b) noexcept
{
    return a == nullptr || std::memcmp(a, b.data(), sizeof b) == 0;
}

template <size_t Count>
void copy(std::array<int32_t, Count> &to, const int32_t *from) noexcept
{
    if (from != nullptr)
        std::memcpy(to.data(), from, sizeof to);
}

} // namespace

constexpr ColourTable kPlainColours = make_plain_colours();

PaneColours PaneColours::of(const ui_pane_t &pane) noexcept
{
    const bool themed = pane.style != nullptr && (pane.style->flags & UI_STYLE_THEME) != 0;
    return {pane.default_fg, pane.default_bg, pane.palette, pane.default_palette,
            themed ? pane.style->theme : nullptr};
}

// tmux's colour_palette_get(): the palette's colour instead of one of 256, or -1.
int32_t PaneColours::lookup(int32_t colour) const noexcept
{
    int32_t index = colour;
    if (colour >= 90 && colour <= 97)
        index = colour - 90 + 8;
    else if (colour < 0 || (colour & (kTmuxRgb | kTmuxTheme)))
        return -1;
    else if (colour & kTmux256)
        index = colour & 0xff;
    else if (colour >= 8)
        return -1;
    if (palette != nullptr && palette[index] != -1)
        return palette[index];
    return default_palette != nullptr ? default_palette[index] : -1;
}

uint32_t PaneColours::finish(int32_t colour) const noexcept
{
    if (colour >= 0 && (colour & kTmuxTheme)) {
        const uint32_t index = static_cast<uint32_t>(colour) & 0xff;
        colour = theme != nullptr && index < 12 ? theme[index] : kTmuxDefault;
    }
    return colour_of(colour);
}

uint32_t PaneColours::resolve_fg(int32_t colour, bool bold) const noexcept
{
    if (colour == kTmuxDefault)
        colour = fg;
    const bool brightens = bold && colour >= 0 && colour < 8;
    const int32_t found = lookup(brightens ? colour + 90 : colour);
    return finish(found != -1 ? found : colour);
}

uint32_t PaneColours::resolve_bg(int32_t colour) const noexcept
{
    if (colour == kTmuxDefault)
        colour = bg;
    const int32_t found = lookup(colour);
    return finish(found != -1 ? found : colour);
}

uint32_t PaneColours::resolve_underline(int32_t colour) const noexcept
{
    const int32_t found = lookup(colour);
    return finish(found != -1 ? found : colour);
}

bool ColourTables::Entry::matches(const PaneColours &pane) const noexcept
{
    return key.fg == pane.fg && key.bg == pane.bg &&
           (key.palette == nullptr) == (pane.palette == nullptr) &&
           (key.default_palette == nullptr) == (pane.default_palette == nullptr) &&
           (key.theme == nullptr) == (pane.theme == nullptr) && same(pane.palette, palette) &&
           same(pane.default_palette, default_palette) && same(pane.theme, theme);
}

void ColourTables::Entry::fill(const PaneColours &pane) noexcept
{
    key = pane;
    copy(palette, pane.palette);
    copy(default_palette, pane.default_palette);
    copy(theme, pane.theme);
    for (unsigned i = 0; i < table.fg.size(); ++i)
        table.fg[i] = pane.resolve_fg(table_colour(i), i >= 512);
    for (unsigned i = 0; i < table.bg.size(); ++i)
        table.bg[i] = pane.resolve_bg(table_colour(i));
}

ColourTables::Entry *ColourTables::spare() noexcept
{
    for (unsigned i = 0; i < entries_.size(); ++i) {
        last_ = (last_ + 1) % entries_.size();
        if (!entries_[last_])
            entries_[last_] = try_make_cache<Entry>();
        if (entries_[last_])
            return entries_[last_].get();
    }
    return nullptr;
}

const ColourTable &ColourTables::find(const PaneColours &pane) noexcept
{
    if (pane.plain())
        return kPlainColours;
    for (unsigned i = 0; i < entries_.size(); ++i) {
        const unsigned at = (last_ + i) % entries_.size();
        if (entries_[at] && entries_[at]->matches(pane)) {
            last_ = at;
            return entries_[at]->table;
        }
    }
    Entry *entry = spare();
    // Without memory the pane is drawn without colours of its own.
    if (entry == nullptr)
        return kPlainColours;
    entry->fill(pane);
    return entry->table;
}

size_t ColourTables::memory() const noexcept
{
    size_t bytes = 0;
    for (const std::unique_ptr<Entry> &entry : entries_)
        bytes += entry ? sizeof(Entry) : 0;
    return bytes;
}

} // namespace vitrine
