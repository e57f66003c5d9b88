// Another program, fed by us.
#pragma once

#include "result.h"

#include <string>
#include <vector>

namespace vitrine::bench {

// Runs it with the input and waits. An error if it cannot be started or fails.
Result<void> feed_program(const std::vector<std::string> &command, const std::string &input);

} // namespace vitrine::bench
