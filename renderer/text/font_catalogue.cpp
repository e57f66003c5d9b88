#include "text/font_catalogue.h"

#include <algorithm>
#include <array>

namespace vitrine {

namespace {

std::string get_string(FcPattern *pattern, const char *object)
{
    FcChar8 *text = nullptr;
    if (FcPatternGetString(pattern, object, 0, &text) != FcResultMatch)
        return {};
    return reinterpret_cast<const char *>(text);
}

// A range, as variable fonts have it, counts as its upper end.
int get_number(FcPattern *pattern, const char *object, int otherwise)
{
    double number = otherwise;
    if (FcPatternGetDouble(pattern, object, 0, &number) == FcResultMatch)
        return static_cast<int>(number);
    FcRange *range = nullptr;
    double low = 0;
    if (FcPatternGetRange(pattern, object, 0, &range) == FcResultMatch)
        FcRangeGetDouble(range, &low, &number);
    return static_cast<int>(number);
}

bool get_flag(FcPattern *pattern, const char *object)
{
    FcBool flag = FcFalse;
    return FcPatternGetBool(pattern, object, 0, &flag) == FcResultMatch && flag != FcFalse;
}

FaceSource source_of(FcPattern *pattern, FontStyle style)
{
    FaceSource source;
    source.path = get_string(pattern, FC_FILE);
    source.index = get_number(pattern, FC_INDEX, 0);
    // 0x8000 stands for "any instance of a variable font": take its default.
    if (((source.index >> 16) & 0x8000) != 0)
        source.index &= 0xffff;
    if (get_flag(pattern, FC_COLOR))
        return source;
    // Where the configuration makes a style up it claims weight and slant all the same.
    FcMatrix *matrix = nullptr;
    const bool leans =
        FcPatternGetMatrix(pattern, FC_MATRIX, 0, &matrix) == FcResultMatch && matrix->xy != 0;
    source.synthetic_bold =
        is_bold(style) && (get_flag(pattern, FC_EMBOLDEN) ||
                           get_number(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR) < FC_WEIGHT_DEMIBOLD);
    source.synthetic_italic =
        is_italic(style) &&
        (leans || get_number(pattern, FC_SLANT, FC_SLANT_ROMAN) == FC_SLANT_ROMAN);
    return source;
}

// How badly a font suits; 0 is best, 4 not at all.
unsigned rank(FcPattern *font, std::span<const char32_t> codepoints, Presentation presentation)
{
    FcCharSet *charset = nullptr;
    if (FcPatternGetCharSet(font, FC_CHARSET, 0, &charset) != FcResultMatch ||
        !FcCharSetHasChar(charset, codepoints.front()))
        return 4;
    const bool whole = std::ranges::all_of(
        codepoints, [&](char32_t c) { return FcCharSetHasChar(charset, c) != FcFalse; });
    const bool wanted_look = get_flag(font, FC_COLOR) == (presentation == Presentation::emoji);
    return (whole ? 0u : 2u) + (wanted_look ? 0u : 1u);
}

} // namespace

FontCatalogue::FontCatalogue(FcConfigHandle config) : config_(std::move(config)) {}

Result<FontCatalogue> FontCatalogue::open(const Families &families)
{
    FcConfigHandle config(FcInitLoadConfigAndFonts());
    if (!config)
        return Error{"no font found: fontconfig cannot read its configuration"};
    FontCatalogue catalogue(std::move(config));
    if (auto found = catalogue.find_primaries(families); !found)
        return Error{found.error()};
    return catalogue;
}

FcPatternHandle FontCatalogue::query(const std::string &family, FontStyle style) const
{
    FcPatternHandle pattern(FcPatternCreate());
    if (!pattern)
        return pattern;
    FcPattern *raw = pattern.get();
    FcPatternAddString(raw, FC_FAMILY, reinterpret_cast<const FcChar8 *>(family.c_str()));
    FcPatternAddInteger(raw, FC_WEIGHT, is_bold(style) ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
    FcPatternAddInteger(raw, FC_SLANT, is_italic(style) ? FC_SLANT_ITALIC : FC_SLANT_ROMAN);
    // Of a variable font its named instances: they have a weight we can ask for.
    FcPatternAddBool(raw, FC_VARIABLE, FcFalse);
    FcConfigSubstitute(config_.get(), raw, FcMatchPattern);
    FcDefaultSubstitute(raw);
    return pattern;
}

Result<void> FontCatalogue::find_primaries(const Families &families)
{
    const std::string &family = families[0];
    const FcPatternHandle pattern = query(family, FontStyle::regular);
    FcResult result = FcResultNoMatch;
    const FcPatternHandle match(pattern ? FcFontMatch(config_.get(), pattern.get(), &result)
                                        : nullptr);
    if (!match || get_string(match.get(), FC_FILE).empty())
        return Error{"no font found: fontconfig knows no font at all (family \"" + family + "\")"};
    family_ = get_string(match.get(), FC_FAMILY);
    primary_[0] = source_of(match.get(), FontStyle::regular);
    for (unsigned i = 1; i < style_count; i++) {
        const auto style = static_cast<FontStyle>(i);
        const auto own = knows(families[i]) ? match_family(families[i], style) : std::nullopt;
        primary_[i] = own ? *own : match_style(style);
    }
    return {};
}

// A generic name's answer may have any name.
std::optional<FaceSource> FontCatalogue::match_family(const std::string &family,
                                                      FontStyle style) const
{
    FcResult result = FcResultNoMatch;
    const FcPatternHandle pattern = query(family, style);
    const FcPatternHandle match(pattern ? FcFontMatch(config_.get(), pattern.get(), &result)
                                        : nullptr);
    if (!match || get_string(match.get(), FC_FILE).empty())
        return std::nullopt;
    return source_of(match.get(), style);
}

std::optional<FaceSource> FontCatalogue::regular_of(const std::string &family) const
{
    return knows(family) ? match_family(family, FontStyle::regular) : std::nullopt;
}

bool FontCatalogue::knows(const std::string &family) const
{
    constexpr std::array generic = {"monospace", "mono",    "sans-serif", "sans",
                                    "serif",     "cursive", "fantasy",    "system-ui"};
    const auto *name = reinterpret_cast<const FcChar8 *>(family.c_str());
    const auto is_name = [&](const char *other) {
        return FcStrCmpIgnoreCase(name, reinterpret_cast<const FcChar8 *>(other)) == 0;
    };
    if (std::ranges::any_of(generic, is_name))
        return true;
    const FcPatternHandle pattern(family.empty() ? nullptr : FcPatternCreate());
    if (!pattern)
        return false;
    FcPatternAddString(pattern.get(), FC_FAMILY, name);
    const FcFontSetHandle fonts(FcFontList(config_.get(), pattern.get(), nullptr));
    return fonts && fonts->nfont > 0;
}

// The style in the chosen family, or that family's regular face made bold or italic:
// another family's bold would not look like the same text.
FaceSource FontCatalogue::match_style(FontStyle style) const
{
    FcResult result = FcResultNoMatch;
    const FcPatternHandle pattern = query(family_, style);
    const FcPatternHandle match(pattern ? FcFontMatch(config_.get(), pattern.get(), &result)
                                        : nullptr);
    if (match && get_string(match.get(), FC_FAMILY) == family_ &&
        !get_string(match.get(), FC_FILE).empty())
        return source_of(match.get(), style);
    FaceSource source = primary_[0];
    source.synthetic_bold = is_bold(style);
    source.synthetic_italic = is_italic(style);
    return source;
}

const FontCatalogue::Sorted &FontCatalogue::sorted(FontStyle style)
{
    Sorted &all = sorted_[static_cast<unsigned>(style)];
    if (!all.fonts) {
        FcResult result = FcResultNoMatch;
        FcCharSet *charset = nullptr;
        if (const FcPatternHandle pattern = query(family_, style))
            all.fonts.reset(FcFontSort(config_.get(), pattern.get(), FcFalse, &charset, &result));
        all.charset.reset(charset);
    }
    return all;
}

std::optional<FontCatalogue::Found> FontCatalogue::find(FontStyle style,
                                                        std::span<const char32_t> codepoints,
                                                        Presentation presentation,
                                                        std::span<const FaceSource> passed_over)
{
    const auto unwanted = [&](FcPattern *font) {
        return std::ranges::any_of(passed_over, [&](const FaceSource &source) {
            const FaceSource own = source_of(font, style);
            return own.path == source.path && own.index == source.index;
        });
    };
    const Sorted &all = sorted(style);
    if (codepoints.empty() || !all.fonts || !all.charset ||
        !FcCharSetHasChar(all.charset.get(), codepoints.front()))
        return std::nullopt;
    // What no font has need not be looked for to the end.
    const bool hope = std::ranges::all_of(
        codepoints, [&](char32_t c) { return FcCharSetHasChar(all.charset.get(), c) != FcFalse; });
    FcPattern *best = nullptr;
    unsigned best_rank = 4;
    for (int i = 0; i < all.fonts->nfont && best_rank > (hope ? 0u : 2u); i++) {
        const unsigned now = rank(all.fonts->fonts[i], codepoints, presentation);
        if (now < best_rank && !unwanted(all.fonts->fonts[i])) {
            best_rank = now;
            best = all.fonts->fonts[i];
        }
    }
    if (best == nullptr || get_string(best, FC_FILE).empty())
        return std::nullopt;
    return Found{source_of(best, style), best_rank < 2};
}

} // namespace vitrine
