// Containers and objects of C++ that memory.h counts: only their types change.
//
//	CountedVector<uint8_t, UI_MEMORY_STREAM> queue;
//	struct Entry : Counted<UI_MEMORY_DECODER> { ... };  // made by make_unique
//	CountedBytes mapped{UI_MEMORY_POOL};                // what others took
//
// What a limit refuses throws std::bad_alloc, as a heap without memory does.
#ifndef VITRINE_MEMORY_HPP
#define VITRINE_MEMORY_HPP

#include "memory.h"

#include <memory>
#include <memory_resource>
#include <new>
#include <string>
#include <utility>
#include <vector>

namespace vitrine {

inline void *allocate_counted(uint32_t tag, size_t bytes)
{
    void *block = ui_memory_allocate(tag, bytes);
    if (block == nullptr)
        throw std::bad_alloc();
    return block;
}

template <typename Type, uint32_t tag>
class CountedAllocator {
public:
    using value_type = Type;
    template <typename Other>
    struct rebind {
        using other = CountedAllocator<Other, tag>;
    };

    CountedAllocator() noexcept = default;
    template <typename Other>
    CountedAllocator(const CountedAllocator<Other, tag> &) noexcept
    {
    }

    Type *allocate(size_t count)
    {
        static_assert(alignof(Type) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
        if (count > SIZE_MAX / sizeof(Type))
            throw std::bad_array_new_length();
        return static_cast<Type *>(allocate_counted(tag, count * sizeof(Type)));
    }
    void deallocate(Type *block, size_t count) noexcept
    {
        ui_memory_free(tag, block, count * sizeof(Type));
    }
    friend bool operator==(const CountedAllocator &, const CountedAllocator &) noexcept
    {
        return true;
    }
};

template <typename Type, uint32_t tag>
using CountedVector = std::vector<Type, CountedAllocator<Type, tag>>;

template <uint32_t tag>
using CountedString = std::basic_string<char, std::char_traits<char>, CountedAllocator<char, tag>>;

// What a pool of std::pmr takes its chunks from. These are aligned to the size of their blocks:
// such a chunk lies in a block that is larger by that, whose start stands before it.
template <uint32_t tag>
class CountedResource final : public std::pmr::memory_resource {
    static constexpr size_t kAligned = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

    void *do_allocate(size_t bytes, size_t alignment) override
    {
        if (alignment <= kAligned)
            return allocate_counted(tag, bytes);
        if (bytes > SIZE_MAX - alignment)
            throw std::bad_alloc();
        void *block = allocate_counted(tag, bytes + alignment);
        void *chunk = static_cast<char *>(block) + kAligned;
        size_t space = bytes + alignment - kAligned;
        chunk = std::align(alignment, bytes, chunk, space);
        static_cast<void **>(chunk)[-1] = block;
        return chunk;
    }
    void do_deallocate(void *chunk, size_t bytes, size_t alignment) override
    {
        if (alignment <= kAligned)
            ui_memory_free(tag, chunk, bytes);
        else
            ui_memory_free(tag, static_cast<void **>(chunk)[-1], bytes + alignment);
    }
    bool do_is_equal(const std::pmr::memory_resource &other) const noexcept override
    {
        return this == &other;
    }
};

// The base of what is made one by one.
template <uint32_t tag>
struct Counted {
    static void *operator new(size_t bytes) { return allocate_counted(tag, bytes); }
    static void operator delete(void *block, size_t bytes) noexcept
    {
        ui_memory_free(tag, block, bytes);
    }
};

// How much of what is held under a tag is set aside and not in use, while this lives.
class SpareBytes {
public:
    explicit SpareBytes(uint32_t tag) noexcept : tag_(tag) {}
    SpareBytes(SpareBytes &&other) noexcept
        : tag_(other.tag_),
          bytes_(std::exchange(other.bytes_, 0))
    {
    }
    SpareBytes &operator=(SpareBytes &&other) noexcept
    {
        std::swap(tag_, other.tag_);
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~SpareBytes() { set(0); }

    void set(size_t bytes) noexcept
    {
        ui_memory_spare(tag_, static_cast<int64_t>(bytes) - static_cast<int64_t>(bytes_));
        bytes_ = bytes;
    }
    size_t get() const noexcept { return bytes_; }

private:
    uint32_t tag_;
    size_t bytes_ = 0;
};

// Memory that is not ours to take, such as mappings: entered while this lives.
class CountedBytes {
public:
    explicit CountedBytes(uint32_t tag) noexcept : tag_(tag), spare_(tag) {}
    CountedBytes(CountedBytes &&other) noexcept
        : tag_(other.tag_),
          bytes_(std::exchange(other.bytes_, 0)),
          spare_(std::move(other.spare_))
    {
    }
    CountedBytes &operator=(CountedBytes &&other) noexcept
    {
        std::swap(tag_, other.tag_);
        std::swap(bytes_, other.bytes_);
        std::swap(spare_, other.spare_);
        return *this;
    }
    ~CountedBytes() { reset(); }

    // In place of what there was. False where a limit refuses it.
    [[nodiscard]] bool take(size_t bytes) noexcept
    {
        reset();
        if (!ui_memory_take(tag_, bytes))
            return false;
        bytes_ = bytes;
        return true;
    }
    void reset() noexcept
    {
        spare_.set(0);
        if (bytes_ != 0)
            ui_memory_give(tag_, bytes_);
        bytes_ = 0;
    }
    // How much of it is not in use.
    void set_spare(size_t bytes) noexcept { spare_.set(bytes); }
    size_t bytes() const noexcept { return bytes_; }

private:
    uint32_t tag_;
    size_t bytes_ = 0;
    SpareBytes spare_;
};

} // namespace vitrine
#endif
