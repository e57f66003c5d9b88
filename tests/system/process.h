// Programs that tests start: run to their end, or left running beside the test. None outlives
// the object that stands for it.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

#include "loop.h"

namespace vitrine::test {

using Words = std::vector<std::string>;

// What the programs under test find in their environment: nothing of the caller's but what a
// sanitizer needs. Called once, before anything is started.
void clean_environment();

struct Output {
    int status = 0; // exit status, or 128 + signal
    std::string out;
    std::string err;
};

// A program whose output is collected; killed if it still runs when it goes out of scope.
class Command : public Source {
public:
    explicit Command(const Words &argv, const Words &environment = {});
    ~Command() override;

    void watch(std::vector<pollfd> &descriptors) override;
    void serve() override;

    // Its output has ended.
    bool ended() const { return !out_.open() && !err_.open(); }
    const Output &output() const { return output_; }
    // Waits for its end.
    Output finish();
    pid_t pid() const { return pid_; }

private:
    std::string name_;
    Descriptor out_;
    Descriptor err_;
    pid_t pid_ = -1;
    Output output_;
};

// Runs a program to its end; throws Failure if it takes longer than patience().
Output run(const Words &argv, const Words &environment = {});

// A program on a terminal of its own, that always reads what the program writes.
class Terminal : public Source {
public:
    Terminal(const Words &argv, int columns, int rows, const Words &environment = {});
    ~Terminal() override;

    void watch(std::vector<pollfd> &descriptors) override;
    void serve() override;

    // Everything the program wrote so far.
    const std::string &output() const { return output_; }
    bool contains(const std::string &text) const;
    void clear() { output_.clear(); }
    void type(const std::string &bytes);
    void resize(int columns, int rows);
    bool ended() const { return !master_.open(); }
    // Waits for the program's end.
    int status();
    pid_t pid() const { return pid_; }

private:
    Descriptor master_;
    pid_t pid_ = -1;
    std::string output_;
};

// Waits for a child; -1 if it has not ended in time.
int wait_child(pid_t pid, Milliseconds time);

// Waits until a process that need not be a child is gone.
bool wait_gone(pid_t pid, Milliseconds time);

// Whether servers, which are of the same build, keep for a while what they free, and are slow.
#ifdef VITRINE_ADDRESS_SANITIZER
constexpr bool keeps_freed_memory = true;
#else
constexpr bool keeps_freed_memory = false;
#endif

// The kB of a line of /proc/PID/status, as VmRSS.
long process_kb(pid_t pid, const std::string &field);

// Clock ticks of processor time a process has used, user and system.
long process_ticks(pid_t pid);

// What a process does: its letter in /proc/PID/stat and what it waits for in the kernel.
std::string process_state(pid_t pid);

} // namespace vitrine::test
