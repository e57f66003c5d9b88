#include "command/options.h"

#include "command/tmux_commands.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace vitrine {

namespace {

// tmux's flags as of its getopt(): with a value, and without.
constexpr std::string_view tmux_valued_flags = "cfLST";
constexpr std::string_view tmux_plain_flags = "2CDdhlNquUvV";
// Those that mean no window: a shell command, control mode, the server in the
// foreground, tmux's own version.
constexpr std::string_view tmux_alone_flags = "cCDV";

// Flags of no key that take a value.
constexpr std::array valued_options = {
    std::string_view("--check-config"), std::string_view("--config"),
    std::string_view("--screenshot"), std::string_view("--size"), std::string_view("--tmux")};

class Parser {
public:
    explicit Parser(std::span<const char *const> arguments) : left_(arguments) {}

    Options parse();

private:
    bool done() const { return left_.empty() || !options_.error.empty(); }
    std::string take();
    void fail(const std::string &error);
    void parse_leading();
    void parse_flags(const std::string &cluster);
    void parse_long(const std::string &argument);
    void parse_plain(const std::string &name);
    void parse_valued(const std::string &name, const std::string &value);
    void parse_setting(const Key &key, const std::string &value);
    void parse_size(const std::string &value);
    void parse_attach_tail();
    void parse_report(Action action);
    std::string value_of(const std::string &name, const std::optional<std::string> &inlined);
    void decide();

    std::span<const char *const> left_;
    Options options_;
    bool alone_ = false;
    bool untouched_ = false;
};

std::string Parser::take()
{
    std::string first = left_.front();
    left_ = left_.subspan(1);
    return first;
}

void Parser::fail(const std::string &error)
{
    if (options_.error.empty())
        options_.error = error;
}

Options Parser::parse()
{
    parse_leading();
    if (!done() && !untouched_ && is_attach_session(left_.front())) {
        options_.command.push_back(take());
        parse_attach_tail();
    }
    if (!done() && !untouched_ && std::string_view(left_.front()) == "bench") {
        take();
        if (options_.action == Action::open_window)
            options_.action = Action::run_bench;
        if (options_.action == Action::run_bench && !options_.tmux_flags.empty())
            fail("bench: takes no tmux flags, it runs a server of its own");
    }
    if (!done() && !untouched_ && std::string_view(left_.front()) == "memory")
        parse_report(Action::show_memory);
    else if (!done() && !untouched_ && std::string_view(left_.front()) == "top")
        parse_report(Action::show_top);
    while (!done())
        options_.command.push_back(take());
    decide();
    return options_;
}

void Parser::parse_leading()
{
    while (!done()) {
        const std::string_view next = left_.front();
        if (next.size() < 2 || next[0] != '-')
            return;
        const std::string argument = take();
        if (argument == "--") {
            untouched_ = true;
            return;
        }
        if (argument.starts_with("--"))
            parse_long(argument);
        else
            parse_flags(argument);
    }
}

void Parser::parse_flags(const std::string &cluster)
{
    for (std::size_t i = 1; i < cluster.size(); i++) {
        const char flag = cluster[i];
        alone_ |= tmux_alone_flags.find(flag) != std::string_view::npos;
        if (flag == 'h')
            options_.action = Action::show_help;
        if (tmux_valued_flags.find(flag) != std::string_view::npos) {
            options_.tmux_flags.push_back(cluster);
            if (i + 1 < cluster.size())
                return;
            if (left_.empty())
                return fail(std::string("option -") + flag + ": needs a value");
            options_.tmux_flags.push_back(take());
            return;
        }
        if (tmux_plain_flags.find(flag) == std::string_view::npos)
            return fail(std::string("option -") + flag + ": unknown (see vitrine --help)");
    }
    options_.tmux_flags.push_back(cluster);
}

void Parser::parse_long(const std::string &argument)
{
    std::string name = argument;
    std::optional<std::string> inlined;
    if (const auto equals = argument.find('='); equals != std::string::npos) {
        name = argument.substr(0, equals);
        inlined = argument.substr(equals + 1);
    }
    const Key *key = find_flag(name);
    const bool valued = key != nullptr || std::find(valued_options.begin(), valued_options.end(),
                                                    name) != valued_options.end();
    if (!valued && inlined)
        return fail("option " + name + ": unknown, or takes no value (see vitrine --help)");
    if (!valued)
        return parse_plain(name);
    const std::string value = value_of(name, inlined);
    if (value.empty())
        return;
    if (key != nullptr)
        parse_setting(*key, value);
    else
        parse_valued(name, value);
}

void Parser::parse_plain(const std::string &name)
{
    if (name == "--version")
        options_.action = Action::show_version;
    else if (name == "--help")
        options_.action = Action::show_help;
    else if (name == "--print-config")
        options_.action = Action::print_config;
    else if (name == "--list-themes")
        options_.action = Action::list_themes;
    else if (name == "--pane")
        options_.single_pane = true;
    else
        fail("option " + name + ": unknown (see vitrine --help)");
}

void Parser::parse_valued(const std::string &name, const std::string &value)
{
    if (name == "--screenshot")
        options_.screenshot = value;
    else if (name == "--tmux")
        options_.tmux = value;
    else if (name == "--size")
        parse_size(value);
    else
        options_.config = value;
    if (name == "--check-config")
        options_.action = Action::check_config;
}

void Parser::parse_setting(const Key &key, const std::string &value)
{
    Settings scratch;
    if (auto result = assign_text(key, value, scratch); !result)
        return fail("option " + result.error());
    options_.settings.push_back({&key, value});
}

// Both keys at once.
void Parser::parse_size(const std::string &value)
{
    const auto cross = value.find('x');
    const std::size_t rows = cross == std::string::npos ? value.size() : cross + 1;
    const std::array both = {Override{find_key("window.columns"), value.substr(0, cross)},
                             Override{find_key("window.rows"), value.substr(rows)}};
    Settings scratch;
    for (const Override &side : both) {
        if (!assign_text(*side.key, side.text, scratch))
            return fail("option --size: not COLUMNSxROWS, each from 1 to 1000: " + value);
        options_.settings.push_back(side);
    }
}

std::string Parser::value_of(const std::string &name, const std::optional<std::string> &inlined)
{
    if (!inlined && left_.empty()) {
        fail("option " + name + ": needs a value");
        return {};
    }
    std::string value = inlined ? *inlined : take();
    if (value.empty())
        fail("option " + name + ": needs a value");
    return value;
}

// The arguments of attach-session, up to the next command if there is one.
void Parser::parse_attach_tail()
{
    while (!done()) {
        const std::string argument = take();
        if (argument == "--") {
            return;
        }
        if (argument.starts_with("--")) {
            parse_long(argument);
            continue;
        }
        options_.command.push_back(argument);
        if (argument.ends_with(';'))
            return;
        if (argument.size() < 2 || argument[0] != '-')
            continue;
        // -t TARGET or -tTARGET; -c and -f have values too.
        const auto valued = argument.find_first_of("cft", 1);
        if (valued == std::string::npos)
            continue;
        std::string value = argument.substr(valued + 1);
        if (value.empty() && !left_.empty()) {
            value = take();
            options_.command.push_back(value);
        }
        if (argument[valued] == 't')
            options_.pane_target = value;
    }
}

void Parser::parse_report(Action action)
{
    const std::string name = take();
    if (options_.action == Action::open_window)
        options_.action = action;
    while (!done()) {
        const std::string argument = take();
        if (argument != "--json")
            return fail(name + ": takes nothing but --json: " + argument);
        options_.json = true;
    }
}

void Parser::decide()
{
    if (!options_.error.empty()) {
        options_.action = Action::reject;
        return;
    }
    if (options_.action != Action::open_window)
        return;
    const bool attaches =
        options_.command.empty() || command_kind(options_.command) != CommandKind::other;
    if (alone_ || !attaches)
        options_.action = Action::run_tmux;
    if (options_.action == Action::open_window)
        return;
    if (!options_.screenshot.empty())
        fail("option --screenshot: needs a command that attaches");
    else if (options_.single_pane)
        fail("option --pane: needs a command that attaches");
    if (!options_.error.empty())
        options_.action = Action::reject;
}

} // namespace

Options parse_options(std::span<const char *const> arguments) { return Parser(arguments).parse(); }

std::string usage_text()
{
    std::string text =
        "usage: vitrine [options] [tmux flags] [command [arguments]]\n"
        "\n"
        "Opens a window on a tmux session: the one that is named, the most recent\n"
        "one, or a new one. Commands that do not attach are run by tmux as they are.\n"
        "\n"
        "  vitrine                          attach, or make a session\n"
        "  vitrine new -s work              a new session\n"
        "  vitrine attach -t work           that session\n"
        "  vitrine attach -t %3 --pane      only that pane\n"
        "  vitrine -- COMMAND ...           any tmux command, untouched\n"
        "  vitrine memory [--json]          what the server and its windows use memory for\n"
        "  vitrine top [--json]             frames, latency and memory of a window, live\n"
        "  vitrine bench --help             measures latency, throughput, idling\n"
        "\n"
        "options:\n"
        "  --pane               show only the target's pane\n"
        "  --screenshot FILE    draw one frame offscreen into a PNG file and exit\n"
        "  --size COLSxROWS     the window's size at first, in cells (default 100x30)\n"
        "  --tmux PATH          the tmux with hooks to start\n"
        "  --config FILE        read this configuration file\n"
        "  --check-config FILE  say what is wrong in it, nothing if all is well\n"
        "  --print-config       print the settings in effect as a configuration file\n"
        "  --list-themes        print the names of the themes\n"
        "  --version            version\n"
        "  --help               this text\n"
        "\n"
        "settings, in place of those of ~/.config/vitrine/vitrine.toml:\n";
    for (const Key &key : keys())
        text += "  " + std::string(key.flag) + " " + std::string(placeholder(key)) + "\n";
    return text + "\n"
                  "tmux flags (-L NAME, -S PATH, -f FILE, -u, -v, ...) mean what they mean in\n"
                  "tmux. See vitrine(1), vitrine(5) and tmux(1).\n";
}

} // namespace vitrine
