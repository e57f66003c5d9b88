#include "report/commands.h"

#include "report/memory_text.h"
#include "report/report_json.h"

#include <cstdio>

namespace vitrine {

namespace {

int complain(const std::string &error)
{
    if (!error.empty())
        std::fprintf(stderr, "vitrine: %s\n", error.c_str());
    return 1;
}

// Of a server that is let go of then.
Result<Answers> two_answers(const Options &options, const std::string &tmux)
{
    auto inquiry = Inquiry::start(tmux, options.tmux_flags);
    if (!inquiry)
        return Error{inquiry.error()};
    auto answers = inquiry->ask_twice();
    if (answers)
        inquiry->end();
    return answers;
}

} // namespace

int run_memory(const Options &options, const std::string &tmux)
{
    const auto answers = two_answers(options, tmux);
    if (!answers)
        return complain(answers.error());
    std::fputs((options.json ? memory_json(*answers) : memory_table(*answers)).c_str(), stdout);
    return 0;
}

} // namespace vitrine
