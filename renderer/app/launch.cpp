#include "app/launch.h"

#include "command/tmux_program.h"

#include <vitrine/window.h>

#include <cstdio>
#include <sstream>

namespace vitrine {

namespace {

constexpr std::uint32_t active_pane = UINT32_MAX;

std::vector<std::string> choose_command(const Options &options, const std::string &tmux)
{
    if (!options.command.empty())
        return options.command;
    const std::vector<std::string> probe = {"has-session"};
    const TmuxAnswer answer = ask_tmux(tmux, options.tmux_flags, probe, ErrorOutput::discard);
    return {answer.status == 0 ? "attach-session" : "new-session"};
}

Result<std::uint32_t> choose_pane(const Options &options, const std::string &tmux)
{
    if (options.pane_target.empty())
        return active_pane;
    if (const auto id = parse_pane_id(options.pane_target))
        return *id;
    const std::vector<std::string> question = {"display-message", "-p", "-t", options.pane_target,
                                               "#{pane_id}"};
    const TmuxAnswer answer = ask_tmux(tmux, options.tmux_flags, question, ErrorOutput::inherit);
    if (answer.status != 0)
        return Error{""};
    if (const auto id = parse_pane_id(answer.output))
        return *id;
    return Error{"pane: no pane found: " + options.pane_target};
}

} // namespace

Result<Launch> prepare_launch(const Options &options, const std::string &tmux)
{
    Launch launch;
    launch.tmux = tmux;
    launch.flags = options.tmux_flags;
    launch.command = choose_command(options, tmux);
    if (!options.screenshot.empty())
        launch.hello_flags |= UI_HELLO_IGNORE_SIZE;
    if (!options.single_pane)
        return launch;
    auto pane = choose_pane(options, tmux);
    if (!pane)
        return Error{pane.error()};
    launch.hello_flags |= UI_HELLO_PANE;
    launch.pane = *pane;
    return launch;
}

Result<Launch> launch_beside(const Launch &launch, int client)
{
    const std::vector<std::string> question = {"list-clients", "-F", "#{client_pid} #{session_id}"};
    const TmuxAnswer answer = ask_tmux(launch.tmux, launch.flags, question, ErrorOutput::discard);
    std::istringstream lines(answer.output);
    int process = 0;
    for (std::string session; lines >> process >> session;) {
        if (process == client)
            return Launch{launch.tmux, launch.flags, {"attach-session", "-t", session}, 0, 0};
    }
    return Error{"tmux: the window's session is not known"};
}

ConfigurationSource configuration_source(const Options &options)
{
    if (options.config.empty())
        return {default_configuration_file(), false, options.settings};
    return {options.config, true, options.settings};
}

void report_complaints(const Configuration &loaded)
{
    for (const Complaint &complaint : loaded.complaints)
        std::fprintf(stderr, "vitrine: %s\n", complaint.text().c_str());
}

FontOptions font_options(const Settings &settings, double scale)
{
    FontOptions fonts = settings.font;
    fonts.scale = scale;
    return fonts;
}

void warn_of_font(const FontSet &fonts)
{
    if (!fonts.has_family())
        std::fprintf(stderr, "vitrine: font: no family \"%s\" is installed, drawing with %s\n",
                     fonts.options().family.c_str(), fonts.family().c_str());
}

} // namespace vitrine
