// The switches for whoever looks for a fault: VITRINE_DEBUG, words separated
// by commas.
//
//   damage  tints what was drawn last
//   gl      has the driver tell of calls that are wrong, on stderr
//   full    draws everything with each frame
//   frames  a line on stderr for each frame drawn
//   reset   acts as if the GPU was reset after every 50th frame
//   memory  lists at the end what is left, with where it was taken
#pragma once

#include <string_view>

namespace vitrine {

struct DebugSwitches {
    bool damage = false;
    bool gl = false;
    bool full = false;
    bool frames = false;
    bool reset = false;
    bool memory = false;
    bool operator==(const DebugSwitches &) const = default;
};

// Words that are not known are passed over.
DebugSwitches parse_debug(std::string_view words);
DebugSwitches debug_from_environment();

} // namespace vitrine
