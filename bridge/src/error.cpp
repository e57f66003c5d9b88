#include "error.h"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "vitrine/backend.h"

namespace vitrine {

namespace {

constinit thread_local char last_error[256] = "";

} // namespace

ui_result_t fail(ui_result_t result, const char *format, ...) noexcept
{
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(last_error, sizeof last_error, format, arguments);
    va_end(arguments);
    return result;
}

ui_result_t fail_system(const char *what) noexcept
{
    const int error = errno;
    return fail(error == ENOMEM ? UI_ERROR_MEMORY : UI_ERROR_SYSTEM, "%s: %s", what,
                std::strerror(error));
}

} // namespace vitrine

extern "C" {

const char *ui_last_error(void) noexcept { return vitrine::last_error; }

void ui_clear_error(void) noexcept { vitrine::last_error[0] = '\0'; }

const char *ui_result_text(ui_result_t result) noexcept
{
    switch (result) {
#define UI_RESULT_CASE(name, value, text) \
    case name: \
        return text;
        UI_RESULTS(UI_RESULT_CASE)
#undef UI_RESULT_CASE
    default:
        return "unknown error";
    }
}

} // extern "C"
