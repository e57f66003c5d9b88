#include "text/font_options.h"

#include <hb.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

namespace vitrine {

namespace {

// "U+E0A0" or "e0a0".
std::optional<char32_t> parse_codepoint(std::string_view text)
{
    if (text.starts_with("U+") || text.starts_with("u+"))
        text.remove_prefix(2);
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (error != std::errc{} || end != text.data() + text.size() || value > 0x10ffff)
        return std::nullopt;
    return static_cast<char32_t>(value);
}

} // namespace

Result<void> check_feature(const std::string &text)
{
    hb_feature_t feature;
    if (hb_feature_from_string(text.data(), static_cast<int>(text.size()), &feature))
        return {};
    return Error{"\"" + text + "\" is not a font feature, such as \"calt=0\" or \"ss01\""};
}

Result<void> check_axis(const std::string &text)
{
    hb_variation_t variation;
    if (hb_variation_from_string(text.data(), static_cast<int>(text.size()), &variation))
        return {};
    return Error{"\"" + text + "\" is not an axis of a font, such as \"wght=450\""};
}

Result<SymbolMap> parse_symbol_map(const std::string &text)
{
    const Error wrong{"\"" + text +
                      "\" is not a range and its font, such as \"U+E000-U+F8FF=Name\""};
    const size_t equals = text.find('=');
    if (equals == std::string::npos || equals + 1 == text.size())
        return wrong;
    const std::string_view range(text.data(), equals);
    const size_t dash = range.find('-');
    const auto first = parse_codepoint(range.substr(0, dash));
    const auto last =
        dash == std::string_view::npos ? first : parse_codepoint(range.substr(dash + 1));
    if (!first || !last || *first > *last)
        return wrong;
    return SymbolMap{*first, *last, text.substr(equals + 1)};
}

Result<Adjustment> parse_adjustment(const std::string &text)
{
    const char *begin = text.data();
    const char *end = begin + text.size();
    Adjustment out;
    const auto [rest, error] = std::from_chars(begin, end, out.amount);
    const std::string_view unit(rest, static_cast<size_t>(end - rest));
    if (unit == "%")
        out.unit = AdjustmentUnit::percent;
    else if (!unit.empty() && unit != "px")
        return Error{"\"" + text + "\" is neither px nor percent, such as \"2px\" or \"-5%\""};
    if (error != std::errc{} || !std::isfinite(out.amount))
        return Error{"\"" + text +
                     "\" is not a number of px or percent, such as \"2px\" or \"-5%\""};
    return out;
}

} // namespace vitrine
