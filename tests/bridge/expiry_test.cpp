// Views kept past their time, in builds where that faults.
#include "attachment.h"
#include "faults.h"

#ifdef VITRINE_EXPIRE_VIEWS

namespace {

// A backend that keeps what it may not.
struct Keeper {
    Keeper()
    {
        ui_callbacks_t callbacks = UI_CALLBACKS_INIT;
        callbacks.on_frame = [](void *data, const ui_frame_t *frame) {
            static_cast<Keeper *>(data)->kept = frame;
            static_cast<Keeper *>(data)->spans = frame->spans;
            static_cast<Keeper *>(data)->cells = static_cast<const uint8_t *>(frame->spans->cells);
            return UI_OK;
        };
        const ui_grid_layout_t layout = test_layout();
        REQUIRE(ui_backend_create(&callbacks, this, &layout, &backend) == UI_OK);
    }
    ~Keeper() { ui_backend_destroy(backend); }
    Keeper(const Keeper &) = delete;
    Keeper &operator=(const Keeper &) = delete;

    ui_backend_t *backend = nullptr;
    const ui_frame_t *kept = nullptr;
    const ui_span_t *spans = nullptr;
    const uint8_t *cells = nullptr;
};

} // namespace

TEST_CASE("a frame given back cannot be read any more")
{
    Attachment both;
    Screen screen(10, 3);
    for (int turn = 0; turn < 4; ++turn) {
        REQUIRE(ui_backend_frame(both.server.backend, &screen.full()) == UI_OK);
        REQUIRE(both.client.kind() == VITRINE_EVENT_FRAME);
        vitrine_row_t row;
        REQUIRE(vitrine_frame_row(both.client.event.frame, 0, &row));
        const auto read = [&row] { return static_cast<uint8_t>(row.cells[0].codepoint); };
        CHECK_FALSE(faults(read));
        REQUIRE(both.client.release() == UI_OK);
        CHECK(faults(read));
        REQUIRE(both.server.read() == UI_OK);
    }
}

#if defined(VITRINE_ADDRESS_SANITIZER)
TEST_CASE("a frame, its spans and cells cannot be read after the callback")
{
    Keeper keeper;
    Screen screen(10, 3);
    screen.set(0, "text");
    REQUIRE(ui_backend_frame(keeper.backend, &screen.full()) == UI_OK);
    CHECK(faults([&] { return static_cast<uint8_t>(keeper.kept->span_count); }));
    CHECK(faults([&] { return static_cast<uint8_t>(keeper.spans[0].row); }));
    CHECK(faults([&] { return keeper.cells[0]; }));
}
#endif

#endif
