// Writes and reads the extras of one row: see UI_EXTRA_* in types.h.
#pragma once

#include <cstdint>
#include <span>

#include "vitrine/types.h"

namespace vitrine {

class ExtraWriter {
public:
    ExtraWriter(uint32_t *words, uint32_t capacity, uint32_t used = 0) noexcept
        : words_(words),
          written_(used),
          room_(capacity - used)
    {
    }

    // Words in place, and words there would be if all had fitted.
    uint32_t written() const noexcept { return written_; }
    uint32_t needed() const noexcept { return written_ + missing_; }
    bool complete() const noexcept { return missing_ == 0; }

    // The codepoints after the first; returns how many are in place (all or none).
    uint8_t cluster(uint32_t column, std::span<const uint32_t> codepoints) noexcept
    {
        const auto count = static_cast<uint32_t>(codepoints.size());
        uint32_t *record = append(1 + count);
        if (record == nullptr)
            return 0;
        *record = UI_EXTRA(UI_EXTRA_CLUSTER, column, count);
        for (uint32_t i = 0; i < count; ++i)
            record[1 + i] = codepoints[i];
        return static_cast<uint8_t>(count);
    }

    // The underline of width cells has this colour; whether that is in place.
    bool underline(uint32_t column, uint32_t colour, uint32_t width) noexcept
    {
        if (run_ != nullptr && run_end_ == column && run_[1] == colour &&
            UI_EXTRA_COUNT(*run_) + width <= 0xfff) {
            *run_ += width;
            run_end_ += width;
            return true;
        }
        run_ = append(2);
        if (run_ == nullptr)
            return false;
        run_[0] = UI_EXTRA(UI_EXTRA_UNDERLINE, column, width);
        run_[1] = colour;
        run_end_ = column + width;
        return true;
    }

private:
    // Once something did not fit, nothing more is written: what is there is a whole beginning.
    uint32_t *append(uint32_t count) noexcept
    {
        if (count > room_) [[unlikely]] {
            room_ = 0;
            missing_ += count;
            return nullptr;
        }
        uint32_t *record = words_ + written_;
        written_ += count;
        room_ -= count;
        return record;
    }

    uint32_t *words_;
    uint32_t written_;
    uint32_t room_;
    uint32_t missing_ = 0;
    uint32_t *run_ = nullptr;
    uint32_t run_end_ = 0;
};

// The clusters of a row, asked for in order of column. The words are another process's: a record
// that does not fit or is of no known kind ends them.
class ClusterReader {
public:
    explicit ClusterReader(std::span<const uint32_t> words) noexcept : words_(words) {}

    // The codepoints after the first of the cell at column.
    std::span<const uint32_t> at(uint32_t column) noexcept
    {
        while (!words_.empty() && UI_EXTRA_COLUMN(words_[0]) <= column) {
            const uint32_t head = words_[0];
            const size_t length = payload(head);
            if (length >= words_.size()) {
                words_ = {};
                break;
            }
            const std::span<const uint32_t> record = words_.subspan(1, length);
            words_ = words_.subspan(1 + length);
            if (UI_EXTRA_KIND(head) == UI_EXTRA_CLUSTER && UI_EXTRA_COLUMN(head) == column)
                return record;
        }
        return {};
    }

private:
    static size_t payload(uint32_t head) noexcept
    {
        if (UI_EXTRA_KIND(head) == UI_EXTRA_CLUSTER)
            return UI_EXTRA_COUNT(head);
        return UI_EXTRA_KIND(head) == UI_EXTRA_UNDERLINE ? 1 : SIZE_MAX;
    }

    std::span<const uint32_t> words_;
};

} // namespace vitrine
