// VITRINE_LOG: which lines pass, and how they are written.
#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "handles.h"
#include "log.h"

using namespace vitrine;

namespace {

// What is written to the standard error meanwhile, with VITRINE_LOG set.
class Captured {
public:
    explicit Captured(const char *setting)
        : file_(::memfd_create("log", MFD_CLOEXEC)),
          saved_(::dup(STDERR_FILENO))
    {
        // Without it two threads may write to one place: a memfd's offset has no lock.
        REQUIRE(::fcntl(file_.get(), F_SETFL, O_APPEND) == 0);
        REQUIRE(::dup2(file_.get(), STDERR_FILENO) == STDERR_FILENO);
        ::setenv("VITRINE_LOG", setting, 1);
    }
    ~Captured()
    {
        ::unsetenv("VITRINE_LOG");
        ::dup2(saved_.get(), STDERR_FILENO);
    }
    std::string text() const
    {
        std::string all(static_cast<size_t>(::lseek(file_.get(), 0, SEEK_END)), '\0');
        REQUIRE(::pread(file_.get(), all.data(), all.size(), 0) ==
                static_cast<ssize_t>(all.size()));
        return all;
    }

private:
    UniqueFd file_;
    UniqueFd saved_;
};

int evaluated = 0;
int evaluate() { return ++evaluated; }

} // namespace

TEST_CASE("a setting is a level, then the modules it is for")
{
    CHECK(log_level("debug", "stream") == VITRINE_LOG_DEBUG);
    CHECK(log_level("info", "stream") == VITRINE_LOG_INFO);
    CHECK(log_level("warn", "stream") == VITRINE_LOG_WARN);
    CHECK(log_level("error", "stream") == VITRINE_LOG_ERROR);
    CHECK(log_level("off", "stream") == VITRINE_LOG_OFF);
    CHECK(log_level("debug,stream", "stream") == VITRINE_LOG_DEBUG);
    CHECK(log_level("warn,font,stream", "stream") == VITRINE_LOG_WARN);
    CHECK(log_level("debug,font", "stream") == VITRINE_LOG_OFF);
    CHECK(log_level("debug,streams", "stream") == VITRINE_LOG_OFF);
    CHECK(log_level("stream", "stream") == std::nullopt);
    CHECK(log_level("loud,stream", "stream") == std::nullopt);
    CHECK(log_level("", "stream") == std::nullopt);
}

TEST_CASE("lines up to the level are written, with their module")
{
    const Captured captured("info");
    vitrine_log_module_t module = VITRINE_LOG_MODULE("test");
    errno = ENOENT;
    VITRINE_LOG(&module, VITRINE_LOG_INFO, "number %d", 7);
    VITRINE_LOG(&module, VITRINE_LOG_DEBUG, "not this");
    CHECK(errno == ENOENT);
    const std::string text = captured.text();
    CHECK(text.starts_with("vitrine: "));
    CHECK(text.ends_with(" info test: number 7\n"));
    CHECK(text.find("not this") == std::string::npos);
    CHECK(module.level == VITRINE_LOG_INFO);
}

TEST_CASE("where nothing is to be written no argument is evaluated")
{
    const Captured captured("debug,other");
    vitrine_log_module_t module = VITRINE_LOG_MODULE("test");
    VITRINE_LOG(&module, VITRINE_LOG_ERROR, "%d", evaluate());
    CHECK(evaluated == 1); // it had to ask
    VITRINE_LOG(&module, VITRINE_LOG_ERROR, "%d", evaluate());
    CHECK(evaluated == 1);
    CHECK(captured.text().empty());
}

TEST_CASE("a setting that is none is complained of, and nothing is logged")
{
    const Captured captured("loud");
    vitrine_log_module_t module = VITRINE_LOG_MODULE("test");
    VITRINE_LOG(&module, VITRINE_LOG_ERROR, "lost");
    VITRINE_LOG(&module, VITRINE_LOG_ERROR, "lost");
    CHECK(captured.text() == "vitrine: VITRINE_LOG: not off, error, warn, info or debug: loud\n");
}

TEST_CASE("long lines are cut, and those of threads stay whole")
{
    const Captured captured("debug");
    static vitrine_log_module_t module = VITRINE_LOG_MODULE("test");
    const std::string endless(2000, 'x');
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int turn = 0; turn < 20; ++turn)
                    VITRINE_LOG(&module, VITRINE_LOG_DEBUG, "%s", endless.c_str());
            });
    }
    const std::string text = captured.text();
    size_t lines = 0;
    for (size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
        CHECK(end - at == 511);
        CHECK(text.compare(at, 9, "vitrine: ") == 0);
        ++lines;
    }
    CHECK(lines == 80);
}
