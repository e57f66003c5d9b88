// From tmux's colours to UI_COLOUR_*.
//
// tmux resolves colours when it draws: a default becomes the pane's own, then the pane's palette
// may replace it, brightening bold basic colours on the way. Doing so per cell would be most of
// the cost of decoding, so it is done once per pane, for all values a plain cell can hold.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "vitrine/memory.hpp"

namespace vitrine {

constexpr int32_t kTmuxDefault = 8;
constexpr int32_t kTmux256 = 0x01000000;
constexpr int32_t kTmuxRgb = 0x02000000;
constexpr int32_t kTmuxTheme = 0x04000000;

// A colour of tmux's that nothing replaces any more.
constexpr uint32_t colour_of(int32_t colour) noexcept
{
    if (colour < 0)
        return UI_COLOUR_DEFAULT;
    if (colour & kTmuxRgb)
        return UI_COLOUR_RGB | (static_cast<uint32_t>(colour) & 0xffffff);
    if (colour & kTmux256)
        return UI_COLOUR_PALETTE | (static_cast<uint32_t>(colour) & 0xff);
    if (colour < 8)
        return UI_COLOUR_PALETTE | static_cast<uint32_t>(colour);
    if (colour >= 90 && colour <= 97)
        return UI_COLOUR_PALETTE | static_cast<uint32_t>(colour - 90 + 8);
    return UI_COLOUR_DEFAULT;
}

// What a pane does to colours; null parts do nothing.
struct PaneColours {
    int32_t fg = kTmuxDefault;
    int32_t bg = kTmuxDefault;
    const int32_t *palette = nullptr;
    const int32_t *default_palette = nullptr;
    const int32_t *theme = nullptr;

    static PaneColours of(const ui_pane_t &pane) noexcept;
    // Without what is the pane's own.
    PaneColours bare() const noexcept
    {
        return {kTmuxDefault, kTmuxDefault, nullptr, nullptr, theme};
    }
    bool plain() const noexcept
    {
        return fg == kTmuxDefault && bg == kTmuxDefault && palette == nullptr &&
               default_palette == nullptr && theme == nullptr;
    }
    uint32_t resolve_fg(int32_t colour, bool bold) const noexcept;
    uint32_t resolve_bg(int32_t colour) const noexcept;
    uint32_t resolve_underline(int32_t colour) const noexcept;

private:
    int32_t lookup(int32_t colour) const noexcept;
    uint32_t finish(int32_t colour) const noexcept;
};

// Resolved colours by byte, +256 for a palette index, and +512 for a bold foreground.
struct ColourTable {
    std::array<uint32_t, 1024> fg;
    std::array<uint32_t, 512> bg;

    // Any colour of tmux's. What is neither basic, indexed nor RGB is rare; all else is looked
    // up and chosen without a branch.
    uint32_t foreground(int32_t colour, uint32_t bold, const PaneColours &pane) const noexcept
    {
        const uint32_t value = static_cast<uint32_t>(colour);
        if (value >> 24 > 2) [[unlikely]]
            return pane.resolve_fg(colour, bold != 0);
        const uint32_t found = fg[(value & 0xff) | (value >> 16 & 256) | bold << 9];
        return value >> 24 == 2 ? value : found;
    }
    uint32_t background(int32_t colour, const PaneColours &pane) const noexcept
    {
        const uint32_t value = static_cast<uint32_t>(colour);
        if (value >> 24 > 2) [[unlikely]]
            return pane.resolve_bg(colour);
        const uint32_t found = bg[(value & 0xff) | (value >> 16 & 256)];
        return value >> 24 == 2 ? value : found;
    }
};

// The table of a pane without colours of its own.
extern const ColourTable kPlainColours;

// Tables of the panes seen last. Palettes are compared by content: tmux changes them in place.
class ColourTables {
public:
    // Valid until the next call.
    const ColourTable &find(const PaneColours &pane) noexcept;
    size_t memory() const noexcept;

private:
    struct Entry : Counted<UI_MEMORY_DECODER> {
        PaneColours key; // its pointers say what is there, the copies what it was
        std::array<int32_t, 256> palette;
        std::array<int32_t, 256> default_palette;
        std::array<int32_t, 12> theme;
        ColourTable table;

        bool matches(const PaneColours &pane) const noexcept;
        void fill(const PaneColours &pane) noexcept;
    };

    std::array<std::unique_ptr<Entry>, 4> entries_;
    unsigned last_ = 0;
    Entry *spare() noexcept;
};

} // namespace vitrine
