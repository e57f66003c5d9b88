// From the command line to what is to be attached.
#pragma once

#include "command/options.h"
#include "config/configuration.h"
#include "result.h"
#include "text/font_set.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vitrine {

struct Launch {
    std::string tmux;
    std::vector<std::string> flags;
    std::vector<std::string> command;
    std::uint32_t hello_flags = 0; // UI_HELLO_*
    std::uint32_t pane = 0;
};

// Asks tmux for what the options leave open: whether there is a session, which
// pane a target means. An empty error means that tmux has said why itself.
Result<Launch> prepare_launch(const Options &options, const std::string &tmux);

// The same server's session that this client is attached to; the client is tmux's process.
Result<Launch> launch_beside(const Launch &launch, int client);

// The file that the options name, or the usual one, and what they say themselves.
ConfigurationSource configuration_source(const Options &options);

// Says on stderr what is wrong in the files.
void report_complaints(const Configuration &loaded);

FontOptions font_options(const Settings &settings, double scale);

// Says on stderr what is drawn with where a family that was asked for is missing.
void warn_of_font(const FontSet &fonts);

} // namespace vitrine
