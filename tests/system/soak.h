// What soaks have in common: how often, and a server in which output floods.
#pragma once

#include "server.h"

namespace vitrine::test {

// How often a fault is repeated: VITRINE_SOAK, usually a few times.
int rounds();

// A server with a pane that never stops printing, and one that must keep what it has.
class Flooded {
public:
    explicit Flooded(const ServerOptions &options = {});

    // After the first round everything has its size; that many windows stay attached.
    void settle(size_t windows = 0);
    // The newest number that the flood has printed.
    long flood() const;
    // Waits until the flood has gone on.
    void await_flood() const;
    void check_all();
    // What a window, the server and the flood do, for a test that waited in vain.
    std::string state(pid_t window) const;

    Server server;

private:
    size_t windows_ = 0;
    int descriptors_ = 0;
    long memory_ = 0;
};

} // namespace vitrine::test
