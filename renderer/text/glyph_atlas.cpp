#include "text/glyph_atlas.h"

#include "out_of_memory.h"

#include <algorithm>
#include <cstring>

namespace vitrine {

namespace {

constexpr size_t first_slots = 1024;
// Past this, glyphs without ink, which no page bounds, are forgotten.
constexpr size_t max_entries = 1u << 17;
// More changed rectangles of a page than this are uploaded as one.
constexpr size_t max_dirty = 16;

uint64_t mix(uint64_t key)
{
    key *= 0x9e3779b97f4a7c15u;
    return key ^ (key >> 29);
}

} // namespace

GlyphAtlas::GlyphAtlas(GlyphSource &source, const AtlasOptions &options)
    : source_(source),
      options_(options),
      grey_{PixelFormat::grey8, std::clamp(options.max_grey_pages, 1u, 256u), {}, 0},
      colour_{PixelFormat::bgra32, std::clamp(options.max_colour_pages, 1u, 256u), {}, 0},
      slots_(first_slots)
{
    options_.page_size = std::clamp(options_.page_size, 16, 16384);
}

void GlyphAtlas::begin_frame() { frame_++; }

size_t GlyphAtlas::find_slot(uint64_t key) const
{
    const size_t mask = slots_.size() - 1;
    size_t slot = mix(key) & mask;
    while (slots_[slot] != 0 && entries_[slots_[slot] - 1].key != key)
        slot = (slot + 1) & mask;
    return slot;
}

const AtlasGlyph *GlyphAtlas::get(const GlyphKey &key)
{
    const size_t slot = find_slot(key.packed());
    if (slots_[slot] == 0) {
        misses_++;
        return insert(key);
    }
    hits_++;
    const AtlasGlyph &glyph = entries_[slots_[slot] - 1].glyph;
    touch(glyph);
    return &glyph;
}

const AtlasGlyph *GlyphAtlas::insert(const GlyphKey &key)
{
    bitmap_.width = bitmap_.height = bitmap_.left = bitmap_.top = 0;
    const bool ink = source_.rasterise(key, bitmap_) && bitmap_.width > 0 && bitmap_.height > 0 &&
                     bitmap_.width <= options_.page_size && bitmap_.height <= options_.page_size;
    if (!ink)
        return remember(key.packed(), AtlasGlyph{});
    const bool colour = bitmap_.format != PixelFormat::grey8;
    Spot spot{};
    if (!place(pool(colour), bitmap_.width, bitmap_.height, spot))
        return nullptr;
    copy(pool(colour), spot, bitmap_);
    return remember(key.packed(),
                    {spot.page, static_cast<uint16_t>(spot.x), static_cast<uint16_t>(spot.y),
                     static_cast<uint16_t>(bitmap_.width), static_cast<uint16_t>(bitmap_.height),
                     static_cast<int16_t>(bitmap_.left), static_cast<int16_t>(bitmap_.top), colour,
                     bitmap_.format == PixelFormat::lcd32});
}

const AtlasGlyph *GlyphAtlas::remember(uint64_t key, const AtlasGlyph &glyph)
{
    if (entries_.size() >= max_entries) {
        std::erase_if(entries_, [](const Entry &entry) { return entry.glyph.width == 0; });
        rebuild_slots(slots_.size());
    }
    if (entries_.size() * 2 >= slots_.size())
        rebuild_slots(slots_.size() * 2);
    entries_.push_back({key, glyph});
    slots_[find_slot(key)] = static_cast<uint32_t>(entries_.size());
    return &entries_.back().glyph;
}

void GlyphAtlas::rebuild_slots(size_t count)
{
    slots_.assign(count, 0);
    for (size_t i = 0; i < entries_.size(); i++)
        slots_[find_slot(entries_[i].key)] = static_cast<uint32_t>(i + 1);
}

bool GlyphAtlas::place(Pool &pool, int width, int height, Spot &spot)
{
    for (int attempt = 0; attempt < 2; attempt++) {
        if (!pool.pages.empty()) {
            Page &page = pool.pages[pool.current];
            if (const auto place = page.packer.place(width, height)) {
                page.used = frame_;
                spot = {static_cast<uint16_t>(pool.current), place->x, place->y};
                return true;
            }
        }
        if (attempt == 0 && !open_page(pool))
            return false;
    }
    return false;
}

// The first page has to be: without it there is nothing to empty.
bool GlyphAtlas::add_page(Pool &pool)
{
    const size_t size = static_cast<size_t>(options_.page_size);
    try {
        pool.pages.push_back({Kept<uint8_t>(size * size * bytes_per_pixel(pool.format)),
                              ShelfPacker(options_.page_size),
                              0,
                              {},
                              SpareBytes(UI_MEMORY_ATLAS)});
        pool.pages.back().spare.set(pool.pages.back().pixels.size());
    } catch (const std::bad_alloc &) {
        if (pool.pages.empty())
            throw;
        return false;
    }
    pool.current = pool.pages.size() - 1;
    return true;
}

bool GlyphAtlas::open_page(Pool &pool)
{
    const size_t most = frugal_ ? 1 : pool.max_pages;
    if (pool.pages.size() < most && add_page(pool))
        return true;
    const auto oldest = std::ranges::min_element(pool.pages, {}, &Page::used);
    if (oldest->used == frame_) {
        short_of_memory_ = pool.pages.size() < pool.max_pages;
        return false;
    }
    evict(pool, static_cast<size_t>(oldest - pool.pages.begin()));
    take_refusal(); // of a page more, which is not needed
    return true;
}

void GlyphAtlas::evict(Pool &pool, size_t page)
{
    const bool colour = pool.format == PixelFormat::bgra32;
    std::erase_if(entries_, [&](const Entry &entry) {
        return entry.glyph.width != 0 && entry.glyph.colour == colour && entry.glyph.page == page;
    });
    rebuild_slots(slots_.size());
    pool.pages[page].packer.reset();
    pool.pages[page].dirty.clear();
    pool.pages[page].spare.set(pool.pages[page].pixels.size());
    pool.current = page;
    generation_++;
    evictions_++;
}

void GlyphAtlas::copy(Pool &pool, const Spot &spot, const GlyphBitmap &bitmap)
{
    Page &page = pool.pages[spot.page];
    const size_t pixel = bytes_per_pixel(pool.format);
    const size_t stride = static_cast<size_t>(options_.page_size) * pixel;
    const size_t row = static_cast<size_t>(bitmap.width) * pixel;
    uint8_t *to = page.pixels.data() + static_cast<size_t>(spot.y) * stride +
                  static_cast<size_t>(spot.x) * pixel;
    for (int y = 0; y < bitmap.height; y++)
        std::memcpy(to + static_cast<size_t>(y) * stride,
                    bitmap.pixels.data() + static_cast<size_t>(y) * row, row);
    page.spare.set(page.spare.get() - row * static_cast<size_t>(bitmap.height));
    add_dirty(page, {spot.x, spot.y, bitmap.width, bitmap.height});
}

// Neighbours on a shelf grow together; past the cap all becomes one rectangle.
void GlyphAtlas::add_dirty(Page &page, const Rect &rect)
{
    const auto unite = [](Rect &into, const Rect &other) {
        const int right = std::max(into.x + into.width, other.x + other.width);
        const int bottom = std::max(into.y + into.height, other.y + other.height);
        into.x = std::min(into.x, other.x);
        into.y = std::min(into.y, other.y);
        into.width = right - into.x;
        into.height = bottom - into.y;
    };
    for (Rect &known : page.dirty) {
        if (known.y == rect.y && known.x + known.width + 1 == rect.x) {
            unite(known, rect);
            return;
        }
    }
    page.dirty.push_back(rect);
    if (page.dirty.size() <= max_dirty)
        return;
    Rect all = rect;
    for (const Rect &known : page.dirty)
        unite(all, known);
    page.dirty.assign(1, all);
}

bool GlyphAtlas::used_in_frame() const
{
    const auto used = [this](const Page &page) { return page.used == frame_; };
    return std::ranges::any_of(grey_.pages, used) || std::ranges::any_of(colour_.pages, used);
}

std::span<const AtlasUpload> GlyphAtlas::take_uploads()
{
    uploads_.clear();
    for (Pool *pool : {&grey_, &colour_}) {
        for (size_t page = 0; page < pool->pages.size(); page++) {
            add_uploads(*pool, page);
            pool->pages[page].dirty.clear();
        }
    }
    return uploads_;
}

void GlyphAtlas::add_uploads(const Pool &pool, size_t page)
{
    const size_t pixel = bytes_per_pixel(pool.format);
    const size_t stride = static_cast<size_t>(options_.page_size) * pixel;
    for (const Rect &rect : pool.pages[page].dirty) {
        uploads_.push_back({pool.format, static_cast<uint16_t>(page), static_cast<uint16_t>(rect.x),
                            static_cast<uint16_t>(rect.y), static_cast<uint16_t>(rect.width),
                            static_cast<uint16_t>(rect.height),
                            pool.pages[page].pixels.data() + static_cast<size_t>(rect.y) * stride +
                                static_cast<size_t>(rect.x) * pixel,
                            stride});
    }
}

void GlyphAtlas::invalidate_uploads()
{
    for (Pool *pool : {&grey_, &colour_}) {
        for (Page &page : pool->pages)
            page.dirty.assign(1, {0, 0, options_.page_size, options_.page_size});
    }
}

void GlyphAtlas::clear()
{
    entries_.clear();
    rebuild_slots(first_slots);
    for (Pool *pool : {&grey_, &colour_}) {
        pool->pages.clear();
        pool->current = 0;
    }
    generation_++;
}

unsigned GlyphAtlas::pages(PixelFormat format) const
{
    return static_cast<unsigned>((format == PixelFormat::grey8 ? grey_ : colour_).pages.size());
}

size_t GlyphAtlas::bytes() const
{
    size_t bytes = entries_.capacity() * sizeof(Entry) + slots_.capacity() * sizeof(uint32_t);
    for (const Pool *pool : {&grey_, &colour_}) {
        for (const Page &page : pool->pages)
            bytes += page.pixels.capacity();
    }
    return bytes;
}

} // namespace vitrine
