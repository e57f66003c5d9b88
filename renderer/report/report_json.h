// What memory is used for, for programs.
#pragma once

#include "report/inquiry.h"

#include <string>

namespace vitrine {

std::string memory_json(const Answers &answers);

} // namespace vitrine
