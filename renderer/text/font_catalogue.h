// Which font files there are, asked of fontconfig: the four styles of a family
// and, for text they lack, the rest of the system's fonts in order of likeness.
#pragma once

#include "result.h"
#include "text/face.h"
#include "text/handles.h"
#include "text/presentation.h"

#include <array>
#include <optional>
#include <span>
#include <string>

namespace vitrine {

class FontCatalogue {
public:
    // By style; an empty one stands for the first family's own.
    using Families = std::array<std::string, style_count>;
    // "no font found: ..." if there is none at all.
    static Result<FontCatalogue> open(const Families &families);

    const FaceSource &primary(FontStyle style) const
    {
        return primary_[static_cast<unsigned>(style)];
    }
    // The family that fontconfig chose, for messages.
    const std::string &family() const { return family_; }
    // Whether a family is installed, or is one of the generic names that stand for another.
    bool knows(const std::string &family) const;

    // The regular face of a family that is installed, for symbols.
    std::optional<FaceSource> regular_of(const std::string &family) const;

    struct Found {
        FaceSource source;
        bool whole; // has all codepoints, not only the first
    };
    // The best font that has all the codepoints; else one that has the
    // first; else nothing; not one of those that are passed over. Searches all
    // fonts: callers keep the answer.
    std::optional<Found> find(FontStyle style, std::span<const char32_t> codepoints,
                              Presentation presentation,
                              std::span<const FaceSource> passed_over = {});

private:
    explicit FontCatalogue(FcConfigHandle config);
    FcPatternHandle query(const std::string &family, FontStyle style) const;
    Result<void> find_primaries(const Families &families);
    std::optional<FaceSource> match_family(const std::string &family, FontStyle style) const;
    FaceSource match_style(FontStyle style) const;
    // All fonts of the system, best first, and what they have together.
    struct Sorted {
        FcFontSetHandle fonts;
        FcCharSetHandle charset;
    };
    const Sorted &sorted(FontStyle style);

    FcConfigHandle config_;
    std::string family_;
    std::array<FaceSource, style_count> primary_;
    // Made when first needed: sorting all fonts takes a while.
    std::array<Sorted, style_count> sorted_;
};

} // namespace vitrine
