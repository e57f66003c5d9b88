// What a hostile server sends to a window: messages, and pools in memory of its making.
#include "attachment.h"
#include "input.h"

using namespace vitrine;
using namespace vitrine::fuzz;

namespace {

// All events that are there; frames are read and given back.
bool take_events(vitrine_connection_t *connection)
{
    for (;;) {
        vitrine_event_t event;
        const ui_result_t result = vitrine_next_event(connection, &event);
        if (result == UI_ERROR_AGAIN)
            return true;
        if (result != UI_OK)
            return false;
        require(event.kind >= 1 && event.kind <= VITRINE_EVENT_REPORT);
        if (event.text != nullptr) {
            touch(event.text, event.length);
            require(event.text[event.length] == '\0');
        }
        if (event.frame != nullptr) {
            read_frame(event.frame);
            vitrine_frame_release(connection, event.frame);
        }
        if (event.kind == VITRINE_EVENT_REPORT) {
            const ui_report_t *report = vitrine_report(connection);
            require(report->memory.usage_count <= UI_MEMORY_MAX_TAGS);
            touch(report, sizeof *report);
        }
        if (event.kind == VITRINE_EVENT_CLOSED)
            return false;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    Ends ends;
    vitrine_options_t options = VITRINE_OPTIONS_INIT;
    options.columns = 10;
    options.rows = 3;
    vitrine_connection_t *made = nullptr;
    require(vitrine_connect_fd(ends.theirs.release(), &options, &made) == UI_OK);
    const Connection connection(made);
    const UniqueFd none;
    bool open = true;
    while (!input.empty() && open) {
        const auto control = input.take<uint8_t>();
        UniqueFd memory;
        if ((control & 0x80) != 0) {
            const auto bytes = input.take<uint16_t>();
            memory = sealed_memory(input.bytes(input.take<uint8_t>()), bytes);
        }
        ends.write(input.bytes(size_t{control & 0x7fu} + 1), memory);
        open = take_events(made);
    }
    return 0;
}
