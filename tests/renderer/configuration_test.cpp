// Configuration files: what they come to, what is wrong in them and where.

#include "config/configuration.h"
#include "draw/built_in_themes.h"

#include <doctest/doctest.h>
#include <vitrine/memory.h>

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <random>

using namespace vitrine;

namespace {

namespace fs = std::filesystem;

// A folder with files that is gone afterwards.
class Folder {
public:
    Folder()
    {
        std::string path = (fs::temp_directory_path() / "vitrine-config-XXXXXX").string();
        REQUIRE(mkdtemp(path.data()) != nullptr);
        path_ = path;
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;

    fs::path write(const std::string &name, const std::string &content) const
    {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name) << content;
        return path_ / name;
    }
    const fs::path &path() const { return path_; }

private:
    fs::path path_;
};

Override flag(const std::string &name, const std::string &text)
{
    REQUIRE(find_flag(name) != nullptr);
    return {find_flag(name), text};
}

Configuration load(const fs::path &file, std::vector<Override> flags = {})
{
    return load_configuration({file, true, std::move(flags)});
}

// Complaints without the folder, one behind the other.
std::string complaints(const Folder &folder, const Configuration &loaded)
{
    std::string text;
    for (const Complaint &complaint : loaded.complaints)
        text += (text.empty() ? "" : "; ") + complaint.text();
    const std::string path = folder.path().string() + "/";
    for (auto at = text.find(path); at != std::string::npos; at = text.find(path))
        text.erase(at, path.size());
    return text;
}

} // namespace

TEST_CASE("the table of keys is in order")
{
    for (const Key &key : keys()) {
        CAPTURE(key.name);
        CHECK(find_key(key.name) == &key);
        CHECK(find_flag(key.flag) == &key);
        CHECK(key.flag.starts_with("--"));
        CHECK(key.help.ends_with('.'));
        CHECK_FALSE(describe(key).empty());
    }
}

TEST_CASE("what is wrong in a file is said with its place")
{
    struct Case {
        const char *content;
        const char *complaint;
    };
    const Case cases[] = {
        {"", ""},
        {"[font]\nsize = 10", ""},
        {"[font]\nsize = 10.5", ""},
        {"[font]\n[colours.palette]\n[memory.limits]\n", ""},
        {"theme = \"nord\"\n[colours]\nforeground = \"theme\"\n", ""},
        {"[font]\nsize = 3.9", "f:2:1: font.size: not a number from 4 to 200: 3.9"},
        {"[font]\n  size = \"big\"", "f:2:3: font.size: not a number from 4 to 200: big"},
        {"[font]\nsize = nan", "f:2:1: font.size: not a number from 4 to 200: nan"},
        {"[window]\ncolumns = 80.0", "f:2:1: window.columns: not a whole number from 1 to 1000: "
                                     "80.0"},
        {"[window]\nrows = 0", "f:2:1: window.rows: not a whole number from 1 to 1000: 0"},
        {"[window]\nfull-screen = 1", "f:2:1: window.full-screen: not true or false: 1"},
        {"[window]\nclass = \"\"", "f:2:1: window.class: not a text: "},
        {"theme = \"nrod\"", "f:1:1: theme: not \"auto\" or a theme of vitrine --list-themes: "
                             "nrod"},
        {"theme-dark = \"auto\"", "f:1:1: theme-dark: not a theme of vitrine --list-themes: auto"},
        {"appearance = \"grey\"", "f:1:1: appearance: not \"dark\" or \"light\": grey"},
        {"colours.cursor = \"red\"", "f:1:9: colours.cursor: not \"#rrggbb\" or \"theme\": red"},
        {"[colours.palette]\n1 = \"theme\"",
         "f:2:1: colours.palette.1: not a colour as \"#rrggbb\": theme"},
        {"[colours.palette]\n-1 = \"#000000\"",
         "f:2:1: colours.palette.-1: not the number of a colour, 0 to 255: -1"},
        {"[memory.limits]\natlas = \"8\"",
         "f:2:1: memory.limits.atlas: not MiB from 0 to 65536: 8"},
        {"[memory.limits]\natlas = -1", "f:2:1: memory.limits.atlas: not MiB from 0 to 65536: -1"},
        {"[memory.limits]\ndecoder = 1",
         "f:2:1: memory.limits.decoder: not one of pool, stream, connection, text, screen, scene, "
         "shapes, atlas, fonts, pixels: decoder"},
        {"[memory]\nlimits = 3",
         "f:2:1: memory.limits: not a table of lines like atlas = 8, in MiB from 0 to 65536, of "
         "pool, stream, connection, text, screen, scene, shapes, atlas, fonts, pixels: 3"},
        {"[colours]\npalette = [\"#000000\"]",
         "f:2:1: colours.palette: not a table of lines like 7 = \"#rrggbb\", from 0 to 255: "
         "[\"#000000\"]"},
        {"[font]\nbold-family = \"\"\nfeatures = []\nbaseline = \"-5%\"\n", ""},
        {"[font]\nfeatures = [\"ss01\", \"calt=x\"]",
         "f:2:1: font.features: not an array of texts like \"calt=0\": [\"ss01\", \"calt=x\"]"},
        {"[font]\nsymbol-maps = [\"U+E000\"]",
         "f:2:1: font.symbol-maps: not an array of texts like "
         "\"U+E000-U+F8FF=Symbols Nerd Font\": [\"U+E000\"]"},
        {"[font]\ncell-width = \"2em\"",
         "f:2:1: font.cell-width: not \"2px\", \"-5%\" or the like: 2em"},
        {"[font]\nhinting = true",
         "f:2:1: font.hinting: not \"slight\", \"none\" or \"full\": true"},
        {"\n\n[font]\nfamly = \"Mono\"", "f:4:1: font.famly: there is no such key"},
        {"[fnt]", "f:1:2: fnt: there is no such key"},
        {"font = 3", "f:1:1: font: not a table: 3"},
        {"[font]\nsize = 1979-05-27", "f:2:1: font.size: not a number from 4 to 200: a date or "
                                      "time"},
        {"theme = \"a\"\nappearance = \"b\"",
         "f:1:1: theme: not \"auto\" or a theme of vitrine --list-themes: a; "
         "f:2:1: appearance: not \"dark\" or \"light\": b"},
        {"include = \"other\"", "f:1:1: include: not an array of file names"},
        {"include = [1]", "f:1:1: include: not an array of file names"},
    };
    const Folder folder;
    for (const Case &c : cases) {
        CAPTURE(c.content);
        CHECK(complaints(folder, load(folder.write("f", c.content))) == c.complaint);
    }
    CHECK(complaints(folder, load(folder.path() / "none")) ==
          "none: cannot be read: No such file or directory");
    CHECK(complaints(folder, load(folder.path())).ends_with("Is a directory"));
}

TEST_CASE("what has no end, or takes all of the stack, is refused")
{
    const Folder folder;
    CHECK(complaints(folder, load("/dev/zero")).ends_with("cannot be read: more than 256 KiB"));
    std::string nested = "a";
    while (nested.size() < 200000)
        nested += ".a";
    CHECK(complaints(folder, load(folder.write("f", "\n" + nested + " = 1\n"))) ==
          "f:2:4097: the line is longer than 4096 bytes");
    nested.resize(4001);
    CHECK(complaints(folder, load(folder.write("f", nested + " = 1"))) ==
          "f:1:15: a.a.a.a.a.a.a.a: there is no such key");
}

TEST_CASE("what is no TOML is said with its place")
{
    const Folder folder;
    const Configuration loaded = load(folder.write("f", "[font]\nsize = 12\nfamily = \"Mono\n"));
    REQUIRE(loaded.complaints.size() == 1);
    CHECK(loaded.complaints[0].place.line == 3);
    CHECK(loaded.complaints[0].place.column > 10);
    CHECK_FALSE(loaded.complaints[0].reason.empty());
}

TEST_CASE("flags win over the file, the file over what it includes")
{
    const Folder folder;
    folder.write("deep/base.toml", "[font]\nsize = 8\nfamily = \"Base\"\n[window]\nrows = 9\n");
    folder.write("middle.toml", "include = [\"deep/base.toml\"]\n[font]\nfamily = \"Middle\"\n");
    const fs::path file =
        folder.write("f", "[font]\nsize = 20\n[window]\npadding = 3\n[colours.palette]\n"
                          "1 = \"#111111\"\n2 = \"#222222\"\n");
    const fs::path all = folder.write("all", "window.columns = 50\n"
                                             "include = [\"middle.toml\", \"f\"]\n");
    const Configuration loaded = load(
        all, {flag("--window-padding", "5"), flag("--colours-palette", "2=#333333,4=#444444")});
    CHECK(complaints(folder, loaded) == "");
    CHECK(loaded.settings.font.family == "Middle");
    CHECK(loaded.settings.font.points == 20);
    CHECK(loaded.settings.rows == 9);
    CHECK(loaded.settings.columns == 50);
    CHECK(loaded.settings.padding == 5);
    CHECK(loaded.settings.palette ==
          std::map<int, Rgb>{{1, 0x111111}, {2, 0x333333}, {4, 0x444444}});
    CHECK(loaded.files == std::vector<fs::path>{all, folder.path() / "middle.toml",
                                                folder.path() / "deep/base.toml", file});
}

TEST_CASE("a wrong file counts for nothing, flags count still")
{
    const Folder folder;
    const fs::path file = folder.write("f", "theme = \"nord\"\nnonsense = 1\n");
    const Configuration loaded = load(file, {flag("--font-size", "20")});
    CHECK(complaints(folder, loaded) == "f:2:1: nonsense: there is no such key");
    CHECK(loaded.settings.theme == "auto");
    CHECK(loaded.settings.font.points == 20);
}

TEST_CASE("includes that lead nowhere or in a circle")
{
    const Folder folder;
    folder.write("a", "include = [\"b\"]");
    folder.write("b", "\ninclude = [\"./a\"]");
    const std::string here = folder.path().string();
    CHECK(complaints(folder, load(folder.path() / "a")) == "b:2:1: include: ./a includes itself");
    const Configuration missing = load(folder.write("c", "include = [\"none\"]"));
    CHECK(complaints(folder, missing) == "c:1:1: include: none: there is no such file");
    CHECK(missing.files.back() == folder.path() / "none");
    folder.write("wrong", "theme = 1");
    CHECK(complaints(folder, load(folder.write("d", "include = [\"wrong\"]"))) ==
          "wrong:1:1: theme: not \"auto\" or a theme of vitrine --list-themes: 1");
    // The same file twice is no circle.
    folder.write("leaf", "theme = \"nord\"");
    CHECK(complaints(folder, load(folder.write("e", "include = [\"leaf\", \"leaf\"]"))) == "");
}

TEST_CASE("the usual file is where the environment says, and need not be there")
{
    const char *before = std::getenv("XDG_CONFIG_HOME");
    const std::string kept = before != nullptr ? before : "";
    setenv("XDG_CONFIG_HOME", "/x/config", 1);
    CHECK(default_configuration_file() == "/x/config/vitrine/vitrine.toml");
    setenv("XDG_CONFIG_HOME", "not/absolute", 1);
    const char *home = std::getenv("HOME");
    REQUIRE(home != nullptr);
    CHECK(default_configuration_file() == fs::path(home) / ".config/vitrine/vitrine.toml");
    if (before != nullptr)
        setenv("XDG_CONFIG_HOME", kept.c_str(), 1);
    else
        unsetenv("XDG_CONFIG_HOME");
    const Configuration loaded = load_configuration({"/nowhere/vitrine.toml", false, {}});
    CHECK(loaded.complaints.empty());
    CHECK(loaded.settings == Settings{});
    CHECK(loaded.files == std::vector<fs::path>{"/nowhere/vitrine.toml"});
}

TEST_CASE("all that can be chosen about text")
{
    const Folder folder;
    const Configuration loaded = load(
        folder.write("f", "[font]\nbold-family = \"B\"\nitalic-family = \"I\"\n"
                          "bold-italic-family = \"BI\"\nsymbol-maps = [\"U+2665=Hearts\"]\n"
                          "features = [\"ss01\", \"-liga\"]\naxes = [\"wght=450\"]\n"
                          "ligatures = \"off\"\nhinting = \"full\"\nantialias = \"lcd-bgr\"\n"
                          "blending = \"linear\"\ncell-width = \"1px\"\ncell-height = \"-10%\"\n"
                          "baseline = \"2px\"\n"),
        {flag("--font-features", "zero,calt=0")});
    CHECK(complaints(folder, loaded) == "");
    FontOptions expected;
    expected.bold_family = "B";
    expected.italic_family = "I";
    expected.bold_italic_family = "BI";
    expected.symbol_maps = {{0x2665, 0x2665, "Hearts"}};
    expected.features = {"zero", "calt=0"};
    expected.axes = {"wght=450"};
    expected.ligatures = Ligatures::off;
    expected.hinting = Hinting::full;
    expected.antialias = Antialias::lcd_bgr;
    expected.blending = Blending::linear;
    expected.cell = {
        {1, AdjustmentUnit::px}, {-10, AdjustmentUnit::percent}, {2, AdjustmentUnit::px}};
    CHECK(loaded.settings.font == expected);
}

TEST_CASE("a theme, its variant by appearance, colours in place of its own")
{
    const auto theme = [](std::vector<Override> flags) {
        return theme_of(load_configuration({{}, false, std::move(flags)}).settings);
    };
    CHECK(theme({}) == default_theme());
    CHECK(theme({flag("--appearance", "light")}) == make_theme(*find_theme("vitrine-light")));
    CHECK(theme({flag("--theme-light", "one-light"), flag("--appearance", "light")}) ==
          make_theme(*find_theme("one-light")));
    CHECK(theme({flag("--theme-light", "one-light")}) == default_theme());
    CHECK(theme({flag("--theme", "nord"), flag("--appearance", "light")}) ==
          make_theme(*find_theme("nord")));
    Theme changed = make_theme(*find_theme("dracula"));
    changed.background = 0x010203;
    changed.palette[255] = 0xffffff;
    CHECK(theme({flag("--theme", "dracula"), flag("--colours-background", "#010203"),
                 flag("--colours-palette", "255=#FFFFFF")}) == changed);
}

TEST_CASE("limits of memory by tag, from a file and a flag, and printed again")
{
    const Folder folder;
    const fs::path file =
        folder.write("f", "[memory]\nlimit = 60\n[memory.limits]\natlas = 16\nfonts = 8\n");
    const Configuration loaded = load(file, {flag("--memory-limits", "shapes=0.5,fonts=4")});
    CHECK(complaints(folder, loaded) == "");
    CHECK(loaded.settings.memory_limits == std::map<std::uint32_t, double>{{UI_MEMORY_SHAPES, 0.5},
                                                                           {UI_MEMORY_ATLAS, 16},
                                                                           {UI_MEMORY_FONTS, 4}});
    const Configuration again = load(folder.write("g", print_configuration(loaded.settings)));
    CHECK(complaints(folder, again) == "");
    CHECK(again.settings == loaded.settings);
}

TEST_CASE("themes can be told apart and read")
{
    for (const NamedTheme &theme : built_in_themes()) {
        CAPTURE(theme.name);
        CHECK(find_theme(theme.name) == &theme);
        const auto brightness = [](Rgb colour) {
            return static_cast<int>((colour >> 16) + (colour >> 8 & 0xff) * 2 + (colour & 0xff));
        };
        CHECK(std::abs(brightness(theme.foreground) - brightness(theme.background)) > 200);
        CHECK(theme.cursor != theme.background);
    }
    CHECK(find_theme("auto") == nullptr);
}

namespace {

class Chance {
public:
    explicit Chance(unsigned seed) : engine_(seed) {}

    int number(int least, int most)
    {
        return std::uniform_int_distribution<int>(least, most)(engine_);
    }
    double decimal(double least, double most)
    {
        return std::uniform_real_distribution<double>(least, most)(engine_);
    }
    std::string colour()
    {
        std::string text = "#";
        for (int i = 0; i < 6; i++)
            text += "0123456789abcdef"[number(0, 15)];
        return text;
    }
    std::string text()
    {
        static const std::vector<std::string> pieces = {"Mono", " ",  "\"", "\\", "'", "#",
                                                        "é",    "世", "=",  "[",  "a"};
        std::string text;
        for (int i = number(1, 8); i > 0; i--)
            text += pieces[static_cast<std::size_t>(number(0, int(pieces.size()) - 1))];
        return text;
    }
    std::string theme()
    {
        const auto themes = built_in_themes();
        return std::string(
            themes[static_cast<std::size_t>(number(0, int(themes.size()) - 1))].name);
    }

    // A flag's text for a key.
    std::string operator()(const TextKind &kind)
    {
        return kind.example.empty() ? text() : std::string(kind.example);
    }
    std::string operator()(const ThemeKind &) { return theme(); }
    std::string operator()(const ListKind &kind)
    {
        std::string list(kind.example);
        for (int i = number(0, 2); i > 0; i--)
            list += "," + std::string(kind.example);
        return list;
    }
    std::string operator()(const AdjustmentKind &)
    {
        return show_decimal(decimal(-20, 20)) + (number(0, 1) != 0 ? "px" : "%");
    }
    std::string operator()(const WholeKind &kind)
    {
        return std::to_string(number(kind.least, kind.most));
    }
    std::string operator()(const DecimalKind &kind)
    {
        return show_decimal(decimal(kind.least, kind.most));
    }
    std::string operator()(const SwitchKind &) { return number(0, 1) != 0 ? "true" : "false"; }
    std::string operator()(const ColourKind &) { return number(0, 3) != 0 ? colour() : "theme"; }
    std::string operator()(const PaletteKind &)
    {
        return std::to_string(number(0, 255)) + "=" + colour() + "," +
               std::to_string(number(0, 255)) + "=" + colour();
    }
    std::string operator()(const LimitsKind &kind)
    {
        const auto tag = static_cast<std::size_t>(number(0, int(kind.tags.size()) - 1));
        return std::string(ui_memory_tag_name(kind.tags[tag])) + "=" +
               std::to_string(number(0, 1000)) + ".5";
    }
    std::string operator()(const ChoiceKind &kind)
    {
        return std::string(
            kind.words[static_cast<std::size_t>(number(0, int(kind.words.size()) - 1))]);
    }

private:
    std::mt19937 engine_;
};

} // namespace

TEST_CASE("what is printed gives the same settings")
{
    const Folder folder;
    Chance chance(20261121);
    for (int round = 0; round < 200; round++) {
        Settings settings;
        for (const Key &key : keys()) {
            if (round == 0 || chance.number(0, 2) == 0)
                continue; // the first round is the defaults
            const std::string text = std::visit(chance, key.kind);
            CAPTURE(key.name);
            CAPTURE(text);
            REQUIRE(assign_text(key, text, settings));
        }
        const std::string printed = print_configuration(settings);
        CAPTURE(printed);
        const Configuration again = load(folder.write("printed", printed));
        CHECK(complaints(folder, again) == "");
        REQUIRE(again.settings == settings);
        CHECK(print_configuration(again.settings) == printed);
    }
}
