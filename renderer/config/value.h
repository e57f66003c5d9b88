// What stands in a configuration file, as it stands there, and where.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace vitrine {

struct Place {
    std::string file;
    unsigned line = 0; // from 1; 0: the file as a whole
    unsigned column = 0;
};

// What is wrong with a file, and where.
struct Complaint {
    Place place;
    std::string reason;

    // FILE:LINE:COLUMN: REASON
    std::string text() const;
};

struct EmptyTable {};
// A date, for instance: nothing that any key can be.
struct OtherValue {
    std::string type;
};

using Value = std::variant<std::string, std::int64_t, double, bool, std::vector<std::string>,
                           EmptyTable, OtherValue>;

// As a person wrote it, about.
std::string show_value(const Value &value);
// As TOML: "text".
std::string quote(const std::string &text);
// With as many digits as needed, and always a point.
std::string show_decimal(double number);

// One "name = value"; tables are taken apart, so the name is "table.key".
struct Entry {
    std::string name;
    Value value;
    Place place;
};

} // namespace vitrine
