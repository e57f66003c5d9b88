// Reads past an end, in builds where that ends the program.
#include "faults.h"
#include "frame_pool.h"

#include <span>
#include <string_view>
#include <vector>

using namespace vitrine;

#ifdef VITRINE_EXPIRE_VIEWS

TEST_CASE("an index past the end of what the library looks at ends the program")
{
    // Past the end there is memory, too: no sanitizer sees these reads.
    std::vector<uint8_t> bytes(1001);
    const std::span<const uint8_t> view(bytes.data(), 3);
    const std::string_view text(reinterpret_cast<const char *>(bytes.data()), 3);
    bytes.resize(3);
    for (const size_t index : {0u, 2u, 3u, 1000u}) {
        CAPTURE(index);
        const bool past = index > 2;
        CHECK(faults([&] { return bytes[index]; }) == past);
        CHECK(faults([&] { return view[index]; }) == past);
        CHECK(faults([&] { return static_cast<uint8_t>(text[index]); }) == past);
    }
}

TEST_CASE("a row past the last of a slot ends the program")
{
    const PoolLayout layout = pool_layout(10, 3, 20, 2);
    std::vector<uint64_t> memory(layout.bytes);
    const SlotView slot(reinterpret_cast<uint8_t *>(memory.data()) + layout.slots_offset, layout);
    for (const uint32_t row : {0u, 2u, 3u, 1000u}) {
        CAPTURE(row);
        const bool past = row > 2;
        CHECK(faults([&] { return static_cast<uint8_t>(slot.row(row).extra_words); }) == past);
        CHECK(faults([&] { return static_cast<uint8_t>(slot.cells(row)->codepoint); }) == past);
        CHECK(faults([&] { return static_cast<uint8_t>(*slot.extras(row)); }) == past);
    }
}

#else

TEST_CASE("an index past the end ends the program")
{
    MESSAGE("skipped: this build does not look for faults");
}

#endif
