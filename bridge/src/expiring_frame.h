// A frame as its callback sees it where faults are looked for: copied with all that it points to
// into blocks of its own, which are freed when the callback has returned. Who kept a view of a
// span, of its cells or of a pane is then reported by the address sanitizer, or by valgrind.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "vitrine/types.h"

namespace vitrine {

#ifdef VITRINE_EXPIRE_VIEWS
constexpr bool kExpireViews = true;
#else
constexpr bool kExpireViews = false;
#endif

class ExpiringFrame {
public:
    // The frame has been validated.
    ExpiringFrame(const ui_frame_t &frame, const ui_grid_layout_t &layout);

    const ui_frame_t *get() const noexcept { return frame_.get(); }

private:
    template <typename Item>
    const Item *copy(const Item *items, size_t count);

    std::vector<std::unique_ptr<uint8_t[]>> blocks_;
    std::unique_ptr<ui_frame_t> frame_;
};

} // namespace vitrine
