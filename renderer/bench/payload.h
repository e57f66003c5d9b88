// What programs print, generated: the same bytes for the same seed on every
// machine, so that figures of different runs are about the same work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vitrine::bench {

enum class PayloadKind {
    ascii,      // lines of words, some longer than a screen is wide
    unicode,    // the same with accents, Greek, CJK, emoji, combining marks
    sgr,        // each word with attributes and 16, 256 or true colours
    tui,        // cells anywhere on the screen, regions that scroll, erasing
    long_lines, // lines of tens of thousands of characters
};

struct PayloadName {
    PayloadKind kind;
    std::string_view name;
};
std::span<const PayloadName> payload_names();
std::string_view payload_name(PayloadKind kind);
std::optional<PayloadKind> payload_kind(std::string_view name);

struct PayloadOptions {
    PayloadKind kind = PayloadKind::ascii;
    std::size_t bytes = 1'000'000; // at least; the last piece is whole
    int columns = 80;              // of the screen that tui draws on
    int rows = 24;
    std::uint32_t seed = 1;
};
std::string make_payload(const PayloadOptions &options);

} // namespace vitrine::bench
