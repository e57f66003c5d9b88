#include "bench/watcher.h"

#include "app/clock.h"
#include "app/window_loop.h"
#include "bench/pane_program.h"

#include <thread>

namespace vitrine::bench {

Nanoseconds Watcher::turn(Nanoseconds, WindowEvents &, const vitrine_frame_t *) { return never; }

bool Watcher::done() const
{
    const std::lock_guard lock(mutex_);
    return finished_;
}

void Watcher::taken(const vitrine_frame_t *frame)
{
    vitrine_row_t row;
    const bool block = vitrine_frame_row(frame, 0, &row) && row.cells[0].bg_rgb == block_colour;
    std::uint16_t columns = 0;
    std::uint16_t rows = 0;
    vitrine_frame_size(frame, &columns, &rows);
    const std::lock_guard lock(mutex_);
    taken_block_ = block;
    grid_ = {columns, rows};
    frames_++;
}

void Watcher::presented()
{
    const Nanoseconds now = monotonic_now();
    const std::lock_guard lock(mutex_);
    if (shown_block_ != taken_block_)
        block_changed_ = now;
    shown_block_ = taken_block_;
    pictures_++;
    changed_.notify_all();
}

bool Watcher::wait_for_picture(int timeout_ms)
{
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms),
                      [&] { return closed_ || pictures_ != waited_for_; });
    const bool another = pictures_ != waited_for_;
    waited_for_ = pictures_;
    return another && !closed_;
}

bool Watcher::wait_for_block(bool shown, int timeout_ms, Nanoseconds *when)
{
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms),
                      [&] { return closed_ || (pictures_ > 0 && shown_block_ == shown); });
    *when = block_changed_;
    return !closed_ && pictures_ > 0 && shown_block_ == shown;
}

unsigned Watcher::pictures() const
{
    const std::lock_guard lock(mutex_);
    return pictures_;
}

unsigned Watcher::frames() const
{
    const std::lock_guard lock(mutex_);
    return frames_;
}

Size Watcher::grid() const
{
    const std::lock_guard lock(mutex_);
    return grid_;
}

void Watcher::close()
{
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
}

void Watcher::finish()
{
    const std::lock_guard lock(mutex_);
    finished_ = true;
}

Result<void> watch_window(PrivateServer &server, const Options &window,
                          const std::function<Result<void>(Watcher &)> &measure)
{
    WindowLoop loop({{}, false, window.settings});
    Watcher watcher;
    loop.set_observer(&watcher);
    if (auto result = loop.open(server.launch()); !result)
        return result;
    Result<void> measured;
    std::thread thread([&] {
        measured = measure(watcher);
        watcher.finish();
        server.detach_all(); // wakes the window's loop up
    });
    loop.run();
    watcher.close();
    // Closed too early: the thread may be waiting for a program in a pane.
    if (!watcher.done())
        server.stop();
    thread.join();
    return measured;
}

} // namespace vitrine::bench
