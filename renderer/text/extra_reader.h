// The cluster records of a row's extras, read along with its cells.
#pragma once

#include <vitrine/types.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace vitrine {

// Believes nothing: counts are cut at the end, and after a record of unknown
// kind, whose length cannot be known, there is nothing more.
class ExtraReader {
public:
    explicit ExtraReader(std::span<const uint32_t> words) : words_(words) {}

    // The codepoints that follow the cell's own. To be asked in order of
    // column; records of columns that were passed by are skipped.
    std::span<const uint32_t> cluster(unsigned column)
    {
        while (at_ < words_.size()) {
            const uint32_t word = words_[at_];
            const size_t length = payload(word);
            if (length > words_.size() - at_ - 1)
                break;
            if (UI_EXTRA_COLUMN(word) > column)
                return {};
            const auto record = words_.subspan(at_ + 1, length);
            at_ += 1 + length;
            if (UI_EXTRA_KIND(word) == UI_EXTRA_CLUSTER && UI_EXTRA_COLUMN(word) == column)
                return record;
        }
        at_ = words_.size();
        return {};
    }

private:
    static size_t payload(uint32_t word)
    {
        switch (UI_EXTRA_KIND(word)) {
        case UI_EXTRA_CLUSTER:
            return UI_EXTRA_COUNT(word);
        case UI_EXTRA_UNDERLINE:
            return 1;
        default:
            return SIZE_MAX;
        }
    }

    std::span<const uint32_t> words_;
    size_t at_ = 0;
};

} // namespace vitrine
