// The interface as C++20 sees it: layouts again, and that nothing of it can throw.
#include "vitrine/client.h"

#include "vitrine/backend.h"
#include "vitrine/log.h"
#include "vitrine/memory.hpp"
#include "vitrine/text.h"
#include "vitrine/window.h"

#include <type_traits>
#include <utility>

template <typename Type>
constexpr bool is_plain = std::is_standard_layout_v<Type> &&std::is_trivial_v<Type>;

static_assert(is_plain<ui_cell_t> && is_plain<ui_span_t> && is_plain<ui_pane_t>);
static_assert(is_plain<ui_frame_t> && is_plain<ui_callbacks_t> && is_plain<ui_input_t>);
static_assert(is_plain<ui_pool_header_t> && is_plain<ui_slot_t> && is_plain<ui_slot_row_t>);
static_assert(is_plain<vitrine_options_t> && is_plain<vitrine_event_t>);
static_assert(sizeof(ui_cell_t) == 16 && alignof(ui_cell_t) == 4);
static_assert(sizeof(ui_span_t) == 32 && sizeof(ui_frame_t) == 80 && sizeof(ui_pane_t) == 48);
static_assert(sizeof(ui_callbacks_t) == 88 && sizeof(ui_input_t) == 104);
static_assert(sizeof(vitrine_event_t) == 48 && sizeof(vitrine_row_t) == 32);

static_assert(noexcept(ui_backend_frame(nullptr, nullptr)));
static_assert(noexcept(ui_span_decode(nullptr, nullptr, nullptr, nullptr, nullptr, 0, nullptr)));
static_assert(noexcept(ui_window_read(nullptr)));
static_assert(noexcept(vitrine_next_event(nullptr, nullptr)));
static_assert(is_plain<vitrine_text_view_t> && is_plain<vitrine_text_part_t>);
static_assert(noexcept(vitrine_pane_text(nullptr, 0, 0, nullptr, nullptr)));
static_assert(noexcept(vitrine_pane_text_view(nullptr, 0, 0, nullptr)));
static_assert(noexcept(vitrine_string_free(nullptr)));
static_assert(is_plain<ui_memory_usage_t> && is_plain<ui_memory_report_t>);
static_assert(is_plain<ui_drawing_t> && is_plain<ui_sending_t> && is_plain<ui_report_t>);
static_assert(is_plain<ui_memory_refusal_t>);
static_assert(noexcept(ui_memory_allocate(0, 0)));
static_assert(noexcept(vitrine_connect(nullptr, nullptr)));

int main()
{
    const ui_callbacks_t callbacks = UI_CALLBACKS_INIT;
    const vitrine_options_t options = VITRINE_OPTIONS_INIT;
    const bool filled = callbacks.size == sizeof callbacks && callbacks.on_destroy == nullptr &&
                        options.size == sizeof options && options.columns == 80;
    return filled && ui_frame_validate(nullptr) == UI_ERROR_ARGUMENT ? 0 : 1;
}
