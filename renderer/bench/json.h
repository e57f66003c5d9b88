// Writes JSON: objects, arrays, texts and numbers, indented. Calls nest as the
// document does.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace vitrine::bench {

class JsonWriter {
public:
    // name is "" within an array, and for the document itself.
    void begin_object(std::string_view name = "") { begin(name, '{'); }
    void end_object() { end('}'); }
    void begin_array(std::string_view name = "") { begin(name, '['); }
    void end_array() { end(']'); }
    void text(std::string_view name, std::string_view value);
    void number(std::string_view name, double value);
    void truth(std::string_view name, bool value);
    void numbers(std::string_view name, std::span<const double> values);

    const std::string &document() const { return out_; }

private:
    void begin(std::string_view name, char bracket);
    void end(char bracket);
    void place(std::string_view name);
    void quote(std::string_view text);
    void plain(double value);

    std::string out_;
    int depth_ = 0;
    bool first_ = true;
};

} // namespace vitrine::bench
