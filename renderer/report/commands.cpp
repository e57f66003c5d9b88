#include "report/commands.h"

#include "report/memory_text.h"
#include "report/report_json.h"
#include "report/top_screen.h"

#include <unistd.h>

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

Result<void> check_windows(const Answer &answer)
{
    if (!answer.windows.empty())
        return {};
    return Error{answer.silent() != 0 ? "top: the window does not answer"
                                      : "top: no window is attached to this server"};
}

int print_activity(const Options &options, const std::string &tmux)
{
    const auto answers = two_answers(options, tmux);
    if (!answers)
        return complain(answers.error());
    if (const auto checked = check_windows(answers->after); !checked)
        return complain(checked.error());
    std::fputs(activity_json(*answers).c_str(), stdout);
    return 0;
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

int run_top(const Options &options, const std::string &tmux)
{
    if (options.json)
        return print_activity(options, tmux);
    if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDOUT_FILENO) == 0)
        return complain("top: needs a terminal to read from and to write to (or --json)");
    auto inquiry = Inquiry::start(tmux, options.tmux_flags);
    if (!inquiry)
        return complain(inquiry.error());
    const auto first = inquiry->ask();
    if (!first)
        return complain(first.error());
    if (const auto checked = check_windows(*first); !checked)
        return complain(checked.error());
    if (const auto watched = watch(*inquiry, *first); !watched)
        return complain(watched.error());
    inquiry->end();
    return 0;
}

} // namespace vitrine
