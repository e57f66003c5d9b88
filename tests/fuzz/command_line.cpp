// Command lines of any words: options are kept within their limits or refused with a reason.
#include "attachment.h"
#include "command/options.h"
#include "input.h"

#include <string>
#include <vector>

using namespace vitrine;
using namespace vitrine::fuzz;

namespace {

constexpr const char *words[] = {
    "--size",
    "--font",
    "--font-size",
    "--pane",
    "--screenshot",
    "--tmux",
    "--help",
    "attach",
    "new",
    "bench",
    "memory",
    "--json",
    "-t",
    "-L",
    "-f",
    "--",
    "--size=",
    "--version",
    "-V",
    "%3",
    "80x24",
    "12.5",
    "--font-size=9",
    "-S/tmp/x",
    "kill-server",
    "",
    "-CC",
    ";",
    "-x",
    "--pane=",
    "--theme",
    "nord",
    "--colours-palette",
    "1=#102030,255=#ffffff",
    "--print-config",
};

std::vector<std::string> split(Input &input)
{
    std::vector<std::string> arguments;
    while (!input.empty()) {
        const auto control = input.take<uint8_t>();
        if ((control & 0x80) != 0) {
            arguments.emplace_back(words[control % std::size(words)]);
            continue;
        }
        const auto bytes = input.bytes(control & 0x1fu);
        const std::string word(bytes.begin(), bytes.end());
        // As the kernel passes it: up to the first zero.
        arguments.emplace_back(word.c_str());
    }
    return arguments;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    const std::vector<std::string> arguments = split(input);
    std::vector<const char *> pointers;
    for (const std::string &argument : arguments)
        pointers.push_back(argument.c_str());
    const Options options = parse_options(pointers);
    require((options.action == Action::reject) == !options.error.empty());
    if (options.action != Action::open_window)
        return 0;
    const Settings settings = load_configuration({{}, false, options.settings}).settings;
    require(settings.columns >= 1 && settings.columns <= int{UI_MAX_COLUMNS});
    require(settings.rows >= 1 && settings.rows <= int{UI_MAX_ROWS});
    require(settings.font.points >= 4 && settings.font.points <= 200);
    return 0;
}
