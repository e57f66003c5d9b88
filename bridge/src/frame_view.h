// Reading frames: a pool as the window maps it, or a copy of one.
//
// The header is checked once, when the pool comes; from then on only the geometry computed from
// it is used. What is in a slot is read with bounds, for another process writes it.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <memory_resource>
#include <string>

#include "error.h"
#include "handles.h"
#include "pool_layout.h"
#include "vitrine/memory.hpp"

namespace vitrine {

// What a view of a frame's text was asked for with.
struct TextKey {
    uint32_t pane;
    uint32_t first_row;
    uint32_t row_count;
    uint32_t flags;
    // The comparison with zero that clang-tidy sees is the compiler's.
    friend auto operator<=>(const TextKey &, const TextKey &) = default; // NOLINT(modernize-use-nullptr)
};

// Views of a frame's text that were given out: what they look at stays where it is until the
// frame goes back. Blocks of a few sizes are kept for the next frame in this slot; texts that are
// longer come from the heap and go there.
class TextViews : public Counted<UI_MEMORY_TEXT> {
public:
    // Null if it was not made yet.
    const std::pmr::string *find(const TextKey &key) const noexcept
    {
        const auto found = texts_.find(key);
        return found != texts_.end() ? &found->second : nullptr;
    }
    // Zeroes to be written over.
    std::pmr::string &make(const TextKey &key, size_t length)
    {
        return texts_.try_emplace(key, length, '\0').first->second;
    }
    size_t count() const noexcept { return texts_.size(); }
    void clear() noexcept { texts_.clear(); }

private:
    static constexpr std::pmr::pool_options kPools = {16, 4096};

    CountedResource<UI_MEMORY_TEXT> heap_;
    std::pmr::unsynchronized_pool_resource pool_{kPools, &heap_};
    std::pmr::map<TextKey, std::pmr::string> texts_{&pool_};
};

} // namespace vitrine

struct vitrine_frame {
    const uint8_t *slot = nullptr;
    vitrine::PoolLayout layout;
    uint32_t pool = 0;
    uint32_t index = 0;
    bool held = false;
    std::unique_ptr<vitrine::TextViews> texts = {}; // from the first view on

    const ui_slot_t &header() const noexcept { return *reinterpret_cast<const ui_slot_t *>(slot); }
};

namespace vitrine {

// A pool of the server, mapped for reading, and its slots as frames.
class PoolView : public Counted<UI_MEMORY_CONNECTION> {
public:
    // bytes is what the server announced. UI_ERROR_PROTOCOL, UI_ERROR_SYSTEM, UI_ERROR_MEMORY.
    static ui_result_t open(uint32_t number, uint64_t bytes, UniqueFd fd,
                            std::unique_ptr<PoolView> &view) noexcept;

    uint32_t number() const noexcept { return number_; }
    // The frame in a slot, or null if there is no such slot.
    vitrine_frame *frame(uint32_t slot) noexcept;
    // A frame is the reader's, or is not any more; in builds that look for faults nothing of a
    // pool can be read then.
    void hold(vitrine_frame &frame, bool held) noexcept;
    bool held() const noexcept;
    // Another pool has taken its place: it stays for as long as a frame of it is held.
    void retire() noexcept { mapped_.set_spare(mapped_.bytes()); }

private:
    Mapping memory_;
    CountedBytes mapped_{UI_MEMORY_POOL};
    uint32_t number_ = 0;
    uint32_t slot_count_ = 0;
    std::array<vitrine_frame, UI_POOL_SLOTS> frames_;
};

// A frame of a recording: it owns its copy of the file.
struct RecordedFrame : Counted<UI_MEMORY_POOL> {
    vitrine_frame frame; // first: the handle given out
    CountedVector<uint64_t, UI_MEMORY_POOL> memory;
};

} // namespace vitrine
