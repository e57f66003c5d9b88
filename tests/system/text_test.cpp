// The text that libvitrine gives for a pane is what tmux captures of it.
#include <doctest/doctest.h>

#include <vitrine/backend.h>
#include <vitrine/text.h>

#include "oracle.h"
#include "server.h"
#include "window.h"

using namespace vitrine::test;

namespace {

// Every kind of character: wide, of several codepoints, beyond the first plane, at the ends of
// rows, with blanks before and after.
constexpr char kEverything[] = "plain   \r\n"
                               "  \xe6\xbc\xa2\xe5\xad\x97 wide\r\n"
                               "e\xcc\x81 a\xcc\x80\xcc\xa7 marks\r\n"
                               "\xf0\x9f\x98\x80 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb\r\n"
                               "\033[7;31mcoloured  \033[0m\r\n"
                               "\033[8;30H\xe6\xbc\xa2"
                               "\033[10;1Hend";

std::string text_of(vitrine_frame_t *frame, const std::string &pane)
{
    vitrine_text_view_t view;
    const auto id = static_cast<uint32_t>(std::stoul(pane.substr(1)));
    const ui_result_t result = vitrine_pane_text_view(frame, id, VITRINE_TEXT_TRIM_BLANKS, &view);
    return result == UI_OK ? std::string(view.bytes, view.length) : ui_last_error();
}

} // namespace

TEST_SUITE("frames")
{
    TEST_CASE("the text of each pane is what tmux captures")
    {
        Server server;
        server.ask({"split-window", "-h", "-t", "main:"});
        server.ask({"split-window", "-v", "-t", "main:"});
        Window window(server);
        const std::string ids[] = {server.format("#{pane_id}", "main:.0"),
                                   server.format("#{pane_id}", "main:.1"),
                                   server.format("#{pane_id}", "main:.2")};
        for (const std::string &id : ids)
            server.pane(id).show(kEverything);
        std::string difference;
        wait_until([&] { return (difference = compare_panes(server, window.screen())).empty(); });
        REQUIRE_MESSAGE(difference.empty(), difference);
        // One change more, and the frame that has it is kept.
        window.hold_frames(true);
        server.pane(ids[2]).show(".");
        await("the change", [&] {
            vitrine_frame_t *frame = window.held_frame();
            if (frame == nullptr || text_of(frame, ids[2]).find("end.") != std::string::npos)
                return frame != nullptr;
            window.hold_frames(false);
            window.hold_frames(true);
            return false;
        });
        for (const std::string &id : ids)
            CHECK(text_of(window.held_frame(), id) == server.ask({"capture-pane", "-p", "-t", id}));
        window.hold_frames(false);
    }
}
