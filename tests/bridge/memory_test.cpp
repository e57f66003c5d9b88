// What is held, by tag: the table, its limits, and the list of what is left.
#include "attachment.h"
#include "memory_limit.h"
#include "packed_row.h"
#include "screen.h"
#include "vitrine/backend.h"
#include "vitrine/memory.hpp"
#include "vitrine/window.h"

#include <doctest/doctest.h>

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

using namespace vitrine;

namespace {

// What the list of what is left says, and how many blocks it has.
std::pair<std::string, size_t> left()
{
    std::array<int, 2> ends;
    REQUIRE(::pipe(ends.data()) == 0);
    const size_t blocks = ui_debug_allocation_list(ends[1]);
    ::close(ends[1]);
    std::string text(65536, '\0');
    const ssize_t length = ::read(ends[0], text.data(), text.size());
    ::close(ends[0]);
    text.resize(static_cast<size_t>(std::max<ssize_t>(length, 0)));
    return {text, blocks};
}

bool origins_are_kept() { return std::getenv("VITRINE_DEBUG") != nullptr; }

struct Thing : Counted<UI_MEMORY_DECODER> {
    uint64_t content[8] = {};
};

} // namespace

TEST_SUITE_BEGIN("memory");

TEST_CASE("what is taken under a tag is counted until it is given back")
{
    const ui_memory_usage_t before = usage_of(UI_MEMORY_TEXT);
    const ui_memory_usage_t all = usage_of(UI_MEMORY_ALL);
    {
        CountedVector<uint32_t, UI_MEMORY_TEXT> numbers(1000);
        const ui_memory_usage_t during = usage_of(UI_MEMORY_TEXT);
        CHECK(during.live_bytes == before.live_bytes + 4000);
        CHECK(during.live_count == before.live_count + 1);
        CHECK(during.total_count == before.total_count + 1);
        CHECK(during.used_bytes == during.live_bytes);
        CHECK(usage_of(UI_MEMORY_ALL).live_bytes == all.live_bytes + 4000);
    }
    const ui_memory_usage_t after = usage_of(UI_MEMORY_TEXT);
    CHECK(after.live_bytes == before.live_bytes);
    CHECK(after.live_count == before.live_count);
    CHECK(after.peak_bytes >= before.live_bytes + 4000);
}

TEST_CASE("objects, strings and pools are counted too")
{
    const size_t before = ui_debug_allocation_count();
    const uint64_t bytes = usage_of(UI_MEMORY_DECODER).live_bytes;
    auto thing = std::make_unique<Thing>();
    CHECK(usage_of(UI_MEMORY_DECODER).live_bytes == bytes + sizeof(Thing));
    {
        const CountedString<UI_MEMORY_TEXT> text("a text that does not fit into the string itself");
        CHECK(ui_debug_allocation_count() == before + 2);
        CountedResource<UI_MEMORY_TEXT> heap;
        std::pmr::unsynchronized_pool_resource pool({4, 512}, &heap);
        const size_t empty = ui_debug_allocation_count();
        void *small = pool.allocate(100);
        const size_t with_chunk = ui_debug_allocation_count();
        CHECK(with_chunk > empty);
        pool.deallocate(small, 100);
        CHECK(pool.allocate(100) == small);
        CHECK(ui_debug_allocation_count() == with_chunk);
        // What is larger than the pool's blocks comes from the heap and goes there.
        const uint64_t text_bytes = usage_of(UI_MEMORY_TEXT).live_bytes;
        void *large = pool.allocate(5000);
        CHECK(usage_of(UI_MEMORY_TEXT).live_bytes >= text_bytes + 5000);
        pool.deallocate(large, 5000);
        CHECK(usage_of(UI_MEMORY_TEXT).live_bytes <= text_bytes + 512);
        const Limit limit(UI_MEMORY_TEXT, 1);
        CHECK_THROWS_AS(static_cast<void>(pool.allocate(6000)), std::bad_alloc);
    }
    thing.reset();
    CHECK(ui_debug_allocation_count() == before);
}

TEST_CASE("what was set aside and is not in use is the fragmentation")
{
    const uint64_t before = usage_of(UI_MEMORY_POOL).used_bytes;
    {
        CountedBytes pages(UI_MEMORY_POOL);
        REQUIRE(pages.take(8192));
        pages.set_spare(2048);
        CHECK(usage_of(UI_MEMORY_POOL).used_bytes == before + 6144);
        CountedBytes moved(std::move(pages));
        moved.set_spare(8192);
        CHECK(usage_of(UI_MEMORY_POOL).used_bytes == before);
    }
    CHECK(usage_of(UI_MEMORY_POOL).used_bytes == before);
    ui_memory_usage_t usage{};
    CHECK(ui_memory_fragmentation(&usage) == 0);
    usage.live_bytes = 1000;
    usage.used_bytes = 750;
    CHECK(ui_memory_fragmentation(&usage) == 0.25);
}

TEST_CASE("a limit refuses what would pass it and nothing else")
{
    const uint64_t held = usage_of(UI_MEMORY_TEXT).live_bytes;
    {
        const Limit limit(UI_MEMORY_TEXT, held + 100);
        CHECK_FALSE(ui_memory_take(UI_MEMORY_TEXT, 101));
        CHECK(ui_memory_allocate(UI_MEMORY_TEXT, 101) == nullptr);
        CHECK(ui_memory_take(UI_MEMORY_TEXT, 100));
        CHECK(ui_memory_take(UI_MEMORY_STREAM, 1000));
        ui_memory_give(UI_MEMORY_STREAM, 1000);
        CHECK_THROWS_AS((CountedVector<char, UI_MEMORY_TEXT>(1)), std::bad_alloc);
        ui_memory_give(UI_MEMORY_TEXT, 100);
    }
    CHECK(usage_of(UI_MEMORY_TEXT).live_bytes == held);
    const Limit limit(UI_MEMORY_ALL, usage_of(UI_MEMORY_ALL).live_bytes + 100);
    CHECK_FALSE(ui_memory_take(UI_MEMORY_STREAM, 101));
    CHECK(usage_of(UI_MEMORY_STREAM).live_bytes == 0);
    CHECK(ui_memory_set_limit(UI_MEMORY_TAG_COUNT, 1) == UI_ERROR_ARGUMENT);
}

TEST_CASE("what a limit refuses of an attachment is named, and the server goes on")
{
    Attachment both;
    Screen screen(20, 3);
    const std::string title(1000, 't');
    const auto refused = [&](uint32_t tag) {
        const uint64_t most = usage_of(tag).live_bytes + 1;
        const Limit limit(tag, most);
        CHECK(both.client.next() == UI_ERROR_MEMORY);
        const std::string name = ui_memory_tag_name(tag);
        const std::string error = ui_last_error();
        CHECK_MESSAGE(error.ends_with(" bytes for " + name + ", the limit of " + name + " is " +
                                      std::to_string(most)),
                      error);
        CHECK(both.client.next() == UI_ERROR_CLOSED);
        CHECK_FALSE(ui_window_failed(both.server.window));
    };
    SUBCASE("a pool")
    {
        REQUIRE(ui_backend_frame(both.server.backend, &screen.full()) == UI_OK);
        refused(UI_MEMORY_POOL);
    }
    SUBCASE("a title")
    {
        ui_backend_title(both.server.backend, title.c_str(), title.size());
        refused(UI_MEMORY_TEXT);
    }
}

TEST_CASE("the server's half tells which limit it was closed by")
{
    Attachment both;
    const std::string data(500000, 'c');
    const uint64_t most = usage_of(UI_MEMORY_STREAM).live_bytes + 1;
    const Limit limit(UI_MEMORY_STREAM, most);
    ui_backend_clipboard(both.server.backend, "c", data.c_str(), data.size());
    REQUIRE(ui_window_failed(both.server.window));
    ui_memory_set_limit(UI_MEMORY_TAG_COUNT, 1); // fails in between, as other calls may
    CHECK(ui_window_flush(both.server.window) == UI_ERROR_MEMORY);
    const std::string error = ui_last_error();
    CHECK_MESSAGE(
        error.ends_with(" bytes for stream, the limit of stream is " + std::to_string(most)),
        error);
}

TEST_CASE("what is drawn without a cache is not told as the next thing's refusal")
{
    PackedRow row;
    row.extended({long_character(1, 1)});
    const ui_grid_layout_t layout = row.layout();
    ui_decoder_t *decoder = nullptr;
    REQUIRE(ui_decoder_create(&layout, &decoder) == UI_OK);
    const Limit limit(UI_MEMORY_DECODER, 1);
    ui_cell_t cell;
    uint32_t words = 0;
    ui_pane_t pane = make_pane();
    const int32_t palette[256] = {};
    pane.palette = palette;
    const ui_span_t span = row.span(1);
    CHECK(ui_span_decode(decoder, &span, &pane, &cell, nullptr, 0, &words) == UI_OK);
    CHECK(cell.codepoint == 0x1f600);
    ui_memory_refusal_t refusal;
    CHECK_FALSE(ui_memory_take_refusal(&refusal));
    ui_decoder_destroy(decoder);
}

TEST_CASE("a long text's memory goes with its event")
{
    Attachment both;
    const uint64_t before = usage_of(UI_MEMORY_TEXT).live_bytes;
    const std::string data(500000, 'c');
    ui_backend_clipboard(both.server.backend, "c", data.c_str(), data.size());
    uint32_t kind = 0;
    while ((kind = both.client.kind()) == 0)
        REQUIRE(ui_window_flush(both.server.window) == UI_OK);
    REQUIRE(kind == VITRINE_EVENT_CLIPBOARD);
    CHECK(both.client.event.length == data.size());
    CHECK(usage_of(UI_MEMORY_TEXT).live_bytes >= before + data.size());
    CHECK(both.client.kind() == 0);
    CHECK(usage_of(UI_MEMORY_TEXT).live_bytes <= before + 16384);
}

TEST_CASE("what a limit refused is told once, with the limit")
{
    ui_memory_refusal_t refusal = {};
    ui_memory_take_refusal(&refusal);
    {
        const Limit limit(UI_MEMORY_TEXT, 100);
        CHECK_FALSE(ui_memory_take(UI_MEMORY_TEXT, 5000));
        REQUIRE(ui_memory_take_refusal(&refusal));
        CHECK(refusal.tag == UI_MEMORY_TEXT);
        CHECK(refusal.limit_tag == UI_MEMORY_TEXT);
        CHECK(refusal.asked_bytes == 5000);
        CHECK(refusal.limit_bytes == 100);
        CHECK_FALSE(ui_memory_take_refusal(&refusal));
    }
    const Limit limit(UI_MEMORY_ALL, 7);
    CHECK_FALSE(ui_memory_take(UI_MEMORY_STREAM, 1 << 20));
    REQUIRE(ui_memory_take_refusal(&refusal));
    CHECK(refusal.tag == UI_MEMORY_STREAM);
    CHECK(refusal.limit_tag == UI_MEMORY_ALL);
    CHECK(refusal.limit_bytes == 7);
    CHECK_FALSE(ui_memory_take_refusal(nullptr));
}

TEST_CASE("a backend past the limit is refused, and can be had when there is room again")
{
    const size_t before = ui_debug_allocation_count();
    const ui_grid_layout_t layout = test_layout();
    ui_backend_t *backend = nullptr;
    {
        const Limit limit(UI_MEMORY_BACKEND, 1);
        CHECK(ui_null_backend_create(&layout, &backend) == UI_ERROR_MEMORY);
        const std::string error = ui_last_error();
        CHECK_MESSAGE(error.starts_with("out of memory: "), error);
        CHECK_MESSAGE(error.ends_with(" bytes for backend, the limit of backend is 1"), error);
        CHECK(backend == nullptr);
    }
    REQUIRE(ui_null_backend_create(&layout, &backend) == UI_OK);
    ui_backend_destroy(backend);
    CHECK(ui_debug_allocation_count() == before);
}

TEST_CASE("two reports say how often was allocated in between")
{
    ui_memory_report_t first = UI_MEMORY_REPORT_INIT;
    ui_memory_report_t second = UI_MEMORY_REPORT_INIT;
    REQUIRE(ui_memory_report(&first) == UI_OK);
    CHECK(first.process == static_cast<uint32_t>(::getpid()));
    CHECK(first.usage_count == UI_MEMORY_TAG_COUNT);
    second = first;
    second.time_ns += 500000000;
    second.usage[UI_MEMORY_ATLAS].total_count += 20;
    CHECK(ui_memory_rate(&first, &second, UI_MEMORY_ATLAS) == doctest::Approx(40));
    CHECK(ui_memory_rate(&second, &first, UI_MEMORY_ATLAS) == 0);
    CHECK(ui_memory_rate(&first, &second, UI_MEMORY_TAG_COUNT) == 0);
    second.all.total_count += 20;
    CHECK(ui_memory_rate(&first, &second, UI_MEMORY_ALL) == doctest::Approx(40));
    second.size = 8;
    CHECK(ui_memory_report(&second) == UI_ERROR_SIZE);
}

TEST_CASE("a report knows of the heap what is counted, and of what is mapped that it is not of it")
{
    const auto report = [] {
        ui_memory_report_t now = UI_MEMORY_REPORT_INIT;
        REQUIRE(ui_memory_report(&now) == UI_OK);
        return now;
    };
    constexpr size_t size = 100000;
    const ui_memory_report_t before = report();
    CountedResource<UI_MEMORY_TEXT> heap;
    void *aligned = heap.allocate(size, 256);
    CHECK(reinterpret_cast<uintptr_t>(aligned) % 256 == 0);
    std::memset(aligned, 1, size);
    CountedBytes mapped(UI_MEMORY_POOL);
    REQUIRE(mapped.take(size));
    const ui_memory_report_t during = report();
    CHECK(during.heap_counted_bytes == before.heap_counted_bytes + size + 256);
    CHECK(during.all.live_bytes == before.all.live_bytes + 2 * size + 256);
    // A sanitizer's allocator says nothing.
    if (before.heap_bytes != 0)
        CHECK(during.heap_bytes >= before.heap_bytes + size);
    heap.deallocate(aligned, size, 256);
    mapped.reset();
    CHECK(report().heap_counted_bytes == before.heap_counted_bytes);
    ui_memory_report_t of_server = UI_MEMORY_REPORT_INIT;
    of_server.origin = UI_MEMORY_SERVER;
    REQUIRE(ui_memory_report(&of_server) == UI_OK);
    CHECK(of_server.heap_bytes == 0);
}

TEST_CASE("what is left is listed, with its origin if that was asked for")
{
    CHECK(left().first.find("atlas:") == std::string::npos);
    void *block = ui_memory_allocate(UI_MEMORY_ATLAS, 777);
    REQUIRE(block != nullptr);
    const auto [text, blocks] = left();
    CHECK(text.find("atlas: 777 bytes in 1 allocations\n") != std::string::npos);
    CHECK(blocks == (origins_are_kept() ? 1 : 0));
    CHECK((text.find("atlas: 777 bytes from\n") != std::string::npos) == origins_are_kept());
    CHECK((text.find("bridge-unit") != std::string::npos) == origins_are_kept());
    ui_memory_free(UI_MEMORY_ATLAS, block, 777);
    CHECK(left().second == 0);
}

TEST_CASE("each tag has a name")
{
    for (uint32_t tag = 0; tag < UI_MEMORY_TAG_COUNT; ++tag)
        CHECK(std::string(ui_memory_tag_name(tag)) != "unknown");
    CHECK(std::string(ui_memory_tag_name(UI_MEMORY_TAG_COUNT)) == "unknown");
    CHECK(std::string(ui_memory_tag_name(UI_MEMORY_ALL)) == "all");
}

TEST_SUITE_END();
