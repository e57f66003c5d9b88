#include "bench/payload.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace vitrine::bench;

namespace {

std::string make(PayloadKind kind, std::size_t bytes = 200'000, std::uint32_t seed = 1)
{
    return make_payload({kind, bytes, 80, 24, seed});
}

// FNV-1a: what a payload is must not change unnoticed, or figures of different
// days are about different work.
std::uint64_t hash(const std::string &text)
{
    std::uint64_t value = 0xcbf29ce484222325;
    for (const char c : text)
        value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return value;
}

std::size_t longest_line(const std::string &text)
{
    std::size_t longest = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        longest = std::max(longest, end - begin);
        begin = end + 1;
    }
    return longest;
}

} // namespace

TEST_CASE("payloads have names")
{
    std::set<std::string_view> names;
    for (const PayloadName &known : payload_names()) {
        names.insert(known.name);
        CHECK(payload_kind(known.name) == known.kind);
        CHECK(payload_name(known.kind) == known.name);
    }
    CHECK(names.size() == 5);
    CHECK_FALSE(payload_kind("nope"));
    CHECK_FALSE(payload_kind(""));
}

TEST_CASE("payloads are as long as asked and always the same")
{
    for (const PayloadName &known : payload_names()) {
        CAPTURE(known.name);
        const std::string text = make(known.kind);
        CHECK(text.size() >= 200'000);
        CHECK(text.size() < 300'000);
        CHECK(text == make(known.kind));
        CHECK(text != make(known.kind, 200'000, 2));
    }
}

TEST_CASE("payloads are what they say")
{
    const std::string ascii = make(PayloadKind::ascii);
    CHECK(std::all_of(ascii.begin(), ascii.end(), [](char c) { return c >= '\n' && c < 0x7f; }));
    CHECK(longest_line(ascii) < 300);
    CHECK(make(PayloadKind::unicode).find("日本語") != std::string::npos);
    const std::string sgr = make(PayloadKind::sgr);
    CHECK(sgr.find("38;2;") != std::string::npos);
    CHECK(sgr.find("48;5;") != std::string::npos);
    const std::string tui = make(PayloadKind::tui);
    CHECK(tui.find('\n') == std::string::npos);
    CHECK(tui.find("\033[K") != std::string::npos);
    CHECK(longest_line(make(PayloadKind::long_lines)) > 20'000);
}

TEST_CASE("the words of all seeds are these")
{
    CHECK(hash(make(PayloadKind::ascii)) == 7647853751670278279u);
    CHECK(hash(make(PayloadKind::tui)) == 6578772168649918178u);
}

TEST_CASE("a screen without size does no harm")
{
    CHECK(make_payload({PayloadKind::tui, 1000, 0, 0, 1}).size() >= 1000);
}
