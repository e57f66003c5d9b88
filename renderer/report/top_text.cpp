#include "report/top_text.h"

#include "report/activity.h"
#include "report/memory_text.h"

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>

namespace vitrine {

namespace {

// A block of lines is that wide; where there is room for two they stand side by side.
constexpr int block_columns = 39;
constexpr int bars_column = 49;
constexpr int bars_margin = 1;
constexpr int highest_chart = 5;

// What is left out first has the least of these.
enum Importance {
    blank_line = 0,
    chart_line = 1,
    other_heap = 9,
    least_of_tags = 10, // and one more for each that holds less
    help_line = 40,
    latency_heading = 45,
    side_heading = 50,
    minor_counter = 55,
    other_stage = 60,
    memory_heading = 75,
    memory_sum = 86,
    key_stage = 88,
    title_line = 100,
};

struct CounterRank {
    const char *key;
    Side side;
    int importance;
};

constexpr std::array counter_ranks = {
    CounterRank{"frames", Side::window, 90}, CounterRank{"not_drawn", Side::window, 85},
    CounterRank{"cells", Side::window, 78},  CounterRank{"frames", Side::server, 80},
    CounterRank{"spans", Side::server, 77},  CounterRank{"held", Side::server, 74},
};

int rank_of(const Counter &counter)
{
    const auto rank = std::ranges::find_if(counter_ranks, [&](const CounterRank &entry) {
        return entry.side == counter.side && std::string_view(entry.key) == counter.key;
    });
    return rank != counter_ranks.end() ? rank->importance : minor_counter;
}

[[gnu::format(printf, 1, 2)]] std::string print(const char *format, ...)
{
    std::array<char, 256> text;
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(text.data(), text.size(), format, arguments);
    va_end(arguments);
    return text.data();
}

using Lines = std::vector<TopLine>;

void append(Lines &lines, const Lines &more)
{
    lines.insert(lines.end(), more.begin(), more.end());
}

Lines title(const TopView &view, std::size_t place)
{
    const std::size_t count = view.answers.after.windows.size();
    std::string text = print(" vitrine top   client %u", view.client);
    if (count > 1)
        text += print("   %zu of %zu", place + 1, count);
    return {{text, LineKind::title, title_line}};
}

Lines side_block(const Reported &window, Side side, const char *name, std::uint32_t process)
{
    const std::string whose = print("%s %u", name, process);
    Lines lines = {{print(" %-17s%10s%10s", whose.c_str(), "total", "per s"), LineKind::heading,
                    side_heading}};
    for (const Counter &counter : counters_of(window)) {
        if (counter.side == side)
            lines.push_back(
                {print(" %-17s%10llu%10.1f", counter.label,
                       static_cast<unsigned long long>(counter.total), counter.per_second),
                 LineKind::plain, rank_of(counter)});
    }
    return lines;
}

// The second beside the first if there is room for both, else below it. All of it is ASCII.
Lines beside(Lines left, const Lines &right, int columns)
{
    if (columns < 2 * block_columns) {
        append(left, right);
        return left;
    }
    left.resize(std::max(left.size(), right.size()));
    for (std::size_t i = 0; i < right.size(); i++) {
        left[i].text.resize(block_columns, ' ');
        left[i].text += right[i].text;
        left[i].importance = std::max(left[i].importance, right[i].importance);
    }
    return left;
}

int bar_width(int columns)
{
    constexpr int buckets = UI_STAGE_BUCKETS;
    return std::clamp((columns - bars_column - bars_margin) / buckets, 0, 4);
}

// A stage's numbers, and its bars above and beside them.
Lines stage_lines(const StageCounts &counts, std::size_t stage, int columns, int height)
{
    std::string numbers = print(
        " %-16s %7s, 99 %% %7s%9llu ", stage_name(stage), percentile_text(counts, 50).c_str(),
        percentile_text(counts, 99).c_str(), static_cast<unsigned long long>(total_of(counts)));
    numbers.resize(columns < bars_column ? block_columns : bars_column, ' ');
    const int importance = stage == UI_STAGE_KEY ? key_stage : other_stage;
    if (bar_width(columns) == 0)
        return {{numbers, LineKind::plain, importance}};
    Lines lines;
    for (const std::string &bars : bar_chart(counts, height, bar_width(columns)))
        lines.push_back({std::string(bars_column, ' ') + bars, LineKind::plain, chart_line});
    lines.back().text.replace(0, bars_column, numbers);
    lines.back().importance = importance;
    return lines;
}

Lines latency_block(const TopView &view, const ui_drawing_t &drawing, int columns, int height)
{
    std::string heading = print(" %-16s %7s%23s", "latency", "half", "times");
    heading.resize(columns < bars_column ? block_columns : bars_column, ' ');
    if (const int width = bar_width(columns) * static_cast<int>(UI_STAGE_BUCKETS); width > 0) {
        const std::string last = bound_text(UI_STAGE_BUCKETS - 1);
        heading += bound_text(0);
        heading.resize(static_cast<std::size_t>(bars_column + width) - last.size(), ' ');
        heading += last;
    }
    Lines lines = {{heading, LineKind::heading, latency_heading}};
    for (std::size_t stage = 0; stage < UI_STAGE_COUNT; stage++)
        append(lines, stage_lines(stage_since(drawing, view.begin, stage), stage, columns, height));
    return lines;
}

struct TagLine {
    std::uint32_t tag;
    std::uint64_t live; // on both sides
};

std::vector<TagLine> tags_by_size(const ui_memory_report_t &window,
                                  const ui_memory_report_t &server)
{
    std::vector<TagLine> tags;
    for (std::uint32_t tag = 0; tag < std::max(window.usage_count, server.usage_count); tag++) {
        if (window.usage[tag].total_count != 0 || server.usage[tag].total_count != 0)
            tags.push_back({tag, window.usage[tag].live_bytes + server.usage[tag].live_bytes});
    }
    std::ranges::stable_sort(tags, std::greater(), &TagLine::live);
    return tags;
}

std::string tag_text(const Reported &side, std::uint32_t tag, bool wide)
{
    const ui_memory_usage_t &usage = usage_of(side, tag);
    const bool used = usage.total_count != 0;
    if (!wide)
        return print("%11s", used ? size_text(usage.live_bytes).c_str() : "-");
    if (!used)
        return print("%10s%10s%9s", "-", "-", "-");
    return print("%10s%10s%9.0f", size_text(usage.live_bytes).c_str(),
                 size_text(usage.peak_bytes).c_str(),
                 ui_memory_rate(memory_before(side), &side.report->memory, tag));
}

std::string other_heap_text(const Reported &window, const Reported &server, bool wide)
{
    const auto text = [](std::uint64_t bytes) { return bytes != 0 ? size_text(bytes) : "-"; };
    return print(wide ? " %-16s%10s%29s" : " %-16s%11s%11s", "other heap",
                 text(other_heap_bytes(window)).c_str(), text(other_heap_bytes(server)).c_str());
}

Lines memory_block(const Reported &window, const Reported &server, int columns)
{
    const bool wide = columns >= 2 * block_columns;
    const auto tag_line = [&](std::uint32_t tag, int importance) {
        return TopLine{print(" %-16s", ui_memory_tag_name(tag)) + tag_text(window, tag, wide) +
                           tag_text(server, tag, wide),
                       LineKind::plain, importance};
    };
    const std::string heading = wide ? print(" %-16s%10s%10s%9s%10s%10s%9s", "memory", "window",
                                             "peak", "per s", "server", "peak", "per s")
                                     : print(" %-16s%11s%11s", "memory", "window", "server");
    Lines lines = {{heading, LineKind::heading, memory_heading},
                   tag_line(UI_MEMORY_ALL, memory_sum)};
    int importance = least_of_tags + UI_MEMORY_MAX_TAGS;
    for (const TagLine &line : tags_by_size(window.report->memory, server.report->memory))
        lines.push_back(tag_line(line.tag, importance--));
    lines.push_back({other_heap_text(window, server, wide), LineKind::plain, other_heap});
    return lines;
}

Lines help(const TopView &view)
{
    if (!view.notice.empty())
        return {{" " + view.notice, LineKind::notice, title_line}};
    const bool several = view.answers.after.windows.size() > 1;
    return {
        {several ? " q quits, Tab shows the next window" : " q quits", LineKind::plain, help_line}};
}

void leave_out(Lines &lines, std::size_t rows)
{
    while (lines.size() > rows) {
        const auto least =
            std::min_element(lines.rbegin(), lines.rend(), [](const TopLine &a, const TopLine &b) {
                return a.importance < b.importance;
            });
        lines.erase(std::next(least).base());
    }
}

Lines all_lines(const TopView &view, const Reported &window, std::size_t place, int columns,
                int chart)
{
    const Reported server = server_of(view.answers);
    const Lines blank = {{"", LineKind::plain, blank_line}};
    Lines lines = title(view, place);
    append(lines, blank);
    append(lines, beside(side_block(window, Side::window, "window", window.report->memory.process),
                         side_block(window, Side::server, "server", server.report->memory.process),
                         columns));
    append(lines, blank);
    append(lines, latency_block(view, window.report->drawing, columns, chart));
    append(lines, blank);
    append(lines, memory_block(window, server, columns));
    append(lines, blank);
    append(lines, help(view));
    return lines;
}

} // namespace

std::vector<TopLine> top_lines(const TopView &view, int columns, int rows)
{
    const std::vector<Reported> windows = windows_of(view.answers);
    const auto watched = std::ranges::find_if(
        windows, [&](const Reported &window) { return window.report->client == view.client; });
    if (watched == windows.end() || rows <= 0)
        return {};
    const auto place = static_cast<std::size_t>(watched - windows.begin());
    Lines lines = all_lines(view, *watched, place, columns, 1);
    const int spare = (rows - static_cast<int>(lines.size())) / UI_STAGE_COUNT;
    if (spare > 0)
        lines = all_lines(view, *watched, place, columns, std::min(1 + spare, highest_chart));
    leave_out(lines, static_cast<std::size_t>(rows));
    return lines;
}

} // namespace vitrine
