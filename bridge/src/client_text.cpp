// The entries of vitrine/text.h: one text, four ways to hand it over.
#include <algorithm>
#include <memory>
#include <new>

#include "frame_text.h"

using namespace vitrine;

namespace {

constexpr uint32_t kTextFlags = VITRINE_TEXT_TRIM_BLANKS | VITRINE_TEXT_TRIM_ROWS;

ui_result_t check(const vitrine_frame *frame, uint32_t flags, const void *out) noexcept
{
    if (frame == nullptr || out == nullptr)
        return fail(UI_ERROR_ARGUMENT, "null argument");
    if ((flags & ~kTextFlags) != 0)
        return fail(UI_ERROR_ARGUMENT, "flags 0x%x are not known", flags & ~kTextFlags);
    return UI_OK;
}

size_t measure(const vitrine_frame &frame, const TextArea &area, uint32_t flags) noexcept
{
    TextWriter writer({});
    write_text(frame, area, flags, writer);
    return writer.length();
}

// What stands before the bytes of a string of the caller's: the size of both.
struct FreeString {
    void operator()(char *text) const noexcept
    {
        if (text == nullptr)
            return;
        size_t *bytes = reinterpret_cast<size_t *>(text) - 1;
        ui_memory_free(UI_MEMORY_TEXT, bytes, *bytes);
    }
};
using OwnedString = std::unique_ptr<char, FreeString>;

OwnedString make_string(size_t capacity) noexcept
{
    const size_t bytes = sizeof(size_t) + capacity;
    void *memory = ui_memory_allocate(UI_MEMORY_TEXT, bytes);
    return OwnedString(memory != nullptr ? reinterpret_cast<char *>(new (memory) size_t(bytes) + 1)
                                         : nullptr);
}

ui_result_t return_text(const vitrine_frame *frame, const vitrine_text_part_t &part, uint32_t flags,
                        char **text, size_t *length) noexcept
{
    if (text != nullptr)
        *text = nullptr;
    ui_result_t result = check(frame, flags, text);
    TextArea area;
    if (result == UI_OK)
        result = find_area(*frame, part, area);
    if (result != UI_OK)
        return result;
    const size_t capacity = measure(*frame, area, flags) + 1;
    OwnedString made = make_string(capacity);
    if (!made)
        return ui_memory_fail();
    TextWriter writer({made.get(), capacity});
    write_text(*frame, area, flags, writer);
    if (length != nullptr)
        *length = capacity - 1;
    *text = made.release();
    return UI_OK;
}

ui_result_t copy_text(const vitrine_frame *frame, const vitrine_text_part_t &part, uint32_t flags,
                      char *buffer, size_t capacity, size_t *length) noexcept
{
    ui_result_t result = check(frame, flags, length);
    if (result == UI_OK && buffer == nullptr && capacity != 0)
        result = fail(UI_ERROR_ARGUMENT, "buffer is null with %zu bytes", capacity);
    TextArea area;
    if (result == UI_OK)
        result = find_area(*frame, part, area);
    if (result != UI_OK)
        return result;
    TextWriter writer({buffer, capacity});
    write_text(*frame, area, flags, writer);
    *length = writer.length();
    if (buffer == nullptr || writer.complete())
        return UI_OK;
    return fail(UI_ERROR_BUFFER, "the text needs %zu bytes, the buffer has %zu",
                writer.length() + 1, capacity);
}

ui_result_t view_text(vitrine_frame *frame, const vitrine_text_part_t &part, uint32_t flags,
                      vitrine_text_view_t *view)
{
    ui_result_t result = check(frame, flags, view);
    TextArea area;
    if (result == UI_OK)
        result = find_area(*frame, part, area);
    if (result != UI_OK)
        return result;
    const TextKey key = {part.pane, part.first_row, part.row_count, flags};
    if (!frame->texts)
        frame->texts = std::make_unique<TextViews>();
    const std::pmr::string *kept = frame->texts->find(key);
    if (kept == nullptr) {
        std::pmr::string &text = frame->texts->make(key, measure(*frame, area, flags));
        TextWriter writer({text.data(), text.size() + 1});
        write_text(*frame, area, flags, writer);
        kept = &text;
    }
    *view = {kept->c_str(), kept->size()};
    return UI_OK;
}

ui_result_t batch_text(const vitrine_frame &frame, std::span<const vitrine_text_part_t> parts,
                       uint32_t flags, std::span<char> buffer, size_t *offsets) noexcept
{
    TextArea area;
    for (const vitrine_text_part_t &part : parts)
        if (const ui_result_t result = find_area(frame, part, area); result != UI_OK)
            return result;
    size_t at = 0;
    for (size_t i = 0; i < parts.size(); ++i) {
        offsets[i] = at;
        find_area(frame, parts[i], area);
        TextWriter writer(buffer.subspan(std::min(at, buffer.size())));
        write_text(frame, area, flags, writer);
        at += writer.length() + 1;
    }
    offsets[parts.size()] = at;
    if (buffer.data() == nullptr || at <= buffer.size())
        return UI_OK;
    return fail(UI_ERROR_BUFFER, "the texts need %zu bytes, the buffer has %zu", at, buffer.size());
}

constexpr vitrine_text_part_t one_row(uint32_t pane, uint16_t row) noexcept
{
    return {pane, row, 1};
}

} // namespace

extern "C" {

ui_result_t vitrine_pane_text(const vitrine_frame_t *frame, uint32_t pane, uint32_t flags,
                              char **text, size_t *length) noexcept
{
    return return_text(frame, {pane, 0, 0}, flags, text, length);
}

ui_result_t vitrine_row_text(const vitrine_frame_t *frame, uint32_t pane, uint16_t row,
                             uint32_t flags, char **text, size_t *length) noexcept
{
    return return_text(frame, one_row(pane, row), flags, text, length);
}

void vitrine_string_free(char *text) noexcept { const OwnedString owner(text); }

ui_result_t vitrine_pane_text_copy(const vitrine_frame_t *frame, uint32_t pane, uint32_t flags,
                                   char *buffer, size_t capacity, size_t *length) noexcept
{
    return copy_text(frame, {pane, 0, 0}, flags, buffer, capacity, length);
}

ui_result_t vitrine_row_text_copy(const vitrine_frame_t *frame, uint32_t pane, uint16_t row,
                                  uint32_t flags, char *buffer, size_t capacity,
                                  size_t *length) noexcept
{
    return copy_text(frame, one_row(pane, row), flags, buffer, capacity, length);
}

ui_result_t vitrine_text_batch(const vitrine_frame_t *frame, const vitrine_text_part_t *parts,
                               size_t count, uint32_t flags, char *buffer, size_t capacity,
                               size_t *offsets) noexcept
{
    const ui_result_t result = check(frame, flags, offsets);
    if (result != UI_OK)
        return result;
    if ((parts == nullptr && count != 0) || (buffer == nullptr && capacity != 0))
        return fail(UI_ERROR_ARGUMENT, "parts or buffer are null with a size");
    return batch_text(*frame, {parts, count}, flags, {buffer, capacity}, offsets);
}

ui_result_t vitrine_pane_text_view(vitrine_frame_t *frame, uint32_t pane, uint32_t flags,
                                   vitrine_text_view_t *view) noexcept
{
    return barrier([&] { return view_text(frame, {pane, 0, 0}, flags, view); });
}

ui_result_t vitrine_row_text_view(vitrine_frame_t *frame, uint32_t pane, uint16_t row,
                                  uint32_t flags, vitrine_text_view_t *view) noexcept
{
    return barrier([&] { return view_text(frame, one_row(pane, row), flags, view); });
}

} // extern "C"
