// Frames as no server should make them: what passes validation is decoded into a pool.
#include "attachment.h"
#include "frame_pool.h"
#include "input.h"

#include <array>
#include <vector>

using namespace vitrine;
using namespace vitrine::fuzz;

namespace {

// Memory that another screen has not used before.
class HeapSource final : public PoolSource {
public:
    ui_result_t allocate(uint64_t bytes, Mapping &memory) noexcept override
    {
        const UniqueFd fd(::memfd_create("fuzz", MFD_CLOEXEC));
        if (!fd || ::ftruncate(fd.get(), static_cast<off_t>(bytes)) != 0)
            return UI_ERROR_MEMORY;
        memory = Mapping::map(fd.get(), bytes, PROT_READ | PROT_WRITE);
        return memory ? UI_OK : UI_ERROR_MEMORY;
    }
};

constexpr size_t cell_bytes = 5;
constexpr size_t extended_bytes = 23;

// A frame and all it points to, in blocks as long as it says.
struct Made {
    std::vector<std::vector<uint8_t>> blocks;
    std::array<int32_t, 256> palette;
    std::vector<ui_pane_t> panes;
    std::vector<ui_span_t> spans;
    ui_frame_t frame{};

    const void *block(Input &input, size_t size)
    {
        const auto bytes = input.bytes(size);
        auto &made = blocks.emplace_back(bytes.begin(), bytes.end());
        made.resize(size);
        made.shrink_to_fit();
        return made.data();
    }
    explicit Made(Input &input)
    {
        for (int32_t &colour : palette)
            colour = input.left() > 512 ? input.take<int16_t>() << 10 : -1;
        const auto shape = input.take<std::array<uint8_t, 6>>();
        frame.size = sizeof frame - (shape[0] == 0xff);
        frame.version = UI_VERSION + (shape[0] == 0xfe);
        frame.flags = (shape[0] & 1) != 0 ? UI_FRAME_FULL : 0;
        frame.columns = static_cast<uint16_t>(shape[1] & 63);
        frame.rows = static_cast<uint16_t>(shape[2] & 15);
        frame.sequence = input.take<uint16_t>();
        for (unsigned i = 0; i < (shape[3] & 3u); ++i) {
            ui_pane_t pane{};
            pane.default_fg = input.take<int32_t>();
            pane.default_bg = input.take<int32_t>();
            pane.palette = (shape[4] & 1) != 0 ? palette.data() : nullptr;
            pane.default_palette = (shape[4] & 2) != 0 ? palette.data() : nullptr;
            panes.push_back(pane);
        }
        for (unsigned i = 0; i < (shape[5] & 31u); ++i)
            spans.push_back(span(input));
        frame.panes = panes.empty() ? nullptr : panes.data();
        frame.pane_count = static_cast<uint16_t>(panes.size());
        frame.spans = spans.empty() ? nullptr : spans.data();
        frame.span_count = static_cast<uint32_t>(spans.size());
    }
    ui_span_t span(Input &input)
    {
        const auto place = input.take<std::array<uint8_t, 6>>();
        ui_span_t span{};
        span.row = place[0] & 15;
        span.column = place[1] & 63;
        span.columns = place[2] & 63;
        span.count = place[3] & 63;
        span.pane = place[4] & 3;
        span.extended_count = place[5] & 7;
        if ((place[5] & 0x80) == 0)
            span.cells = static_cast<const uint8_t *>(block(input, span.count * cell_bytes));
        span.extended =
            static_cast<const uint8_t *>(block(input, span.extended_count * extended_bytes));
        return span;
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    ui_decoder decoder(grid_layout());
    FrameStore store(UI_POOL_SLOTS), single(1);
    HeapSource source;
    for (int i = 0; i < 8 && !input.empty(); ++i) {
        const Made made(input);
        if (ui_frame_validate(&made.frame) != UI_OK)
            continue;
        bool replaced;
        const ui_result_t result = store.put(made.frame, decoder, source, &replaced);
        require(single.put(made.frame, decoder, source, &replaced) == result);
        if (result != UI_OK)
            continue;
        // However many slots: the newest frame is the same.
        const FramePool *pools[] = {store.pool(), single.pool()};
        require(pools[0]->layout().columns == pools[1]->layout().columns);
    }
    return 0;
}
