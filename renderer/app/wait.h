// The one place where the program sleeps.
#pragma once

#include "app/pacing.h"

#include <vitrine/client.h>

#include <span>

namespace vitrine {

// A connection that is waited on; readable: it has something to read, or tmux's
// output has. Of one that is ending, tmux's end is waited for and not the stream.
struct WaitedStream {
    vitrine_connection_t *connection = nullptr;
    bool readable = false;
    bool ending = false;
};

// Descriptors that are waited on beside the connections'; -1: none.
struct Waited {
    int display = -1;
    int configuration = -1;
    int scale = -1;
};

// Who of those has something to read.
struct Ready {
    bool display = false;
    bool configuration = false;
    bool scale = false;
};

// Sleeps until a stream or its tmux's output can be read, a stream takes what
// is queued (which is then written), one of the others can be read, or wake.
Ready wait_for_any(std::span<WaitedStream> streams, const Waited &others, Nanoseconds wake);

// The same of one connection, whose events are to be looked for then.
void wait_for_stream(vitrine_connection_t *connection, Nanoseconds wake);

} // namespace vitrine
