// One TOML file, taken apart. The only place that knows the TOML library.
#pragma once

#include "config/value.h"

#include <filesystem>
#include <variant>
#include <vector>

namespace vitrine {

// The entries in the order in which they stand in the file, or what keeps it
// from being read. Places call the file what name does.
std::variant<std::vector<Entry>, Complaint> read_toml(const std::filesystem::path &file,
                                                      const std::string &name);

} // namespace vitrine
