// The faces a window draws with: regular, bold, italic and bold italic, indexes
// 0 to 3 as FontStyle, then fallback faces as text asks for them.
#pragma once

#include "result.h"
#include "text/face.h"
#include "text/font_catalogue.h"
#include "text/font_options.h"
#include "text/run.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace vitrine {

class FontSet {
public:
    static Result<FontSet> load(const FontOptions &options);

    const CellMetrics &metrics() const { return metrics_; }
    const FontOptions &options() const { return options_; }
    const std::string &family() const { return catalogue_.family(); }
    // The family that was asked for is there.
    bool has_family() const { return catalogue_.knows(options_.family); }

    // The face for one cluster: a symbol map's, else the style's own if that has it, else a
    // fallback, else the style's own after all, which draws its box for
    // missing glyphs. Answers, misses too, are kept.
    uint16_t face_for(FontStyle style, std::span<const char32_t> cluster);

    const Face &face(uint16_t index) const { return faces_[index]; }
    size_t face_count() const { return faces_.size(); }
    static bool is_primary(uint16_t index) { return index < style_count; }

    // Whether a symbol map takes the codepoint away from where it is drawn otherwise.
    bool is_mapped(char32_t codepoint) const;
    bool maps_ascii() const;

    // While memory is short there are no fallbacks: those that are open are closed, their numbers
    // with them, and what needs one throws std::bad_alloc.
    void set_frugal(bool frugal);

    // Searches of the whole catalogue so far, for tests.
    uint64_t searches() const { return searches_; }

private:
    FontSet(FontOptions options, FontCatalogue catalogue, FtLibraryHandle library);
    Result<void> read_options();
    Result<void> open_primaries();
    Result<Face> open_primary(FontStyle style, const FaceSource &source) const;
    std::optional<uint16_t> mapped_face(std::span<const char32_t> cluster) const;
    uint16_t find_fallback(FontStyle style, std::span<const char32_t> wanted,
                           Presentation presentation);
    uint16_t open_fallback(const FaceSource &source, uint16_t otherwise);

    FontOptions options_;
    double px_;
    CellMetrics metrics_;
    FontCatalogue catalogue_;
    FtLibraryHandle library_; // outlives the faces below
    std::vector<Face> faces_;
    size_t chosen_faces_ = 0; // of these; behind them are fallbacks
    std::vector<hb_feature_t> features_;
    std::vector<hb_variation_t> axes_;
    // Of options_.symbol_maps; nothing where the family is not installed.
    std::vector<std::optional<uint16_t>> map_faces_;
    // Hash of style, presentation and codepoints -> face.
    std::unordered_map<uint64_t, uint16_t> known_;
    bool frugal_ = false;
    uint64_t searches_ = 0;
};

} // namespace vitrine
