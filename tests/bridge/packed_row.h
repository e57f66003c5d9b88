// Rows of packed cells as tmux has them in memory, in either of its two layouts.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "vitrine/backend.h"

constexpr int32_t k256 = 0x01000000;
constexpr int32_t kRgb = 0x02000000;

// GRID_FLAG_*
constexpr uint8_t kFg256 = 0x1, kBg256 = 0x2, kPadding = 0x4, kExtended = 0x8, kSelected = 0x10,
                  kNoPalette = 0x20, kCleared = 0x40, kTab = 0x80;

enum class Packed { flags_last, flags_first }; // 3.5a and later; 3.3a

// tmux keeps characters of more than three bytes in a tree: here is one of a few.
struct LongCharacter {
    uint32_t index;
    const char *text;
};
inline constexpr LongCharacter kLong[] = {
    {1, "\xf0\x9f\x98\x80"},                             // U+1F600
    {2, "e\xcc\x81\xcc\xa7"},                            // e, two marks
    {3, "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb"}, // a ZWJ sequence
    {4, "\xff\xfe\xfd\xfc"},                             // not UTF-8
    {257, "\xf0\x9f\x9a\x80"},                           // same slot as 1
    {5, "a\xcc\x80\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86\xcc\x87\xcc\x88\xcc\x89"},
};

inline int long_character_lookups = 0;

inline size_t long_character_text(uint32_t character, uint8_t text[32])
{
    ++long_character_lookups;
    for (const LongCharacter &entry : kLong) {
        if (entry.index != (character & 0xffffff))
            continue;
        const size_t length = std::strlen(entry.text);
        std::memcpy(text, entry.text, length);
        return length;
    }
    return 0;
}

// A utf8_char as tmux packs it.
inline uint32_t packed_character(const std::string &text, uint32_t width)
{
    uint32_t value = 0;
    for (size_t i = 0; i < text.size() && i < 3; ++i)
        value |= static_cast<uint32_t>(static_cast<uint8_t>(text[i])) << 8 * i;
    return value | static_cast<uint32_t>(text.size()) << 24 | (width + 1) << 29;
}

inline uint32_t long_character(uint32_t index, uint32_t width)
{
    uint32_t size = 4;
    for (const LongCharacter &entry : kLong)
        if (entry.index == index)
            size = static_cast<uint32_t>(std::strlen(entry.text));
    return index | size << 24 | (width + 1) << 29;
}

struct Extended {
    uint32_t character;
    uint16_t attrs = 0;
    uint8_t flags = 0;
    int32_t fg = 8;
    int32_t bg = 8;
    int32_t us = 8;
};

class PackedRow {
public:
    explicit PackedRow(Packed packed = Packed::flags_last) : packed_(packed) {}

    PackedRow &plain(char character, uint8_t attrs = 0, uint8_t fg = 8, uint8_t bg = 8,
                     uint8_t flags = 0)
    {
        const uint8_t data[4] = {attrs, fg, bg, static_cast<uint8_t>(character)};
        return append(flags, data);
    }
    PackedRow &text(const std::string &characters)
    {
        for (char character : characters)
            plain(character);
        return *this;
    }
    PackedRow &extended(const Extended &entry)
    {
        const uint32_t offset = count_extended_++;
        uint8_t bytes[32] = {};
        std::memcpy(bytes, &entry.character, 4);
        std::memcpy(bytes + 4, &entry.attrs, 2);
        bytes[6] = entry.flags;
        std::memcpy(bytes + 7, &entry.fg, 4);
        std::memcpy(bytes + 11, &entry.bg, 4);
        std::memcpy(bytes + 15, &entry.us, 4);
        extended_.insert(extended_.end(), bytes, bytes + extended_size());
        return offset_cell(offset, entry.flags);
    }
    PackedRow &padding() { return extended({packed_character("!", 0), 0, kPadding}); }
    PackedRow &wide(const std::string &character, const Extended &style = {0})
    {
        Extended entry = style;
        entry.character = packed_character(character, 2);
        return extended(entry).padding();
    }
    // An extended cell whose entry may not be there.
    PackedRow &offset_cell(uint32_t offset, uint8_t flags = 0)
    {
        uint8_t data[4];
        std::memcpy(data, &offset, 4);
        return append(static_cast<uint8_t>(flags | kExtended), data);
    }

    ui_grid_layout_t layout() const
    {
        ui_grid_layout_t layout{};
        layout.size = sizeof layout;
        layout.flags_offset = packed_ == Packed::flags_last ? 4 : 0;
        layout.data_offset = packed_ == Packed::flags_last ? 0 : 1;
        layout.extended_size = extended_size();
        layout.character_text = long_character_text;
        return layout;
    }
    ui_span_t span(uint16_t columns, uint16_t row = 0, uint16_t column = 0, uint16_t pane = 0) const
    {
        ui_span_t span{};
        span.cells = cells_.data();
        span.extended = extended_.data();
        span.extended_count = count_extended_;
        span.row = row;
        span.column = column;
        span.columns = columns;
        span.count = std::min(columns, count_);
        span.pane = pane;
        return span;
    }
    uint16_t count() const { return count_; }

private:
    uint8_t extended_size() const { return packed_ == Packed::flags_last ? 23 : 19; }
    PackedRow &append(uint8_t flags, const uint8_t (&data)[4])
    {
        if (packed_ == Packed::flags_first)
            cells_.push_back(flags);
        cells_.insert(cells_.end(), data, data + 4);
        if (packed_ == Packed::flags_last)
            cells_.push_back(flags);
        // Exactly as long as it is: an address sanitizer sees what reads past it.
        cells_.shrink_to_fit();
        ++count_;
        return *this;
    }

    Packed packed_;
    std::vector<uint8_t> cells_;
    std::vector<uint8_t> extended_;
    uint32_t count_extended_ = 0;
    uint16_t count_ = 0;
};

inline ui_pane_t make_pane(uint16_t columns = 80, uint16_t rows = 24)
{
    ui_pane_t pane{};
    pane.id = 0;
    pane.columns = columns;
    pane.rows = rows;
    pane.default_fg = pane.default_bg = 8;
    return pane;
}
