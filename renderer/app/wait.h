// The one place where the program sleeps.
#pragma once

#include "app/pacing.h"

#include <vitrine/client.h>

namespace vitrine {

// Who has something to read.
struct Ready {
    bool stream = false; // or tmux's output
    bool display = false;
};

// Sleeps until the stream or tmux's output can be read, the stream takes what
// is queued (which is then written), display (-1: none) can be read, or wake.
Ready wait_for_any(vitrine_connection_t *connection, int display, Nanoseconds wake);

} // namespace vitrine
