#include "report/report_json.h"

#include "json_writer.h"
#include "report/activity.h"

namespace vitrine {

namespace {

void write_usage(JsonWriter &json, std::uint32_t tag, const Reported &process)
{
    const ui_memory_report_t &memory = process.report->memory;
    const ui_memory_usage_t &usage = usage_of(process, tag);
    json.object([&] {
        json.member("tag", ui_memory_tag_name(tag));
        json.member("live_bytes", usage.live_bytes);
        json.member("peak_bytes", usage.peak_bytes);
        json.member("used_bytes", usage.used_bytes);
        json.member("limit_bytes", usage.limit_bytes);
        json.member("live_count", usage.live_count);
        json.member("total_count", usage.total_count);
        json.member("per_second", ui_memory_rate(memory_before(process), &memory, tag));
        json.member("fragmentation", ui_memory_fragmentation(&usage));
    });
}

void write_process(JsonWriter &json, const Reported &process)
{
    const ui_memory_report_t &memory = process.report->memory;
    json.object([&] {
        json.member("kind", memory.origin == UI_MEMORY_SERVER ? "server" : "window");
        json.member("process", memory.process);
        json.key("all");
        write_usage(json, UI_MEMORY_ALL, process);
        json.key("tags");
        json.array([&] {
            for (std::uint32_t tag = 0; tag < memory.usage_count; tag++)
                if (memory.usage[tag].total_count != 0)
                    write_usage(json, tag, process);
        });
        json.member("heap_bytes", memory.heap_bytes);
        json.member("heap_counted_bytes", memory.heap_counted_bytes);
    });
}

void write_memory(JsonWriter &json, const Answers &answers)
{
    const std::vector<Reported> processes = processes_of(answers);
    std::uint64_t sum = 0;
    for (const Reported &process : processes)
        sum += usage_of(process, UI_MEMORY_ALL).live_bytes;
    json.object([&] {
        json.member("live_bytes", sum);
        json.member("silent_windows", answers.after.silent());
        json.key("processes");
        json.array([&] {
            for (const Reported &process : processes)
                write_process(json, process);
        });
    });
}

void write_stages(JsonWriter &json, const ui_drawing_t &drawing)
{
    json.object([&] {
        for (std::size_t stage = 0; stage < UI_STAGE_COUNT; stage++) {
            json.key(stage_name(stage));
            json.array([&] {
                for (const std::uint64_t count : drawing.stages[stage])
                    json.value(count);
            });
        }
    });
}

void write_counters(JsonWriter &json, const Reported &window, Side side)
{
    json.object([&] {
        for (const Counter &counter : counters_of(window)) {
            if (counter.side != side)
                continue;
            json.key(counter.key);
            json.object([&] {
                json.member("total", counter.total);
                json.member("per_second", counter.per_second);
            });
        }
    });
}

void write_window(JsonWriter &json, const Reported &window)
{
    json.object([&] {
        json.member("client", window.report->client);
        json.member("process", window.report->memory.process);
        json.key("drawing");
        write_counters(json, window, Side::window);
        json.key("sending");
        write_counters(json, window, Side::server);
        json.key("stages");
        write_stages(json, window.report->drawing);
    });
}

} // namespace

std::string memory_json(const Answers &answers)
{
    JsonWriter json;
    write_memory(json, answers);
    return json.text();
}

std::string activity_json(const Answers &answers)
{
    JsonWriter json;
    json.object([&] {
        json.key("stage_bounds_ns");
        json.array([&] {
            for (std::size_t bucket = 0; bucket + 1 < UI_STAGE_BUCKETS; bucket++)
                json.value(bucket_bound_ns(bucket));
        });
        json.key("windows");
        json.array([&] {
            for (const Reported &window : windows_of(answers))
                write_window(json, window);
        });
        json.key("memory");
        write_memory(json, answers);
    });
    return json.text();
}

} // namespace vitrine
