// What memory is used for, for a person and for programs.
#pragma once

#include "memory/inquiry.h"

#include <string>

namespace vitrine {

// Two answers: rates are of what lies between them, all else is of the later one.
struct MemoryAnswers {
    MemoryAnswer before;
    MemoryAnswer after;
};

std::string memory_table(const MemoryAnswers &answers);
std::string memory_json(const MemoryAnswers &answers);

} // namespace vitrine
