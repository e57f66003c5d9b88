// What Unicode says of single codepoints that fonts and HarfBuzz do not.
#pragma once

#include <cstdint>
#include <span>

namespace vitrine {

// How a cluster wants to look; decides which fallback fonts come first.
enum class Presentation : uint8_t { text, emoji };

// Emoji by default (Unicode's Emoji_Presentation), or as a variation selector
// in the cluster says.
Presentation presentation_of(std::span<const char32_t> cluster);

// What has no ink of its own and need not be in a font: joiners, variation
// selectors, tags and their like.
bool is_ignorable(char32_t codepoint);

// Surrogates and what lies past U+10FFFF become U+FFFD.
constexpr char32_t sanitise(uint32_t codepoint)
{
    const bool bad = codepoint > 0x10ffff || (codepoint >= 0xd800 && codepoint <= 0xdfff);
    return bad ? U'\ufffd' : static_cast<char32_t>(codepoint);
}

} // namespace vitrine
