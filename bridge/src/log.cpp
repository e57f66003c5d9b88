#include "log.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace vitrine {
namespace {

constexpr size_t kLongestLine = 512;
constexpr std::array<std::string_view, 5> kLevels = {"off", "error", "warn", "info", "debug"};

// The first word; rest is what follows its comma.
std::string_view take_word(std::string_view &rest) noexcept
{
    const size_t comma = rest.find(',');
    const std::string_view word = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    return word;
}

int level_from_environment(const char *module) noexcept
{
    const char *setting = std::getenv("VITRINE_LOG");
    if (setting == nullptr || *setting == '\0')
        return VITRINE_LOG_OFF;
    if (const std::optional<int> level = log_level(setting, module))
        return *level;
    std::fprintf(stderr, "vitrine: VITRINE_LOG: not off, error, warn, info or debug: %s\n",
                 setting);
    return VITRINE_LOG_OFF;
}

void write_line(const char *module, int level, const char *format, va_list arguments) noexcept
{
    timespec now;
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    char line[kLongestLine];
    const std::string_view name = kLevels[static_cast<size_t>(level)];
    int length = std::snprintf(
        line, sizeof line, "vitrine: %lld.%06ld %.*s %s: ", static_cast<long long>(now.tv_sec),
        now.tv_nsec / 1000, static_cast<int>(name.size()), name.data(), module);
    const auto room = [&] { return sizeof line - static_cast<size_t>(length); };
    length = std::min<int>(length, sizeof line - 1);
    length += std::vsnprintf(line + length, room(), format, arguments);
    length = std::min<int>(length, sizeof line - 1);
    line[length] = '\n';
    // Nobody is told of a line that was lost.
    [[maybe_unused]] const ssize_t written =
        ::write(STDERR_FILENO, line, static_cast<size_t>(length) + 1);
}

} // namespace

std::optional<int> log_level(std::string_view setting, std::string_view module) noexcept
{
    const auto *const found = std::find(kLevels.begin(), kLevels.end(), take_word(setting));
    if (found == kLevels.end())
        return std::nullopt;
    const int level = static_cast<int>(found - kLevels.begin());
    bool wanted = setting.empty();
    while (!setting.empty())
        wanted |= take_word(setting) == module;
    return wanted ? level : VITRINE_LOG_OFF;
}

} // namespace vitrine

extern "C" void vitrine_log_write(vitrine_log_module_t *module, int level, const char *format,
                                  ...) noexcept
{
    const int error = errno;
    int wanted = __atomic_load_n(&module->level, __ATOMIC_RELAXED);
    if (wanted == VITRINE_LOG_UNREAD) {
        wanted = vitrine::level_from_environment(module->name);
        __atomic_store_n(&module->level, wanted, __ATOMIC_RELAXED);
    }
    if (level > VITRINE_LOG_OFF && level <= wanted) {
        va_list arguments;
        va_start(arguments, format);
        vitrine::write_line(module->name, level, format, arguments);
        va_end(arguments);
    }
    errno = error;
}
