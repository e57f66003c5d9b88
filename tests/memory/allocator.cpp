#include "allocator.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <new>

namespace {

constinit std::atomic<size_t> taken{0};
constinit std::atomic<size_t> alive{0};

struct Injection {
    bool active = false;
    bool happened = false;
    size_t left = 0;
    int exempt = 0;
};
constinit thread_local Injection injection;

bool refused() noexcept
{
    Injection &self = injection;
    if (!self.active || self.exempt != 0 || --self.left != 0)
        return false;
    self.active = false;
    self.happened = true;
    return true;
}

void *take(size_t size) noexcept
{
    if (refused())
        return nullptr;
    void *block = std::malloc(size != 0 ? size : 1);
    taken.fetch_add(1, std::memory_order_relaxed);
    alive.fetch_add(1, std::memory_order_relaxed);
    return block;
}

void *take_aligned(size_t size, std::align_val_t alignment) noexcept
{
    if (refused())
        return nullptr;
    const auto align = static_cast<size_t>(alignment);
    void *block = std::aligned_alloc(align, (size + align - 1) / align * align);
    taken.fetch_add(1, std::memory_order_relaxed);
    alive.fetch_add(1, std::memory_order_relaxed);
    return block;
}

void give_back(void *block) noexcept
{
    if (block == nullptr)
        return;
    alive.fetch_sub(1, std::memory_order_relaxed);
    std::free(block);
}

void *or_throw(void *block)
{
    if (block == nullptr)
        throw std::bad_alloc();
    return block;
}

} // namespace

namespace vitrine::test {

size_t blocks_taken() noexcept { return taken.load(std::memory_order_relaxed); }
size_t blocks_alive() noexcept { return alive.load(std::memory_order_relaxed); }

Refusal::Refusal(size_t nth) noexcept { injection = {true, false, nth, 0}; }
Refusal::~Refusal() { injection.active = false; }
bool Refusal::happened() noexcept { return injection.happened; }

Exempt::Exempt() noexcept { ++injection.exempt; }
Exempt::~Exempt() { --injection.exempt; }

} // namespace vitrine::test

void *operator new(size_t size) { return or_throw(take(size)); }
void *operator new[](size_t size) { return or_throw(take(size)); }
void *operator new(size_t size, const std::nothrow_t &) noexcept { return take(size); }
void *operator new[](size_t size, const std::nothrow_t &) noexcept { return take(size); }
void *operator new(size_t size, std::align_val_t align)
{
    return or_throw(take_aligned(size, align));
}
void *operator new[](size_t size, std::align_val_t align)
{
    return or_throw(take_aligned(size, align));
}
void operator delete(void *block) noexcept { give_back(block); }
void operator delete[](void *block) noexcept { give_back(block); }
void operator delete(void *block, size_t) noexcept { give_back(block); }
void operator delete[](void *block, size_t) noexcept { give_back(block); }
void operator delete(void *block, const std::nothrow_t &) noexcept { give_back(block); }
void operator delete[](void *block, const std::nothrow_t &) noexcept { give_back(block); }
void operator delete(void *block, std::align_val_t) noexcept { give_back(block); }
void operator delete[](void *block, std::align_val_t) noexcept { give_back(block); }
void operator delete(void *block, size_t, std::align_val_t) noexcept { give_back(block); }
void operator delete[](void *block, size_t, std::align_val_t) noexcept { give_back(block); }

// The names are those that a program with 64-bit file offsets calls.
extern "C" {

void *__real_mmap64(void *, size_t, int, int, int, off_t);
int __real_memfd_create(const char *, unsigned);
int __real_ftruncate64(int, off_t);
int __real_posix_fallocate64(int, off_t, off_t);
int __real_open64(const char *, int, ...);
int __real_socketpair(int, int, int, int *);
int __real_pipe2(int *, int);

void *__wrap_mmap64(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
    if (refused()) {
        errno = ENOMEM;
        return MAP_FAILED;
    }
    return __real_mmap64(at, size, protection, flags, fd, offset);
}

int __wrap_memfd_create(const char *name, unsigned flags)
{
    if (refused()) {
        errno = EMFILE;
        return -1;
    }
    return __real_memfd_create(name, flags);
}

int __wrap_ftruncate64(int fd, off_t size)
{
    if (refused()) {
        errno = ENOSPC;
        return -1;
    }
    return __real_ftruncate64(fd, size);
}

int __wrap_posix_fallocate64(int fd, off_t offset, off_t size)
{
    return refused() ? ENOSPC : __real_posix_fallocate64(fd, offset, size);
}

int __wrap_open64(const char *path, int flags, ...)
{
    if (refused()) {
        errno = EMFILE;
        return -1;
    }
    va_list arguments;
    va_start(arguments, flags);
    const unsigned mode = (flags & O_CREAT) != 0 ? va_arg(arguments, unsigned) : 0;
    va_end(arguments);
    return __real_open64(path, flags, mode);
}

int __wrap_socketpair(int domain, int type, int protocol, int *ends)
{
    if (refused()) {
        errno = EMFILE;
        return -1;
    }
    return __real_socketpair(domain, type, protocol, ends);
}

int __wrap_pipe2(int *ends, int flags)
{
    if (refused()) {
        errno = EMFILE;
        return -1;
    }
    return __real_pipe2(ends, flags);
}

} // extern "C"
