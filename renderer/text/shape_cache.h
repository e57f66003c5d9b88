// Shaped runs by text and style, so that a steady screen shapes nothing.
//
// Two halves, each an arena with a table: new entries go into the young one;
// what is found in the old one is copied into the young. When the young one is
// full it becomes the old and the old is dropped as a whole. So what was used
// lately stays, memory never passes twice the budget of a half, and no entry
// is ever freed by itself.
#pragma once

#include "text/run.h"

#include <vitrine/memory.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace vitrine {

class ShapeCache {
public:
    // bytes bounds both halves together.
    explicit ShapeCache(size_t bytes = 2u << 20);

    // Valid until the next call of find or insert. Counts hit or miss.
    std::optional<std::span<const ShapedGlyph>> find(const Run &run);
    // Only after find() of the same run found nothing. Where there is no memory for it, all that
    // was kept goes, and it is not kept.
    void insert(const Run &run, std::span<const ShapedGlyph> glyphs);
    void clear();

    uint64_t hits() const { return hits_; }
    uint64_t misses() const { return misses_; }
    // Bytes held now.
    size_t bytes() const;

private:
    template <typename Item>
    using Shapes = CountedVector<Item, UI_MEMORY_SHAPES>;
    struct Entry {
        uint64_t hash;
        uint32_t offset; // of the key in the arena, in words
        uint32_t key_words;
        uint32_t glyphs;
    };
    struct Half {
        Shapes<uint32_t> arena; // key, glyphs, key, glyphs, ...
        Shapes<Entry> entries;
        Shapes<uint32_t> slots; // entry + 1, or 0
        void reset();
        size_t words() const;
    };

    std::span<const uint32_t> make_key(const Run &run);
    static const Entry *lookup(const Half &half, uint64_t hash, std::span<const uint32_t> key);
    static std::span<const ShapedGlyph> glyphs_of(const Half &half, const Entry &entry);
    void keep(uint64_t hash, std::span<const uint32_t> key, std::span<const ShapedGlyph> glyphs);
    void store(uint64_t hash, std::span<const uint32_t> key, std::span<const ShapedGlyph> glyphs);
    static void link(Half &half, uint32_t entry);

    size_t half_words_;
    Half young_;
    Half old_;
    std::vector<uint32_t> key_;
    std::vector<ShapedGlyph> promoted_;
    uint64_t key_hash_ = 0;
    uint64_t hits_ = 0;
    uint64_t misses_ = 0;
};

} // namespace vitrine
