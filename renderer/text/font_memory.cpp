#include "text/font_memory.h"

#include <vitrine/memory.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace vitrine {

namespace {

// FreeType frees blocks without saying how large they are: this stands before each.
struct alignas(std::max_align_t) Head {
    std::size_t bytes; // with the head
};

Head *head_of(void *block) { return static_cast<Head *>(block) - 1; }

void *allocate(FT_Memory, long size)
{
    const std::size_t bytes = sizeof(Head) + static_cast<std::size_t>(size);
    void *memory = ui_memory_allocate(UI_MEMORY_FONTS, bytes);
    return memory != nullptr ? new (memory) Head{bytes} + 1 : nullptr;
}

void release(FT_Memory, void *block)
{
    Head *head = head_of(block);
    ui_memory_free(UI_MEMORY_FONTS, head, head->bytes);
}

void *reallocate(FT_Memory memory, long current, long wanted, void *block)
{
    void *larger = allocate(memory, wanted);
    if (larger == nullptr)
        return nullptr;
    std::memcpy(larger, block, static_cast<std::size_t>(std::min(current, wanted)));
    release(memory, block);
    return larger;
}

FT_MemoryRec_ functions = {nullptr, allocate, release, reallocate};

} // namespace

FT_Memory counted_font_memory() { return &functions; }

} // namespace vitrine
