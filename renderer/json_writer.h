// JSON, written as it is said: no document stands in memory.
#pragma once

// RapidJSON 1.1 adds to the null pointer that its empty stack is, which nothing comes of.
#ifdef __clang__
#pragma clang attribute push(__attribute__((no_sanitize("pointer-overflow"))), apply_to = function)
#endif
#include <rapidjson/memorystream.h>
#include <rapidjson/prettywriter.h>
#ifdef __clang__
#pragma clang attribute pop
#endif

#include <algorithm>
#include <cmath>
#include <concepts>
#include <span>
#include <string>
#include <string_view>

namespace vitrine {

// Members come in the order of the calls. A body writes what is between the brackets.
class JsonWriter {
public:
    JsonWriter() { writer_.SetIndent(' ', 2); }

    void object(const auto &body)
    {
        writer_.StartObject();
        body();
        writer_.EndObject();
    }
    void array(const auto &body)
    {
        writer_.StartArray();
        body();
        writer_.EndArray();
    }

    void key(const char *name) { writer_.Key(name); }
    void member(const char *name, const auto &that)
    {
        key(name);
        value(that);
    }

    void value(std::integral auto that)
    {
        using Type = decltype(that);
        if constexpr (std::same_as<Type, bool>)
            writer_.Bool(that);
        else if constexpr (std::signed_integral<Type>)
            writer_.Int64(that);
        else
            writer_.Uint64(that);
    }
    // JSON has no infinity, which a ratio may be.
    void value(double number) { std::isfinite(number) ? writer_.Double(number) : writer_.Null(); }
    // What is no UTF-8 may come from the command line.
    void value(std::string_view text)
    {
        std::string written(text);
        if (!is_utf8(text))
            std::replace_if(
                written.begin(), written.end(), [](char byte) { return (byte & 0x80) != 0; }, '?');
        writer_.String(written.data(), static_cast<rapidjson::SizeType>(written.size()));
    }
    void value(std::span<const double> numbers)
    {
        array([&] {
            for (const double number : numbers)
                value(number);
        });
    }

    std::string text() const { return std::string(text_.GetString(), text_.GetSize()) + '\n'; }

private:
    static bool is_utf8(std::string_view text)
    {
        rapidjson::MemoryStream bytes(text.data(), text.size());
        rapidjson::StringBuffer same;
        while (bytes.Tell() < text.size())
            if (!rapidjson::UTF8<>::Validate(bytes, same))
                return false;
        return true;
    }

    rapidjson::StringBuffer text_;
    rapidjson::PrettyWriter<rapidjson::StringBuffer> writer_{text_};
};

} // namespace vitrine
