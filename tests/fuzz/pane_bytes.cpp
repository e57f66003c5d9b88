// Whatever programs in two panes print, through tmux's own parser and the shim, with a window
// attached: no frame is refused, and after a redraw the window has the text that tmux has.
// Without one it need not: tmux tells no terminal of all that it does, as of what an insertion
// clears in the last column.
#include "attachment.h"
#include "input.h"
#include "pane_server.h"

#include <vitrine/text.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

using namespace vitrine;
using namespace vitrine::fuzz;

namespace {

constexpr uint16_t kColumns = 41; // two panes of 20 and what is between
constexpr uint16_t kRows = 8;     // the last has the status line
static_assert(size_t{kRows} * (kColumns * 32 + 1) <= PANE_SERVER_TEXT);

class Folder {
public:
    Folder() { require(::mkdtemp(path_.data()) != nullptr); }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    std::string operator/(const char *name) const { return path_ + "/" + name; }

private:
    std::string path_ = "/tmp/vitrine-fuzz-XXXXXX";
};

// The server, and a window on it, for all inputs.
class Stage {
public:
    Stage();

    void run(Input &input);

private:
    void take_events();
    void take_frame(vitrine_frame_t *frame);
    bool agrees() const;
    void await_agreement();

    Folder folder_;
    Connection connection_;
    std::array<std::string, PANE_SERVER_PANES> shown_; // by the newest frame
};

// VITRINE_TEST_PATIENCE multiplies it.
std::chrono::seconds patience()
{
    const char *factor = std::getenv("VITRINE_TEST_PATIENCE");
    return std::chrono::seconds(10) * (factor != nullptr ? std::max(1, std::atoi(factor)) : 1);
}

std::string tmux_text(unsigned pane)
{
    std::string text(PANE_SERVER_TEXT, '\0');
    text.resize(pane_server_text(pane, text.data()));
    return text;
}

Stage::Stage()
{
    const std::string socket = folder_ / "server";
    pane_server_start(socket.c_str(), kColumns, kRows);
    const std::array<const char *, 3> flags = {"-S", socket.c_str(), nullptr};
    const std::array<const char *, 2> command = {"attach-session", nullptr};
    // tmux leaves much to its end.
    const std::array<const char *, 2> environment = {"ASAN_OPTIONS=detect_leaks=0", nullptr};
    vitrine_options_t options = VITRINE_OPTIONS_INIT;
    options.tmux = VITRINE_FUZZ_TMUX;
    options.tmux_flags = flags.data();
    options.arguments = command.data();
    options.environment = environment.data();
    options.columns = kColumns;
    options.rows = kRows;
    vitrine_connection_t *connection = nullptr;
    require(vitrine_connect(&options, &connection) == UI_OK);
    connection_.reset(connection);
    await_agreement();
}

void Stage::take_frame(vitrine_frame_t *frame)
{
    read_frame(frame);
    for (unsigned pane = 0; pane < PANE_SERVER_PANES; ++pane) {
        vitrine_text_view_t view{};
        const ui_result_t result =
            vitrine_pane_text_view(frame, pane_server_id(pane), VITRINE_TEXT_TRIM_BLANKS, &view);
        shown_[pane] = result == UI_OK ? std::string(view.bytes, view.length) : "(no pane)";
    }
    vitrine_frame_release(connection_.get(), frame);
}

void Stage::take_events()
{
    vitrine_event_t event;
    for (;;) {
        const ui_result_t result = vitrine_next_event(connection_.get(), &event);
        if (result == UI_ERROR_AGAIN)
            return;
        if (result != UI_OK || event.kind == VITRINE_EVENT_EXIT)
            std::fprintf(stderr, "the window's end: %s\n",
                         result != UI_OK ? ui_last_error() : event.text);
        require(result == UI_OK && event.kind != VITRINE_EVENT_EXIT);
        if (event.frame != nullptr)
            take_frame(event.frame);
    }
}

bool Stage::agrees() const
{
    for (unsigned pane = 0; pane < PANE_SERVER_PANES; ++pane)
        if (shown_[pane] != tmux_text(pane))
            return false;
    return true;
}

void Stage::await_agreement()
{
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + patience();
    while (!agrees()) {
        pane_server_turn();
        take_events();
        if (Clock::now() < end)
            continue;
        for (unsigned pane = 0; pane < PANE_SERVER_PANES; ++pane)
            std::fprintf(stderr, "pane %u:\n%s\nshown:\n%s\n", pane, tmux_text(pane).c_str(),
                         shown_[pane].c_str());
        std::abort();
    }
}

// Each piece begins with a byte: how long it is, which pane's, and whether a turn ends with it.
void Stage::run(Input &input)
{
    for (unsigned pane = 0; pane < PANE_SERVER_PANES; ++pane)
        pane_server_reset(pane);
    while (!input.empty()) {
        const auto control = input.take<uint8_t>();
        const auto piece = input.bytes(size_t{control & 0x3fu} + 1);
        pane_server_write(control >> 7, piece.data(), piece.size());
        if ((control & 0x40) == 0)
            continue;
        pane_server_turn();
        take_events();
    }
    pane_server_redraw();
    await_agreement();
}

Stage &stage()
{
    static Stage only;
    return only;
}

} // namespace

// What tmux loses is not ours: it takes memory by functions of these names.
extern "C" const char *__lsan_default_suppressions()
{
    return "leak:^x*alloc\nleak:^x*printf\nleak:^xstr*dup\n";
}
extern "C" const char *__lsan_default_options() { return "print_suppressions=0"; }

// Before libFuzzer takes its signals: tmux takes some of them.
extern "C" int LLVMFuzzerInitialize(int *, char ***)
{
    stage();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    stage().run(input);
    return 0;
}
