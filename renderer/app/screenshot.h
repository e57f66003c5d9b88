// vitrine --screenshot: one frame, drawn without a window or a display.
#pragma once

#include "app/launch.h"

namespace vitrine {

// The exit code; what went wrong has been printed.
int take_screenshot(const Options &options, const Launch &launch);

} // namespace vitrine
