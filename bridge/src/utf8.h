// UTF-8, strictly: shortest form, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vitrine {

constexpr uint32_t kReplacement = 0xfffd;

struct Utf8Step {
    uint32_t codepoint; // kReplacement where the bytes are not valid
    uint32_t length;    // bytes consumed, at least 1
    bool valid;
};

// The first codepoint of size (> 0) bytes.
constexpr Utf8Step utf8_step(const uint8_t *bytes, size_t size) noexcept
{
    constexpr uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    constexpr uint8_t mask[] = {0, 0, 0x1f, 0x0f, 0x07};
    const uint8_t lead = bytes[0];
    if (lead < 0x80)
        return {lead, 1, true};
    const uint32_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || length > size)
        return {kReplacement, 1, false};
    uint32_t codepoint = lead & mask[length];
    for (uint32_t i = 1; i < length; ++i) {
        if ((bytes[i] & 0xc0) != 0x80)
            return {kReplacement, i, false};
        codepoint = codepoint << 6 | (bytes[i] & 0x3fu);
    }
    if (codepoint < least[length] || codepoint > 0x10ffff || codepoint - 0xd800 < 0x800)
        return {kReplacement, length, false};
    return {codepoint, length, true};
}

constexpr bool utf8_valid(const char *text, size_t size) noexcept
{
    for (size_t at = 0; at < size;) {
        uint8_t bytes[4] = {};
        const size_t left = size - at < 4 ? size - at : 4;
        for (size_t i = 0; i < left; ++i)
            bytes[i] = static_cast<uint8_t>(text[at + i]);
        const Utf8Step step = utf8_step(bytes, left);
        if (!step.valid)
            return false;
        at += step.length;
    }
    return true;
}

// The longest prefix of at most limit bytes that ends between two codepoints.
constexpr size_t utf8_cut(const char *text, size_t size, size_t limit) noexcept
{
    if (size <= limit)
        return size;
    size_t end = limit;
    while (end > 0 && limit - end < 4 && (static_cast<uint8_t>(text[end]) & 0xc0) == 0x80)
        --end;
    return (static_cast<uint8_t>(text[end]) & 0xc0) != 0x80 ? end : limit;
}

// Writes the codepoint, which must be valid, and returns its length.
constexpr size_t utf8_encode(uint32_t codepoint, char (&out)[4]) noexcept
{
    const auto byte = [](uint32_t value) { return static_cast<char>(value); };
    if (codepoint < 0x80) {
        out[0] = byte(codepoint);
        return 1;
    }
    const size_t length = codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; --i, codepoint >>= 6)
        out[i] = byte(0x80 | (codepoint & 0x3f));
    constexpr uint32_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    out[0] = byte(lead[length] | codepoint);
    return length;
}

} // namespace vitrine
