// Whatever bytes a program prints, through tmux's own parser and with a window attached: no
// frame is refused, nobody ends, and what is printed after a reset is shown as tmux has it.
//
// VITRINE_BYTES_SEEDS=N runs N inputs instead of the usual few, VITRINE_BYTES_FIRST=SEED begins
// at another.
#include <doctest/doctest.h>

#include <cstdlib>

#include "generator.h"
#include "oracle.h"
#include "window.h"

using namespace vitrine::test;

namespace {

constexpr int kColumns = 60;
constexpr int kRows = 20;

uint64_t setting(const char *name, uint64_t usual)
{
    const char *text = std::getenv(name);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : usual;
}

// Sequences that are cut, repeated, interleaved, or have numbers nobody would write.
class Mangler {
public:
    explicit Mangler(Random &random) : random_(random), generator_(random, kColumns, kRows) {}

    std::string bytes()
    {
        std::string made = generator_.program(random_.between(1, 30));
        for (int i = random_.below(12); i > 0; --i)
            mangle(made);
        return made;
    }

private:
    size_t place(const std::string &made)
    {
        return static_cast<size_t>(random_.below(static_cast<int>(made.size()) + 1));
    }
    std::string noise()
    {
        std::string made;
        for (int i = random_.between(1, 20); i > 0; --i)
            made += static_cast<char>(random_.below(256));
        return made;
    }
    void mangle(std::string &made)
    {
        const size_t at = place(made);
        switch (random_.below(6)) {
        case 0:
            made.insert(at, noise());
            break;
        case 1:
            made.erase(at, static_cast<size_t>(random_.below(8)));
            break;
        case 2:
            made.insert(at, made.substr(place(made), 40));
            break;
        case 3:
            made.insert(at, random_.word({"99999", "-1", ";;;;", "2147483648", ":::", "0", "?"}));
            break;
        case 4:
            made.insert(at, random_.word({"\033[", "\033]", "\033P", "\033_", "\033X", "\x9b",
                                          "\033\\", "\033[38:2:", "\033(0", "\033k", "\x18"}));
            break;
        default:
            made.insert(at, random_.word({"\xf0\x9f\x91\xa9\xe2\x80\x8d", "\xcc\x81", "\xe2\x80",
                                          "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xef\xb8\x8f",
                                          "\xf0\x9f\x87\xa9", "\xe1\x85\xa0"}));
        }
    }

    Random &random_;
    Generator generator_;
};

// Ends whatever sequence is open, then the modes in which text would not be seen as it is.
constexpr const char *kReadable = "\030\033\\\033[?2026l\033(B\017\033[4l\033[?7h\033[?6l\033[r"
                                  "\033[m\033[H\033[K";

} // namespace

TEST_SUITE("bytes")
{
    TEST_CASE("any bytes of a pane become frames that are taken")
    {
        ServerOptions options;
        options.columns = kColumns;
        options.rows = kRows;
        Server server(options);
        WindowOptions shown;
        shown.columns = kColumns;
        shown.rows = kRows;
        Window window(server, shown);
        await("a frame", [&] { return window.frames() > 0; });
        Pane &pane = server.active_pane();
        const uint64_t first = setting("VITRINE_BYTES_FIRST", 1);
        const uint64_t count = setting("VITRINE_BYTES_SEEDS", 150);
        for (uint64_t seed = first; seed < first + count; ++seed) {
            CAPTURE(seed);
            Random random(seed);
            const std::string mark = "<seed " + std::to_string(seed) + ">";
            pane.print(Mangler(random).bytes());
            pane.print(kReadable);
            pane.print(mark);
            REQUIRE(wait_until([&] { return window.screen().contains(mark); }));
            REQUIRE_FALSE(window.ended());
            // Another character than the last of those is the one that may be repeated.
            pane.print("\033cx\033c");
            pane.show(Generator(random, kColumns, kRows, Generator::Characters::narrow).program(5));
            pane.clear();
            // In the text of a capture these take what follows them along.
            const std::string captured = server.ask({"capture-pane", "-p", "-t", "main:"});
            if (captured.find("\u200d") != captured.npos ||
                captured.find("\ufe0f") != captured.npos)
                continue;
            std::string difference;
            const bool equal = wait_until([&] {
                difference = compare_panes(server, window.screen());
                return difference.empty();
            });
            CHECK_MESSAGE(equal, difference);
        }
    }
}
