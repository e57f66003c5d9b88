#include <doctest/doctest.h>

#include <fcntl.h>

#include <cerrno>
#include <random>

#include "frame_pool.h"
#include "frame_view.h"
#include "screen.h"

using namespace vitrine;

namespace {

class MemorySource final : public PoolSource {
public:
    ui_result_t allocate(uint64_t bytes, Mapping &memory) noexcept override
    {
        if (refuse)
            return UI_ERROR_MEMORY;
        UniqueFd fd(::memfd_create("test", MFD_CLOEXEC));
        REQUIRE(::ftruncate(fd.get(), static_cast<off_t>(bytes)) == 0);
        memory = Mapping::map(fd.get(), bytes, PROT_READ | PROT_WRITE);
        ++pools;
        return UI_OK;
    }
    int pools = 0;
    bool refuse = false;
};

struct Store {
    explicit Store(uint32_t slots = UI_POOL_SLOTS) : store(slots) {}

    ui_result_t put(const ui_frame_t &frame)
    {
        REQUIRE(ui_frame_validate(&frame) == UI_OK);
        return store.put(frame, decoder, source, &replaced);
    }
    // The newest frame, read as a window reads it.
    vitrine_frame newest()
    {
        const PoolLayout &layout = store.pool()->layout();
        PoolLayout checked;
        REQUIRE(pool_header_check(store.pool()->header(), layout.bytes, &checked));
        REQUIRE(checked == layout);
        const uint8_t *base = reinterpret_cast<const uint8_t *>(&store.pool()->header());
        vitrine_frame frame;
        frame.layout = layout;
        frame.slot = base + layout.slots_offset + store.pool()->newest() * layout.slot_bytes;
        return frame;
    }
    std::string text(uint16_t row)
    {
        const vitrine_frame frame = newest();
        return row_text(&frame, row);
    }
    uint64_t generation(uint16_t row)
    {
        const vitrine_frame frame = newest();
        return row_generation(&frame, row);
    }

    ui_decoder decoder{test_layout()};
    MemorySource source;
    FrameStore store;
    bool replaced = false;
};

PackedRow &clusters(PackedRow &row, int count)
{
    row = PackedRow();
    for (int i = 0; i < count; ++i)
        row.extended({long_character(5, 1)});
    return row;
}

} // namespace

TEST_CASE("the layout holds for every size")
{
    for (uint32_t columns : {1u, 2u, 79u, 80u, 240u, 4096u}) {
        for (uint32_t rows : {1u, 3u, 24u, 2048u}) {
            for (uint32_t extras : {0u, columns, pool_max_extra_words(columns)}) {
                const PoolLayout layout = pool_layout(static_cast<uint16_t>(columns),
                                                      static_cast<uint16_t>(rows), extras, 3);
                for (uint64_t offset : {uint64_t{layout.slots_offset}, layout.slot_bytes,
                                        uint64_t{layout.rows_offset}, uint64_t{layout.cells_offset},
                                        uint64_t{layout.extras_offset}})
                    CHECK(offset % 64 == 0);
                CHECK(layout.rows_offset >= sizeof(ui_slot_t));
                CHECK(layout.cells_offset - layout.rows_offset >= rows * sizeof(ui_slot_row_t));
                CHECK(layout.extras_offset - layout.cells_offset >=
                      uint64_t{rows} * columns * sizeof(ui_cell_t));
                CHECK(layout.slot_bytes - layout.extras_offset >= uint64_t{rows} * extras * 4);
            }
        }
    }
}

TEST_CASE("a header that lies is not believed")
{
    const PoolLayout layout = pool_layout(80, 24, 80, 3);
    const ui_pool_header_t good = pool_header(layout);
    PoolLayout out;
    CHECK(pool_header_check(good, layout.bytes, &out));
    CHECK_FALSE(pool_header_check(good, layout.bytes - 64, &out));
    const auto spoilt = [&](auto spoil) {
        ui_pool_header_t header = good;
        spoil(header);
        return !pool_header_check(header, layout.bytes, &out);
    };
    CHECK(spoilt([](auto &h) { h.magic = 0; }));
    CHECK(spoilt([](auto &h) { ++h.version; }));
    CHECK(spoilt([](auto &h) { h.slot_count = 0; }));
    CHECK(spoilt([](auto &h) { h.slot_count = 4; }));
    CHECK(spoilt([](auto &h) { h.columns = 0; }));
    CHECK(spoilt([](auto &h) { h.columns = 81; }));
    CHECK(spoilt([](auto &h) { h.rows = 65535; }));
    CHECK(spoilt([](auto &h) { h.extra_words = UINT32_MAX; }));
    CHECK(spoilt([](auto &h) { h.slots_offset = 0; }));
    CHECK(spoilt([](auto &h) { h.slot_bytes = UINT64_MAX / 3; }));
    CHECK(spoilt([](auto &h) { h.rows_offset += 64; }));
    CHECK(spoilt([](auto &h) { h.cells_offset += 64; }));
    CHECK(spoilt([](auto &h) { h.extras_offset -= 64; }));
}

TEST_CASE("slots rotate, and rows that did not change are carried over")
{
    Store store;
    Screen screen(10, 4);
    for (uint16_t row = 0; row < 4; ++row)
        screen.set(row, "first " + std::to_string(row));
    REQUIRE(store.put(screen.full()) == UI_OK);
    CHECK(store.replaced);
    CHECK(store.store.pool()->newest() == 0);

    // Each frame changes another row; every slot must still come out whole.
    for (uint16_t turn = 1; turn < 9; ++turn) {
        const uint16_t row = turn % 4;
        screen.set(row, "turn " + std::to_string(turn));
        REQUIRE(store.put(screen.changed({row})) == UI_OK);
        CHECK_FALSE(store.replaced);
        CHECK(store.store.pool()->newest() == turn % 3u);
        CHECK(store.text(row) == "turn " + std::to_string(turn));
        CHECK(store.generation(row) == turn + 1u);
        if (turn >= 4)
            for (uint16_t old = 0; old < 4; ++old)
                CHECK(store.text(old).starts_with("turn "));
    }
    CHECK(store.text(1) == "turn 5");
    CHECK(store.text(2) == "turn 6");
    CHECK(store.generation(1) == 6);
    CHECK(store.generation(2) == 7);
}

TEST_CASE("a row that is what it was keeps its generation")
{
    Store store;
    Screen screen(10, 2);
    screen.set(0, "same");
    screen.line(1).extended({long_character(2, 1)});
    REQUIRE(store.put(screen.full()) == UI_OK);
    REQUIRE(store.put(screen.full()) == UI_OK);
    CHECK(store.generation(0) == 1);
    CHECK(store.generation(1) == 1);

    // Only the extras differ.
    screen.line(1) = PackedRow();
    screen.line(1).extended({packed_character("e\xcc\x82", 1)});
    REQUIRE(store.put(screen.changed({0, 1})) == UI_OK);
    CHECK(store.generation(0) == 1);
    CHECK(store.generation(1) == 3);
    const vitrine_frame frame = store.newest();
    CHECK(vitrine_frame_sequence(&frame) == 3);
}

TEST_CASE("cursor, modes and panes are each frame's own")
{
    Store store;
    Screen screen(10, 2);
    ui_frame_t &frame = screen.full();
    frame.cursor = {3, 1, UI_COLOUR_RGB | 5, UI_CURSOR_BAR, 1, 0, 0};
    frame.modes = UI_MODE_MOUSE;
    frame.time_ns = 99;
    REQUIRE(store.put(frame) == UI_OK);
    vitrine_frame view = store.newest();
    CHECK(vitrine_frame_cursor(&view).column == 3);
    CHECK(vitrine_frame_cursor(&view).shape == UI_CURSOR_BAR);
    CHECK(vitrine_frame_modes(&view) == UI_MODE_MOUSE);
    CHECK(vitrine_frame_time(&view) == 99);
    const ui_slot_pane_t *panes = nullptr;
    REQUIRE(vitrine_frame_panes(&view, &panes) == 2);
    CHECK(panes[0].id == UINT32_MAX);
    CHECK(panes[1].columns == 10);

    screen.changed({});
    screen.frame().cursor.column = 4;
    REQUIRE(store.put(screen.frame()) == UI_OK);
    view = store.newest();
    CHECK(vitrine_frame_cursor(&view).column == 4);
    CHECK(store.generation(0) == 1);
}

TEST_CASE("another size needs a full frame and makes another pool")
{
    Store store;
    Screen small(10, 2);
    small.set(0, "small");
    CHECK(store.put(small.changed({0})) == UI_ERROR_ARGUMENT);
    REQUIRE(store.put(small.full()) == UI_OK);
    Screen large(20, 5);
    large.frame().sequence = small.frame().sequence;
    large.set(4, "large");
    CHECK(store.put(large.changed({4})) == UI_ERROR_ARGUMENT);
    CHECK(store.text(0) == "small");
    CHECK(store.source.pools == 1);
    REQUIRE(store.put(large.full()) == UI_OK);
    CHECK(store.replaced);
    CHECK(store.text(4) == "large");
    CHECK(store.generation(0) ==
          vitrine_frame_sequence(&static_cast<const vitrine_frame &>(store.newest())));

    store.source.refuse = true;
    CHECK(store.put(small.full()) == UI_ERROR_MEMORY);
    CHECK(store.text(4) == "large");
}

TEST_CASE("sequences only grow, whatever frames say")
{
    Store store;
    Screen screen(4, 1);
    screen.full().sequence = 50;
    REQUIRE(store.put(screen.frame()) == UI_OK);
    CHECK(store.store.sequence() == 50);
    screen.set(0, "x");
    screen.changed({0}).sequence = 3;
    REQUIRE(store.put(screen.frame()) == UI_OK);
    CHECK(store.store.sequence() == 51);
    CHECK(store.generation(0) == 51);
}

TEST_CASE("extras without room make a bigger pool that has all that was there")
{
    for (uint32_t slots : {UI_POOL_SLOTS, 1u}) {
        CAPTURE(slots);
        Store store(slots);
        Screen screen(10, 3);
        screen.set(0, "zero");
        screen.set(1, "one");
        screen.line(2).extended({packed_character("e\xcc\x81", 1)});
        REQUIRE(store.put(screen.full()) == UI_OK);
        CHECK(store.store.pool()->layout().extra_words == 10);

        // Row 1 is decoded before row 2 turns out not to fit.
        screen.set(1, "uno");
        clusters(screen.line(2), 8);
        REQUIRE(store.put(screen.changed({1, 2})) == UI_OK);
        CHECK(store.replaced);
        CHECK(store.store.pool()->layout().extra_words == 88);
        CHECK(store.text(0) == "zero");
        CHECK(store.text(1) == "uno");
        CHECK(store.generation(0) == 1);
        CHECK(store.generation(1) == 2);
        CHECK(store.generation(2) == 2);
        vitrine_row_t row;
        vitrine_frame frame = store.newest();
        REQUIRE(vitrine_frame_row(&frame, 2, &row));
        CHECK(row.extra_words == 88);
        CHECK(row.cells[7].cluster_cont == 10);

        // And it is a pool like any other from then on.
        screen.set(0, "nil");
        REQUIRE(store.put(screen.changed({0})) == UI_OK);
        CHECK_FALSE(store.replaced);
        frame = store.newest();
        REQUIRE(vitrine_frame_row(&frame, 2, &row));
        CHECK(row.extra_words == 88);
        CHECK(row.generation == 2);
        CHECK(row.extras[78] == 0x300);
    }
}

TEST_CASE("without memory for more, extras are left out and nothing else")
{
    Store store;
    Screen screen(10, 2);
    screen.set(0, "zero");
    REQUIRE(store.put(screen.full()) == UI_OK);
    store.source.refuse = true;
    screen.set(0, "nil");
    clusters(screen.line(1), 8);
    REQUIRE(store.put(screen.changed({0, 1})) == UI_OK);
    CHECK_FALSE(store.replaced);
    CHECK(store.text(0) == "nil");
    CHECK(store.text(1) == "aaaaaaaa");
    CHECK(store.generation(0) == 2);
    CHECK(store.generation(1) == 2);
}

TEST_CASE("extras beyond any room are cut")
{
    Store store;
    Screen screen(2, 1);
    // Each of two cells: 11 words of a cluster and 2 of an underline, where 24 is the most.
    for (int32_t i = 0; i < 2; ++i)
        screen.line(0).extended({long_character(5, 1), 0x04, 0, 8, 8, kRgb | i});
    REQUIRE(store.put(screen.full()) == UI_OK);
    CHECK(store.store.pool()->layout().extra_words == 24);
    const vitrine_frame frame = store.newest();
    vitrine_row_t row;
    REQUIRE(vitrine_frame_row(&frame, 0, &row));
    CHECK(row.extra_words == 15);
    CHECK(row.cells[0].cluster_cont == 10);
    CHECK(row.cells[1].cluster_cont == 0);
}

TEST_CASE("random frames: the newest slot is always what all frames add up to")
{
    std::mt19937 random(1);
    for (uint32_t slots : {UI_POOL_SLOTS, 2u, 1u}) {
        Store store(slots);
        Screen screen(12, 6);
        std::vector<std::string> want(6);
        std::vector<uint64_t> generations(6, 1);
        REQUIRE(store.put(screen.full()) == UI_OK);
        for (uint64_t turn = 2; turn < 300; ++turn) {
            std::vector<uint16_t> rows;
            for (uint16_t row = 0; row < 6; ++row) {
                if (random() % 3 != 0)
                    continue;
                rows.push_back(row);
                std::string text(random() % 3, static_cast<char>('a' + random() % 3));
                if (random() % 16 == 0) {
                    clusters(screen.line(row), static_cast<int>(random() % 12));
                    text = std::string(screen.line(row).count(), 'a');
                } else {
                    screen.set(row, text);
                }
                want[row] = text;
            }
            REQUIRE(store.put(screen.changed(rows)) == UI_OK);
            for (uint16_t row = 0; row < 6; ++row) {
                CHECK(store.text(row) == want[row]);
                CHECK(store.generation(row) >= generations[row]);
                generations[row] = store.generation(row);
            }
        }
    }
}
