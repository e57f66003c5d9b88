#include "expiring_frame.h"

#include <cstring>

namespace vitrine {
namespace {

constexpr size_t kPackedCell = 5;
constexpr size_t kPaletteColours = 256;

} // namespace

template <typename Item>
const Item *ExpiringFrame::copy(const Item *items, size_t count)
{
    if (items == nullptr || count == 0)
        return items;
    auto &block = blocks_.emplace_back(std::make_unique<uint8_t[]>(count * sizeof(Item)));
    std::memcpy(block.get(), items, count * sizeof(Item));
    return reinterpret_cast<const Item *>(block.get());
}

ExpiringFrame::ExpiringFrame(const ui_frame_t &frame, const ui_grid_layout_t &layout)
    : frame_(std::make_unique<ui_frame_t>(frame))
{
    std::vector<ui_span_t> spans(frame.spans, frame.spans + frame.span_count);
    for (ui_span_t &span : spans) {
        span.cells = copy(static_cast<const uint8_t *>(span.cells), span.count * kPackedCell);
        span.extended = copy(static_cast<const uint8_t *>(span.extended),
                             span.extended_count * size_t{layout.extended_size});
    }
    std::vector<ui_pane_t> panes(frame.panes, frame.panes + frame.pane_count);
    for (ui_pane_t &pane : panes) {
        pane.palette = copy(pane.palette, kPaletteColours);
        pane.default_palette = copy(pane.default_palette, kPaletteColours);
        pane.style = copy(pane.style, 1);
    }
    frame_->spans = copy(spans.data(), spans.size());
    frame_->panes = copy(panes.data(), panes.size());
    frame_->times = copy(frame.times, 1);
}

} // namespace vitrine
