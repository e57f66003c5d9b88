// Reading frames: a pool as the window maps it, or a copy of one.
//
// The header is checked once, when the pool comes; from then on only the geometry computed from
// it is used. What is in a slot is read with bounds, for another process writes it.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "error.h"
#include "handles.h"
#include "pool_layout.h"

struct vitrine_frame {
    const uint8_t *slot = nullptr;
    vitrine::PoolLayout layout;
    uint32_t pool = 0;
    uint32_t index = 0;
    bool held = false;

    const ui_slot_t &header() const noexcept { return *reinterpret_cast<const ui_slot_t *>(slot); }
};

namespace vitrine {

// A pool of the server, mapped for reading, and its slots as frames.
class PoolView {
public:
    // bytes is what the server announced. UI_ERROR_PROTOCOL, UI_ERROR_SYSTEM, UI_ERROR_MEMORY.
    static ui_result_t open(uint32_t number, uint64_t bytes, UniqueFd fd,
                            std::unique_ptr<PoolView> &view) noexcept;

    uint32_t number() const noexcept { return number_; }
    // The frame in a slot, or null if there is no such slot.
    vitrine_frame *frame(uint32_t slot) noexcept;
    bool held() const noexcept;

private:
    Mapping memory_;
    uint32_t number_ = 0;
    uint32_t slot_count_ = 0;
    std::array<vitrine_frame, UI_POOL_SLOTS> frames_;
};

// A frame of a recording: it owns its copy of the file.
struct RecordedFrame {
    vitrine_frame frame; // first: the handle given out
    std::vector<uint64_t> memory;
    Alive alive;
};

} // namespace vitrine
