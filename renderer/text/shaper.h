// Shapes runs with HarfBuzz.
//
// tmux has decided how wide each character is before we see it, so a shaped
// run is not set as a line of text would be: each HarfBuzz cluster (a cell, or
// the cells that one ligature joined) starts at the column of its first cell
// whatever the advances before it were. Inside a cluster glyphs keep the
// places HarfBuzz gave them; a cluster too large for its cells is scaled down
// as a whole, one that is too small (fallback faces) is centred.
//
// The run is cut where the face or the script changes. Text is set left to
// right in tmux's order, right-to-left scripts too; HarfBuzz then chooses the
// joining forms that connect on the screen.
#pragma once

#include "text/font_set.h"
#include "text/run.h"

#include <vector>

namespace vitrine {

class Shaper {
public:
    // fonts is borrowed and outlives the shaper.
    explicit Shaper(FontSet &fonts);

    // Valid until the next call. Glyphs without ink may be among them.
    std::span<const ShapedGlyph> shape(const Run &run);

private:
    struct Segment {
        size_t first, last; // clusters [first, last) of the run
        uint16_t face;
        hb_script_t script;
    };

    void itemise(const Run &run);
    void shape_segment(const Run &run, const Segment &segment);
    void place_group(const Run &run, uint16_t face, size_t first, size_t last,
                     std::span<hb_glyph_info_t> infos, std::span<hb_glyph_position_t> positions);
    bool is_substituted(const Run &run, const Face &face, size_t cluster,
                        std::span<const hb_glyph_info_t> infos) const;
    void widen_joined(size_t from);

    FontSet &fonts_;
    HbBufferHandle buffer_;
    std::vector<Segment> segments_;
    std::vector<size_t> offsets_; // of each cluster's text
    std::vector<hb_feature_t> features_;
    std::vector<ShapedGlyph> glyphs_;
};

} // namespace vitrine
