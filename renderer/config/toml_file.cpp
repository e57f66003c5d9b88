#include "config/toml_file.h"

#include "result.h"

#include <toml++/toml.h>
#include <vitrine/scope.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>

namespace vitrine {

namespace {

// A file that never ends is a mistake, too. So are tables in tables that take the stack: the
// library goes as deep as a line has dots.
constexpr std::size_t most_bytes = 256 << 10;
constexpr std::size_t longest_line = 4 << 10;
constexpr unsigned deepest_table = 8;

bool before(const Entry &a, const Entry &b)
{
    return a.place.line != b.place.line ? a.place.line < b.place.line
                                        : a.place.column < b.place.column;
}

class Flattener {
public:
    explicit Flattener(const std::string &file) : file_(file) {}

    void add_table(const std::string &prefix, const toml::table &table, unsigned depth = 1);
    std::vector<Entry> take();

private:
    Place place_of(const toml::source_region &source) const
    {
        return {file_, source.begin.line, source.begin.column};
    }
    static Value value_of(const toml::node &node);
    static Value list_of(const toml::array &array);

    const std::string &file_;
    std::vector<Entry> entries_;
};

// An entry is where its key is: that is what a person looks for.
void Flattener::add_table(const std::string &prefix, const toml::table &table, unsigned depth)
{
    for (const auto &[key, node] : table) {
        const std::string name = prefix + std::string(key.str());
        const toml::table *below = node.as_table();
        if (below != nullptr && !below->empty() && depth < deepest_table)
            add_table(name + ".", *below, depth + 1);
        else
            entries_.push_back({name, value_of(node), place_of(key.source())});
    }
}

std::vector<Entry> Flattener::take()
{
    std::stable_sort(entries_.begin(), entries_.end(), before);
    return std::move(entries_);
}

Value Flattener::value_of(const toml::node &node)
{
    if (const auto *text = node.as_string())
        return text->get();
    if (const auto *number = node.as_integer())
        return number->get();
    if (const auto *number = node.as_floating_point())
        return number->get();
    if (const auto *on = node.as_boolean())
        return on->get();
    if (const auto *array = node.as_array())
        return list_of(*array);
    if (node.is_table())
        return EmptyTable{};
    return OtherValue{"a date or time"};
}

Value Flattener::list_of(const toml::array &array)
{
    std::vector<std::string> list;
    for (const toml::node &item : array) {
        const auto *text = item.as_string();
        if (text == nullptr)
            return OtherValue{"an array of other things than strings"};
        list.push_back(text->get());
    }
    return list;
}

Result<std::string> read_whole(const std::filesystem::path &file)
{
    const UniqueFd fd(open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.get() < 0)
        return Error{std::strerror(errno)};
    std::string content;
    std::array<char, 4096> piece;
    ssize_t length = 0;
    while ((length = read(fd.get(), piece.data(), piece.size())) > 0) {
        content.append(piece.data(), static_cast<std::size_t>(length));
        if (content.size() > most_bytes)
            return Error{"more than 256 KiB"};
    }
    if (length < 0)
        return Error{std::strerror(errno)};
    return content;
}

std::optional<Complaint> find_long_line(std::string_view content, const std::string &name)
{
    for (unsigned line = 1; content.size() > longest_line; line++) {
        const std::size_t length = std::min(content.find('\n'), content.size());
        if (length > longest_line)
            return Complaint{{name, line, longest_line + 1}, "the line is longer than 4096 bytes"};
        content.remove_prefix(length + 1);
    }
    return std::nullopt;
}

Complaint complaint_of(const toml::parse_error &error, const std::string &name)
{
    return {{name, error.source().begin.line, error.source().begin.column},
            std::string(error.description())};
}

} // namespace

std::variant<std::vector<Entry>, Complaint> read_toml(const std::filesystem::path &file,
                                                      const std::string &name)
{
    const auto content = read_whole(file);
    if (!content)
        return Complaint{{name}, "cannot be read: " + content.error()};
    if (auto too_long = find_long_line(*content, name))
        return *std::move(too_long);
    try {
        Flattener flattener(name);
        flattener.add_table("", toml::parse(*content, name));
        return flattener.take();
    } catch (const toml::parse_error &error) {
        return complaint_of(error, name);
    }
}

} // namespace vitrine
