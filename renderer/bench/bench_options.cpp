#include "bench/bench_options.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace vitrine::bench {

namespace {

bool parse_int(std::string_view text, int least, int most, int &value)
{
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    return result.ec == std::errc() && result.ptr == text.data() + text.size() && value >= least &&
           value <= most;
}

// Two numbers with a separator between them.
bool parse_pair(std::string_view text, char separator, int least, int most, int &first, int &second)
{
    const auto at = text.find(separator);
    return at != std::string_view::npos && parse_int(text.substr(0, at), least, most, first) &&
           parse_int(text.substr(at + 1), least, most, second);
}

bool parse_kinds(std::string_view text, std::vector<PayloadKind> &kinds)
{
    kinds.clear();
    for (;;) {
        const auto comma = text.find(',');
        const auto kind = payload_kind(text.substr(0, comma));
        if (!kind)
            return false;
        kinds.push_back(*kind);
        if (comma == std::string_view::npos)
            return true;
        text.remove_prefix(comma + 1);
    }
}

bool parse_font_size(const std::string &text, double &size)
{
    char *end = nullptr;
    size = std::strtod(text.c_str(), &end);
    return !text.empty() && *end == '\0' && size >= 4 && size <= 200;
}

bool parse_plot(const std::string &text, std::string &plot)
{
    plot = text;
    return text.ends_with(".svg") || text.ends_with(".png");
}

bool parse_flood(const std::string &text, std::optional<int> &flood_kb)
{
    int value = 0;
    if (!parse_int(text, 0, 1'000'000, value))
        return false;
    flood_kb = value;
    return true;
}

// An option with a value: its name, what the value has to be, how it is taken.
struct ValueOption {
    std::string_view name;
    const char *wanted;
    bool (*take)(const std::string &value, BenchOptions &options);
};
constexpr std::array value_options = {
    ValueOption{
        "--keys", "a number from 1 to 1000000",
        [](const std::string &v, BenchOptions &o) { return parse_int(v, 1, 1'000'000, o.keys); }},
    ValueOption{"--spacing", "MIN,MAX in ms, up to 60000",
                [](const std::string &v, BenchOptions &o) {
                    return parse_pair(v, ',', 0, 60'000, o.spacing_min_ms, o.spacing_max_ms) &&
                           o.spacing_min_ms <= o.spacing_max_ms;
                }},
    ValueOption{"--flood-kb", "kB a second, 0 for no bound",
                [](const std::string &v, BenchOptions &o) { return parse_flood(v, o.flood_kb); }},
    ValueOption{"--kinds", "some of ascii,unicode,sgr,tui,long",
                [](const std::string &v, BenchOptions &o) { return parse_kinds(v, o.kinds); }},
    ValueOption{
        "--size", "MB, from 1 to 1000",
        [](const std::string &v, BenchOptions &o) { return parse_int(v, 1, 1000, o.megabytes); }},
    ValueOption{
        "--reps", "a number from 1 to 1000",
        [](const std::string &v, BenchOptions &o) { return parse_int(v, 1, 1000, o.reps); }},
    ValueOption{"--seconds", "a number from 1 to 86400",
                [](const std::string &v, BenchOptions &o) {
                    return parse_int(v, 1, 86'400, o.idle_seconds);
                }},
    ValueOption{"--geometry", "COLUMNSxROWS, 20x5 to 1000x500",
                [](const std::string &v, BenchOptions &o) {
                    return parse_pair(v, 'x', 5, 1000, o.columns, o.rows) && o.columns >= 20 &&
                           o.rows <= 500;
                }},
    ValueOption{"--font", "the name of a font",
                [](const std::string &v, BenchOptions &o) { return !(o.font = v).empty(); }},
    ValueOption{
        "--font-size", "a number from 4 to 200",
        [](const std::string &v, BenchOptions &o) { return parse_font_size(v, o.font_size); }},
    ValueOption{"--tmux", "the path of a tmux with hooks",
                [](const std::string &v, BenchOptions &o) { return !(o.tmux = v).empty(); }},
    ValueOption{"--plot", "a file that ends in .svg or .png",
                [](const std::string &v, BenchOptions &o) { return parse_plot(v, o.plot); }},
};

bool take_word(const std::string &word, ParsedBenchOptions &parsed)
{
    BenchOptions &options = parsed.options;
    if (word == "latency")
        options.latency = true;
    else if (word == "throughput")
        options.throughput = true;
    else if (word == "idle")
        options.idle = true;
    else if (word == "all")
        options.all = options.latency = options.throughput = options.idle = true;
    else if (word == "--json")
        options.json = true;
    else if (word == "--flood")
        options.flood_kb = options.flood_kb.value_or(0);
    else if (word == "--help")
        parsed.help = true;
    else
        return false;
    return true;
}

const ValueOption *find_option(std::string_view name)
{
    for (const ValueOption &option : value_options) {
        if (option.name == name)
            return &option;
    }
    return nullptr;
}

std::string check(const BenchOptions &options)
{
    if (!options.latency && !options.throughput && !options.idle)
        return "what to measure? latency, throughput, idle or all";
    if (!options.plot.empty() && !options.latency && !options.throughput)
        return "option --plot: there is nothing to plot of idle";
    return {};
}

} // namespace

ParsedBenchOptions parse_bench_options(std::span<const std::string> arguments,
                                       const BenchOptions &defaults)
{
    ParsedBenchOptions parsed;
    parsed.options = defaults;
    for (std::size_t i = 0; i < arguments.size(); i++) {
        if (take_word(arguments[i], parsed))
            continue;
        const auto equals = arguments[i].find('=');
        const std::string name = arguments[i].substr(0, equals);
        const ValueOption *option = find_option(name);
        if (option == nullptr) {
            parsed.error = name + ": unknown (see vitrine bench --help)";
            return parsed;
        }
        const bool inlined = equals != std::string::npos;
        if (!inlined && i + 1 == arguments.size()) {
            parsed.error = "option " + name + ": needs a value";
            return parsed;
        }
        const std::string value = inlined ? arguments[i].substr(equals + 1) : arguments[++i];
        if (!option->take(value, parsed.options)) {
            parsed.error = "option " + name + ": not " + option->wanted + ": " + value;
            return parsed;
        }
    }
    if (!parsed.help)
        parsed.error = check(parsed.options);
    return parsed;
}

const char *bench_usage_text()
{
    return "usage: vitrine bench latency|throughput|idle|all [options]\n"
           "\n"
           "Measures a window of its own, on a tmux server of its own, on your display.\n"
           "\n"
           "  latency       from a key to its echo on the screen, by stages\n"
           "  throughput    what tmux reads with a window attached and without\n"
           "  idle          what an idle window costs\n"
           "  all           all of these, and latency in two floods\n"
           "\n"
           "options:\n"
           "  --keys N             keys of a latency run (300)\n"
           "  --spacing MIN,MAX    ms from an echo to the next key (15,45)\n"
           "  --flood              another pane prints as fast as tmux reads\n"
           "  --flood-kb N         the same at N kB/s\n"
           "  --kinds LIST         of ascii,unicode,sgr,tui,long (all)\n"
           "  --size MB            of each payload (10)\n"
           "  --reps N             how often each payload is printed each way (5)\n"
           "  --seconds N          how long to watch an idle window (10)\n"
           "  --geometry COLSxROWS of the window (160x45)\n"
           "  --font FAMILY, --font-size PT, --tmux PATH   as for vitrine itself\n"
           "  --json               results as JSON\n"
           "  --plot FILE          an .svg or .png picture of them too (needs gnuplot)\n";
}

} // namespace vitrine::bench
