// The manual and the completions know every key.

#include "config/configuration.h"
#include "draw/built_in_themes.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace vitrine;

namespace {

std::string data_file(const std::string &name)
{
    const char *source = std::getenv("VITRINE_SOURCE_DIR");
    const std::string folder = source != nullptr ? source : ".";
    std::ifstream in(folder + "/renderer/data/" + name);
    REQUIRE(in.is_open());
    std::ostringstream content;
    content << in.rdbuf();
    return content.str();
}

// Quotes as mdoc has them in the arguments of a macro.
std::string in_mdoc(const std::string &text)
{
    std::string escaped;
    for (const char c : text)
        escaped += c == '"' ? std::string("\\(dq") : std::string(1, c);
    return escaped;
}

// From a key's line to the next one's, "" if there is none.
std::string entry_of(const std::string &manual, std::string_view key)
{
    const auto begin = manual.find(".It Cm " + std::string(key) + "\n");
    if (begin == std::string::npos)
        return "";
    return manual.substr(begin, manual.find("\n.It ", begin) - begin) + "\n";
}

} // namespace

TEST_CASE("vitrine(5) has each key with its flag and its default")
{
    const std::string manual = data_file("vitrine.5");
    for (const Key &key : keys()) {
        CAPTURE(key.name);
        const std::string entry = entry_of(manual, key.name);
        CHECK(entry.find("\n.Fl " + std::string(key.flag.substr(1)) + " ") != std::string::npos);
        CHECK(entry.find("\ndefault\n.Li " + in_mdoc(print_default(key)) + "\n") !=
              std::string::npos);
    }
}

TEST_CASE("vitrine(5) has each theme")
{
    const std::string manual = data_file("vitrine.5");
    const std::string themes = manual.substr(manual.find("\nThe themes are\n"));
    for (const NamedTheme &theme : built_in_themes()) {
        CAPTURE(theme.name);
        CHECK(themes.find(theme.name) != std::string::npos);
    }
}

TEST_CASE("the shells complete each flag")
{
    for (const char *shell : {"completions/vitrine.bash", "completions/_vitrine"}) {
        CAPTURE(shell);
        const std::string completions = data_file(shell);
        for (const Key &key : keys()) {
            CAPTURE(key.flag);
            CHECK(completions.find(key.flag) != std::string::npos);
        }
    }
    const std::string fish = data_file("completions/vitrine.fish");
    for (const Key &key : keys()) {
        CAPTURE(key.flag);
        CHECK(fish.find(" -l " + std::string(key.flag.substr(2)) + " ") != std::string::npos);
    }
}
