// Owning handles for FreeType, HarfBuzz and fontconfig. Each is a unique_ptr,
// released by the library's own function; nothing here is shared.
#pragma once

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_MODULE_H
#include <hb.h>

#include <memory>
#include <type_traits>

namespace vitrine {

template <auto function>
struct ReleaseBy {
    template <typename T>
    void operator()(T *object) const
    {
        function(object);
    }
};

using FtLibraryHandle =
    std::unique_ptr<std::remove_pointer_t<FT_Library>, ReleaseBy<FT_Done_Library>>;
using FtFaceHandle = std::unique_ptr<std::remove_pointer_t<FT_Face>, ReleaseBy<FT_Done_Face>>;

using HbFontHandle = std::unique_ptr<hb_font_t, ReleaseBy<hb_font_destroy>>;
using HbBlobHandle = std::unique_ptr<hb_blob_t, ReleaseBy<hb_blob_destroy>>;
using HbFaceHandle = std::unique_ptr<hb_face_t, ReleaseBy<hb_face_destroy>>;
using HbBufferHandle = std::unique_ptr<hb_buffer_t, ReleaseBy<hb_buffer_destroy>>;
using HbSetHandle = std::unique_ptr<hb_set_t, ReleaseBy<hb_set_destroy>>;

using FcConfigHandle = std::unique_ptr<FcConfig, ReleaseBy<FcConfigDestroy>>;
using FcCharSetHandle = std::unique_ptr<FcCharSet, ReleaseBy<FcCharSetDestroy>>;
using FcPatternHandle = std::unique_ptr<FcPattern, ReleaseBy<FcPatternDestroy>>;
using FcFontSetHandle = std::unique_ptr<FcFontSet, ReleaseBy<FcFontSetDestroy>>;

} // namespace vitrine
