// The table of vitrine/memory.h: for each tag, and for all of them, what is held.
#include "vitrine/memory.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <new>
#include <utility>

#include "error.h"
#include "memory_origins.h"

namespace vitrine {
namespace {

constexpr std::memory_order kRelaxed = std::memory_order_relaxed;

// Each number is right by itself; together they may be of slightly different times.
struct Account {
    std::atomic<uint64_t> live{0};
    std::atomic<uint64_t> peak{0};
    std::atomic<uint64_t> spare{0};
    std::atomic<uint64_t> limit{0};
    std::atomic<uint64_t> live_count{0};
    std::atomic<uint64_t> total_count{0};

    bool take(uint64_t bytes) noexcept
    {
        const uint64_t after = live.fetch_add(bytes, kRelaxed) + bytes;
        const uint64_t most = limit.load(kRelaxed);
        if (most != 0 && after > most) {
            live.fetch_sub(bytes, kRelaxed);
            return false;
        }
        live_count.fetch_add(1, kRelaxed);
        total_count.fetch_add(1, kRelaxed);
        uint64_t before = peak.load(kRelaxed);
        while (before < after && !peak.compare_exchange_weak(before, after, kRelaxed)) {
        }
        return true;
    }
    void give(uint64_t bytes) noexcept
    {
        live.fetch_sub(bytes, kRelaxed);
        live_count.fetch_sub(1, kRelaxed);
    }
    ui_memory_usage_t usage() const noexcept
    {
        const uint64_t held = live.load(kRelaxed);
        const uint64_t count = live_count.load(kRelaxed);
        return {held,
                std::max(held, peak.load(kRelaxed)),
                held - std::min(held, spare.load(kRelaxed)),
                limit.load(kRelaxed),
                count,
                std::max(count, total_count.load(kRelaxed))};
    }
};

constinit std::array<Account, UI_MEMORY_TAG_COUNT> accounts;
constinit Account all;
// Of that, what is malloc()'s.
constinit std::atomic<uint64_t> heap_counted{0};
// What a limit refused last; without a limit there was nothing.
constinit thread_local ui_memory_refusal_t last_refusal = {};

// Null for what is no tag.
Account *find_account(uint32_t tag) noexcept
{
    if (tag == UI_MEMORY_ALL)
        return &all;
    return tag < accounts.size() ? &accounts[tag] : nullptr;
}

bool refuse(uint32_t tag, uint32_t limit_tag, uint64_t bytes) noexcept
{
    last_refusal = {tag, limit_tag, bytes, find_account(limit_tag)->limit.load(kRelaxed)};
    return false;
}

// Null for a tag that the report does not have.
const ui_memory_usage_t *usage_in(const ui_memory_report_t *report, uint32_t tag) noexcept
{
    if (report == nullptr)
        return nullptr;
    if (tag == UI_MEMORY_ALL)
        return &report->all;
    return tag < std::min(report->usage_count, UI_MEMORY_MAX_TAGS) ? &report->usage[tag] : nullptr;
}

// Zero where another allocator is in its place, as in a build with sanitizers.
uint64_t heap_bytes() noexcept
{
    const struct mallinfo2 heap = ::mallinfo2();
    return heap.uordblks + heap.hblkhd;
}

uint64_t monotonic_ns() noexcept
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<uint64_t>(now.tv_sec) * 1000000000u + static_cast<uint64_t>(now.tv_nsec);
}

} // namespace
} // namespace vitrine

using namespace vitrine;

extern "C" {

const char *ui_memory_tag_name(uint32_t tag) noexcept
{
    switch (tag) {
#define UI_MEMORY_CASE(name, number, text) \
    case number: \
        return text;
        UI_MEMORY_TAGS(UI_MEMORY_CASE)
#undef UI_MEMORY_CASE
    case UI_MEMORY_ALL:
        return "all";
    default:
        return "unknown";
    }
}

ui_result_t ui_memory_usage(uint32_t tag, ui_memory_usage_t *usage) noexcept
{
    const Account *account = find_account(tag);
    if (account == nullptr || usage == nullptr)
        return fail(UI_ERROR_ARGUMENT, "memory: tag %u", tag);
    *usage = account->usage();
    return UI_OK;
}

double ui_memory_fragmentation(const ui_memory_usage_t *usage) noexcept
{
    if (usage == nullptr || usage->live_bytes == 0 || usage->used_bytes > usage->live_bytes)
        return 0;
    return 1 - static_cast<double>(usage->used_bytes) / static_cast<double>(usage->live_bytes);
}

ui_result_t ui_memory_set_limit(uint32_t tag, uint64_t bytes) noexcept
{
    Account *account = find_account(tag);
    if (account == nullptr)
        return fail(UI_ERROR_ARGUMENT, "memory: tag %u", tag);
    account->limit.store(bytes, kRelaxed);
    return UI_OK;
}

bool ui_memory_take_refusal(ui_memory_refusal_t *refusal) noexcept
{
    if (refusal == nullptr || last_refusal.limit_bytes == 0)
        return false;
    *refusal = std::exchange(last_refusal, {});
    return true;
}

ui_result_t ui_memory_report(ui_memory_report_t *report) noexcept
{
    if (report == nullptr)
        return fail(UI_ERROR_ARGUMENT, "report is null");
    if (report->size != sizeof *report)
        return fail(UI_ERROR_SIZE, "report has %u bytes, not %zu", report->size, sizeof *report);
    report->process = static_cast<uint32_t>(::getpid());
    report->time_ns = monotonic_ns();
    report->heap_counted_bytes = heap_counted.load(kRelaxed);
    // Half a second for a server with a million free blocks, which are tmux's.
    report->heap_bytes = report->origin == UI_MEMORY_SERVER ? 0 : heap_bytes();
    report->usage_count = UI_MEMORY_TAG_COUNT;
    report->reserved = 0;
    report->all = all.usage();
    for (uint32_t tag = 0; tag < UI_MEMORY_TAG_COUNT; ++tag)
        report->usage[tag] = accounts[tag].usage();
    return UI_OK;
}

double ui_memory_rate(const ui_memory_report_t *before, const ui_memory_report_t *after,
                      uint32_t tag) noexcept
{
    const ui_memory_usage_t *then = usage_in(before, tag);
    const ui_memory_usage_t *now = usage_in(after, tag);
    if (then == nullptr || now == nullptr || after->time_ns <= before->time_ns ||
        now->total_count < then->total_count)
        return 0;
    const uint64_t taken = now->total_count - then->total_count;
    return static_cast<double>(taken) * 1e9 / static_cast<double>(after->time_ns - before->time_ns);
}

void *ui_memory_allocate(uint32_t tag, size_t bytes) noexcept
{
    if (!ui_memory_take(tag, bytes))
        return nullptr;
    void *block =
        keeps_origins() ? allocate_with_origin(tag, bytes) : ::operator new(bytes, std::nothrow);
    if (block == nullptr) {
        last_refusal = {};
        ui_memory_give(tag, bytes);
        return nullptr;
    }
    heap_counted.fetch_add(bytes, kRelaxed);
    return block;
}

void ui_memory_free(uint32_t tag, void *block, size_t bytes) noexcept
{
    if (block == nullptr)
        return;
    if (keeps_origins())
        free_with_origin(block);
    else
        ::operator delete(block);
    heap_counted.fetch_sub(bytes, kRelaxed);
    ui_memory_give(tag, bytes);
}

ui_result_t ui_memory_fail(void) noexcept
{
    ui_memory_refusal_t refusal;
    if (!ui_memory_take_refusal(&refusal))
        return fail(UI_ERROR_MEMORY, "out of memory");
    return fail(UI_ERROR_MEMORY, "out of memory: %llu bytes for %s, the limit of %s is %llu",
                static_cast<unsigned long long>(refusal.asked_bytes),
                ui_memory_tag_name(refusal.tag), ui_memory_tag_name(refusal.limit_tag),
                static_cast<unsigned long long>(refusal.limit_bytes));
}

bool ui_memory_take(uint32_t tag, size_t bytes) noexcept
{
    Account *account = find_account(tag);
    if (account == nullptr || account == &all)
        return false;
    if (!account->take(bytes))
        return refuse(tag, tag, bytes);
    if (all.take(bytes))
        return true;
    account->give(bytes);
    return refuse(tag, UI_MEMORY_ALL, bytes);
}

void ui_memory_give(uint32_t tag, size_t bytes) noexcept
{
    accounts[tag].give(bytes);
    all.give(bytes);
}

void ui_memory_spare(uint32_t tag, int64_t bytes) noexcept
{
    const uint64_t change = static_cast<uint64_t>(bytes);
    accounts[tag].spare.fetch_add(change, kRelaxed);
    all.spare.fetch_add(change, kRelaxed);
}

size_t ui_debug_allocation_count(void) noexcept { return all.live_count.load(kRelaxed); }

size_t ui_debug_allocation_list(int fd) noexcept
{
    for (uint32_t tag = 0; tag < UI_MEMORY_TAG_COUNT; ++tag) {
        const ui_memory_usage_t usage = accounts[tag].usage();
        if (usage.live_count != 0)
            ::dprintf(fd, "%s: %llu bytes in %llu allocations\n", ui_memory_tag_name(tag),
                      static_cast<unsigned long long>(usage.live_bytes),
                      static_cast<unsigned long long>(usage.live_count));
    }
    return keeps_origins() ? list_origins(fd) : 0;
}

} // extern "C"
