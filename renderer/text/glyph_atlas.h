// The glyph atlas: which glyph is where on which page. Pure memory; the window
// copies what take_uploads() names into its textures.
//
// Contract with the drawer, per frame:
//
// 	atlas.begin_frame();
// 	... lay out rows, which calls get() ...
// 	for (upload : atlas.take_uploads()) copy upload to the texture
// 	draw the quads
//
// Pages of one format are numbered from 0: layers of one array texture each
// for grey and for colour; glyphs for LCD are on the latter. A page once used in a frame keeps its
// glyphs until the next begin_frame(), so quads of a frame stay valid for that frame. When all
// pages are full and in use get() returns nullptr: draw what there is, call begin_frame() and go
// on. A page that cannot be had for want of memory is as if all were there.
// Otherwise the page that was not used for the longest time is emptied and generation() grows:
// quads kept from earlier frames are then not to be used any more.
#pragma once

#include "text/glyph_bitmap.h"
#include "text/shelf_packer.h"

#include <vitrine/memory.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace vitrine {

struct AtlasOptions {
    int page_size = 1024; // px, each way
    // 8 MiB and 16 MiB, made as they are needed.
    unsigned max_grey_pages = 8;
    unsigned max_colour_pages = 4;
};

struct AtlasGlyph {
    uint16_t page;
    uint16_t x, y;
    uint16_t width, height; // 0 without ink
    int16_t left, top;      // as GlyphBitmap
    bool colour;            // on a page of that format
    bool lcd;               // coverage of each channel, on such a page
};

// Valid until the next get(), clear() or invalidate_uploads().
struct AtlasUpload {
    PixelFormat format;
    uint16_t page; // of that format
    uint16_t x, y, width, height;
    const uint8_t *pixels; // of the rectangle's first row
    size_t stride;         // bytes
};

class GlyphAtlas {
public:
    // source is borrowed and outlives the atlas.
    GlyphAtlas(GlyphSource &source, const AtlasOptions &options);

    void begin_frame();

    // Valid until the next call; nullptr: no room in this frame.
    const AtlasGlyph *get(const GlyphKey &key);

    // Says that a copy of what get() returned is used again.
    void touch(const AtlasGlyph &glyph)
    {
        if (glyph.width != 0)
            touch_page(glyph.colour ? PixelFormat::bgra32 : PixelFormat::grey8, glyph.page);
    }
    // The same of all that is on a page; a page that is not there is nothing.
    void touch_page(PixelFormat format, unsigned page)
    {
        auto &pages = pool(format == PixelFormat::bgra32).pages;
        if (page < pages.size())
            pages[page].used = frame_;
    }

    // Whether it was for want of memory that get() last found no room.
    bool short_of_memory() const { return short_of_memory_; }

    // Whether a glyph was used since begin_frame().
    bool used_in_frame() const;

    // What changed since the last call; borrowed as AtlasUpload says.
    std::span<const AtlasUpload> take_uploads();
    // After the textures were lost: all pages are uploaded again.
    void invalidate_uploads();
    // Forgets all glyphs, for a change of fonts.
    void clear();
    // While memory is short there is one page of a format at most.
    void set_frugal(bool frugal) { frugal_ = frugal; }

    uint64_t generation() const { return generation_; }
    int page_size() const { return options_.page_size; }
    unsigned pages(PixelFormat format) const;
    uint64_t hits() const { return hits_; }
    uint64_t misses() const { return misses_; }
    uint64_t evictions() const { return evictions_; }
    size_t bytes() const;

private:
    template <typename Item>
    using Kept = CountedVector<Item, UI_MEMORY_ATLAS>;
    struct Rect {
        int x, y, width, height;
    };
    struct Page {
        Kept<uint8_t> pixels;
        ShelfPacker packer;
        uint64_t used; // the frame of the last use
        std::vector<Rect> dirty;
        SpareBytes spare{UI_MEMORY_ATLAS}; // where no glyph is
    };
    struct Pool {
        PixelFormat format;
        unsigned max_pages;
        Kept<Page> pages;
        // Where glyphs go; the others are full.
        size_t current = 0;
    };
    struct Entry {
        uint64_t key;
        AtlasGlyph glyph;
    };
    struct Spot {
        uint16_t page;
        int x, y;
    };

    Pool &pool(bool colour) { return colour ? colour_ : grey_; }
    size_t find_slot(uint64_t key) const;
    const AtlasGlyph *insert(const GlyphKey &key);
    const AtlasGlyph *remember(uint64_t key, const AtlasGlyph &glyph);
    bool place(Pool &pool, int width, int height, Spot &spot);
    bool open_page(Pool &pool);
    bool add_page(Pool &pool);
    void evict(Pool &pool, size_t page);
    void rebuild_slots(size_t count);
    void copy(Pool &pool, const Spot &spot, const GlyphBitmap &bitmap);
    void add_dirty(Page &page, const Rect &rect);
    void add_uploads(const Pool &pool, size_t page);

    GlyphSource &source_;
    AtlasOptions options_;
    Pool grey_;
    Pool colour_;
    Kept<Entry> entries_;
    Kept<uint32_t> slots_; // entry + 1, or 0; a power of two
    bool frugal_ = false;
    bool short_of_memory_ = false;
    std::vector<AtlasUpload> uploads_;
    GlyphBitmap bitmap_;
    uint64_t frame_ = 1;
    uint64_t generation_ = 1;
    uint64_t hits_ = 0;
    uint64_t misses_ = 0;
    uint64_t evictions_ = 0;
};

} // namespace vitrine
