// A run: neighbouring cells of one row that are shaped together. Columns count
// from the run's first, so that equal text is equal wherever it stands.
#pragma once

#include "text/face.h"

#include <cstdint>
#include <span>

namespace vitrine {

// The codepoints of one cell, as far as they are drawn.
inline constexpr unsigned max_cluster_codepoints = 32;
// Longer rows of unbroken text are shaped in pieces.
inline constexpr unsigned max_run_clusters = 256;

struct RunCluster {
    uint16_t column; // from the run's first
    uint8_t width;   // cells, at least 1
    uint8_t count;   // codepoints in Run::text, in order of clusters
};
static_assert(sizeof(RunCluster) == 4);

struct Run {
    FontStyle style = FontStyle::regular;
    std::span<const RunCluster> clusters;
    std::span<const char32_t> text;
};

// A glyph in its run. Its origin is the left edge of column on the baseline,
// moved by x and y (px, y down).
// It may cover the cells [first, first + columns) and is clipped near them.
struct ShapedGlyph {
    uint32_t glyph;
    uint16_t face;
    uint16_t column;
    uint16_t first;
    uint16_t columns;
    int16_t x;
    int16_t y;
    uint8_t scale; // of scale_one; what is too large is drawn smaller
    bool joined;   // a font's substitution made it, perhaps with its neighbours
    uint8_t reserved[2];
};
static_assert(sizeof(ShapedGlyph) == 20);
inline constexpr unsigned scale_one = 64;

} // namespace vitrine
