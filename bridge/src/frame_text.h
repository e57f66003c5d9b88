// Cells to UTF-8: a rectangle of a frame, written or only measured.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "frame_view.h"
#include "vitrine/text.h"

namespace vitrine {

// Cells of the screen, within it.
struct TextArea {
    uint32_t column = 0;
    uint32_t columns = 0;
    uint32_t row = 0;
    uint32_t rows = 0;
};

// Where the part of a pane is seen. UI_ERROR_PANE, UI_ERROR_ARGUMENT.
ui_result_t find_area(const vitrine_frame &frame, const vitrine_text_part_t &part,
                      TextArea &area) noexcept;

// Takes characters for as long as they fit, and counts all of them.
class TextWriter {
public:
    explicit TextWriter(std::span<char> buffer) noexcept : buffer_(buffer) {}

    // A character: its first codepoint and those that follow. All of it is written, or nothing.
    void character(uint32_t first, std::span<const uint32_t> further = {}) noexcept;
    void newline() noexcept;
    // Terminates what is there; the buffer, if there is one, always has room for that.
    void terminate() noexcept;

    size_t length() const noexcept { return length_; }
    bool complete() const noexcept { return length_ < buffer_.size(); }

private:
    void append(uint32_t codepoint) noexcept;

    std::span<char> buffer_;
    size_t length_ = 0;
    size_t whole_ = 0; // bytes of characters that are written
};

// flags are VITRINE_TEXT_*.
void write_text(const vitrine_frame &frame, const TextArea &area, uint32_t flags,
                TextWriter &writer) noexcept;

} // namespace vitrine
