// Asks a tmux server what it and its windows hold and do.
#pragma once

#include "app/session.h"

#include <vitrine/report.h>

#include <string>
#include <vector>

namespace vitrine {

// What was answered at one time.
struct Answer {
    ui_report_t server = UI_REPORT_INIT;
    std::vector<ui_report_t> windows; // by client

    bool has_server() const { return server.memory.origin != 0; }
    // Windows that did not answer, as one that is stopped.
    unsigned silent() const;
    bool complete() const { return has_server() && silent() == 0; }
    // nullptr if it did not answer, or is not there.
    const ui_report_t *window(std::uint32_t client) const;
};

// Two of them: rates are of what lies between them, all else is of the later one.
struct Answers {
    Answer before;
    Answer after;
};

// A report, and an earlier one of the same if there is one.
struct Reported {
    const ui_report_t *report;
    const ui_report_t *before;
};

const ui_memory_report_t *memory_before(const Reported &reported);

// The server, then each window, borrowed from answers.
Reported server_of(const Answers &answers);
std::vector<Reported> windows_of(const Answers &answers);
// The same by process, of which windows may share one.
std::vector<Reported> processes_of(const Answers &answers);

// Of a tag that the report has, or of UI_MEMORY_ALL.
const ui_memory_usage_t &usage_of(const Reported &reported, std::uint32_t tag);
// What libraries took of the heap, which no tag has. 0 if not known, as of the server.
std::uint64_t other_heap_bytes(const Reported &reported);

class Inquiry {
public:
    // The server that these flags of tmux mean. It gets a client without a session.
    static Result<Inquiry> start(const std::string &tmux, const std::vector<std::string> &flags);

    // Waits for windows for as long as it is worth. Why there is no answer may have been
    // printed: then the error is "".
    Result<Answer> ask();
    Result<Answers> ask_twice();

    // The same for who must not wait: asks; takes in what was answered by now. False: the
    // server has gone.
    void begin();
    bool take_in();
    const Answer &answer() const { return answer_; }
    // To be read when it can be.
    int descriptor() { return vitrine_descriptor(session_.connection()); }

    void end() { session_.wait_to_leave(); }

private:
    explicit Inquiry(Session session) : session_(std::move(session)) {}
    void take(const ui_report_t &report);

    Session session_;
    Answer answer_;
};

} // namespace vitrine
