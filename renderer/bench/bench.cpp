#include "bench/bench.h"

#include "bench/bench_options.h"
#include "bench/pane_program.h"
#include "bench/plot.h"
#include "bench/report.h"
#include "command/tmux_program.h"

#include "vitrine_config.h"

#include <cstdio>
#include <cstdlib>

namespace vitrine::bench {

namespace {

constexpr int paced_flood_kb = 1000;

int complain(const std::string &error)
{
    std::fprintf(stderr, "vitrine: bench: %s\n", error.c_str());
    return 1;
}

bool has_display()
{
    const char *x11 = std::getenv("DISPLAY");
    const char *wayland = std::getenv("WAYLAND_DISPLAY");
    return (x11 != nullptr && *x11 != '\0') || (wayland != nullptr && *wayland != '\0');
}

// The window's options, from those before the word bench and those behind.
Options window_options(const Options &options, const BenchOptions &bench, const std::string &tmux)
{
    Options window = options;
    window.command.clear();
    window.tmux_flags.clear();
    window.tmux = tmux;
    const auto set = [&window](std::string_view key, const std::string &value) {
        window.settings.push_back({find_key(key), value});
    };
    set("font.family", bench.font);
    set("font.size", std::to_string(bench.font_size));
    set("window.columns", std::to_string(bench.columns));
    set("window.rows", std::to_string(bench.rows));
    return window;
}

// For all: quiet, in a flood without bound, in a paced one.
std::vector<BenchOptions> latency_runs(const BenchOptions &options)
{
    std::vector<BenchOptions> runs = {options};
    if (!options.all)
        return runs;
    for (const int kilobytes : {0, paced_flood_kb}) {
        runs.push_back(options);
        runs.back().flood_kb = kilobytes;
    }
    runs.front().flood_kb.reset();
    return runs;
}

Result<void> measure(const BenchOptions &options, const Options &window, Report &report)
{
    if (options.latency) {
        for (const BenchOptions &run : latency_runs(options)) {
            auto result = measure_latency(run, window);
            if (!result)
                return Error{result.error()};
            report.latency.push_back(result.take());
            report.geometry = report.latency.back().grid;
        }
    }
    if (options.throughput) {
        auto result = measure_throughput(options, window);
        if (!result)
            return Error{result.error()};
        report.throughput = result.take();
    }
    if (options.idle) {
        auto result = measure_idle(options, window);
        if (!result)
            return Error{result.error()};
        report.idle = result.take();
    }
    return {};
}

int run(const BenchOptions &options, const Options &window)
{
    Report report;
    report.machine = describe_machine();
    report.version = VITRINE_VERSION;
    const std::vector<std::string> ask_version = {"-V"};
    report.tmux = ask_tmux(window.tmux, {}, ask_version, ErrorOutput::discard).output;
    report.font = options.font;
    report.font_size = options.font_size;
    report.geometry = {options.columns, options.rows};
    report.reps = options.reps;
    if (auto measured = measure(options, window, report); !measured)
        return complain(measured.error());
    std::fputs((options.json ? as_json(report) : as_table(report)).c_str(), stdout);
    if (options.plot.empty())
        return 0;
    if (auto plotted = plot(report, options.plot); !plotted)
        return complain(plotted.error());
    return 0;
}

} // namespace

int run_bench(const Options &options)
{
    if (options.command.size() == 2 && options.command[0] == "pane")
        return run_pane_program(options.command[1]);
    // Without the configuration file: figures are to be compared.
    const Settings given = load_configuration({{}, false, options.settings}).settings;
    BenchOptions defaults;
    defaults.font = given.font.family;
    defaults.font_size = given.font.points;
    defaults.tmux = options.tmux;
    const ParsedBenchOptions parsed = parse_bench_options(options.command, defaults);
    if (parsed.help) {
        std::fputs(bench_usage_text(), stdout);
        return 0;
    }
    if (!parsed.error.empty())
        return complain(parsed.error);
    if (!has_display())
        return complain("no display: set DISPLAY, or run it by xvfb-run(1)");
    const FoundTmux tmux = find_tmux(parsed.options.tmux);
    if (tmux.path.empty())
        return complain(tmux.error);
    if (!parsed.options.plot.empty()) {
        if (auto plotter = check_plotter(); !plotter)
            return complain(plotter.error());
    }
    unsetenv("TMUX"); // ours is no session within a session
    return run(parsed.options, window_options(options, parsed.options, tmux.path));
}

} // namespace vitrine::bench
