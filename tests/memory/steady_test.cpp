// A frame on a screen that has been running for a while takes nothing from the heap: not in the
// server, which writes it, nor in the window, which reads and draws it. Nor does what comes beside
// frames: titles, bells, clipboards, keys and text, and texts of panes that are asked for.
#include "drawn_screen.h"
#include "heap_count.h"

#include <vitrine/text.h>

#include <array>

using vitrine::test::heap_requests;

namespace {

constexpr uint16_t columns = 80;
constexpr uint16_t rows = 24;
// What rows show in turn, so that each was shaped, drawn and stored before.
constexpr unsigned variants = 7;
constexpr unsigned warm_up = 300;
constexpr unsigned measured = 1000;

const std::array<int32_t, 256> &palette()
{
    static const std::array<int32_t, 256> colours = [] {
        std::array<int32_t, 256> made;
        made.fill(-1);
        made[3] = kRgb | 0x808000;
        return made;
    }();
    return colours;
}

void fill(PackedRow &line, unsigned variant)
{
    line = PackedRow();
    for (unsigned i = 0; i < 20; ++i)
        line.plain(static_cast<char>('a' + (i + variant) % 26), 0, static_cast<uint8_t>(i % 16));
    line.extended({long_character(2, 1), UI_ATTR_UNDERLINE_CURLY, 0, kRgb | 0x123456, 3, kRgb});
    line.wide("\xe4\xb8\xad");
    line.wide("\xe2\x94\x80", {0, UI_ATTR_BOLD});
    line.text(" the end of row " + std::to_string(variant));
}

// What a frame asked of the heap.
struct Requests {
    size_t server = 0;
    size_t window = 0;
};

void need(ui_result_t result) { REQUIRE(result == UI_OK); }

// All that is sent beside a frame, both ways, and texts that a program asks for.
void speak(Attachment &both, unsigned number)
{
    static const std::string texts[] = {"a title", std::string(300, 'm'), std::string(4000, 'l')};
    const std::string &text = texts[number % 3];
    ui_backend_title(both.server.backend, text.c_str(), text.size());
    ui_backend_bell(both.server.backend);
    ui_backend_clipboard(both.server.backend, "c", text.c_str(), text.size());
    for (const uint32_t kind : {VITRINE_EVENT_TITLE, VITRINE_EVENT_BELL, VITRINE_EVENT_CLIPBOARD}) {
        need(both.client.next());
        REQUIRE(both.client.event.kind == kind);
    }
    // One by one: a line of the test's log that is short is in no heap.
    need(vitrine_send_key(both.client.connection, 'k', 0));
    need(both.server.read());
    CHECK(both.server.log.take() == "key 107 0");
    need(vitrine_send_text(both.client.connection, text.c_str(), text.size()));
    need(both.server.read());
    CHECK(both.server.log.take().starts_with("text "));
}

void ask_texts(vitrine_frame_t *frame)
{
    vitrine_text_view_t view = {};
    for (uint16_t row = 0; row < rows; ++row)
        need(vitrine_row_text_view(frame, VITRINE_PANE_SCREEN, row, 0, &view));
    need(vitrine_pane_text_view(frame, VITRINE_PANE_SCREEN, 0, &view));
    static std::array<char, 64 * 1024> buffer;
    size_t length = 0;
    need(vitrine_pane_text_copy(frame, VITRINE_PANE_SCREEN, 0, buffer.data(), buffer.size(),
                                &length));
    REQUIRE(length == view.length);
}

class Stage {
public:
    Stage()
    {
        drawn_.screen.panes()[1].palette = palette().data();
        for (uint16_t row = 0; row < rows; ++row)
            fill(drawn_.screen.line(row), row % variants);
    }

    // A frame with a few rows changed, from the spans to the pixels.
    Requests turn(unsigned number)
    {
        std::vector<uint16_t> changed;
        for (unsigned i = 0; i < 3; ++i)
            changed.push_back(static_cast<uint16_t>((number + i * 5) % rows));
        std::sort(changed.begin(), changed.end());
        for (const uint16_t row : changed)
            fill(drawn_.screen.line(row), (number + row) % variants);
        ui_frame_t &frame = number == 0 ? drawn_.screen.full() : drawn_.screen.changed(changed);
        frame.cursor = {static_cast<uint16_t>(number % columns), changed[0], 0, 1, 1, 0, 0};

        Requests requests;
        const size_t start = heap_requests();
        REQUIRE(ui_backend_frame(drawn_.both.server.backend, &frame) == UI_OK);
        const size_t written = heap_requests();
        REQUIRE(drawn_.both.client.next() == UI_OK);
        REQUIRE(drawn_.both.client.event.kind == VITRINE_EVENT_FRAME);
        drawn_.renderer->take(drawn_.both.client.event.frame);
        if (asks_)
            ask_texts(drawn_.both.client.event.frame);
        REQUIRE(drawn_.both.client.release() == UI_OK);
        REQUIRE(!drawn_.renderer->draw().empty());
        if (asks_)
            speak(drawn_.both, number);
        const size_t drawn = heap_requests();
        REQUIRE(drawn_.both.server.read() == UI_OK);
        requests.server = written - start + (heap_requests() - drawn);
        requests.window = drawn - written;
        return requests;
    }
    // With what comes beside frames from here on.
    void ask_more() { asks_ = true; }

private:
    DrawnScreen drawn_{columns, rows};
    bool asks_ = false;
};

Requests sum_of_turns(Stage &stage, unsigned first, unsigned count)
{
    Requests sum;
    for (unsigned number = first; number < first + count; ++number) {
        const Requests requests = stage.turn(number);
        sum.server += requests.server;
        sum.window += requests.window;
    }
    return sum;
}

} // namespace

TEST_CASE("frames in the steady state take nothing from the heap")
{
    Stage stage;
    const Requests first = sum_of_turns(stage, 0, warm_up);
    // The count counts.
    CHECK(first.server + first.window > 100);
    const Requests sum = sum_of_turns(stage, warm_up, measured);
    CHECK(sum.server == 0);
    CHECK(sum.window == 0);
}

TEST_CASE("what comes beside frames takes nothing from the heap either")
{
    Stage stage;
    stage.ask_more();
    const Requests first = sum_of_turns(stage, 0, warm_up);
    CHECK(first.server + first.window > 100);
    const Requests sum = sum_of_turns(stage, warm_up, measured);
    CHECK(sum.server == 0);
    CHECK(sum.window == 0);
}
