#include "config/configuration.h"

#include "config/toml_file.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>

namespace vitrine {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view include_key = "include";
// Files that include others twice each would otherwise keep us for ever.
constexpr std::size_t most_files = 100;

// A file and what it includes, into settings.
class Reader {
public:
    explicit Reader(Configuration &to) : to_(to) {}

    void read(const fs::path &file);

private:
    void take(const Entry &entry);
    void include(const Entry &entry, const fs::path &file);
    void include_one(const fs::path &wanted, const Place &place);
    void complain(const Place &place, const std::string &reason)
    {
        to_.complaints.push_back({place, reason});
    }

    Configuration &to_;
    std::vector<fs::path> open_; // from the first to the one that is read now
};

// The same file has the same name, whichever way leads to it.
fs::path identity(const fs::path &file)
{
    std::error_code failed;
    fs::path found = fs::weakly_canonical(file, failed);
    return failed ? file : found;
}

void Reader::read(const fs::path &file)
{
    to_.files.push_back(file);
    auto content = read_toml(file, file.string());
    if (const auto *complaint = std::get_if<Complaint>(&content)) {
        to_.complaints.push_back(*complaint);
        return;
    }
    const auto &entries = std::get<std::vector<Entry>>(content);
    open_.push_back(identity(file));
    // What it includes comes first, wherever that stands.
    for (const Entry &entry : entries) {
        if (entry.name == include_key)
            include(entry, file);
    }
    for (const Entry &entry : entries) {
        if (entry.name != include_key)
            take(entry);
    }
    open_.pop_back();
}

void Reader::take(const Entry &entry)
{
    if (auto result = assign(entry, to_.settings); !result)
        complain(entry.place, result.error());
}

void Reader::include(const Entry &entry, const fs::path &file)
{
    const auto *names = std::get_if<std::vector<std::string>>(&entry.value);
    if (names == nullptr)
        return complain(entry.place, "include: not an array of file names");
    for (const std::string &name : *names)
        include_one(file.parent_path() / name, entry.place);
}

void Reader::include_one(const fs::path &wanted, const Place &place)
{
    const fs::path same = identity(wanted);
    if (std::find(open_.begin(), open_.end(), same) != open_.end())
        return complain(place, "include: " + wanted.string() + " includes itself");
    if (to_.files.size() >= most_files)
        return complain(place, "include: more than 100 files");
    std::error_code failed;
    if (!fs::exists(wanted, failed)) {
        to_.files.push_back(wanted); // it may appear
        return complain(place, "include: " + wanted.string() + ": there is no such file");
    }
    read(wanted);
}

// Under which table a key is printed and as what there.
struct Heading {
    std::string_view table;
    std::string_view name;
};

Heading heading_of(const Key &key)
{
    if (has_lines(key))
        return {key.name, ""};
    const auto dot = key.name.rfind('.');
    if (dot == std::string_view::npos)
        return {"", key.name};
    return {key.name.substr(0, dot), key.name.substr(dot + 1)};
}

} // namespace

fs::path default_configuration_file()
{
    const char *directory = std::getenv("XDG_CONFIG_HOME");
    const char *home = std::getenv("HOME");
    // The specification: what is not absolute is to be passed over.
    fs::path base = directory != nullptr ? directory : "";
    if (!base.is_absolute() && home != nullptr)
        base = fs::path(home) / ".config";
    return base.is_absolute() ? base / "vitrine" / "vitrine.toml" : fs::path();
}

Configuration load_configuration(const ConfigurationSource &source)
{
    Configuration loaded;
    std::error_code failed;
    if (!source.file.empty() && (source.required || fs::exists(source.file, failed)))
        Reader(loaded).read(source.file);
    else if (!source.file.empty())
        loaded.files.push_back(source.file);
    if (!loaded.complaints.empty())
        loaded.settings = {};
    // The command line was checked when it was read.
    for (const Override &flag : source.overrides)
        static_cast<void>(assign_text(*flag.key, flag.text, loaded.settings));
    return loaded;
}

std::string print_configuration(const Settings &settings)
{
    std::string text =
        "# Settings of vitrine, see vitrine(5): those in effect when this was printed.\n"
        "# Lines that are left out are at their default.\n";
    std::string_view section;
    for (const Key &key : keys()) {
        const Heading heading = heading_of(key);
        text += "\n";
        if (heading.table != section)
            text += "[" + std::string(heading.table) + "]\n";
        section = heading.table;
        text += "# " + std::string(key.help) + "\n# " + describe(key) + "; default " +
                print_default(key) + "\n";
        text += heading.name.empty()
                    ? print_value(key, settings)
                    : std::string(heading.name) + " = " + print_value(key, settings) + "\n";
    }
    return text;
}

} // namespace vitrine
