// Where each block that is held was taken, for whoever looks for what is left: only where
// VITRINE_DEBUG has the word "memory".
#pragma once

#include <cstddef>
#include <cstdint>

namespace vitrine {

// Decided by the first call, so that all blocks are of one kind.
bool keeps_origins() noexcept;

// Null if there is no memory.
void *allocate_with_origin(uint32_t tag, size_t bytes) noexcept;
void free_with_origin(void *block) noexcept;
// Writes each block with its origin; how many there are.
size_t list_origins(int fd) noexcept;

} // namespace vitrine
