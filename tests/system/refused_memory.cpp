// Preloaded into the hooked tmux: refuses any n-th request for memory of the shim and the
// bridge, and none of tmux's own, which would end it.
//
// Everything of the bridge is asked for by operator new, which tmux, being C, does not use. The
// shim's requests are known by where they come from: VITRINE_REFUSAL names a file with a
// RefusalControl, in which the test has written the addresses of its functions.
#include "refused_memory.h"

#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>

extern "C" {
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
}

namespace {

using vitrine::test::RefusalControl;

RefusalControl *control = nullptr;
uintptr_t program_base = 0;

// The first object is the program.
int take_base(dl_phdr_info *info, size_t, void *) noexcept
{
    program_base = info->dlpi_addr;
    return 1;
}

// Only a server: what tmux runs, and its clients, inherit the environment.
__attribute__((constructor)) void open_control()
{
    const char *path = std::getenv("VITRINE_REFUSAL");
    const int fd = path != nullptr ? ::open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    void *memory =
        ::mmap(nullptr, sizeof(RefusalControl), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    ::close(fd);
    ::dl_iterate_phdr(take_base, nullptr);
    if (memory != MAP_FAILED)
        control = static_cast<RefusalControl *>(memory);
}

bool refused() noexcept
{
    if (control == nullptr || control->server != ::getpid() || control->left == 0)
        return false;
    ++control->requests;
    if (--control->left != 0)
        return false;
    control->happened = 1;
    errno = ENOMEM;
    return true;
}

bool from_shim(const void *caller) noexcept
{
    if (control == nullptr)
        return false;
    const uintptr_t at = reinterpret_cast<uintptr_t>(caller) - program_base;
    for (uint32_t i = 0; i < control->range_count; ++i)
        if (at >= control->ranges[i].begin && at < control->ranges[i].end)
            return true;
    return false;
}

} // namespace

extern "C" {

void *malloc(size_t size) noexcept
{
    if (from_shim(__builtin_return_address(0)) && refused())
        return nullptr;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) noexcept
{
    if (from_shim(__builtin_return_address(0)) && refused())
        return nullptr;
    return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size) noexcept
{
    if (from_shim(__builtin_return_address(0)) && refused())
        return nullptr;
    return __libc_realloc(block, size);
}

void *reallocarray(void *block, size_t count, size_t size) noexcept
{
    if (from_shim(__builtin_return_address(0)) && refused())
        return nullptr;
    if (size != 0 && count > SIZE_MAX / size) {
        errno = ENOMEM;
        return nullptr;
    }
    return __libc_realloc(block, count * size);
}

char *strdup(const char *text) noexcept
{
    if (from_shim(__builtin_return_address(0)) && refused())
        return nullptr;
    const size_t size = std::strlen(text) + 1;
    void *copy = __libc_malloc(size);
    return copy != nullptr ? static_cast<char *>(std::memcpy(copy, text, size)) : nullptr;
}

} // extern "C"

void *operator new(size_t size)
{
    void *block = refused() ? nullptr : __libc_malloc(size);
    if (block == nullptr)
        throw std::bad_alloc();
    return block;
}

void operator delete(void *block) noexcept { std::free(block); }
void operator delete(void *block, size_t) noexcept { std::free(block); }
