#include "command/options.h"

#include "command/tmux_commands.h"

#include <charconv>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <system_error>

namespace vitrine {

namespace {

// tmux's flags as of its getopt(): with a value, and without.
constexpr std::string_view tmux_valued_flags = "cfLST";
constexpr std::string_view tmux_plain_flags = "2CDdhlNquUvV";
// Those that mean no window: a shell command, control mode, the server in the
// foreground, tmux's own version.
constexpr std::string_view tmux_alone_flags = "cCDV";

constexpr double smallest_font = 4;
constexpr double largest_font = 200;
constexpr int largest_size = 1000; // cells, each way

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
    void parse_font_size(const std::string &value);
    void parse_size(const std::string &value);
    void parse_long(const std::string &argument);
    void parse_attach_tail();
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
    const bool valued = name == "--screenshot" || name == "--font" || name == "--font-size" ||
                        name == "--size" || name == "--tmux";
    if (!valued && inlined)
        return fail("option " + name + ": unknown, or takes no value (see vitrine --help)");
    if (name == "--version")
        options_.action = Action::show_version;
    else if (name == "--help")
        options_.action = Action::show_help;
    else if (name == "--pane")
        options_.single_pane = true;
    else if (name == "--screenshot")
        options_.screenshot = value_of(name, inlined);
    else if (name == "--font")
        options_.font = value_of(name, inlined);
    else if (name == "--tmux")
        options_.tmux = value_of(name, inlined);
    else if (name == "--font-size")
        parse_font_size(value_of(name, inlined));
    else if (name == "--size")
        parse_size(value_of(name, inlined));
    else
        fail("option " + name + ": unknown (see vitrine --help)");
}

void Parser::parse_font_size(const std::string &value)
{
    char *end = nullptr;
    options_.font_size = std::strtod(value.c_str(), &end);
    if (*end != '\0' || !(options_.font_size >= smallest_font) ||
        !(options_.font_size <= largest_font))
        fail("option --font-size: not a number from 4 to 200: " + value);
}

void Parser::parse_size(const std::string &value)
{
    const char *const end = value.data() + value.size();
    const auto [cross, bad_columns] = std::from_chars(value.data(), end, options_.columns);
    const auto [rest, bad_rows] =
        std::from_chars(cross < end ? cross + 1 : end, end, options_.rows);
    const auto in_range = [](int count) { return count >= 1 && count <= largest_size; };
    const bool good = bad_columns == std::errc() && bad_rows == std::errc() && *cross == 'x' &&
                      rest == end && in_range(options_.columns) && in_range(options_.rows);
    if (!good)
        fail("option --size: not COLUMNSxROWS, each from 1 to 1000: " + value);
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

const char *usage_text()
{
    return "usage: vitrine [options] [tmux flags] [command [arguments]]\n"
           "\n"
           "Opens a window on a tmux session: the one that is named, the most recent\n"
           "one, or a new one. Commands that do not attach are run by tmux as they are.\n"
           "\n"
           "  vitrine                          attach, or make a session\n"
           "  vitrine new -s work              a new session\n"
           "  vitrine attach -t work           that session\n"
           "  vitrine attach -t %3 --pane      only that pane\n"
           "  vitrine -- COMMAND ...           any tmux command, untouched\n"
           "  vitrine bench --help             measures latency, throughput, idling\n"
           "\n"
           "options:\n"
           "  --pane               show only the target's pane\n"
           "  --screenshot FILE    draw one frame offscreen into a PNG file and exit\n"
           "  --font FAMILY        font (default: the system's monospace font)\n"
           "  --font-size PT       its size, 4 to 200 (default 12)\n"
           "  --size COLSxROWS     the window's size at first, in cells (default 100x30)\n"
           "  --tmux PATH          the tmux with hooks to start\n"
           "  --version            version\n"
           "  --help               this text\n"
           "\n"
           "tmux flags (-L NAME, -S PATH, -f FILE, -u, -v, ...) mean what they mean in\n"
           "tmux. See vitrine(1) and tmux(1).\n";
}

} // namespace vitrine
