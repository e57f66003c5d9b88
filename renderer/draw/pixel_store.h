// The memory that a software painter draws into.
#pragma once

#include "result.h"

#include <vitrine/memory.hpp>

#include <cstddef>
#include <cstdint>

namespace vitrine {

// Pixels are 0xRRGGBB, what is above that means nothing; rows from the top,
// without padding.
class PixelStore {
public:
    virtual ~PixelStore() = default;
    // Forgets what was there, also if it fails. Throws std::bad_alloc at a limit of memory.
    virtual Result<void> resize(int width, int height) = 0;
    // The first row, to be drawn into now: waits for who still reads the
    // picture before.
    virtual std::uint32_t *begin_draw() = 0;
};

// For pictures that no window shows.
class PlainPixels final : public PixelStore {
public:
    Result<void> resize(int width, int height) override
    {
        pixels_.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
        return {};
    }
    std::uint32_t *begin_draw() override { return pixels_.data(); }

private:
    CountedVector<std::uint32_t, UI_MEMORY_PIXELS> pixels_;
};

} // namespace vitrine
