#include "soak.h"

#include <algorithm>
#include <cstdlib>

#include <doctest/doctest.h>

#include "fault_stream.h"
#include "oracle.h"

namespace vitrine::test {
namespace {

constexpr long kMaxGrowth = 2000;   // kB
constexpr long kFloodPart = 100000; // lines, many times what is between two looks at it

} // namespace

int rounds()
{
    const char *text = std::getenv("VITRINE_SOAK");
    return std::max(text != nullptr ? std::atoi(text) : 5, 3);
}

Flooded::Flooded(const ServerOptions &options) : server(options)
{
    server.active_pane().show("kept through all of it");
    server.ask({"new-window", "-t", "main:", "exec seq 1 999999999999"});
}

void Flooded::settle(size_t windows)
{
    windows_ = windows;
    CHECK(wait_until([&] { return window_clients(server).size() == windows_; }));
    descriptors_ = open_descriptors(server.pid());
    memory_ = process_kb(server.pid(), "VmRSS");
}

// The last line may be on its way.
long Flooded::flood() const
{
    const std::string shown = server.ask({"capture-pane", "-p", "-t", "main:1"});
    const size_t end = shown.find_last_of('\n', shown.find_last_of("0123456789"));
    const size_t begin = end != shown.npos && end > 0 ? shown.find_last_of('\n', end - 1) : end;
    return begin != shown.npos ? std::atol(shown.c_str() + begin) : 0;
}

void Flooded::await_flood() const
{
    const long wanted = flood() + kFloodPart;
    await("more of the flood", [&] { return flood() > wanted; });
}

std::string Flooded::state(pid_t window) const
{
    std::string text = "longest turn " + std::to_string(longest_turn().count()) + " ms";
    text += ", window " + process_state(window);
    text += ", server " + process_state(server.pid());
    if (!server.alive())
        return text;
    const long printed = flood();
    const bool flows = wait_until([&] { return flood() > printed; });
    text += std::string(", flood ") + (flows ? "flows" : "stands");
    return text + ", clients:\n" + server.ask({"list-clients"});
}

void Flooded::check_all()
{
    REQUIRE(server.alive());
    CHECK(wait_until([&] { return window_clients(server).size() == windows_; }));
    CHECK(wait_until([&] { return open_descriptors(server.pid()) <= descriptors_; }));
    const std::string kept = server.ask({"capture-pane", "-p", "-t", "main:0"});
    CHECK(kept.find("kept through all of it") != kept.npos);
    const long growth = process_kb(server.pid(), "VmRSS") - memory_;
    MESSAGE("the server grew by ", growth, " kB");
    if (!keeps_freed_memory)
        CHECK(growth < kMaxGrowth);
}

} // namespace vitrine::test
