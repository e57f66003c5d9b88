// The screen of `vitrine top`, on the terminal that it runs in, by libtickit.
#pragma once

#include "report/inquiry.h"

namespace vitrine {

// Watches a window until the person quits; first is what was answered last, with a window. An
// error: it went.
Result<void> watch(Inquiry &inquiry, const Answer &first);

} // namespace vitrine
