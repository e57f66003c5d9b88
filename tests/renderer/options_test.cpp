#include "command/options.h"
#include "command/tmux_commands.h"
#include "command/tmux_program.h"

#include "vitrine_config.h"

#include <doctest/doctest.h>

#include <sstream>

using namespace vitrine;

namespace {

std::vector<std::string> words(const std::string &line)
{
    std::istringstream in(line);
    std::vector<std::string> all;
    for (std::string word; in >> word;)
        all.push_back(word);
    return all;
}

Options parse(const std::string &line)
{
    const auto strings = words(line);
    std::vector<const char *> arguments;
    for (const std::string &string : strings)
        arguments.push_back(string.c_str());
    return parse_options(arguments);
}

// What a line means: action, then what is not at its default.
std::string print(const Options &options)
{
    static const char *const actions[] = {"window", "tmux",  "version", "help",   "bench", "memory",
                                          "top",    "print", "check",   "themes", "reject"};
    std::string text = actions[static_cast<int>(options.action)];
    if (options.action == Action::reject)
        return text + ": " + options.error;
    const auto list = [&text](const char *name, const std::vector<std::string> &strings) {
        if (!strings.empty())
            text += std::string(" ") + name;
        for (const std::string &string : strings)
            text += " " + string;
    };
    list("flags", options.tmux_flags);
    list("command", options.command);
    if (options.single_pane)
        text += " pane=" + options.pane_target;
    if (!options.screenshot.empty())
        text += " shot=" + options.screenshot;
    for (const Override &setting : options.settings)
        text += " " + std::string(setting.key->name) + "=" + setting.text;
    if (!options.config.empty())
        text += " config=" + options.config;
    if (options.json)
        text += " json";
    if (!options.tmux.empty())
        text += " program=" + options.tmux;
    return text;
}

} // namespace

TEST_CASE("command lines")
{
    struct Case {
        const char *line;
        const char *meaning;
    };
    const Case cases[] = {
        {"", "window"},
        {"--version", "version"},
        {"--help", "help"},
        {"-h", "help flags -h"},
        {"-L work", "window flags -L work"},
        {"-Lwork -f /dev/null", "window flags -Lwork -f /dev/null"},
        {"-2uvLwork", "window flags -2uvLwork"},
        {"-uL work new", "window flags -uL work command new"},
        {"-S /tmp/s ls", "tmux flags -S /tmp/s command ls"},
        {"new -s x", "window command new -s x"},
        {"new-s -s x", "window command new-s -s x"},
        {"new-window", "tmux command new-window"},
        {"new -d -s x", "tmux command new -d -s x"},
        {"new -s -d", "window command new -s -d"},
        {"new ls -d", "window command new ls -d"},
        {"new ls --help", "window command new ls --help"},
        {"attach", "window command attach"},
        {"a -t x", "window command a -t x"},
        {"att -d -t x", "window command att -d -t x"},
        {"attach -t %3 --pane", "window command attach -t %3 pane=%3"},
        {"attach --pane -dt %3", "window command attach -dt %3 pane=%3"},
        {"attach --pane -t%3", "window command attach -t%3 pane=%3"},
        {"attach --pane -c /tmp -t s:1.2", "window command attach -c /tmp -t s:1.2 pane=s:1.2"},
        {"--pane attach", "window command attach pane="},
        {"--pane", "window pane="},
        {"attach --screenshot f.png -t x", "window command attach -t x shot=f.png"},
        {"--screenshot=f.png attach", "window command attach shot=f.png"},
        {"--screenshot f.png", "window shot=f.png"},
        {"--font Mono --font-size 10.5", "window font.family=Mono font.size=10.5"},
        {"--tmux /x/tmux ls", "tmux command ls program=/x/tmux"},
        {"-- attach -t x --pane", "window command attach -t x --pane"},
        {"-- ls -F --help", "tmux command ls -F --help"},
        {"attach ; split-window --x", "window command attach ; split-window --x"},
        {"split-window ; attach", "window command split-window ; attach"},
        {"memory", "memory"},
        {"-L work memory --json", "memory flags -L work json"},
        {"memory --all", "reject: memory: takes nothing but --json: --all"},
        {"-- memory", "tmux command memory"},
        {"-L work top", "top flags -L work"},
        {"top --json", "top json"},
        {"top -t 3", "reject: top: takes nothing but --json: -t"},
        {"-- top", "tmux command top"},
        {"kill-server", "tmux command kill-server"},
        {"-V", "tmux flags -V"},
        {"-C attach", "tmux flags -C command attach"},
        {"bench idle", "bench command idle"},
        {"-h bench", "help flags -h"},
        {"-L x bench", "reject: bench: takes no tmux flags, it runs a server of its own"},
        {"-CC", "tmux flags -CC"},
        {"-c true", "tmux flags -c true"},
        {"--font", "reject: option --font: needs a value"},
        {"--font=", "reject: option --font: needs a value"},
        {"--font-size huge", "reject: option --font-size: not a number from 4 to 200: huge"},
        {"--font-size nan", "reject: option --font-size: not a number from 4 to 200: nan"},
        {"--font-size 3", "reject: option --font-size: not a number from 4 to 200: 3"},
        {"--font-size 12x", "reject: option --font-size: not a number from 4 to 200: 12x"},
        {"--size 160x45 new", "window command new window.columns=160 window.rows=45"},
        {"attach --size=1x1000", "window command attach window.columns=1 window.rows=1000"},
        {"--size", "reject: option --size: needs a value"},
        {"--size 80", "reject: option --size: not COLUMNSxROWS, each from 1 to 1000: 80"},
        {"--size 80x", "reject: option --size: not COLUMNSxROWS, each from 1 to 1000: 80x"},
        {"--size x24", "reject: option --size: not COLUMNSxROWS, each from 1 to 1000: x24"},
        {"--size 80x24x", "reject: option --size: not COLUMNSxROWS, each from 1 to 1000: 80x24x"},
        {"--size 80*24", "reject: option --size: not COLUMNSxROWS, each from 1 to 1000: 80*24"},
        {"--size 0x24", "reject: option --size: not COLUMNSxROWS, each from 1 to 1000: 0x24"},
        {"--size 80x1001", "reject: option --size: not COLUMNSxROWS, each from 1 to 1000: 80x1001"},
        {"--print-config", "print"},
        {"--print-config --theme nord", "print theme=nord"},
        {"--check-config f.toml", "check config=f.toml"},
        {"--check-config", "reject: option --check-config: needs a value"},
        {"--config f.toml a", "window command a config=f.toml"},
        {"--list-themes", "themes"},
        {"attach --window-padding 4", "window command attach window.padding=4"},
        {"--window-padding 201",
         "reject: option --window-padding: not a whole number from 0 to 200: 201"},
        {"--appearance light", "window appearance=light"},
        {"--appearance grey", "reject: option --appearance: not \"dark\" or \"light\": grey"},
        {"--keys-zoom no", "reject: option --keys-zoom: not true or false: no"},
        {"--colours-palette 1=#102030,2=#000000", "window colours.palette=1=#102030,2=#000000"},
        {"--colours-palette 256=#102030",
         "reject: option --colours-palette: not the number of a colour, 0 to 255: 256"},
        {"--colours-palette x", "reject: option --colours-palette: not NUMBER=#rrggbb: x"},
        {"--memory-limits atlas=8,shapes=0.5", "window memory.limits=atlas=8,shapes=0.5"},
        {"--memory-limits atlas", "reject: option --memory-limits: not TAG=MIB: atlas"},
        {"--memory-limits atlas=x", "reject: option --memory-limits: not MiB from 0 to 65536: x"},
        {"-L", "reject: option -L: needs a value"},
        {"-Z", "reject: option -Z: unknown (see vitrine --help)"},
        {"--nope", "reject: option --nope: unknown (see vitrine --help)"},
        {"--pane=3 attach",
         "reject: option --pane: unknown, or takes no value (see vitrine --help)"},
        {"attach --nope", "reject: option --nope: unknown (see vitrine --help)"},
        {"--screenshot f.png ls", "reject: option --screenshot: needs a command that attaches"},
        {"--pane ls", "reject: option --pane: needs a command that attaches"},
    };
    for (const Case &c : cases) {
        CAPTURE(c.line);
        CHECK(print(parse(c.line)) == std::string(c.meaning));
    }
}

TEST_CASE("which tmux commands take a window")
{
    struct Case {
        const char *line;
        CommandKind kind;
    };
    const Case cases[] = {
        {"attach-session", CommandKind::attach},
        {"attach", CommandKind::attach},
        {"at", CommandKind::attach},
        {"attached", CommandKind::other},
        {"new-session", CommandKind::create},
        {"new", CommandKind::create},
        {"new-", CommandKind::other},
        {"ne", CommandKind::other},
        {"new -Ads x", CommandKind::create},
        {"new -ds x", CommandKind::other},
        {"new -s d -n d", CommandKind::create},
        {"new -x 80 -y 24 -d", CommandKind::other},
        {"new -e A=-d", CommandKind::create},
        {"new -- -d", CommandKind::create},
        {"new -d ; new -s y", CommandKind::create},
        {"new -d; attach", CommandKind::attach},
        {"new -d \\; attach", CommandKind::other},
        {"attach; split-window", CommandKind::attach},
        {"ls ; kill-session", CommandKind::other},
        {";", CommandKind::other},
    };
    for (const Case &c : cases) {
        CAPTURE(c.line);
        CHECK(command_kind(words(c.line)) == c.kind);
    }
    CHECK(command_kind({}) == CommandKind::other);
}

TEST_CASE("where tmux is looked for")
{
    using Paths = std::vector<std::string>;
    CHECK(tmux_candidates({"/a/tmux", "/b/tmux", "/usr/bin/vitrine"}) == Paths{"/a/tmux"});
    CHECK(tmux_candidates({"", "/b/tmux", "/usr/bin/vitrine"}) == Paths{"/b/tmux"});
    CHECK(tmux_candidates({"", "", "/opt/v/bin/vitrine"}) ==
          Paths{"/opt/v/libexec/vitrine/tmux", VITRINE_LIBEXECDIR "/tmux"});
    // In a build its own comes before one that was installed, which may be older.
    CHECK(tmux_candidates({"", "", "/src/build/renderer/vitrine"}) ==
          Paths{"/src/build/shim/tmux", VITRINE_LIBEXECDIR "/tmux"});
}

TEST_CASE("pane ids")
{
    CHECK(parse_pane_id("%0") == 0u);
    CHECK(parse_pane_id("%4000000000") == 4000000000u);
    for (const char *text : {"", "%", "3", "%x", "%3x", "%-1", "%99999999999", "s:1.2"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_pane_id(text).has_value());
    }
}

TEST_CASE("asking a program")
{
    const std::vector<std::string> flags = {"-c"};
    const std::vector<std::string> command = {"echo one; echo two; exit 3"};
    const TmuxAnswer answer = ask_tmux("/bin/sh", flags, command, ErrorOutput::discard);
    CHECK(answer.status == 3);
    CHECK(answer.output == "one\ntwo");
    CHECK(ask_tmux("/does/not/exist", flags, command, ErrorOutput::discard).status != 0);
}

TEST_CASE("a tmux that cannot be run is named with the reason")
{
    CHECK(find_tmux("/does/not/exist").error == "tmux: /does/not/exist: No such file or directory");
    CHECK(find_tmux("/etc").error == "tmux: /etc: not a program");
    CHECK(find_tmux("/etc/passwd").error == "tmux: /etc/passwd: not a program");
    CHECK(find_tmux("/bin/sh").path == "/bin/sh");
    CHECK(find_tmux("tmux").path == "tmux"); // searched when it is run
}
