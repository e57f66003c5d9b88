#include "heap_count.h"

#include <atomic>
#include <cerrno>
#include <cstdint>

extern "C" {
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);
}

namespace {

constinit std::atomic<size_t> requests{0};

void count() noexcept { requests.fetch_add(1, std::memory_order_relaxed); }

} // namespace

namespace vitrine::test {

size_t heap_requests() noexcept { return requests.load(std::memory_order_relaxed); }

} // namespace vitrine::test

extern "C" {

void *malloc(size_t size) noexcept
{
    count();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) noexcept
{
    count();
    return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size) noexcept
{
    count();
    return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) noexcept
{
    count();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) noexcept
{
    count();
    *block = __libc_memalign(alignment, size);
    return *block != nullptr ? 0 : ENOMEM;
}

} // extern "C"
