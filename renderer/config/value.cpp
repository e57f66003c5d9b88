#include "config/value.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace vitrine {

namespace {

std::string show(const std::string &text) { return text; }
std::string show(std::int64_t number) { return std::to_string(number); }
std::string show(double number) { return show_decimal(number); }
std::string show(bool on) { return on ? "true" : "false"; }
std::string show(const std::vector<std::string> &list)
{
    std::string text = "[";
    for (const std::string &item : list)
        text += (&item == &list.front() ? "" : ", ") + quote(item);
    return text + "]";
}
std::string show(const EmptyTable &) { return "a table"; }
std::string show(const OtherValue &other) { return other.type; }

} // namespace

std::string Complaint::text() const
{
    std::string where = place.file;
    if (place.line > 0)
        where += ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
    return where + ": " + reason;
}

std::string show_value(const Value &value)
{
    return std::visit([](const auto &held) { return show(held); }, value);
}

std::string quote(const std::string &text)
{
    std::string quoted = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", byte);
            quoted += escape.data();
            continue;
        }
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + "\"";
}

std::string show_decimal(double number)
{
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    std::string text(digits.data(), end);
    if (text.find_first_of(".en") == std::string::npos)
        text += ".0";
    return text;
}

} // namespace vitrine
