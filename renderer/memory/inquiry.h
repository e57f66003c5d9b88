// Asks a tmux server what it and its windows use memory for.
#pragma once

#include "app/session.h"

#include <vitrine/memory.h>

#include <string>
#include <vector>

namespace vitrine {

// What was answered at one time.
struct MemoryAnswer {
    ui_memory_report_t server = UI_MEMORY_REPORT_INIT;
    std::vector<ui_memory_report_t> windows; // by process
    unsigned silent = 0;                     // windows that did not answer, as one that is stopped
};

class MemoryInquiry {
public:
    // The server that these flags of tmux mean. It gets a client without a session.
    static Result<MemoryInquiry> start(const std::string &tmux,
                                       const std::vector<std::string> &flags);

    // Waits for windows for as long as it is worth.
    Result<MemoryAnswer> ask();
    void end() { session_.detach(); }

private:
    explicit MemoryInquiry(Session session) : session_(std::move(session)) {}
    void take(const ui_memory_report_t &report, MemoryAnswer &answer);

    Session session_;
};

} // namespace vitrine
