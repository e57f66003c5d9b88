// Memory that the server has not: whatever request of the shim or the bridge is refused, tmux
// lives on, and at worst the one window loses its attachment and is told why.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "oracle.h"
#include "refused_memory.h"
#include "window.h"

using namespace vitrine::test;

namespace {

// The addresses of the shim's functions, by their names.
std::vector<RefusalControl::Range> shim_functions(const std::string &program)
{
    std::istringstream symbols(run({"nm", "-n", program}).out);
    std::vector<RefusalControl::Range> ranges;
    std::string line;
    bool inside = false;
    while (std::getline(symbols, line)) {
        std::istringstream words(line);
        std::string address, kind, name;
        if (!(words >> address >> kind >> name) || (kind != "t" && kind != "T"))
            continue;
        const uint64_t at = std::stoull(address, nullptr, 16);
        if (inside)
            ranges.back().end = at;
        inside = name.starts_with("ui_") || name.starts_with("__wrap_");
        if (inside)
            ranges.push_back({at, at});
    }
    return ranges;
}

// The file through which the preloaded module is told what to refuse.
class Refusals {
public:
    explicit Refusals(const std::string &path)
    {
        Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        REQUIRE(::ftruncate(file.get(), sizeof(RefusalControl)) == 0);
        void *memory = ::mmap(nullptr, sizeof(RefusalControl), PROT_READ | PROT_WRITE, MAP_SHARED,
                              file.get(), 0);
        REQUIRE(memory != MAP_FAILED);
        control_ = static_cast<volatile RefusalControl *>(memory);
        const auto ranges = shim_functions(hooked_tmux());
        REQUIRE(ranges.size() > 50);
        REQUIRE(ranges.size() <= std::size(control_->ranges));
        for (const RefusalControl::Range &range : ranges) {
            control_->ranges[control_->range_count].begin = range.begin;
            control_->ranges[control_->range_count].end = range.end;
            control_->range_count = control_->range_count + 1;
        }
    }
    ~Refusals() { ::munmap(const_cast<RefusalControl *>(control_), sizeof(RefusalControl)); }
    Refusals(const Refusals &) = delete;
    Refusals &operator=(const Refusals &) = delete;

    void watch(pid_t server) { control_->server = server; }
    void refuse(uint64_t nth)
    {
        control_->happened = 0;
        control_->requests = 0;
        control_->left = nth;
    }
    void stop() { control_->left = 0; }
    // Counts requests without refusing any; how many there were since.
    void count() { refuse(UINT64_MAX); }
    uint64_t counted() const { return control_->requests; }
    bool happened() const { return control_->happened != 0; }

private:
    volatile RefusalControl *control_ = nullptr;
};

// A window's life with all that makes the server ask for memory: rows, extras, a title, input,
// a paste, another size. Ends early where the window is lost.
void live(Server &server, Window &window, uint64_t round)
{
    const auto settle = [&](const std::string &text) {
        CHECK(wait_until([&] { return window.ended() || window.screen().contains(text); }));
    };
    const std::string mark = "round " + std::to_string(round);
    Pane &pane = server.active_pane();
    pane.show("\033[2J\033[H\033]2;title of " + mark + "\007" + mark);
    settle(mark);
    std::string marks;
    for (int i = 0; i < 79; ++i)
        marks += "\033[4:3;58:2::1:2:" + std::to_string(i) + "me\u0301\u0323\u0327\u0328\u0331";
    pane.show("\r\n" + marks + "\033[m\r\nunderlined " + mark);
    settle("underlined " + mark);
    if (window.ended())
        return;
    // The server may end the stream after any of these.
    vitrine_connection_t *to = window.connection();
    vitrine_send_key(to, 'k', 0);
    vitrine_send_text(to, "t", 1);
    vitrine_send_mouse(to, UI_MOUSE_PRESS, 1, 0, 3, 3);
    vitrine_send_paste(to, "pasted", 6);
    vitrine_send_resize(to, 70, 20, 8, 16);
    settle("underlined " + mark);
    pane.show("\r\nlast of " + mark);
    settle("last of " + mark);
}

// A server with the module in it.
class RefusingServer {
public:
    RefusingServer() : path_(folder_ / "refusal"), refusals(path_), server(options())
    {
        refusals.watch(server.pid());
    }

private:
    ServerOptions options() const
    {
        ServerOptions options;
        options.environment = {"LD_PRELOAD=" REFUSED_MEMORY_MODULE, "VITRINE_REFUSAL=" + path_};
        return options;
    }

    Folder folder_;
    std::string path_;

public:
    Refusals refusals;
    Server server;
};

} // namespace

TEST_SUITE("memory")
{
    TEST_CASE("frames in the steady state make no request")
    {
        RefusingServer refusing;
        Window window(refusing.server);
        await("a frame", [&] { return window.frames() > 0; });
        Pane &pane = refusing.server.active_pane();
        const auto show = [&](int count) {
            for (int i = 0; i < count; ++i) {
                const std::string text = "line " + std::to_string(i);
                pane.show("\033[38;2;1;2;3m\033[4:3me\u0301\u0323 \033[m" + text + "\r\n");
                await_text(window, text);
            }
        };
        show(100);
        const uint64_t frames = window.frames();
        refusing.refusals.count();
        show(100);
        CHECK(refusing.refusals.counted() == 0);
        CHECK(window.frames() >= frames + 100);
        // The count counts.
        Window another(refusing.server);
        await("a frame", [&] { return another.frames() > 0; });
        CHECK(refusing.refusals.counted() > 5);
    }

    TEST_CASE("any request that is refused costs a window at most")
    {
        RefusingServer refusing;
        Refusals &refusals = refusing.refusals;
        Server &server = refusing.server;
        size_t lost = 0;
        uint64_t nth = 1;
        for (;; ++nth) {
            CAPTURE(nth);
            refusals.refuse(nth);
            {
                Window window(server);
                CHECK(wait_until([&] { return window.ended() || window.frames() > 0; }));
                if (!window.ended())
                    live(server, window, nth);
                refusals.stop();
                REQUIRE(server.alive());
                if (window.ended()) {
                    ++lost;
                    const std::string told = window.exit_text() + window.exit_message();
                    CHECK_MESSAGE(told.find("emory") != told.npos, told);
                }
            }
            CHECK(wait_until([&] { return window_clients(server).empty(); }));
            if (!refusals.happened())
                break;
        }
        MESSAGE("requests refused: ", (nth - 1), ", windows lost: ", lost);
        CHECK(nth > 10);
        CHECK(lost > 3);
        Window after(server);
        server.active_pane().show("\033[2J\033[Hafter all");
        await_text(after, "after all");
    }
}
