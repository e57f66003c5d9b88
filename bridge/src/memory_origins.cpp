#include "memory_origins.h"

#include <execinfo.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <mutex>
#include <new>

#include "vitrine/memory.h"

namespace vitrine {
namespace {

// Stands before each block.
struct alignas(16) Origin {
    Origin *next;
    Origin *previous;
    size_t bytes;
    uint32_t tag;
    int depth;
    void *addresses[12];
};

constinit std::mutex lock;
constinit Origin *newest = nullptr;

} // namespace

bool keeps_origins() noexcept
{
    static const bool keeps = [] {
        const char *words = std::getenv("VITRINE_DEBUG");
        return words != nullptr && std::strstr(words, "memory") != nullptr;
    }();
    return keeps;
}

void *allocate_with_origin(uint32_t tag, size_t bytes) noexcept
{
    void *memory = ::operator new(sizeof(Origin) + bytes, std::nothrow);
    if (memory == nullptr)
        return nullptr;
    Origin *origin = new (memory) Origin{nullptr, nullptr, bytes, tag, 0, {}};
    origin->depth = ::backtrace(origin->addresses, std::size(origin->addresses));
    const std::lock_guard<std::mutex> guard(lock);
    origin->next = newest;
    if (newest != nullptr)
        newest->previous = origin;
    newest = origin;
    return origin + 1;
}

void free_with_origin(void *block) noexcept
{
    Origin *origin = static_cast<Origin *>(block) - 1;
    {
        const std::lock_guard<std::mutex> guard(lock);
        (origin->previous != nullptr ? origin->previous->next : newest) = origin->next;
        if (origin->next != nullptr)
            origin->next->previous = origin->previous;
    }
    ::operator delete(origin);
}

size_t list_origins(int fd) noexcept
{
    const std::lock_guard<std::mutex> guard(lock);
    size_t count = 0;
    for (const Origin *origin = newest; origin != nullptr; origin = origin->next) {
        ::dprintf(fd, "%s: %zu bytes from\n", ui_memory_tag_name(origin->tag), origin->bytes);
        ::backtrace_symbols_fd(origin->addresses, origin->depth, fd);
        ++count;
    }
    return count;
}

} // namespace vitrine
