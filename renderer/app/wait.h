// The one place where the program sleeps.
#pragma once

#include "app/pacing.h"

#include <vitrine/client.h>

namespace vitrine {

// Descriptors that are waited on beside the connection's; -1: none.
struct Waited {
    int display = -1;
    int configuration = -1;
};

// Who has something to read.
struct Ready {
    bool stream = false; // or tmux's output
    bool display = false;
    bool configuration = false;
};

// Sleeps until the stream or tmux's output can be read, the stream takes what
// is queued (which is then written), one of the others can be read, or wake.
Ready wait_for_any(vitrine_connection_t *connection, const Waited &others, Nanoseconds wake);

} // namespace vitrine
