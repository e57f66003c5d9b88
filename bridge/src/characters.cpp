#include "characters.h"

#include <algorithm>
#include <iterator>

#include "error.h"

namespace vitrine {
namespace {

struct LineDrawing {
    uint8_t byte;
    uint16_t codepoint;
};

// DEC's special graphics, and the arrows and block that terminfo adds.
constexpr LineDrawing kLineDrawing[] = {
    {'+', 0x2192}, {',', 0x2190}, {'-', 0x2191}, {'.', 0x2193}, {'0', 0x25ae}, {'`', 0x25c6},
    {'a', 0x2592}, {'b', 0x2409}, {'c', 0x240c}, {'d', 0x240d}, {'e', 0x240a}, {'f', 0x00b0},
    {'g', 0x00b1}, {'h', 0x2424}, {'i', 0x240b}, {'j', 0x2518}, {'k', 0x2510}, {'l', 0x250c},
    {'m', 0x2514}, {'n', 0x253c}, {'o', 0x23ba}, {'p', 0x23bb}, {'q', 0x2500}, {'r', 0x23bc},
    {'s', 0x23bd}, {'t', 0x251c}, {'u', 0x2524}, {'v', 0x2534}, {'w', 0x252c}, {'x', 0x2502},
    {'y', 0x2264}, {'z', 0x2265}, {'{', 0x03c0}, {'|', 0x2260}, {'}', 0x00a3}, {'~', 0x00b7},
};

constexpr std::array<uint16_t, 256> make_line_drawing_table() noexcept
{
    std::array<uint16_t, 256> table{};
    for (unsigned i = 0; i < table.size(); ++i)
        table[i] = kAscii[i];
    for (const LineDrawing &entry : kLineDrawing)
        table[entry.byte] = entry.codepoint;
    return table;
}

constexpr std::array<uint16_t, 256> kLineDrawingTable = make_line_drawing_table();

Character from_text(const uint8_t *text, size_t length) noexcept
{
    Character character;
    uint32_t count = 0;
    for (size_t at = 0; at < length && count < std::size(character.codepoints);) {
        const Utf8Step step = utf8_step(text + at, length - at);
        at += step.length;
        // tmux lets a control character of no width combine with the letter before it.
        if (count == 0 || !is_control(step.codepoint))
            character.codepoints[count++] = printable(step.codepoint);
    }
    character.count = std::max(count, 1u);
    return character;
}

} // namespace

uint32_t line_drawing(uint8_t byte) noexcept { return kLineDrawingTable[byte]; }

const Character &Characters::unpack_anew(uint32_t packed) noexcept
{
    const uint32_t size = packed >> 24 & 0x1f;
    if (size <= 3) {
        const uint8_t text[] = {static_cast<uint8_t>(packed), static_cast<uint8_t>(packed >> 8),
                                static_cast<uint8_t>(packed >> 16)};
        single_ = {0, from_text(text, size)};
        return single_.character;
    }
    if (!cache_) [[unlikely]]
        cache_ = try_make_cache<Cache>();
    Entry &entry = cache_ ? cache_->at(packed) : single_;
    uint8_t text[32];
    const size_t length = text_ != nullptr ? std::min(text_(packed, text), sizeof text) : 0;
    entry = {packed, length != 0 ? from_text(text, length) : Character{1, {kReplacement}}};
    return entry.character;
}

} // namespace vitrine
