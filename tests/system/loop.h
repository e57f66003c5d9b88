// The tests' event loop: everything that has a descriptor (windows, panes, terminals) registers
// itself as a source and is served while a test waits for something. Nothing sleeps: a wait ends
// when its condition holds or its time is over.
#pragma once

#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include <poll.h>
#include <sys/types.h>

namespace vitrine::test {

using Milliseconds = std::chrono::milliseconds;

// What a test calls when its surroundings, not the product, fail; doctest reports the text.
struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

[[noreturn]] void fail_system(const std::string &what);

// How long a test waits for what has to happen; VITRINE_TEST_PATIENCE multiplies it.
Milliseconds patience();

class Deadline {
public:
    explicit Deadline(Milliseconds time) : end_(Clock::now() + time) {}
    bool passed() const { return left_ms() == 0; }
    int left_ms() const;

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point end_;
};

// Owner of a descriptor.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(Descriptor &&other) noexcept : fd_(other.release()) {}
    Descriptor &operator=(Descriptor &&other) noexcept;
    ~Descriptor() { reset(); }
    int get() const { return fd_; }
    bool open() const { return fd_ != -1; }
    int release();
    void reset();

private:
    int fd_ = -1;
};

// sendmsg() of bytes and a descriptor that goes with them.
ssize_t send_with_descriptor(int socket, const std::string &bytes, int descriptor);

// Something that is served while tests wait.
class Source {
public:
    Source();
    Source(const Source &) = delete;
    Source &operator=(const Source &) = delete;
    virtual ~Source();
    // Appends what to wait for.
    virtual void watch(std::vector<pollfd> &descriptors) = 0;
    // Called when anything was ready, and at each tick: reads all there is without blocking.
    virtual void serve() = 0;
};

// Serves all sources until the condition holds; false when the time is over. The condition is
// also tried at each tick (10 ms), for what no descriptor announces.
bool wait_until(const std::function<bool()> &condition, Milliseconds time = patience());

// The longest turn of the last wait: far more than a tick where the machine stood still.
Milliseconds longest_turn();

// The same for what must happen: throws Failure that names it.
void await(const std::string &what, const std::function<bool()> &condition,
           Milliseconds time = patience());

// Serves all sources for a time in which something must not happen.
void serve_for(Milliseconds time);

void set_nonblocking(int fd);

// Appends what can be read from a non-blocking descriptor; false at its end.
bool read_available(int fd, std::string &data);

} // namespace vitrine::test
