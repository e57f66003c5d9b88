// vitrine top: its arithmetic, its lines on screens of all sizes, its JSON.

#include "report/activity.h"
#include "report/report_json.h"
#include "report/top_text.h"

#include "json_document.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace vitrine;

namespace {

ui_report_t window_report(std::uint32_t client)
{
    ui_report_t window = UI_REPORT_INIT;
    window.client = client;
    window.drawing.frames = 100;
    window.drawing.shown = 90;
    window.drawing.pictures = 120;
    window.drawing.rows = 300;
    window.drawing.cells = 4000;
    window.sending = {101, 7, 500, 250};
    window.memory.origin = UI_MEMORY_WINDOW;
    window.memory.process = 20;
    window.memory.time_ns = 1000000000;
    window.memory.usage_count = UI_MEMORY_TAG_COUNT;
    for (std::uint32_t tag = UI_MEMORY_SCREEN; tag < UI_MEMORY_TAG_COUNT; tag++)
        window.memory.usage[tag] = {tag << 20, tag << 21, tag << 20, 0, 1, 2};
    window.memory.all = {63 << 20, 70 << 20, 63 << 20, 0, 6, 12};
    window.memory.heap_bytes = 5 << 20;
    return window;
}

// A second, ten frames and six keys after the first look.
TopView some_view()
{
    Answer answer;
    answer.server.memory.origin = UI_MEMORY_SERVER;
    answer.server.memory.process = 10;
    answer.server.memory.windows = 1;
    answer.server.memory.usage_count = UI_MEMORY_TAG_COUNT;
    answer.server.memory.usage[UI_MEMORY_POOL] = {4096, 8192, 3072, 0, 1, 3};
    answer.server.memory.all = answer.server.memory.usage[UI_MEMORY_POOL];
    answer.windows = {window_report(30)};
    TopView view;
    view.client = 30;
    view.begin = answer.windows[0].drawing;
    view.answers = {answer, answer};
    ui_report_t &now = view.answers.after.windows[0];
    now.memory.time_ns += 1000000000;
    now.drawing.frames += 10;
    now.drawing.shown += 8;
    now.sending.spans += 40;
    now.drawing.stages[UI_STAGE_KEY][4] = 5;
    now.drawing.stages[UI_STAGE_KEY][15] = 1;
    return view;
}

std::vector<std::string> texts(const TopView &view, int columns, int rows)
{
    std::vector<std::string> all;
    for (const TopLine &line : top_lines(view, columns, rows))
        all.push_back(line.text);
    return all;
}

// The line that has these words in it, blanks as one; "" if none has.
std::string line_with(const std::vector<std::string> &lines, const std::string &words)
{
    for (const std::string &line : lines) {
        std::string plain;
        for (const char c : line)
            if (c != ' ' || (!plain.empty() && plain.back() != ' '))
                plain += c;
        if (plain.find(words) != std::string::npos)
            return plain;
    }
    return "";
}

// Columns that a line takes; all of its characters take one.
std::size_t width_of(const std::string &text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

double rate_of(const std::vector<Counter> &counters, const std::string &label)
{
    const auto counter =
        std::ranges::find_if(counters, [&](const Counter &entry) { return label == entry.label; });
    REQUIRE(counter != counters.end());
    return counter->per_second;
}

} // namespace

TEST_CASE("rates are of the time between two reports")
{
    const TopView view = some_view();
    const ui_report_t &now = view.answers.after.windows[0];
    ui_report_t before = view.answers.before.windows[0];
    const auto rates = [&] { return counters_of({&now, &before}); };
    CHECK(rate_of(rates(), "frames taken") == 10);
    CHECK(rate_of(rates(), "not drawn") == 2);
    CHECK(rate_of(rates(), "spans") == 40);
    CHECK(rate_of(rates(), "held back") == 0);
    before.memory.time_ns -= 1000000000;
    CHECK(rate_of(rates(), "frames taken") == 5);
    before.memory.time_ns = now.memory.time_ns; // no time
    CHECK(rate_of(rates(), "frames taken") == 0);
    before.memory.time_ns = 0;
    before.drawing.frames = 1000; // another window's
    CHECK(rate_of(rates(), "frames taken") == 0);
    CHECK(rate_of(counters_of({&now, nullptr}), "spans") == 0);
}

TEST_CASE("percentiles are the bounds of buckets")
{
    StageCounts counts = {};
    CHECK(percentile_text(counts, 50) == "-");
    counts[0] = 1;
    CHECK(percentile_text(counts, 0) == "<16 us");
    CHECK(percentile_text(counts, 50) == "<16 us");
    counts[4] = 98;
    CHECK(percentile_text(counts, 2) == "<262 us");
    CHECK(percentile_text(counts, 50) == "<262 us");
    counts[15] = 1;
    CHECK(percentile_text(counts, 99) == "<262 us");
    CHECK(percentile_text(counts, 100) == ">268 ms");
}

TEST_CASE("what was counted before the first look is left out")
{
    ui_drawing_t then = {};
    then.stages[UI_STAGE_SHOW][2] = 5;
    ui_drawing_t now = then;
    now.stages[UI_STAGE_SHOW][2] = 8;
    now.stages[UI_STAGE_SHOW][3] = 1;
    CHECK(total_of(stage_since(now, then, UI_STAGE_SHOW)) == 4);
    CHECK(stage_since(now, then, UI_STAGE_SHOW)[2] == 3);
    CHECK(total_of(stage_since(then, now, UI_STAGE_SHOW)) == 0);
}

TEST_CASE("bars are as high as their share, and seen where anything is")
{
    StageCounts counts = {};
    CHECK(bar_chart(counts, 1, 1) == std::vector<std::string>{std::string(16, ' ')});
    counts[0] = 1;
    counts[1] = 500;
    counts[2] = 1000;
    CHECK(bar_chart(counts, 1, 1) == std::vector<std::string>{"▁▄█" + std::string(13, ' ')});
    CHECK(bar_chart(counts, 2, 2) == std::vector<std::string>{"    ██" + std::string(26, ' '),
                                                              "▁▁████" + std::string(26, ' ')});
}

TEST_CASE("the screen has the numbers of the window and of the server")
{
    const auto lines = texts(some_view(), 80, 24);
    CHECK(line_with(lines, "vitrine top") == "vitrine top client 30");
    CHECK(line_with(lines, "window 20") == "window 20 total per s server 10 total per s");
    CHECK(line_with(lines, "frames taken") == "frames taken 110 10.0 frames sent 101 0.0");
    CHECK(line_with(lines, "not drawn") == "not drawn 12 2.0 held back 7 0.0");
    CHECK(line_with(lines, "spans") == "pictures 120 0.0 spans 540 40.0");
    CHECK(line_with(lines, "key to picture").find("<262 us, 99 % >268 ms 6") != std::string::npos);
    CHECK(line_with(lines, "all ") == "all 63.0 M 70.0 M 0 4.0 K 8.0 K 0");
    CHECK(line_with(texts(some_view(), 80, 40), "other heap") == "other heap 5.0 M -");
    CHECK(line_with(lines, "pixels") == "pixels 13.0 M 26.0 M 0 - - -");
    CHECK(line_with(lines, "quits") == "q quits");
}

TEST_CASE("no line is wider and no screen higher than there is room for")
{
    const TopView view = some_view();
    using Size = std::pair<int, int>;
    for (const Size &size : {Size{40, 10}, {40, 60}, {79, 24}, {80, 24}, {160, 45}, {300, 100}}) {
        // clang 14 captures no structured binding.
        const int columns = size.first;
        const int rows = size.second;
        CAPTURE(columns);
        CAPTURE(rows);
        const auto lines = texts(view, columns, rows);
        CHECK(lines.size() <= static_cast<std::size_t>(rows));
        for (const std::string &line : lines)
            CHECK_MESSAGE(width_of(line) <= static_cast<std::size_t>(columns), line);
    }
    for (const auto &[columns, rows] : {std::pair{1, 1}, {0, 0}, {500, 1}, {3, 2}})
        CHECK(texts(view, columns, rows).size() == static_cast<std::size_t>(rows));
}

TEST_CASE("where there is little room the most important lines are left")
{
    const TopView view = some_view();
    const auto tiny = texts(view, 40, 10);
    REQUIRE(tiny.size() == 10);
    for (const char *words : {"vitrine top", "frames taken", "not drawn", "cells drawn", "spans",
                              "frames sent", "key to picture", "memory", "all"})
        CHECK_MESSAGE(line_with(tiny, words) != "", words);
    CHECK(line_with(texts(view, 40, 2), "frames taken") != "");
    CHECK(texts(view, 40, 1) == std::vector<std::string>{tiny[0]});
    // The tags that hold most.
    const auto small = texts(view, 80, 20);
    CHECK(line_with(small, "pixels") != "");
    CHECK(line_with(small, "pool") == "");
    CHECK(line_with(texts(view, 80, 40), "pool") != "");
}

TEST_CASE("a notice takes the place of the help and is never left out")
{
    TopView view = some_view();
    view.notice = "the window does not answer";
    CHECK(line_with(texts(view, 80, 24), "does not answer") != "");
    CHECK(line_with(texts(view, 40, 2), "does not answer") != "");
    CHECK(line_with(texts(view, 80, 24), "quits") == "");
}

TEST_CASE("several windows are counted, and one that is not there shows nothing")
{
    TopView view = some_view();
    view.answers.after.windows.push_back(window_report(31));
    CHECK(line_with(texts(view, 80, 24), "vitrine top") == "vitrine top client 30 1 of 2");
    CHECK(line_with(texts(view, 80, 24), "Tab") != "");
    view.client = 31;
    CHECK(line_with(texts(view, 80, 24), "vitrine top") == "vitrine top client 31 2 of 2");
    CHECK(line_with(texts(view, 80, 24), "frames taken") ==
          "frames taken 100 0.0 frames sent 101 0.0");
    view.client = 32;
    CHECK(texts(view, 80, 24).empty());
}

TEST_CASE("the same as JSON")
{
    rapidjson::Document document;
    REQUIRE_FALSE(document.Parse(activity_json(some_view().answers).c_str()).HasParseError());
    REQUIRE(document["windows"].Size() == 1);
    const auto &window = document["windows"][0];
    CHECK(window["client"].GetDouble() == 30);
    CHECK(window["process"].GetDouble() == 20);
    CHECK(window["drawing"]["frames"]["total"].GetDouble() == 110);
    CHECK(window["drawing"]["frames"]["per_second"].GetDouble() == 10.0);
    CHECK(window["drawing"]["cells"]["total"].GetDouble() == 4000);
    CHECK(window["sending"]["spans"]["per_second"].GetDouble() == 40.0);
    CHECK(window["sending"]["held"]["total"].GetDouble() == 7);
    CHECK(window["stages"]["key to picture"][4].GetDouble() == 5);
    CHECK(window["stages"]["key to frame"].Size() == UI_STAGE_BUCKETS);
    CHECK(document["stage_bounds_ns"].Size() == UI_STAGE_BUCKETS - 1);
    CHECK(document["stage_bounds_ns"][1].GetDouble() == 32768);
    CHECK(document["memory"]["processes"].Size() == 2);
}
