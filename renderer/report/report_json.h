// Reports for programs, as JSON documents.
#pragma once

#include "report/inquiry.h"

#include <string>

namespace vitrine {

// What each process holds.
std::string memory_json(const Answers &answers);

// That, and what each window drew and was sent.
std::string activity_json(const Answers &answers);

} // namespace vitrine
