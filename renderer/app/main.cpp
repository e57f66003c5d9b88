#include "app/heap.h"
#include "app/launch.h"
#include "app/screenshot.h"
#include "app/window_loop.h"
#include "bench/bench.h"
#include "command/options.h"
#include "command/tmux_program.h"
#include "config/configuration.h"
#include "draw/built_in_themes.h"
#include "report/commands.h"

#include "vitrine_config.h"

#include <cstdio>
#include <span>
#include <string>

namespace {

int complain(const std::string &error)
{
    if (!error.empty())
        std::fprintf(stderr, "vitrine: %s\n", error.c_str());
    return 1;
}

// What is wrong goes to standard error, a line each, as compilers do it.
int check_config(const std::string &file)
{
    const auto loaded = vitrine::load_configuration({file, true, {}});
    for (const vitrine::Complaint &complaint : loaded.complaints)
        std::fprintf(stderr, "%s\n", complaint.text().c_str());
    return loaded.complaints.empty() ? 0 : 1;
}

int print_config(const vitrine::Options &options)
{
    const auto loaded = vitrine::load_configuration(vitrine::configuration_source(options));
    vitrine::report_complaints(loaded);
    std::fputs(vitrine::print_configuration(loaded.settings).c_str(), stdout);
    return loaded.complaints.empty() ? 0 : 1;
}

int list_themes()
{
    for (const vitrine::NamedTheme &theme : vitrine::built_in_themes())
        std::printf("%s\n", std::string(theme.name).c_str());
    return 0;
}

int with_tmux(const vitrine::Options &options)
{
    const vitrine::FoundTmux tmux = vitrine::find_tmux(options.tmux);
    if (tmux.path.empty())
        return complain(tmux.error);
    if (options.action == vitrine::Action::run_tmux)
        return complain(vitrine::exec_tmux(tmux.path, options.tmux_flags, options.command));
    if (options.action == vitrine::Action::show_memory)
        return vitrine::run_memory(options, tmux.path);
    if (options.action == vitrine::Action::show_top)
        return vitrine::run_top(options, tmux.path);
    const auto launch = vitrine::prepare_launch(options, tmux.path);
    if (!launch)
        return complain(launch.error());
    if (!options.screenshot.empty())
        return vitrine::take_screenshot(options, *launch);
    vitrine::give_back_large_blocks();
    return vitrine::run_windows(options, *launch);
}

} // namespace

int main(int argc, char **argv)
{
    const std::span<const char *const> arguments(argv, static_cast<std::size_t>(argc));
    const vitrine::Options options =
        vitrine::parse_options(arguments.empty() ? arguments : arguments.subspan(1));
    switch (options.action) {
    case vitrine::Action::reject:
        return complain(options.error);
    case vitrine::Action::show_version:
        std::printf("vitrine %s\n", VITRINE_VERSION);
        return 0;
    case vitrine::Action::show_help:
        std::fputs(vitrine::usage_text().c_str(), stdout);
        return 0;
    case vitrine::Action::print_config:
        return print_config(options);
    case vitrine::Action::check_config:
        return check_config(options.config);
    case vitrine::Action::list_themes:
        return list_themes();
    case vitrine::Action::run_bench:
        return vitrine::bench::run_bench(options);
    default:
        return with_tmux(options);
    }
}
