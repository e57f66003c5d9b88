// What is said where there is no memory.
#pragma once

#include <vitrine/memory.h>

#include <array>
#include <cstdio>
#include <optional>
#include <string>

namespace vitrine {

using Refusal = std::optional<ui_memory_refusal_t>;

// What a limit refused last, nothing if it was the system that had no memory.
inline Refusal take_refusal()
{
    ui_memory_refusal_t refusal;
    return ui_memory_take_refusal(&refusal) ? Refusal(refusal) : std::nullopt;
}

// Names what was asked for, and the limit by its key.
inline std::string out_of_memory(const Refusal &refusal)
{
    if (!refusal)
        return "out of memory";
    std::string key = "memory.limit";
    if (refusal->limit_tag != UI_MEMORY_ALL)
        key += std::string("s.") + ui_memory_tag_name(refusal->limit_tag);
    std::array<char, 32> limit{};
    std::snprintf(limit.data(), limit.size(), "%g MiB",
                  static_cast<double>(refusal->limit_bytes) / (1 << 20));
    return "out of memory: " + std::to_string(refusal->asked_bytes) + " bytes for " +
           ui_memory_tag_name(refusal->tag) + ", " + key + " is " + limit.data();
}

} // namespace vitrine
