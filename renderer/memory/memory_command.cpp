#include "memory/memory_command.h"

#include "memory/memory_text.h"

#include <chrono>
#include <cstdio>
#include <thread>

namespace vitrine {

namespace {

// Rates are of what happens in that time.
constexpr std::chrono::milliseconds between_answers(250);

Result<MemoryAnswers> ask_twice(MemoryInquiry &inquiry)
{
    auto before = inquiry.ask();
    if (!before)
        return Error{before.error()};
    std::this_thread::sleep_for(between_answers);
    auto after = inquiry.ask();
    if (!after)
        return Error{after.error()};
    return MemoryAnswers{before.take(), after.take()};
}

int complain(const std::string &error)
{
    if (!error.empty())
        std::fprintf(stderr, "vitrine: %s\n", error.c_str());
    return 1;
}

} // namespace

int run_memory(const Options &options, const std::string &tmux)
{
    auto inquiry = MemoryInquiry::start(tmux, options.tmux_flags);
    if (!inquiry)
        return complain(inquiry.error());
    const auto answers = ask_twice(*inquiry);
    if (!answers)
        return complain(answers.error());
    inquiry->end();
    std::fputs((options.json ? memory_json(*answers) : memory_table(*answers)).c_str(), stdout);
    return 0;
}

} // namespace vitrine
