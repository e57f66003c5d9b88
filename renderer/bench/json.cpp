#include "bench/json.h"

#include <array>
#include <charconv>
#include <cmath>

namespace vitrine::bench {

// What stands before any value: a comma after the one before, a line, a name.
void JsonWriter::place(std::string_view name)
{
    if (!first_)
        out_ += ',';
    first_ = false;
    if (depth_ > 0) {
        out_ += '\n';
        out_.append(static_cast<std::size_t>(depth_) * 2, ' ');
    }
    if (!name.empty()) {
        quote(name);
        out_ += ": ";
    }
}

void JsonWriter::begin(std::string_view name, char bracket)
{
    place(name);
    out_ += bracket;
    depth_++;
    first_ = true;
}

void JsonWriter::end(char bracket)
{
    depth_--;
    if (!first_) {
        out_ += '\n';
        out_.append(static_cast<std::size_t>(depth_) * 2, ' ');
    }
    out_ += bracket;
    first_ = false;
}

void JsonWriter::quote(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    out_ += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out_ += '\\';
            out_ += c;
        } else if (byte < 0x20) {
            out_ += "\\u00";
            out_ += digits[byte >> 4];
            out_ += digits[byte & 15];
        } else
            out_ += c;
    }
    out_ += '"';
}

// Whole numbers as such, others with six digits; JSON has no infinity.
void JsonWriter::plain(double value)
{
    std::array<char, 64> text;
    if (!std::isfinite(value))
        value = 0;
    const bool whole = value == std::trunc(value) && std::fabs(value) < 1e15;
    const auto end =
        whole ? std::to_chars(text.begin(), text.end(), static_cast<long long>(value))
              : std::to_chars(text.begin(), text.end(), value, std::chars_format::general, 6);
    out_.append(text.begin(), end.ptr);
}

void JsonWriter::text(std::string_view name, std::string_view value)
{
    place(name);
    quote(value);
}

void JsonWriter::number(std::string_view name, double value)
{
    place(name);
    plain(value);
}

void JsonWriter::truth(std::string_view name, bool value)
{
    place(name);
    out_ += value ? "true" : "false";
}

void JsonWriter::numbers(std::string_view name, std::span<const double> values)
{
    place(name);
    out_ += '[';
    for (std::size_t i = 0; i < values.size(); i++) {
        if (i > 0)
            out_ += ", ";
        plain(values[i]);
    }
    out_ += ']';
}

} // namespace vitrine::bench
