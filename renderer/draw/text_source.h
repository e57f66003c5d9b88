// Where a scene gets its glyphs from: the text engine, or a fake in tests.
#pragma once

#include "text/text_engine.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <vector>

namespace vitrine {

// One bit per atlas page.
struct PageSet {
    std::uint32_t grey = 0;
    std::uint32_t colour = 0;

    void add(const GlyphQuad &quad)
    {
        (quad.flags & quad_colour ? colour : grey) |= 1u << (quad.page & 31u);
    }
};

class TextSource {
public:
    virtual ~TextSource() = default;
    // Pages not used from here on may be emptied.
    virtual void begin_frame() = 0;
    virtual LayoutResult layout(const RowInput &row, GlyphQuads &out) = 0;
    // Grows when quads of earlier frames may have lost their place.
    virtual std::uint64_t generation() const = 0;
    // Whether RowInput::alone can make a difference.
    virtual bool joins_letters() const { return false; }
    // Says that quads on these pages are used in this frame.
    virtual void keep(const PageSet &pages) = 0;
};

class EngineText final : public TextSource {
public:
    // Borrowed; outlives this.
    explicit EngineText(TextEngine &engine) : engine_(engine) {}

    void begin_frame() override { engine_.atlas().begin_frame(); }
    LayoutResult layout(const RowInput &row, GlyphQuads &out) override;
    std::uint64_t generation() const override { return engine_.atlas().generation(); }
    bool joins_letters() const override { return engine_.layout().joins_letters(); }
    void keep(const PageSet &pages) override;

private:
    TextEngine &engine_;
    // What laying out one row needs; rows that need more go to the heap.
    alignas(std::max_align_t) std::array<std::byte, 64 * 1024> buffer_;
    std::pmr::monotonic_buffer_resource scratch_{buffer_.data(), buffer_.size()};
};

} // namespace vitrine
