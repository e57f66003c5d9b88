#include "draw/debug.h"

#include <cstdlib>

namespace vitrine {

DebugSwitches parse_debug(std::string_view words)
{
    DebugSwitches switches;
    while (!words.empty()) {
        const auto comma = words.find(',');
        const std::string_view word = words.substr(0, comma);
        switches.damage |= word == "damage";
        switches.gl |= word == "gl";
        switches.full |= word == "full";
        switches.frames |= word == "frames";
        switches.reset |= word == "reset";
        switches.memory |= word == "memory";
        words = comma == std::string_view::npos ? "" : words.substr(comma + 1);
    }
    return switches;
}

DebugSwitches debug_from_environment()
{
    const char *words = std::getenv("VITRINE_DEBUG");
    return words != nullptr ? parse_debug(words) : DebugSwitches{};
}

} // namespace vitrine
