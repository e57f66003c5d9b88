// vitrine/text.h: the text of frames, in each of its four shapes.
#include <array>

#include "attachment.h"
#include "frame_view.h"
#include "vitrine/text.h"

namespace {

constexpr uint32_t kTrim = VITRINE_TEXT_TRIM_BLANKS;
constexpr uint32_t kTrimAll = VITRINE_TEXT_TRIM_BLANKS | VITRINE_TEXT_TRIM_ROWS;

// A frame of two panes side by side, %4 with three columns and %5 with six.
class TwoPanes {
public:
    TwoPanes()
    {
        screen.panes()[1] = make_pane(4, 0, 3);
        screen.panes().push_back(make_pane(5, 4, 6));
        screen.set(0, "ab |x");
        screen.line(1) = PackedRow();
        screen.line(1).text("   |").wide("\xe4\xbd\xa0").extended({long_character(2, 1)});
        REQUIRE(ui_backend_frame(both.server.backend, &screen.full()) == UI_OK);
        REQUIRE(both.client.kind() == VITRINE_EVENT_FRAME);
    }
    vitrine_frame_t *frame() { return both.client.event.frame; }

    Screen screen{10, 3};
    Attachment both;

private:
    static ui_pane_t make_pane(uint32_t id, int16_t column, uint16_t columns)
    {
        ui_pane_t pane{};
        pane.id = id;
        pane.column = column;
        pane.columns = columns;
        pane.rows = 2;
        pane.default_fg = pane.default_bg = 8;
        return pane;
    }
};

// The text as all four ways give it, which must be the same; or the result's name.
std::string text_of(vitrine_frame_t *frame, uint32_t pane, uint32_t flags)
{
    char *text = nullptr;
    size_t length = 0;
    const ui_result_t result = vitrine_pane_text(frame, pane, flags, &text, &length);
    if (result != UI_OK) {
        CHECK(text == nullptr);
        return ui_result_text(result);
    }
    const std::string returned(text, length);
    CHECK(text[length] == '\0');
    vitrine_string_free(text);

    size_t asked = 0;
    REQUIRE(vitrine_pane_text_copy(frame, pane, flags, nullptr, 0, &asked) == UI_OK);
    std::string copied(asked + 1, '?');
    REQUIRE(vitrine_pane_text_copy(frame, pane, flags, copied.data(), copied.size(), &length) ==
            UI_OK);
    CHECK(length == asked);
    CHECK(copied == returned + '\0');

    vitrine_text_view_t view;
    REQUIRE(vitrine_pane_text_view(frame, pane, flags, &view) == UI_OK);
    CHECK(std::string(view.bytes, view.length) == returned);

    const vitrine_text_part_t part = {pane, 0, 0};
    std::array<size_t, 2> offsets;
    std::string batch(asked + 1, '?');
    REQUIRE(vitrine_text_batch(frame, &part, 1, flags, batch.data(), batch.size(),
                               offsets.data()) == UI_OK);
    CHECK(batch == returned + '\0');
    CHECK(offsets == std::array<size_t, 2>{0, asked + 1});
    return returned;
}

// A frame in our own memory, where cells can be anything.
class AnyFrame {
public:
    AnyFrame()
    {
        frame.layout = vitrine::pool_layout(4, 1, 4, 1);
        frame.slot = reinterpret_cast<const uint8_t *>(memory_.data());
    }
    ui_cell_t &cell(size_t column)
    {
        return reinterpret_cast<ui_cell_t *>(bytes() + frame.layout.cells_offset)[column];
    }
    void extras(const std::vector<uint32_t> &words)
    {
        reinterpret_cast<ui_slot_row_t *>(bytes() + frame.layout.rows_offset)->extra_words =
            static_cast<uint32_t>(words.size());
        std::memcpy(bytes() + frame.layout.extras_offset, words.data(), words.size() * 4);
    }
    void pane(const ui_slot_pane_t &pane)
    {
        auto *slot = reinterpret_cast<ui_slot_t *>(bytes());
        slot->pane_count = 1;
        slot->panes[0] = pane;
    }

    vitrine_frame frame;

private:
    // To be written: what was seen of it is not so any more.
    uint8_t *bytes()
    {
        frame.texts.reset();
        return reinterpret_cast<uint8_t *>(memory_.data());
    }
    std::vector<uint64_t> memory_ = std::vector<uint64_t>(8192 / 8);
};

} // namespace

TEST_CASE("a pane's text is its rectangle, row by row, with clusters whole")
{
    TwoPanes panes;
    CHECK(text_of(panes.frame(), 4, 0) == "ab \n   ");
    CHECK(text_of(panes.frame(), 4, kTrim) == "ab\n");
    CHECK(text_of(panes.frame(), 4, VITRINE_TEXT_TRIM_ROWS) == "ab ");
    CHECK(text_of(panes.frame(), 4, kTrimAll) == "ab");
    CHECK(text_of(panes.frame(), 5, kTrim) == "x\n\xe4\xbd\xa0"
                                              "e\xcc\x81\xcc\xa7");
    CHECK(text_of(panes.frame(), VITRINE_PANE_SCREEN, kTrimAll) == "ab |x\n   |\xe4\xbd\xa0"
                                                                   "e\xcc\x81\xcc\xa7");
    CHECK(text_of(panes.frame(), 6, 0) == "pane is not in the frame");
    CHECK(std::string(ui_last_error()) == "no pane %6 in the frame");
}

TEST_CASE("a row's text, in three shapes, and rows there are not")
{
    TwoPanes panes;
    char *text = nullptr;
    size_t length = 0;
    REQUIRE(vitrine_row_text(panes.frame(), 4, 0, kTrim, &text, nullptr) == UI_OK);
    CHECK(std::string(text) == "ab");
    vitrine_string_free(text);
    char buffer[8];
    REQUIRE(vitrine_row_text_copy(panes.frame(), 5, 0, 0, buffer, sizeof buffer, &length) == UI_OK);
    CHECK(std::string(buffer, length) == "x     ");
    vitrine_text_view_t view;
    REQUIRE(vitrine_row_text_view(panes.frame(), 5, 1, kTrim, &view) == UI_OK);
    CHECK(std::string(view.bytes) == "\xe4\xbd\xa0"
                                     "e\xcc\x81\xcc\xa7");
    CHECK(vitrine_row_text(panes.frame(), 4, 2, 0, &text, nullptr) == UI_ERROR_ARGUMENT);
    CHECK(text == nullptr);
    CHECK(vitrine_row_text_copy(panes.frame(), 4, 9, 0, buffer, sizeof buffer, &length) ==
          UI_ERROR_ARGUMENT);
}

TEST_CASE("a buffer that is too small holds whole characters, and is told what it lacks")
{
    TwoPanes panes;
    const std::string whole = "\xe4\xbd\xa0"
                              "e\xcc\x81\xcc\xa7";
    for (size_t capacity = 0; capacity <= whole.size(); ++capacity) {
        std::string buffer(whole.size() + 1, '?');
        size_t length = 0;
        CHECK(vitrine_row_text_copy(panes.frame(), 5, 1, kTrim, buffer.data(), capacity, &length) ==
              UI_ERROR_BUFFER);
        CHECK(length == whole.size());
        const std::string expected = capacity > 3 ? whole.substr(0, 3) : "";
        if (capacity > 0)
            CHECK(std::string(buffer.c_str()) == expected);
        CHECK(buffer.substr(capacity) == std::string(whole.size() + 1 - capacity, '?'));
    }
}

TEST_CASE("a batch takes panes and rows into one buffer")
{
    TwoPanes panes;
    const std::array<vitrine_text_part_t, 4> parts = {
        {{5, 0, 1}, {4, 0, 0}, {VITRINE_PANE_SCREEN, 2, 1}, {4, 0, 1}}};
    std::array<size_t, 5> offsets;
    REQUIRE(vitrine_text_batch(panes.frame(), parts.data(), parts.size(), kTrim, nullptr, 0,
                               offsets.data()) == UI_OK);
    CHECK(offsets == std::array<size_t, 5>{0, 2, 6, 7, 10});
    std::string buffer(offsets.back(), '?');
    REQUIRE(vitrine_text_batch(panes.frame(), parts.data(), parts.size(), kTrim, buffer.data(),
                               buffer.size(), offsets.data()) == UI_OK);
    CHECK(buffer == std::string("x\0ab\n\0\0ab\0", 10));

    buffer.assign(offsets.back(), '?');
    CHECK(vitrine_text_batch(panes.frame(), parts.data(), parts.size(), kTrim, buffer.data(), 9,
                             offsets.data()) == UI_ERROR_BUFFER);
    CHECK(offsets.back() == 10);
    CHECK(buffer.back() == '?');

    const std::array<vitrine_text_part_t, 2> lost = {{{4, 0, 0}, {7, 0, 0}}};
    offsets.fill(77);
    CHECK(vitrine_text_batch(panes.frame(), lost.data(), lost.size(), kTrim, buffer.data(), 10,
                             offsets.data()) == UI_ERROR_PANE);
    CHECK(offsets[0] == 77);
    REQUIRE(vitrine_text_batch(panes.frame(), nullptr, 0, 0, nullptr, 0, offsets.data()) == UI_OK);
    CHECK(offsets[0] == 0);
}

TEST_CASE("views stay where they are until their frame is released")
{
    TwoPanes panes;
    vitrine_text_view_t first, other, again;
    REQUIRE(vitrine_pane_text_view(panes.frame(), 4, kTrim, &first) == UI_OK);
    for (uint16_t row = 0; row < 3; ++row)
        REQUIRE(vitrine_row_text_view(panes.frame(), VITRINE_PANE_SCREEN, row, 0, &other) == UI_OK);
    REQUIRE(vitrine_pane_text_view(panes.frame(), 4, kTrim, &again) == UI_OK);
    CHECK(again.bytes == first.bytes);
    CHECK(std::string(first.bytes, first.length) == "ab\n");
    CHECK(panes.frame()->texts->count() == 4);
    vitrine_frame_t *frame = panes.frame();
    REQUIRE(panes.both.client.release() == UI_OK);
    CHECK(frame->texts->count() == 0);
}

TEST_CASE("returned strings count as alive until they are freed")
{
    TwoPanes panes;
    vitrine_text_view_t view; // the frame's
    REQUIRE(vitrine_pane_text_view(panes.frame(), 4, 0, &view) == UI_OK);
    const size_t before = ui_debug_allocation_count();
    char *text = nullptr;
    REQUIRE(vitrine_pane_text(panes.frame(), 4, 0, &text, nullptr) == UI_OK);
    CHECK(ui_debug_allocation_count() == before + 1);
    vitrine_string_free(text);
    CHECK(ui_debug_allocation_count() == before);
    vitrine_string_free(nullptr);
    CHECK(ui_debug_allocation_count() == before);
}

TEST_CASE("null and unknown arguments are refused")
{
    TwoPanes panes;
    char *text = nullptr;
    size_t length = 0;
    vitrine_text_view_t view;
    CHECK(vitrine_pane_text(nullptr, 4, 0, &text, nullptr) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_pane_text(panes.frame(), 4, 0, nullptr, nullptr) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_pane_text(panes.frame(), 4, 0x80, &text, nullptr) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_pane_text_copy(panes.frame(), 4, 0, nullptr, 9, &length) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_pane_text_copy(panes.frame(), 4, 0, nullptr, 0, nullptr) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_pane_text_view(nullptr, 4, 0, &view) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_pane_text_view(panes.frame(), 4, 0, nullptr) == UI_ERROR_ARGUMENT);
    CHECK(vitrine_text_batch(panes.frame(), nullptr, 2, 0, nullptr, 0, &length) ==
          UI_ERROR_ARGUMENT);
    CHECK(vitrine_frame_cells(nullptr) == nullptr);
}

TEST_CASE("cells that are no characters are replaced, and halves are blank")
{
    AnyFrame any;
    any.cell(0) = {0xd800, 0, 0, 0, 1, 0};
    any.cell(1) = {0x110000, 0, 0, 0, 1, 0};
    any.cell(2) = {0, 0, 0, 0, 1, 0};
    any.cell(3) = {'\n', 0, 0, 0, 1, 0};
    const std::string lost = "\xef\xbf\xbd";
    CHECK(text_of(&any.frame, VITRINE_PANE_SCREEN, 0) == lost + lost + lost + lost);
    for (size_t column = 0; column < 4; ++column)
        any.cell(column) = {};
    any.cell(2).width = 2;
    any.cell(2).codepoint = 0x10ffff;
    CHECK(text_of(&any.frame, VITRINE_PANE_SCREEN, 0) == "  \xf4\x8f\xbf\xbf");
    any.pane({1, 0, 3, 0, 9, 1});
    CHECK(text_of(&any.frame, 1, 0) == " ");
    CHECK(text_of(&any.frame, 1, kTrim) == "");
}

TEST_CASE("panes that lie outside the screen show what is within")
{
    AnyFrame any;
    for (size_t column = 0; column < 4; ++column)
        any.cell(column) = {static_cast<uint32_t>('a' + column), 0, 0, 0, 1, 0};
    any.pane({1, 0, -2, -3, 4, 9});
    CHECK(text_of(&any.frame, 1, 0) == "ab");
    any.pane({1, 0, INT16_MIN, INT16_MIN, UINT16_MAX, UINT16_MAX});
    CHECK(text_of(&any.frame, 1, 0) == "abcd");
    any.pane({1, 0, 4, 0, UINT16_MAX, 1});
    CHECK(text_of(&any.frame, 1, 0) == "");
    any.pane({1, 0, 0, 1, 4, 1});
    CHECK(text_of(&any.frame, 1, 0) == "");
    vitrine_text_view_t view;
    CHECK(vitrine_row_text_view(&any.frame, 1, 0, 0, &view) == UI_OK);
    CHECK(view.length == 0);
}

TEST_CASE("extras are read as far as they are whole")
{
    AnyFrame any;
    for (size_t column = 0; column < 4; ++column)
        any.cell(column) = {'a', 0, 0, 0, 1, 1};
    const uint32_t acute = 0x301;
    any.extras({UI_EXTRA(UI_EXTRA_UNDERLINE, 0, 4), 7, UI_EXTRA(UI_EXTRA_CLUSTER, 2, 1), acute});
    CHECK(text_of(&any.frame, VITRINE_PANE_SCREEN, 0) == "aaa\xcc\x81"
                                                         "a");
    any.extras({UI_EXTRA(UI_EXTRA_CLUSTER, 0, 1), 0xdfff, UI_EXTRA(UI_EXTRA_CLUSTER, 1, 2), acute});
    CHECK(text_of(&any.frame, VITRINE_PANE_SCREEN, VITRINE_TEXT_TRIM_ROWS) == "a\xef\xbf\xbd"
                                                                              "aaa");
    any.extras({UI_EXTRA(9, 0, 1), acute, UI_EXTRA(UI_EXTRA_CLUSTER, 1, 1), acute});
    CHECK(text_of(&any.frame, VITRINE_PANE_SCREEN, kTrimAll) == "aaaa");
}
