// Single owners of what the kernel lends: mappings, and descriptors from scope.hpp.
#pragma once

#include <sys/mman.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "vitrine/scope.hpp"

namespace vitrine {

// A file past RLIMIT_FSIZE, in memory or not, is not refused: a signal ends the
// process that asks for it. False and errno set instead.
inline bool may_make_file(uint64_t bytes) noexcept
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_FSIZE, &limit) != 0 || bytes <= limit.rlim_cur)
        return true;
    errno = EFBIG;
    return false;
}

class Mapping {
public:
    Mapping() noexcept = default;
    Mapping(Mapping &&other) noexcept
        : data_(std::exchange(other.data_, nullptr)),
          size_(std::exchange(other.size_, 0))
    {
    }
    Mapping &operator=(Mapping &&other) noexcept
    {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~Mapping()
    {
        if (data_ != nullptr)
            ::munmap(data_, size_);
    }

    // Shared mapping of the first size bytes; empty (and errno set) if it fails.
    static Mapping map(int fd, size_t size, int protection) noexcept
    {
        Mapping mapping;
        void *data = ::mmap(nullptr, size, protection, MAP_SHARED, fd, 0);
        if (data != MAP_FAILED) {
            mapping.data_ = data;
            mapping.size_ = size;
        }
        return mapping;
    }

    void protect(int protection) const noexcept { ::mprotect(data_, size_, protection); }

    explicit operator bool() const noexcept { return data_ != nullptr; }
    uint8_t *data() const noexcept { return static_cast<uint8_t *>(data_); }
    size_t size() const noexcept { return size_; }

private:
    void *data_ = nullptr;
    size_t size_ = 0;
};

} // namespace vitrine
