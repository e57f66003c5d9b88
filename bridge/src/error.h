// Results, and the thread's last error text.
//
// Every entry of the ABI runs its body in barrier(): whatever is thrown inside becomes a code.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <utility>

#include "vitrine/memory.h"

namespace vitrine {

// Sets the last error's text and returns result, so that `return fail(...)` says it all.
[[gnu::format(printf, 2, 3)]] ui_result_t fail(ui_result_t result, const char *format,
                                               ...) noexcept;

// The same with the text of errno.
ui_result_t fail_system(const char *what) noexcept;

template <typename Body>
ui_result_t barrier(Body &&body) noexcept
{
    try {
        return std::forward<Body>(body)();
    } catch (const std::bad_alloc &) {
        return ui_memory_fail();
    } catch (...) {
        return fail(UI_ERROR_SYSTEM, "unexpected exception");
    }
}

// An object, or null where there is no memory for it.
template <typename Type, typename... Arguments>
std::unique_ptr<Type> try_make(Arguments &&...arguments) noexcept
{
    try {
        return std::make_unique<Type>(std::forward<Arguments>(arguments)...);
    } catch (const std::bad_alloc &) {
        return nullptr;
    }
}

// The same where it is done without: what a limit refused is then nobody's error.
template <typename Type>
std::unique_ptr<Type> try_make_cache() noexcept
{
    auto cache = try_make<Type>();
    ui_memory_refusal_t refusal;
    if (cache == nullptr)
        ui_memory_take_refusal(&refusal);
    return cache;
}

} // namespace vitrine
