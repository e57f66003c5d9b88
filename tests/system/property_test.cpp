#include <doctest/doctest.h>

#include <cstdlib>

#include "property.h"

using namespace vitrine::test;

namespace {

uint64_t setting(const char *name, uint64_t usual)
{
    const char *text = std::getenv(name);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : usual;
}

void run_sessions(bool recorded)
{
    const uint64_t first = setting("VITRINE_PROPERTY_FIRST", 1);
    const uint64_t usual = (recorded ? 6 : 10) / (keeps_freed_memory ? 2 : 1);
    const uint64_t count = setting("VITRINE_PROPERTY_SEEDS", usual);
    const uint64_t steps = setting("VITRINE_PROPERTY_STEPS", 25);
    for (uint64_t seed = first; seed < first + count; ++seed) {
        GeneratedSession session(seed, recorded);
        std::string difference;
        uint64_t step = 0;
        while (step < steps && difference.empty()) {
            difference = session.step();
            ++step;
        }
        CHECK_MESSAGE(difference.empty(), "seed ", seed, ", step ", step, ": ", difference);
    }
}

} // namespace

TEST_SUITE("property")
{
    TEST_CASE("a window equals what tmux says") { run_sessions(false); }
    TEST_CASE("a recording equals what tmux says") { run_sessions(true); }
}
