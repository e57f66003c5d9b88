// What a scope took: undone in reverse order where it fails, kept where it succeeds.
#include "vitrine/scope.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>

#include <stdexcept>
#include <string>

using vitrine::Rollback;
using vitrine::UniqueFd;

namespace {

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }

UniqueFd open_null() { return UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

// Takes three things, and fails or does not.
enum class End { succeeds, returns, throws };

void take(std::string &log, int &fd, UniqueFd &out, End end)
{
    Rollback first([&] { log += "first "; });
    UniqueFd owner = open_null();
    fd = owner.get();
    Rollback second([&] { log += is_open(fd) ? "second, open " : "second, closed "; });
    if (end == End::returns)
        return;
    if (end == End::throws)
        throw std::runtime_error("end");
    second.dismiss();
    first.dismiss();
    out = std::move(owner);
}

} // namespace

TEST_CASE("what a failed operation took goes in reverse order, however it fails")
{
    for (const End end : {End::returns, End::throws}) {
        std::string log;
        int fd = -1;
        UniqueFd out;
        try {
            take(log, fd, out, end);
        } catch (const std::runtime_error &) {
            log += "thrown";
        }
        CHECK(log == (end == End::throws ? "second, open first thrown" : "second, open first "));
        CHECK(fd >= 0);
        CHECK_FALSE(is_open(fd));
        CHECK_FALSE(out);
    }
}

TEST_CASE("what a successful one took is moved on")
{
    std::string log;
    int fd = -1;
    UniqueFd out;
    take(log, fd, out, End::succeeds);
    CHECK(log.empty());
    CHECK(out.get() == fd);
    CHECK(is_open(fd));
    out.reset();
    CHECK_FALSE(is_open(fd));
}
