#include "app/launch.h"
#include "app/screenshot.h"
#include "app/window_app.h"
#include "bench/bench.h"
#include "command/options.h"
#include "command/tmux_program.h"

#include "vitrine_config.h"

#include <cstdio>
#include <span>

namespace {

int complain(const std::string &error)
{
    if (!error.empty())
        std::fprintf(stderr, "vitrine: %s\n", error.c_str());
    return 1;
}

int with_tmux(const vitrine::Options &options)
{
    const vitrine::FoundTmux tmux = vitrine::find_tmux(options.tmux);
    if (tmux.path.empty())
        return complain(tmux.error);
    if (options.action == vitrine::Action::run_tmux)
        return complain(vitrine::exec_tmux(tmux.path, options.tmux_flags, options.command));
    const auto launch = vitrine::prepare_launch(options, tmux.path);
    if (!launch)
        return complain(launch.error());
    if (!options.screenshot.empty())
        return vitrine::take_screenshot(options, *launch);
    return vitrine::run_window(options, *launch);
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
        std::fputs(vitrine::usage_text(), stdout);
        return 0;
    case vitrine::Action::run_bench:
        return vitrine::bench::run_bench(options);
    default:
        return with_tmux(options);
    }
}
