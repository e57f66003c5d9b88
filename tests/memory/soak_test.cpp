// Long lives: backends that come and go, frames through a pool, and nothing grows. As many times
// as VITRINE_SOAK_BACKENDS and VITRINE_SOAK_FRAMES say.
#include "../bridge/screen.h"
#include "decoder.h"
#include "frame_pool.h"
#include "vitrine/backend.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <string>

namespace {

[[maybe_unused]] constexpr long most_growth_kb = 256;

uint64_t setting(const char *name, uint64_t usual)
{
    const char *text = std::getenv(name);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : usual;
}

long resident_kb()
{
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word && word != "VmRSS:") {
    }
    long kb = 0;
    status >> kb;
    return kb;
}

class SharedMemory final : public vitrine::PoolSource {
public:
    ui_result_t allocate(uint64_t bytes, vitrine::Mapping &memory) noexcept override
    {
        const vitrine::UniqueFd fd(::memfd_create("soak", MFD_CLOEXEC));
        if (!fd || ::ftruncate(fd.get(), static_cast<off_t>(bytes)) != 0)
            return UI_ERROR_MEMORY;
        memory = vitrine::Mapping::map(fd.get(), bytes, PROT_READ | PROT_WRITE);
        return memory ? UI_OK : UI_ERROR_MEMORY;
    }
};

// Runs a step count times after a tenth as many to warm up; nothing may have grown.
template <typename Step>
void expect_flat(uint64_t count, Step step)
{
    for (uint64_t i = 0; i < count / 10; ++i)
        step(i);
    const size_t objects = ui_debug_allocation_count();
    const long before = resident_kb();
    for (uint64_t i = 0; i < count; ++i)
        step(i);
    const long growth = resident_kb() - before;
    MESSAGE("times: ", count, ", grown by ", growth, " kB");
    CHECK(ui_debug_allocation_count() == objects);
#if !defined(VITRINE_ADDRESS_SANITIZER) // which keeps what was freed
    CHECK(growth <= most_growth_kb);
#endif
}

} // namespace

TEST_CASE("backends that come and go leave nothing")
{
    ui_callbacks_t callbacks = UI_CALLBACKS_INIT;
    callbacks.on_frame = [](void *, const ui_frame_t *) { return UI_OK; };
    const ui_grid_layout_t layout = test_layout();
    Screen screen(10, 3);
    const ui_frame_t &frame = screen.full();
    uint64_t failures = 0;
    expect_flat(setting("VITRINE_SOAK_BACKENDS", 20000), [&](uint64_t i) {
        ui_backend_t *backend = nullptr;
        failures += ui_backend_create(&callbacks, nullptr, &layout, &backend) != UI_OK;
        int tty;
        failures += ui_backend_register(backend, reinterpret_cast<ui_tty_t *>(&tty)) != UI_OK;
        failures += i % 16 == 0 && ui_backend_frame(backend, &frame) != UI_OK;
        ui_backend_destroy(backend);
    });
    CHECK(failures == 0);
}

TEST_CASE("frames through a pool leave nothing")
{
    Screen screen(80, 24);
    for (uint16_t row = 0; row < 24; ++row)
        screen.set(row, "a row of text, number " + std::to_string(row));
    ui_decoder decoder(test_layout());
    vitrine::FrameStore store(UI_POOL_SLOTS);
    SharedMemory source;
    bool replaced;
    REQUIRE(store.put(screen.full(), decoder, source, &replaced) == UI_OK);
    std::vector<PackedRow> lines(2);
    for (int i = 0; i < 2; ++i)
        lines[static_cast<size_t>(i)]
            .text("another text " + std::to_string(i))
            .wide("\xe4\xb8\xad");
    ui_frame_t &frame = screen.changed({0});
    uint64_t failures = 0;
    expect_flat(setting("VITRINE_SOAK_FRAMES", 200000), [&](uint64_t i) {
        screen.spans()[0] = lines[i % 2].span(80, static_cast<uint16_t>(i % 24), 0, 1);
        frame.sequence++;
        failures += store.put(frame, decoder, source, &replaced) != UI_OK || replaced;
    });
    CHECK(failures == 0);
}
