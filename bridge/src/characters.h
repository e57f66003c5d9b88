// From tmux's packed characters to codepoints.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "utf8.h"
#include "vitrine/memory.hpp"

namespace vitrine {

// What a packed character stands for: one codepoint or more. tmux's longest has 32 bytes, and
// what follows the first codepoint has two bytes at least.
struct Character {
    uint32_t count = 1;
    uint32_t codepoints[16] = {' '};

    uint32_t first() const noexcept { return codepoints[0]; }
    std::span<const uint32_t> rest() const noexcept { return {codepoints + 1, count - 1}; }
};

constexpr bool is_control(uint32_t codepoint) noexcept
{
    return codepoint < 0x20 || codepoint - 0x7f < 0x21;
}

// Codepoints as they may stand in a cell: control characters are not drawn.
constexpr uint32_t printable(uint32_t codepoint) noexcept
{
    return is_control(codepoint) ? kReplacement : codepoint;
}

constexpr std::array<uint8_t, 256> make_ascii_table() noexcept
{
    std::array<uint8_t, 256> table{};
    for (unsigned i = 0; i < table.size(); ++i)
        table[i] = i >= 0x20 && i < 0x7f ? static_cast<uint8_t>(i) : uint8_t{' '};
    return table;
}

// A plain cell's byte: itself, or a blank where nothing can be drawn.
inline constexpr std::array<uint8_t, 256> kAscii = make_ascii_table();

// The codepoint of a byte of the VT100's line drawing set.
uint32_t line_drawing(uint8_t byte) noexcept;

// The codepoint of characters of up to three bytes that are one well-formed sequence: nearly
// all. Zero for others, which Characters::unpack() takes apart.
constexpr uint32_t short_character(uint32_t packed) noexcept
{
    const uint32_t size = packed >> 24 & 0x1f;
    if (size == 1)
        return kAscii[packed & 0xff];
    if (size == 3 && (packed & 0xc0c0f0) == 0x8080e0) {
        const uint32_t codepoint =
            (packed & 0x0f) << 12 | (packed >> 8 & 0x3f) << 6 | (packed >> 16 & 0x3f);
        return codepoint >= 0x800 && codepoint - 0xd800 >= 0x800 ? codepoint : 0;
    }
    if (size == 2 && (packed & 0xc0e0) == 0x80c0) {
        const uint32_t codepoint = (packed & 0x1f) << 6 | (packed >> 8 & 0x3f);
        return codepoint >= 0xa0 ? codepoint : 0;
    }
    return 0;
}

// Unpacks any character. Those of more than three bytes live in a tree of tmux's; the newest
// are remembered here by their index, which tmux hands out in sequence.
class Characters {
public:
    explicit Characters(size_t (*text)(uint32_t, uint8_t[32])) noexcept : text_(text) {}

    // Borrowed until the next call.
    const Character &unpack(uint32_t packed) noexcept
    {
        if (cache_) [[likely]] {
            const Entry &entry = cache_->at(packed);
            if (entry.packed == packed)
                return entry.character;
        }
        return unpack_anew(packed);
    }
    size_t memory() const noexcept { return cache_ ? sizeof(Cache) : 0; }

private:
    struct Entry {
        uint32_t packed; // zero is an empty entry, and a blank too
        Character character;
    };
    struct Cache : Counted<UI_MEMORY_DECODER> {
        Entry &at(uint32_t packed) noexcept { return entries[packed % entries.size()]; }
        std::array<Entry, 128> entries{};
    };

    const Character &unpack_anew(uint32_t packed) noexcept;

    size_t (*text_)(uint32_t, uint8_t[32]);
    std::unique_ptr<Cache> cache_; // made with the first long character
    Entry single_{};               // stands in where there is no memory for it
};

} // namespace vitrine
