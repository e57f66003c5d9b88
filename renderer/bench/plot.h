// Pictures of the results, drawn by gnuplot, which is asked only for that.
#pragma once

#include "bench/report.h"

#include <string>

namespace vitrine::bench {

// The script that draws the report into the file (.svg or .png).
std::string plot_script(const Report &report, const std::string &file);

// Whether gnuplot is there; before the measuring, which takes long.
Result<void> check_plotter();
Result<void> plot(const Report &report, const std::string &file);

} // namespace vitrine::bench
