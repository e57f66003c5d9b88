#include "app/leaving.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace vitrine;

namespace {

// Has left from that question on.
struct FakeSession {
    char name;
    int left_at;
    int asked = 0;

    bool left(Nanoseconds) { return ++asked >= left_at; }
};

// What is finished (upper case) and what is waited for in each turn.
std::vector<std::string> turns_of(std::vector<FakeSession> sessions)
{
    Leaving<FakeSession> leaving;
    for (const FakeSession &session : sessions)
        leaving.add(session);
    std::vector<std::string> turns;
    do {
        turns.emplace_back();
        leaving.turn(
            0,
            [&](FakeSession &session) {
                turns.back() += static_cast<char>(session.name - 'a' + 'A');
            },
            [&](FakeSession &session) { turns.back() += session.name; });
    } while (!turns.back().empty());
    turns.pop_back();
    return turns;
}

} // namespace

TEST_CASE("who has not left is waited for and then finished, whenever it is asked")
{
    CHECK(turns_of({{'a', 1}}) == std::vector<std::string>{"A"});
    CHECK(turns_of({{'a', 2}}) == std::vector<std::string>{"a", "A"});
    CHECK(turns_of({{'a', 3}}) == std::vector<std::string>{"a", "a", "A"});
}

TEST_CASE("who left before those that were closed earlier is finished after them")
{
    CHECK(turns_of({{'a', 2}, {'b', 1}}) == std::vector<std::string>{"a", "AB"});
    CHECK(turns_of({{'a', 1}, {'b', 2}}) == std::vector<std::string>{"Ab", "B"});
    CHECK(turns_of({{'a', 3}, {'b', 2}, {'c', 4}}) ==
          std::vector<std::string>{"abc", "ac", "ABc", "C"});
}
