// Where FreeType takes its memory from, so that it is counted as fonts'.
#pragma once

#include <ft2build.h>
#include FT_SYSTEM_H

namespace vitrine {

// For FT_New_Library(). Static.
FT_Memory counted_font_memory();

} // namespace vitrine
