#include "bench/bench_options.h"
#include "command/options.h"

#include <doctest/doctest.h>

#include <sstream>

using namespace vitrine::bench;

namespace {

ParsedBenchOptions parse(const std::string &line)
{
    std::istringstream words(line);
    std::vector<std::string> arguments;
    for (std::string word; words >> word;)
        arguments.push_back(word);
    return parse_bench_options(arguments);
}

std::string what(const BenchOptions &options)
{
    std::string text;
    text += options.latency ? "L" : "";
    text += options.throughput ? "T" : "";
    text += options.idle ? "I" : "";
    return text + (options.all ? "A" : "");
}

} // namespace

TEST_CASE("what is measured")
{
    CHECK(what(parse("latency").options) == "L");
    CHECK(what(parse("throughput idle").options) == "TI");
    CHECK(what(parse("all").options) == "LTIA");
    CHECK(parse("").error == "what to measure? latency, throughput, idle or all");
    CHECK(parse("--json").error == "what to measure? latency, throughput, idle or all");
    CHECK(parse("--help").help);
    CHECK(parse("--help").error.empty());
}

TEST_CASE("values")
{
    const BenchOptions options =
        parse("latency --keys 20 --spacing=5,9 --flood-kb 1000 --geometry 80x24 --font Mono "
              "--font-size 9.5 --json --plot a.svg --tmux /x/tmux")
            .options;
    CHECK(options.keys == 20);
    CHECK(options.spacing_min_ms == 5);
    CHECK(options.spacing_max_ms == 9);
    CHECK(options.flood_kb == 1000);
    CHECK(options.columns == 80);
    CHECK(options.rows == 24);
    CHECK(options.font == "Mono");
    CHECK(options.font_size == 9.5);
    CHECK(options.json);
    CHECK(options.plot == "a.svg");
    CHECK(options.tmux == "/x/tmux");
    CHECK(parse("latency --flood").options.flood_kb == 0);
    CHECK(parse("latency --flood --flood-kb 5").options.flood_kb == 5);
    CHECK(parse("latency --flood-kb 5 --flood").options.flood_kb == 5);
    CHECK_FALSE(parse("latency").options.flood_kb);
    CHECK(parse("throughput --kinds tui,ascii").options.kinds ==
          std::vector<PayloadKind>{PayloadKind::tui, PayloadKind::ascii});
    const BenchOptions runs = parse("throughput idle --size 3 --reps 2 --seconds 4").options;
    CHECK(runs.megabytes == 3);
    CHECK(runs.reps == 2);
    CHECK(runs.idle_seconds == 4);
}

TEST_CASE("what is before the word bench counts")
{
    BenchOptions defaults;
    defaults.font = "Mono";
    const std::vector<std::string> arguments = {"idle"};
    CHECK(parse_bench_options(arguments, defaults).options.font == "Mono");
}

TEST_CASE("the word bench is vitrine's own, but not behind --")
{
    using namespace vitrine;
    const char *const own[] = {"--font", "Mono", "bench", "latency", "--font", "Sans"};
    const Options options = parse_options(own);
    CHECK(options.action == Action::run_bench);
    REQUIRE(options.settings.size() == 1);
    CHECK(options.settings[0].key->name == "font.family");
    CHECK(options.settings[0].text == "Mono");
    CHECK(options.command == std::vector<std::string>{"latency", "--font", "Sans"});
    const char *const untouched[] = {"--", "bench"};
    CHECK(parse_options(untouched).action == Action::run_tmux);
    const char *const help[] = {"--help", "bench"};
    CHECK(parse_options(help).action == Action::show_help);
}

TEST_CASE("mistakes are named")
{
    const struct {
        const char *line;
        const char *error;
    } cases[] = {
        {"latency --keys", "option --keys: needs a value"},
        {"latency --keys 0", "option --keys: not a number from 1 to 1000000: 0"},
        {"latency --keys 3x", "option --keys: not a number from 1 to 1000000: 3x"},
        {"latency --spacing 9,5", "option --spacing: not MIN,MAX in ms, up to 60000: 9,5"},
        {"latency --spacing 9", "option --spacing: not MIN,MAX in ms, up to 60000: 9"},
        {"latency --flood-kb -1", "option --flood-kb: not kB a second, 0 for no bound: -1"},
        {"latency --geometry 80", "option --geometry: not COLUMNSxROWS, 20x5 to 1000x500: 80"},
        {"latency --geometry 8x24", "option --geometry: not COLUMNSxROWS, 20x5 to 1000x500: 8x24"},
        {"latency --font-size 3", "option --font-size: not a number from 4 to 200: 3"},
        {"latency --font=", "option --font: not the name of a font: "},
        {"latency --plot a.pdf", "option --plot: not a file that ends in .svg or .png: a.pdf"},
        {"throughput --kinds ascii,",
         "option --kinds: not some of ascii,unicode,sgr,tui,long: ascii,"},
        {"idle --plot a.svg", "option --plot: there is nothing to plot of idle"},
        {"latency --nope", "--nope: unknown (see vitrine bench --help)"},
        {"nope", "nope: unknown (see vitrine bench --help)"},
    };
    for (const auto &mistake : cases) {
        CAPTURE(mistake.line);
        CHECK(parse(mistake.line).error == mistake.error);
    }
}
