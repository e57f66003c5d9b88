#include "report/memory_text.h"
#include "report/report_json.h"

#include "json_document.h"

#include <doctest/doctest.h>

using namespace vitrine;

namespace {

// A server and a window; half a second later the window's atlas was taken from 10 times more.
Answers some_answers()
{
    Answer answer;
    ui_memory_report_t &server = answer.server.memory;
    server.origin = UI_MEMORY_SERVER;
    server.process = 10;
    server.windows = 1;
    server.usage_count = UI_MEMORY_TAG_COUNT;
    server.usage[UI_MEMORY_POOL] = {4096, 8192, 3072, 0, 1, 3};
    server.all = {4096, 9216, 3072, 64 << 20, 1, 5};
    server.heap_bytes = 9 << 20;
    server.heap_counted_bytes = 1 << 20;
    ui_report_t window = UI_REPORT_INIT;
    window.client = 21;
    window.memory.origin = UI_MEMORY_WINDOW;
    window.memory.process = 20;
    window.memory.time_ns = 1000000000;
    window.memory.usage_count = UI_MEMORY_TAG_COUNT;
    window.memory.usage[UI_MEMORY_ATLAS] = {3 << 20, 4 << 20, 3 << 20, 8 << 20, 7, 90};
    window.memory.all = window.memory.usage[UI_MEMORY_ATLAS];
    answer.windows = {window};
    Answers answers = {answer, answer};
    answers.after.windows[0].memory.time_ns += 500000000;
    answers.after.windows[0].memory.usage[UI_MEMORY_ATLAS].total_count += 10;
    answers.after.windows[0].memory.all.total_count += 10;
    return answers;
}

} // namespace

TEST_CASE("memory as a table has a part for each process and a line for each tag in use")
{
    Answers answers = some_answers();
    CHECK(memory_table(answers) ==
          "server 10\n"
          "  tag                live       peak  unused   blocks       ever    per s      limit\n"
          "  pool              4.0 K      8.0 K    25 %        1          3        0          -\n"
          "  all               4.0 K      9.0 K    25 %        1          5        0     64.0 M\n"
          "  other heap        8.0 M\n"
          "window 20\n"
          "  tag                live       peak  unused   blocks       ever    per s      limit\n"
          "  atlas             3.0 M      4.0 M       -        7        100       20      8.0 M\n"
          "  all               3.0 M      4.0 M       -        7        100       20      8.0 M\n"
          "all processes: 3.0 M\n");
    answers.after.server.memory.windows = 3;
    CHECK(memory_table(answers).find("windows without an answer: 2\n") != std::string::npos);
}

TEST_CASE("memory as JSON says the same")
{
    rapidjson::Document document;
    REQUIRE_FALSE(document.Parse(memory_json(some_answers()).c_str()).HasParseError());
    CHECK(document["live_bytes"].GetDouble() == 4096 + (3 << 20));
    CHECK(document["silent_windows"].GetDouble() == 0);
    REQUIRE(document["processes"].Size() == 2);
    const auto &window = document["processes"][1];
    CHECK(std::string(window["kind"].GetString()) == "window");
    CHECK(window["process"].GetDouble() == 20);
    REQUIRE(window["tags"].Size() == 1);
    CHECK(std::string(window["tags"][0]["tag"].GetString()) == "atlas");
    CHECK(window["tags"][0]["per_second"].GetDouble() == 20.0);
    CHECK(window["all"]["per_second"].GetDouble() == 20.0);
    CHECK(window["heap_bytes"].GetDouble() == 0);
    const auto &server = document["processes"][0];
    CHECK(server["tags"][0]["fragmentation"].GetDouble() == 0.25);
    CHECK(server["all"]["limit_bytes"].GetDouble() == 64 << 20);
    CHECK(server["all"]["peak_bytes"].GetDouble() == 9216);
    CHECK(server["heap_bytes"].GetDouble() == 9 << 20);
    CHECK(server["heap_counted_bytes"].GetDouble() == 1 << 20);
}

TEST_CASE("a window that was not there before has no rate")
{
    Answers answers = some_answers();
    answers.before.windows.clear();
    rapidjson::Document document;
    REQUIRE_FALSE(document.Parse(memory_json(answers).c_str()).HasParseError());
    CHECK(document["processes"][1]["tags"][0]["per_second"].GetDouble() == 0.0);
}

TEST_CASE("what windows of one process hold is told once")
{
    Answers answers = some_answers();
    ui_report_t second = answers.after.windows[0];
    second.client = 22;
    answers.after.windows.push_back(second);
    answers.after.server.memory.windows = 2;
    rapidjson::Document document;
    REQUIRE_FALSE(document.Parse(memory_json(answers).c_str()).HasParseError());
    CHECK(document["processes"].Size() == 2);
    CHECK(document["live_bytes"].GetDouble() == 4096 + (3 << 20));
    CHECK(document["silent_windows"].GetDouble() == 0);
}
