// Takes every frame and keeps nothing.
#include "error.h"
#include "vitrine/backend.h"

extern "C" ui_result_t ui_null_backend_create(const ui_grid_layout_t *layout,
                                              ui_backend_t **backend) noexcept
{
    ui_callbacks_t callbacks = UI_CALLBACKS_INIT;
    callbacks.on_frame = [](void *, const ui_frame_t *) { return UI_OK; };
    return ui_backend_create(&callbacks, nullptr, layout, backend);
}
