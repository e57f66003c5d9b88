// What can be chosen about text. Each field's default is what most people want;
// strings are checked by the functions below before they get here, and what
// cannot be read is an error of FontSet::load().
#pragma once

#include "result.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace vitrine {

// Codepoints first to last are drawn from family if it is installed and has
// them, whatever the text's own family has, and also instead of what is drawn
// here without a font.
struct SymbolMap {
    char32_t first = 0;
    char32_t last = 0;
    std::string family;

    bool operator==(const SymbolMap &) const = default;
};

enum class AdjustmentUnit : uint8_t {
    px,      // at scale 1; multiplied by the window's scale
    percent, // of what the font asks for
};

// Added to what the font asks for; may be negative.
struct Adjustment {
    double amount = 0;
    AdjustmentUnit unit = AdjustmentUnit::px;

    bool operator==(const Adjustment &) const = default;
};

struct CellAdjustments {
    // Letters stay in the middle of the cell.
    Adjustment width;
    Adjustment height;
    // More moves text and lines down; percent of the cell's height.
    Adjustment baseline;

    bool operator==(const CellAdjustments &) const = default;
};

enum class Hinting : uint8_t {
    slight, // vertically only: even heights, true shapes; Chinese only by its font
    none,   // shapes as designed
    full,   // by the font's own instructions, both ways
};

enum class Antialias : uint8_t {
    grey,
    lcd_rgb, // a third of a pixel fine, for screens with that order of stripes
    lcd_bgr,
    none, // pixels are ink or not
};

enum class Ligatures : uint8_t {
    on, // but where the cursor is
    off,
};

// How the soft edges of letters are mixed with what is behind them.
enum class Blending : uint8_t {
    plain,  // in the numbers of the colours, as most terminals do it
    linear, // in light: thin strokes have the same weight dark on light and light on dark
};

struct FontOptions {
    std::string family = "monospace";
    double points = 12;
    double dpi = 96;
    double scale = 1; // the window's content scale
    // Instead of the family's own style, if installed; empty: the family's own, made
    // up from its regular face only if it has none.
    std::string bold_family = {};
    std::string italic_family = {};
    std::string bold_italic_family = {};
    // First match counts.
    std::vector<SymbolMap> symbol_maps = {};
    // As hb_feature_from_string() reads them: "calt=0", "ss01". For the four primary
    // faces; a feature named here is stronger than `ligatures`.
    std::vector<std::string> features = {};
    // As hb_variation_from_string() reads them: "wght=450". For variable primary faces;
    // a bold face keeps its own weight, an italic one its own slant.
    std::vector<std::string> axes = {};
    Ligatures ligatures = Ligatures::on;
    Hinting hinting = Hinting::slight;
    Antialias antialias = Antialias::grey;
    CellAdjustments cell = {};
    Blending blending = Blending::plain;

    bool operator==(const FontOptions &) const = default;
};

// For whoever reads them from a person. Errors are one line without a full stop.

Result<void> check_feature(const std::string &text);
Result<void> check_axis(const std::string &text);
// "U+E000-U+F8FF=Symbols Nerd Font", "U+2665=Noto Color Emoji".
Result<SymbolMap> parse_symbol_map(const std::string &text);
// "2", "-1px", "10%".
Result<Adjustment> parse_adjustment(const std::string &text);

} // namespace vitrine
