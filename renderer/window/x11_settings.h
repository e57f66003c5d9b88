// What the settings manager of an X11 desktop says (XSETTINGS): in the property
// _XSETTINGS_SETTINGS of the window that owns _XSETTINGS_S0.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace vitrine {

// Xft/DPI, if the property has it. Any client may have written the bytes.
std::optional<double> dpi_of_settings(std::span<const std::byte> property);

} // namespace vitrine
