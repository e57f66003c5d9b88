// The one clock, as the ns that pacing works with.
#pragma once

#include "app/pacing.h"

#include <chrono>

namespace vitrine {

inline Nanoseconds monotonic_now()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

} // namespace vitrine
