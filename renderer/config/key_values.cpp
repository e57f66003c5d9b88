// What the value of a key may be, how it gets into the settings and out again.

#include "config/keys.h"

#include "draw/built_in_themes.h"

#include <vitrine/memory.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>
#include <type_traits>

namespace vitrine {

namespace {

using namespace std::string_view_literals;

constexpr int palette_size = 256;
constexpr std::string_view of_theme = "theme";

template <typename... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
// clang deduces it by itself from 17 on.
template <typename... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

std::string join(std::span<const std::string_view> words)
{
    std::string text;
    for (const std::string_view &word : words) {
        if (!text.empty())
            text += &word == &words.back() ? " or " : ", ";
        text += quote(std::string(word));
    }
    return text;
}

std::string range(const std::string &least, const std::string &most)
{
    return " from " + least + " to " + most;
}

// Without a needless ".0".
std::string show_limit(double limit)
{
    const std::string text = show_decimal(limit);
    return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

template <typename Number>
std::optional<Number> parse_number(std::string_view text, int base = 10)
{
    Number number = 0;
    const char *const end = text.data() + text.size();
    std::from_chars_result result{};
    if constexpr (std::is_floating_point_v<Number>)
        result = std::from_chars(text.data(), end, number);
    else
        result = std::from_chars(text.data(), end, number, base);
    if (result.ec != std::errc() || result.ptr != end)
        return std::nullopt;
    return number;
}

std::optional<Rgb> parse_colour(std::string_view text)
{
    if (text.size() != 7 || text.front() != '#')
        return std::nullopt;
    return parse_number<Rgb>(text.substr(1), 16);
}

std::string show_colour(Rgb colour)
{
    std::string digits = "#";
    for (int shift = 20; shift >= 0; shift -= 4)
        digits += "0123456789abcdef"[colour >> static_cast<unsigned>(shift) & 0xfu];
    return digits;
}

bool is_clean(const std::string &text)
{
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            return false;
    }
    return true;
}

// Each is false if the value is not what the key may be.

bool set(const TextKind &kind, const Value &value, Settings &settings)
{
    const auto *text = std::get_if<std::string>(&value);
    if (text == nullptr || !is_clean(*text))
        return false;
    if (text->empty() ? !kind.optional : !kind.check(*text))
        return false;
    kind.member.in(settings) = *text;
    return true;
}

bool set(const ThemeKind &kind, const Value &value, Settings &settings)
{
    const auto *name = std::get_if<std::string>(&value);
    if (name == nullptr)
        return false;
    if (find_theme(*name) == nullptr && !(kind.automatic && *name == theme_by_appearance))
        return false;
    kind.member.in(settings) = *name;
    return true;
}

bool set(const WholeKind &kind, const Value &value, Settings &settings)
{
    const auto *number = std::get_if<std::int64_t>(&value);
    if (number == nullptr || *number < kind.least || *number > kind.most)
        return false;
    kind.member.in(settings) = static_cast<int>(*number);
    return true;
}

std::optional<double> decimal_of(const Value &value, double least, double most)
{
    std::optional<double> number;
    if (const auto *decimal = std::get_if<double>(&value))
        number = *decimal;
    else if (const auto *whole = std::get_if<std::int64_t>(&value))
        number = static_cast<double>(*whole);
    return number && *number >= least && *number <= most ? number : std::nullopt;
}

bool set(const DecimalKind &kind, const Value &value, Settings &settings)
{
    const auto number = decimal_of(value, kind.least, kind.most);
    if (number)
        kind.member.in(settings) = *number;
    return number.has_value();
}

bool set(const SwitchKind &kind, const Value &value, Settings &settings)
{
    const auto *on = std::get_if<bool>(&value);
    if (on != nullptr)
        kind.member.in(settings) = *on;
    return on != nullptr;
}

bool set(const ColourKind &kind, const Value &value, Settings &settings)
{
    const auto *text = std::get_if<std::string>(&value);
    if (text == nullptr)
        return false;
    const auto colour = parse_colour(*text);
    if (colour || *text == of_theme)
        kind.member.in(settings) = colour;
    return colour || *text == of_theme;
}

// A table's own entry is there only if it is empty.
bool set(const PaletteKind &, const Value &value, Settings &)
{
    return std::holds_alternative<EmptyTable>(value);
}

bool set(const LimitsKind &, const Value &value, Settings &)
{
    return std::holds_alternative<EmptyTable>(value);
}

bool set(const ListKind &kind, const Value &value, Settings &settings)
{
    const auto *list = std::get_if<std::vector<std::string>>(&value);
    return list != nullptr && std::all_of(list->begin(), list->end(), is_clean) &&
           kind.set(settings, *list);
}

bool set(const AdjustmentKind &kind, const Value &value, Settings &settings)
{
    const auto *text = std::get_if<std::string>(&value);
    auto adjustment = text != nullptr ? parse_adjustment(*text) : Error{""};
    if (adjustment)
        kind.member.in(settings) = *adjustment;
    return static_cast<bool>(adjustment);
}

std::string show_adjustment(const Adjustment &adjustment)
{
    return show_limit(adjustment.amount) +
           (adjustment.unit == AdjustmentUnit::percent ? "%" : "px");
}

bool set(const ChoiceKind &kind, const Value &value, Settings &settings)
{
    const auto *word = std::get_if<std::string>(&value);
    for (std::size_t i = 0; word != nullptr && i < kind.words.size(); i++) {
        if (kind.words[i] == *word) {
            kind.set(settings, i);
            return true;
        }
    }
    return false;
}

Error not_what(const std::string &name, const std::string &wanted, const Value &value)
{
    return {name + ": not " + wanted + ": " + show_value(value)};
}

// A line of a table, by its own name there.
Result<void> set_line(const PaletteKind &kind, const Entry &entry, std::string_view index,
                      Settings &settings)
{
    const auto number = parse_number<int>(index);
    if (!number || *number < 0 || *number >= palette_size)
        return Error{entry.name + ": not the number of a colour, 0 to 255: " + std::string(index)};
    const auto *text = std::get_if<std::string>(&entry.value);
    const auto colour = text != nullptr ? parse_colour(*text) : std::nullopt;
    if (!colour)
        return not_what(entry.name, "a colour as \"#rrggbb\"", entry.value);
    kind.member.in(settings)[*number] = *colour;
    return {};
}

std::string list_tags(const LimitsKind &kind)
{
    std::string text;
    for (const std::uint32_t tag : kind.tags)
        text += (text.empty() ? "" : ", ") + std::string(ui_memory_tag_name(tag));
    return text;
}

Result<void> set_line(const LimitsKind &kind, const Entry &entry, std::string_view name,
                      Settings &settings)
{
    const auto tag = std::ranges::find(kind.tags, name, ui_memory_tag_name);
    if (tag == kind.tags.end())
        return Error{entry.name + ": not one of " + list_tags(kind) + ": " + std::string(name)};
    const auto limit = decimal_of(entry.value, 0, kind.most);
    if (!limit)
        return not_what(entry.name, "MiB" + range("0", show_limit(kind.most)), entry.value);
    kind.member.in(settings)[*tag] = *limit;
    return {};
}

// Of any other kind there are no lines.
Result<void> set_line(const auto &, const Entry &entry, std::string_view, Settings &)
{
    return Error{entry.name + ": there is no such key"};
}

Result<void> set_line(const Key &key, const Entry &entry, std::string_view name, Settings &settings)
{
    return std::visit([&](const auto &kind) { return set_line(kind, entry, name, settings); },
                      key.kind);
}

// How a line is written in a flag.
std::string_view pair_form(const Key &key)
{
    return std::holds_alternative<PaletteKind>(key.kind) ? "NUMBER=#rrggbb"sv : "TAG=MIB"sv;
}

// At commas.
std::vector<std::string> split(const std::string &text)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

// What the words of the command line may mean for this key, or a line of it.
Value value_of_text(const Key &key, const std::string &text)
{
    if (std::holds_alternative<WholeKind>(key.kind)) {
        if (const auto number = parse_number<std::int64_t>(text))
            return *number;
    }
    if (std::holds_alternative<DecimalKind>(key.kind) ||
        std::holds_alternative<LimitsKind>(key.kind)) {
        if (const auto number = parse_number<double>(text))
            return *number;
    }
    if (std::holds_alternative<ListKind>(key.kind))
        return split(text);
    if (std::holds_alternative<SwitchKind>(key.kind) && (text == "true" || text == "false"))
        return text == "true";
    return text;
}

Result<void> assign_key(const Key &key, const std::string &shown, const Value &value,
                        Settings &settings)
{
    const bool done =
        std::visit([&](const auto &kind) { return set(kind, value, settings); }, key.kind);
    if (!done)
        return not_what(shown, describe(key), value);
    return {};
}

} // namespace

std::string describe(const Key &key)
{
    return std::visit(
        Overloaded{
            [](const TextKind &kind) {
                const std::string like =
                    kind.example.empty() ? "" : " like " + quote(std::string(kind.example));
                return "a text" + like + (kind.optional ? " or \"\"" : "");
            },
            [](const ListKind &kind) {
                return "an array of texts like " + quote(std::string(kind.example));
            },
            [](const AdjustmentKind &) { return std::string("\"2px\", \"-5%\" or the like"); },
            [](const ThemeKind &kind) {
                return (kind.automatic ? quote(theme_by_appearance) + " or " : std::string()) +
                       "a theme of vitrine --list-themes";
            },
            [](const WholeKind &kind) {
                return "a whole number" +
                       range(std::to_string(kind.least), std::to_string(kind.most));
            },
            [](const DecimalKind &kind) {
                return "a number" + range(show_limit(kind.least), show_limit(kind.most));
            },
            [](const SwitchKind &) { return std::string("true or false"); },
            [](const ColourKind &) { return std::string("\"#rrggbb\" or \"theme\""); },
            [](const PaletteKind &) {
                return std::string("a table of lines like 7 = \"#rrggbb\", from 0 to 255");
            },
            [](const LimitsKind &kind) {
                return "a table of lines like atlas = 8, in MiB" +
                       range("0", show_limit(kind.most)) + ", of " + list_tags(kind);
            },
            [](const ChoiceKind &kind) { return join(kind.words); },
        },
        key.kind);
}

std::string_view placeholder(const Key &key)
{
    return std::visit(Overloaded{
                          [](const TextKind &) { return "NAME"sv; },
                          [](const ListKind &) { return "TEXT,..."sv; },
                          [](const AdjustmentKind &) { return "N[px|%]"sv; },
                          [](const ThemeKind &) { return "THEME"sv; },
                          [](const WholeKind &) { return "N"sv; },
                          [](const DecimalKind &) { return "N"sv; },
                          [](const SwitchKind &) { return "true|false"sv; },
                          [](const ColourKind &) { return "#RRGGBB"sv; },
                          [](const PaletteKind &) { return "N=#RRGGBB"sv; },
                          [](const LimitsKind &) { return "TAG=MIB,..."sv; },
                          [](const ChoiceKind &) { return "WORD"sv; },
                      },
                      key.kind);
}

Result<void> assign(const Entry &entry, Settings &settings)
{
    if (const Key *key = find_key(entry.name))
        return assign_key(*key, entry.name, entry.value, settings);
    const auto dot = entry.name.rfind('.');
    const Key *table = dot != std::string::npos ? find_key(entry.name.substr(0, dot)) : nullptr;
    if (table != nullptr)
        return set_line(*table, entry, std::string_view(entry.name).substr(dot + 1), settings);
    if (is_table(entry.name)) {
        if (std::holds_alternative<EmptyTable>(entry.value))
            return {};
        return not_what(entry.name, "a table", entry.value);
    }
    return Error{entry.name + ": there is no such key"};
}

Result<void> assign_text(const Key &key, const std::string &text, Settings &settings)
{
    const std::string flag(key.flag);
    if (!has_lines(key)) {
        if (!assign_key(key, flag, value_of_text(key, text), settings))
            return not_what(flag, describe(key), text);
        return {};
    }
    for (const std::string &pair : split(text)) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos)
            return not_what(flag, std::string(pair_form(key)), pair);
        const Entry entry = {flag, value_of_text(key, pair.substr(equals + 1)), {}};
        if (auto result = set_line(key, entry, pair.substr(0, equals), settings); !result)
            return result;
    }
    return {};
}

std::string print_value(const Key &key, const Settings &settings)
{
    return std::visit(
        Overloaded{
            [&](const TextKind &kind) { return quote(kind.member.of(settings)); },
            [&](const ListKind &kind) { return show_value(kind.get(settings)); },
            [&](const AdjustmentKind &kind) {
                return quote(show_adjustment(kind.member.of(settings)));
            },
            [&](const ThemeKind &kind) { return quote(kind.member.of(settings)); },
            [&](const WholeKind &kind) { return std::to_string(kind.member.of(settings)); },
            [&](const DecimalKind &kind) { return show_decimal(kind.member.of(settings)); },
            [&](const SwitchKind &kind) { return show_value(kind.member.of(settings)); },
            [&](const ColourKind &kind) {
                const auto &colour = kind.member.of(settings);
                return quote(colour ? show_colour(*colour) : std::string(of_theme));
            },
            [&](const PaletteKind &kind) {
                std::string lines;
                for (const auto &[index, colour] : kind.member.of(settings))
                    lines += std::to_string(index) + " = " + quote(show_colour(colour)) + "\n";
                return lines;
            },
            [&](const LimitsKind &kind) {
                std::string lines;
                for (const auto &[tag, limit] : kind.member.of(settings))
                    lines +=
                        std::string(ui_memory_tag_name(tag)) + " = " + show_decimal(limit) + "\n";
                return lines;
            },
            [&](const ChoiceKind &kind) {
                return quote(std::string(kind.words[kind.get(settings)]));
            },
        },
        key.kind);
}

std::string print_default(const Key &key)
{
    if (has_lines(key))
        return "none";
    return print_value(key, {});
}

} // namespace vitrine
