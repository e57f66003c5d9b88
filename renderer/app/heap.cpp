#include "app/heap.h"

#include <malloc.h>

namespace vitrine {

namespace {

constexpr int large_block = 256 * 1024;

} // namespace

void give_back_large_blocks() { ::mallopt(M_MMAP_THRESHOLD, large_block); }

void give_back_holes() { ::malloc_trim(0); }

} // namespace vitrine
