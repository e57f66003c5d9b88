// What memory is used for, for a person.
#pragma once

#include "report/inquiry.h"

#include <string>

namespace vitrine {

std::string memory_table(const Answers &answers);

// "12.3 M" of bytes.
std::string size_text(std::uint64_t bytes);

} // namespace vitrine
