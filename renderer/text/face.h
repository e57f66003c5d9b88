// One face of a font file at one size: FreeType to rasterise, HarfBuzz to
// shape. A Face owns both and dies before the library it was opened with.
#pragma once

#include "result.h"
#include "text/cell_metrics.h"
#include "text/handles.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace vitrine {

// Bits: bold and italic. Indexes the four primary faces.
enum class FontStyle : uint8_t {
    regular = 0,
    bold = 1,
    italic = 2,
    bold_italic = 3,
};
inline constexpr unsigned style_count = 4;

constexpr bool is_bold(FontStyle style) { return (static_cast<unsigned>(style) & 1u) != 0; }
constexpr bool is_italic(FontStyle style) { return (static_cast<unsigned>(style) & 2u) != 0; }

// Where a face is, and what must be made up because no file has it.
struct FaceSource {
    std::string path;
    // As fontconfig has it: a named instance in the upper 16 bits.
    int index = 0;
    bool synthetic_bold = false;
    bool synthetic_italic = false;
};

// How a face is set up, beside its size. Borrowed only while it is opened.
struct FaceSetup {
    // All that shaping with this face is asked for beside the defaults, later ones stronger.
    std::span<const hb_feature_t> features = {};
    // Of variable faces; what a face has no axis for is left out.
    std::span<const hb_variation_t> axes = {};
};

// What FreeType says. Want of memory is std::bad_alloc: it does not tell of the font or the
// glyph, which is to be asked for again.
bool succeeded(FT_Error error);

class Face {
public:
    // px is the em in device px, with fractions.
    static Result<Face> open(FT_Library library, const FaceSource &source, double px,
                             const FaceSetup &setup = {});

    // The glyph of a lone codepoint, or 0.
    uint32_t nominal_glyph(char32_t codepoint) const;
    // Whether there is a glyph that can be drawn.
    bool has(char32_t codepoint) const;

    FaceMeasures measures() const;

    // Whether ASCII text needs no shaping: every ASCII character exists,
    // all have one advance and no lookup, features included, joins or changes them.
    bool plain_ascii() const { return plain_ascii_; }

    // Whether all of ASCII has one advance, as a terminal's font should.
    bool fixed_width() const { return fixed_width_; }

    bool has_ideographs() const { return has_ideographs_; }
    double advance_px(uint32_t glyph) const;

    bool colour() const { return colour_; }
    bool scalable() const { return scalable_; }
    double px() const { return px_; }
    // Of a face that has bitmaps only: px of em over px of the strike.
    double strike_scale() const { return strike_scale_; }
    const FaceSource &source() const { return source_; }
    std::span<const hb_feature_t> features() const { return features_; }

    // Borrowed. HarfBuzz positions are 26.6 px.
    FT_Face ft() const { return ft_.get(); }
    hb_font_t *hb() const { return hb_.get(); }

private:
    Face(FtFaceHandle ft, const FaceSource &source, double px);
    bool set_size();
    bool make_hb_font();
    void set_axes(std::span<const hb_variation_t> axes);
    void inspect_ascii();
    void note_painted();
    bool is_blank(uint32_t glyph) const;

    // hb_ borrows the FT_Face and so goes first.
    FtFaceHandle ft_;
    HbFontHandle hb_;
    FaceSource source_;
    std::vector<hb_feature_t> features_;
    std::vector<uint16_t> painted_; // glyphs of COLR v1, ascending
    double px_;
    double strike_scale_ = 1;
    bool colour_ = false;
    bool scalable_ = false;
    bool plain_ascii_ = false;
    bool fixed_width_ = false;
    bool has_ideographs_ = false;
};

} // namespace vitrine
