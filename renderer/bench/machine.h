// What a figure is worth nothing without: where it was measured. And what the
// kernel says of processes.
#pragma once

#include <string>

namespace vitrine::bench {

struct Machine {
    std::string date; // UTC
    std::string cpu;
    unsigned cores = 0;
    std::string system;     // kernel
    std::string display;    // "X11 :0", "Wayland wayland-0"
    bool optimised = false; // how this program was compiled
    double load = 0;        // of the machine, before the measuring
};
Machine describe_machine();

// CPU time of this process so far, in seconds.
double own_cpu_seconds();
// Of all threads of a process but one, so far.
long context_switches(int pid, long except_thread);

} // namespace vitrine::bench
