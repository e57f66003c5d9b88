#include "memory/memory_text.h"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

using namespace vitrine;

namespace {

// A server and a window; half a second later the window's atlas was taken from 10 times more.
MemoryAnswers some_answers()
{
    MemoryAnswer answer;
    answer.server.origin = UI_MEMORY_SERVER;
    answer.server.process = 10;
    answer.server.usage_count = UI_MEMORY_TAG_COUNT;
    answer.server.usage[UI_MEMORY_POOL] = {4096, 8192, 3072, 0, 1, 3};
    ui_memory_report_t window = UI_MEMORY_REPORT_INIT;
    window.origin = UI_MEMORY_WINDOW;
    window.process = 20;
    window.time_ns = 1000000000;
    window.usage_count = UI_MEMORY_TAG_COUNT;
    window.usage[UI_MEMORY_ATLAS] = {3 << 20, 4 << 20, 3 << 20, 8 << 20, 7, 90};
    answer.windows = {window};
    MemoryAnswers answers = {answer, answer};
    answers.after.windows[0].time_ns += 500000000;
    answers.after.windows[0].usage[UI_MEMORY_ATLAS].total_count += 10;
    return answers;
}

} // namespace

TEST_CASE("memory as a table has a part for each process and a line for each tag in use")
{
    MemoryAnswers answers = some_answers();
    CHECK(memory_table(answers) ==
          "server 10: 4.0 K\n"
          "  tag                live       peak  unused   blocks       ever    per s      limit\n"
          "  pool              4.0 K      8.0 K    25 %        1          3        0          -\n"
          "window 20: 3.0 M\n"
          "  tag                live       peak  unused   blocks       ever    per s      limit\n"
          "  atlas             3.0 M      4.0 M       -        7        100       20      8.0 M\n"
          "all: 3.0 M\n");
    answers.after.silent = 2;
    CHECK(memory_table(answers).find("windows without an answer: 2\n") != std::string::npos);
}

TEST_CASE("memory as JSON says the same")
{
    const auto document = nlohmann::json::parse(memory_json(some_answers()));
    CHECK(document["live_bytes"] == 4096 + (3 << 20));
    CHECK(document["silent_windows"] == 0);
    REQUIRE(document["processes"].size() == 2);
    const auto &window = document["processes"][1];
    CHECK(window["kind"] == "window");
    CHECK(window["process"] == 20);
    REQUIRE(window["tags"].size() == 1);
    CHECK(window["tags"][0]["tag"] == "atlas");
    CHECK(window["tags"][0]["per_second"] == 20.0);
    CHECK(document["processes"][0]["tags"][0]["fragmentation"] == 0.25);
}

TEST_CASE("a window that was not there before has no rate")
{
    MemoryAnswers answers = some_answers();
    answers.before.windows.clear();
    const auto document = nlohmann::json::parse(memory_json(answers));
    CHECK(document["processes"][1]["tags"][0]["per_second"] == 0.0);
}
