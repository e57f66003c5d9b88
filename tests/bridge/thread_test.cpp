// What threads may do beside each other. Built with -Db_sanitize=thread this is where it looks.
#include <array>
#include <barrier>
#include <thread>

#include "attachment.h"
#include "vitrine/text.h"

namespace {

constexpr size_t kThreads = 4;

template <typename Body>
void on_threads(Body body)
{
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < kThreads; ++i)
        threads.emplace_back([i, &body] { body(i); });
}

} // namespace

TEST_CASE("the last error is each thread's own")
{
    // doctest's checks are not made in threads: what they saw is checked here.
    std::array<std::string, kThreads> seen, cleared;
    std::barrier all_failed(kThreads), all_read(kThreads);
    on_threads([&](size_t i) {
        vitrine_connection_t *connection = nullptr;
        if (i % 2 == 0)
            ui_frame_validate(nullptr);
        else
            vitrine_connect(nullptr, &connection);
        all_failed.arrive_and_wait();
        seen[i] = ui_last_error();
        all_read.arrive_and_wait();
        // Only the first forgets.
        if (i == 0)
            ui_clear_error();
        all_failed.arrive_and_wait();
        cleared[i] = ui_last_error();
    });
    CHECK(seen == std::array<std::string, kThreads>{"frame is null", "options are null",
                                                    "frame is null", "options are null"});
    CHECK(cleared == std::array<std::string, kThreads>{"", "options are null", "frame is null",
                                                       "options are null"});
}

TEST_CASE("a new thread has no error")
{
    CHECK(ui_frame_validate(nullptr) == UI_ERROR_ARGUMENT);
    std::string seen = "unset";
    std::jthread([&] { seen = ui_last_error(); }).join();
    CHECK(seen.empty());
    CHECK(std::string(ui_last_error()) == "frame is null");
    ui_clear_error();
    CHECK(std::string(ui_last_error()).empty());
}

TEST_CASE("connections of different threads are independent")
{
    const size_t before = ui_debug_allocation_count();
    std::array<std::string, kThreads> texts;
    on_threads([&](size_t i) {
        Attachment both;
        Screen screen(8, 1);
        for (int turn = 0; turn < 50; ++turn) {
            screen.set(0, std::string(1, static_cast<char>('a' + i)) + std::to_string(turn));
            char *text = nullptr;
            if (ui_backend_frame(both.server.backend, &screen.full()) != UI_OK ||
                both.client.next() != UI_OK ||
                vitrine_pane_text(both.client.event.frame, VITRINE_PANE_SCREEN,
                                  VITRINE_TEXT_TRIM_BLANKS, &text, nullptr) != UI_OK)
                break;
            texts[i] = text;
            vitrine_string_free(text);
            if (both.client.release() != UI_OK || both.server.read() != UI_OK)
                break;
        }
    });
    CHECK(texts == std::array<std::string, kThreads>{"a49", "b49", "c49", "d49"});
    CHECK(ui_debug_allocation_count() == before);
}
