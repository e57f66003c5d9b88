#include "text/shape_cache.h"

#include "out_of_memory.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace vitrine {

namespace {

constexpr size_t first_slots = 256;
constexpr uint32_t glyph_words = sizeof(ShapedGlyph) / sizeof(uint32_t);
// What an entry costs beside its words in the arena, in words.
constexpr size_t entry_words = 8;

uint64_t hash_words(std::span<const uint32_t> words)
{
    uint64_t hash = 0x9e3779b97f4a7c15u;
    for (const uint32_t word : words) {
        hash = (hash ^ word) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 29;
    }
    return hash;
}

} // namespace

ShapeCache::ShapeCache(size_t bytes) : half_words_(bytes / 2 / sizeof(uint32_t))
{
    young_.slots.resize(first_slots);
    old_.slots.resize(first_slots);
}

void ShapeCache::Half::reset()
{
    arena.clear();
    entries.clear();
    slots.assign(first_slots, 0);
}

size_t ShapeCache::Half::words() const { return arena.size() + entries.size() * entry_words; }

// Style and number of clusters, the clusters, the text: whole, so that equal keys mean
// equal runs.
std::span<const uint32_t> ShapeCache::make_key(const Run &run)
{
    key_.resize(1 + run.clusters.size() + run.text.size());
    key_[0] = static_cast<uint32_t>(run.style) << 16 | static_cast<uint32_t>(run.clusters.size());
    static_assert(sizeof(RunCluster) == sizeof(uint32_t) && sizeof(char32_t) == sizeof(uint32_t));
    if (!run.clusters.empty())
        std::memcpy(&key_[1], run.clusters.data(), run.clusters.size_bytes());
    if (!run.text.empty())
        std::memcpy(&key_[1 + run.clusters.size()], run.text.data(), run.text.size_bytes());
    return key_;
}

const ShapeCache::Entry *ShapeCache::lookup(const Half &half, uint64_t hash,
                                            std::span<const uint32_t> key)
{
    const size_t mask = half.slots.size() - 1;
    for (size_t slot = hash & mask; half.slots[slot] != 0; slot = (slot + 1) & mask) {
        const Entry &entry = half.entries[half.slots[slot] - 1];
        if (entry.hash == hash && entry.key_words == key.size() &&
            std::memcmp(&half.arena[entry.offset], key.data(), key.size_bytes()) == 0)
            return &entry;
    }
    return nullptr;
}

std::span<const ShapedGlyph> ShapeCache::glyphs_of(const Half &half, const Entry &entry)
{
    // ShapedGlyph is made of integers and was copied into these words as it is.
    const uint32_t *words = half.arena.data() + entry.offset + entry.key_words;
    return {reinterpret_cast<const ShapedGlyph *>(words), entry.glyphs};
}

std::optional<std::span<const ShapedGlyph>> ShapeCache::find(const Run &run)
{
    const auto key = make_key(run);
    key_hash_ = hash_words(key);
    if (const Entry *entry = lookup(young_, key_hash_, key)) {
        hits_++;
        return glyphs_of(young_, *entry);
    }
    if (const Entry *entry = lookup(old_, key_hash_, key)) {
        hits_++;
        // Taken before keep(), which may drop the old half.
        const auto glyphs = glyphs_of(old_, *entry);
        promoted_.assign(glyphs.begin(), glyphs.end());
        keep(key_hash_, key, promoted_);
        return promoted_;
    }
    misses_++;
    return std::nullopt;
}

void ShapeCache::insert(const Run &run, std::span<const ShapedGlyph> glyphs)
{
    const auto key = make_key(run);
    key_hash_ = hash_words(key);
    keep(key_hash_, key, glyphs);
}

void ShapeCache::keep(uint64_t hash, std::span<const uint32_t> key,
                      std::span<const ShapedGlyph> glyphs)
{
    try {
        store(hash, key, glyphs);
    } catch (const std::bad_alloc &) {
        clear();
        take_refusal();
    }
}

void ShapeCache::store(uint64_t hash, std::span<const uint32_t> key,
                       std::span<const ShapedGlyph> glyphs)
{
    const size_t words = key.size() + glyphs.size() * glyph_words;
    if (words + entry_words > half_words_)
        return;
    if (young_.words() + words + entry_words > half_words_) {
        std::swap(young_, old_);
        young_.reset();
    }
    const auto offset = static_cast<uint32_t>(young_.arena.size());
    young_.arena.insert(young_.arena.end(), key.begin(), key.end());
    young_.arena.resize(offset + words);
    if (!glyphs.empty())
        std::memcpy(&young_.arena[offset + key.size()], glyphs.data(), glyphs.size_bytes());
    young_.entries.push_back(
        {hash, offset, static_cast<uint32_t>(key.size()), static_cast<uint32_t>(glyphs.size())});
    if (young_.entries.size() * 2 < young_.slots.size()) {
        link(young_, static_cast<uint32_t>(young_.entries.size()));
        return;
    }
    young_.slots.assign(young_.slots.size() * 2, 0);
    for (uint32_t entry = 1; entry <= young_.entries.size(); entry++)
        link(young_, entry);
}

void ShapeCache::link(Half &half, uint32_t entry)
{
    const size_t mask = half.slots.size() - 1;
    size_t slot = half.entries[entry - 1].hash & mask;
    while (half.slots[slot] != 0)
        slot = (slot + 1) & mask;
    half.slots[slot] = entry;
}

// Takes nothing: there may be nothing to be had.
void ShapeCache::clear()
{
    for (Half *half : {&young_, &old_}) {
        half->arena = Shapes<uint32_t>();
        half->entries = Shapes<Entry>();
        half->slots.assign(first_slots, 0);
        half->slots.shrink_to_fit();
    }
}

size_t ShapeCache::bytes() const
{
    size_t bytes = 0;
    for (const Half *half : {&young_, &old_})
        bytes += half->arena.capacity() * sizeof(uint32_t) +
                 half->entries.capacity() * sizeof(Entry) +
                 half->slots.capacity() * sizeof(uint32_t);
    return bytes;
}

} // namespace vitrine
