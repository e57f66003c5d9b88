// The keys of the configuration file. One table says of each what it is called,
// what it may be, which setting it is and what that means; the file, the flags,
// --help, --print-config and the tests of the manual go by it.
#pragma once

#include "config/settings.h"
#include "config/value.h"

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vitrine {

// Where in the settings a key's value is.
template <typename T>
struct Member {
    T &(*in)(Settings &);
    const T &(*of)(const Settings &);
};

struct TextKind {
    Member<std::string> member;
    bool optional = false; // may be empty
    bool (*check)(const std::string &) = [](const std::string &) { return true; };
    std::string_view example = {}; // of a text that passes, where not all do
};
// An array of texts, each of which has to be of a form.
struct ListKind {
    bool (*set)(Settings &, const std::vector<std::string> &);
    std::vector<std::string> (*get)(const Settings &);
    std::string_view example; // of one text
};
// "2px" or "-5%".
struct AdjustmentKind {
    Member<Adjustment> member;
};
struct ThemeKind {
    Member<std::string> member;
    bool automatic; // may also be theme_by_appearance
};
struct WholeKind {
    Member<int> member;
    int least;
    int most;
};
struct DecimalKind {
    Member<double> member;
    double least;
    double most;
};
struct SwitchKind {
    Member<bool> member;
};
struct ColourKind {
    Member<std::optional<Rgb>> member;
};
// A table: the keys below it are numbers of colours.
struct PaletteKind {
    Member<std::map<int, Rgb>> member;
};
// A table: the keys below it are tags of vitrine/memory.h, the values MiB.
struct LimitsKind {
    Member<std::map<std::uint32_t, double>> member;
    std::span<const std::uint32_t> tags;
    double most;
};
// One of a few words; which, by its index.
struct ChoiceKind {
    std::span<const std::string_view> words;
    void (*set)(Settings &, std::size_t);
    std::size_t (*get)(const Settings &);
};

using Kind = std::variant<TextKind, ThemeKind, WholeKind, DecimalKind, SwitchKind, ColourKind,
                          PaletteKind, LimitsKind, ChoiceKind, ListKind, AdjustmentKind>;

struct Key {
    std::string_view name; // "section.key"
    std::string_view flag; // "--section-key", or what is shorter
    Kind kind;
    std::string_view help; // a sentence or two
};

std::span<const Key> keys();
// nullptr if there is none.
const Key *find_key(std::string_view name);
const Key *find_flag(std::string_view flag);
// Whether a key's name begins so, up to a dot.
bool is_table(std::string_view name);
// Whether the key is itself a table, of lines that it gives a meaning to.
bool has_lines(const Key &key);

// What the value may be, as in "not a number from 4 to 200".
std::string describe(const Key &key);
// One word for it, for usage texts.
std::string_view placeholder(const Key &key);

// The error is one line for a person: what the value should have been.
Result<void> assign(const Entry &entry, Settings &settings);
// The same of a flag's value; an array's items stand behind commas, and so do a
// table's lines, as NAME=VALUE.
Result<void> assign_text(const Key &key, const std::string &text, Settings &settings);

// The value as TOML; of a table its lines.
std::string print_value(const Key &key, const Settings &settings);
// The same of the default, "none" of a table.
std::string print_default(const Key &key);

} // namespace vitrine
