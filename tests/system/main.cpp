// Tests against a real tmux: frames equal what tmux says, other clients get what stock tmux
// sends, input arrives, faults of a window harm nobody.
//
//	system-test [HOOKED STOCK] [doctest's options]
//
// The programs may also come as VITRINE_TEST_TMUX and VITRINE_TEST_TMUX_STOCK.
// VITRINE_PROPERTY_SEEDS=N runs N generated sessions instead of the usual few,
// VITRINE_PROPERTY_FIRST=SEED begins at another; VITRINE_TEST_PATIENCE=F waits F times as long.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

#include "pane_program.h"
#include "process.h"
#include "server.h"

namespace {

constexpr int kSkipped = 77;

std::string from_environment(const char *name)
{
    const char *value = std::getenv(name);
    return value != nullptr ? value : "";
}

} // namespace

int main(int argc, char **argv)
{
    if (argc >= 3 && std::strcmp(argv[1], "--pane") == 0)
        return vitrine::test::pane_program(argv[2], argc > 3 ? argv[3] : nullptr);

    std::string hooked = from_environment("VITRINE_TEST_TMUX");
    std::string stock = from_environment("VITRINE_TEST_TMUX_STOCK");
    if (argc >= 3 && argv[1][0] != '-' && argv[2][0] != '-') {
        hooked = argv[1];
        stock = argv[2];
        argc -= 2;
        argv += 2;
    }
    if (hooked.empty() || stock.empty()) {
        std::fputs("skipped: no tmux given (HOOKED STOCK)\n", stderr);
        return kSkipped;
    }
    vitrine::test::clean_environment();
    vitrine::test::set_programs(hooked, stock);
    return doctest::Context(argc, argv).run();
}
