// Which lines VITRINE_LOG lets pass.
#pragma once

#include <optional>
#include <string_view>

#include "vitrine/log.h"

namespace vitrine {

// The level of a module by the value of VITRINE_LOG; nothing if its first word is no level.
std::optional<int> log_level(std::string_view setting, std::string_view module) noexcept;

} // namespace vitrine
