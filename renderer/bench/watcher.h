// A window that a second thread watches: the loop of the window runs where the
// program began, the measuring runs beside it and sleeps most of the time.
#pragma once

#include "app/observer.h"
#include "bench/private_server.h"

#include <condition_variable>
#include <functional>
#include <mutex>

namespace vitrine::bench {

class Watcher final : public LoopObserver {
public:
    Nanoseconds turn(Nanoseconds now, WindowEvents &input, const vitrine_frame_t *frame) override;
    void taken(const vitrine_frame_t *frame) override;
    void drawn() override {}
    void presented() override;
    bool done() const override;

    // For the other thread. Both waits end, false, when the window has closed
    // or after that time.
    // A picture since the last such wait: the first may come before anybody waits.
    bool wait_for_picture(int timeout_ms);
    // Until the newest picture shows the block or none; *when it first did.
    bool wait_for_block(bool shown, int timeout_ms, Nanoseconds *when);
    unsigned pictures() const;
    unsigned frames() const;
    Size grid() const;
    void close();  // nobody will wait any more
    void finish(); // the window may close, at the next turn of its loop

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool taken_block_ = false;
    bool shown_block_ = false;
    Nanoseconds block_changed_ = 0;
    unsigned pictures_ = 0;
    unsigned waited_for_ = 0; // of these
    unsigned frames_ = 0;
    Size grid_;
    bool closed_ = false;
    bool finished_ = false;
};

// Opens a window on the server and runs measure() beside it. The error of
// opening it, else what measure() returned.
Result<void> watch_window(PrivateServer &server, const Options &window,
                          const std::function<Result<void>(Watcher &)> &measure);

} // namespace vitrine::bench
