// Backends as the shim sees them: a table of callbacks, what it is bound to, and checked calls.
#include <mutex>

#include "decoder.h"
#include "error.h"
#include "expiring_frame.h"
#include "vitrine/backend.h"
#include "vitrine/memory.hpp"

struct ui_backend : vitrine::Counted<UI_MEMORY_BACKEND> {
    ui_callbacks_t callbacks;
    void *user_data;
    ui_grid_layout_t layout;
    ui_tty_t *tty = nullptr;
    ui_backend *next = nullptr; // of those with a terminal

    ui_backend(const ui_callbacks_t &table, void *data, const ui_grid_layout_t &grid) noexcept
        : callbacks(table),
          user_data(data),
          layout(grid)
    {
    }
};

namespace vitrine {
namespace {

// Attachments are few and looked up seldom: a list. The lock is for backends that live in
// different threads; a forked child of the server does not touch them.
constinit std::mutex registry_lock;
constinit ui_backend *registry = nullptr;

ui_backend *find_locked(const ui_tty_t *tty) noexcept
{
    ui_backend *backend = registry;
    while (backend != nullptr && backend->tty != tty)
        backend = backend->next;
    return backend;
}

void unregister(ui_backend &backend) noexcept
{
    const std::lock_guard<std::mutex> guard(registry_lock);
    for (ui_backend **link = &registry; *link != nullptr; link = &(*link)->next) {
        if (*link == &backend) {
            *link = backend.next;
            return;
        }
    }
}

ui_result_t check_callbacks(const ui_callbacks_t *callbacks) noexcept
{
    if (callbacks == nullptr)
        return fail(UI_ERROR_ARGUMENT, "callbacks are null");
    if (callbacks->size != sizeof *callbacks)
        return fail(UI_ERROR_SIZE, "callbacks have %u bytes, not %zu", callbacks->size,
                    sizeof *callbacks);
    if (callbacks->version != UI_VERSION)
        return fail(UI_ERROR_VERSION, "callbacks have version %u, not %u", callbacks->version,
                    UI_VERSION);
    if (callbacks->on_frame == nullptr)
        return fail(UI_ERROR_CALLBACK, "on_frame is null");
    return UI_OK;
}

// Calls an optional callback; what it throws, if it is C++, ends here.
template <typename... Parameters, typename... Arguments>
void notify(const ui_backend_t *backend, void (*ui_callbacks_t::*callback)(void *, Parameters...),
            Arguments... arguments) noexcept
{
    if (backend == nullptr || backend->callbacks.*callback == nullptr)
        return;
    barrier([&] {
        (backend->callbacks.*callback)(backend->user_data, arguments...);
        return UI_OK;
    });
}

} // namespace
} // namespace vitrine

using namespace vitrine;

extern "C" {

ui_result_t ui_backend_create(const ui_callbacks_t *callbacks, void *user_data,
                              const ui_grid_layout_t *layout, ui_backend_t **backend) noexcept
{
    if (backend == nullptr)
        return fail(UI_ERROR_ARGUMENT, "backend is null");
    *backend = nullptr;
    ui_result_t result = check_callbacks(callbacks);
    if (result == UI_OK)
        result = check_layout(layout);
    if (result != UI_OK)
        return result;
    return barrier([&] {
        *backend = std::make_unique<ui_backend>(*callbacks, user_data, *layout).release();
        return UI_OK;
    });
}

void ui_backend_destroy(ui_backend_t *backend) noexcept
{
    if (backend == nullptr)
        return;
    const std::unique_ptr<ui_backend> owner(backend);
    unregister(*backend);
    notify(backend, &ui_callbacks_t::on_destroy);
}

ui_result_t ui_backend_register(ui_backend_t *backend, ui_tty_t *tty) noexcept
{
    if (backend == nullptr || tty == nullptr)
        return fail(UI_ERROR_ARGUMENT, "backend or terminal is null");
    const std::lock_guard<std::mutex> guard(registry_lock);
    if (backend->tty != nullptr)
        return fail(UI_ERROR_REGISTERED, "backend already has a terminal");
    if (find_locked(tty) != nullptr)
        return fail(UI_ERROR_REGISTERED, "terminal already has a backend");
    backend->tty = tty;
    backend->next = registry;
    registry = backend;
    return UI_OK;
}

ui_backend_t *ui_backend_find(const ui_tty_t *tty) noexcept
{
    if (tty == nullptr)
        return nullptr;
    const std::lock_guard<std::mutex> guard(registry_lock);
    return find_locked(tty);
}

bool ui_backend_wants_frame(const ui_backend_t *backend) noexcept
{
    if (backend == nullptr)
        return false;
    if (backend->callbacks.wants_frame == nullptr)
        return true;
    bool wants = false;
    barrier([&] {
        wants = backend->callbacks.wants_frame(backend->user_data);
        return UI_OK;
    });
    return wants;
}

ui_result_t ui_backend_frame(ui_backend_t *backend, const ui_frame_t *frame) noexcept
{
    if (backend == nullptr)
        return fail(UI_ERROR_ARGUMENT, "backend is null");
    const ui_result_t result = ui_frame_validate(frame);
    if (result != UI_OK)
        return result;
    return barrier([&] {
        if constexpr (kExpireViews) {
            const ExpiringFrame copy(*frame, backend->layout);
            return backend->callbacks.on_frame(backend->user_data, copy.get());
        }
        return backend->callbacks.on_frame(backend->user_data, frame);
    });
}

void ui_backend_command(ui_backend_t *backend, const ui_command_t *command) noexcept
{
    if (command != nullptr && command->size == sizeof *command)
        notify(backend, &ui_callbacks_t::on_command, command);
}

void ui_backend_resize(ui_backend_t *backend, uint16_t columns, uint16_t rows) noexcept
{
    notify(backend, &ui_callbacks_t::on_resize, columns, rows);
}

void ui_backend_title(ui_backend_t *backend, const char *title, size_t length) noexcept
{
    if (title != nullptr || length == 0)
        notify(backend, &ui_callbacks_t::on_title, title, length);
}

void ui_backend_bell(ui_backend_t *backend) noexcept { notify(backend, &ui_callbacks_t::on_bell); }

void ui_backend_clipboard(ui_backend_t *backend, const char *selection, const char *data,
                          size_t length) noexcept
{
    if (data != nullptr || length == 0)
        notify(backend, &ui_callbacks_t::on_clipboard, selection != nullptr ? selection : "", data,
               length);
}

void ui_backend_pane_closed(ui_backend_t *backend, uint32_t pane) noexcept
{
    notify(backend, &ui_callbacks_t::on_pane_closed, pane);
}

void ui_backend_detach(ui_backend_t *backend, const char *reason) noexcept
{
    notify(backend, &ui_callbacks_t::on_detach, reason != nullptr ? reason : "");
}

bool ui_backend_wants_commands(const ui_backend_t *backend) noexcept
{
    return backend != nullptr && backend->callbacks.on_command != nullptr;
}

} // extern "C"
