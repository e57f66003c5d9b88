// What a test program takes: heap blocks counted, and any n-th request refused.
//
// operator new and delete are replaced for the whole program, and the calls by which the library
// takes memory and descriptors from the kernel go through wrappers (ld --wrap), so that a test
// meets every request that can fail, in the order in which they are made.
#pragma once

#include <cstddef>

namespace vitrine::test {

// Blocks of the heap taken so far, and those not given back yet.
size_t blocks_taken() noexcept;
size_t blocks_alive() noexcept;

// While it lives, the n-th request from here on is refused, counted from 1, and no other. Only
// requests of the thread that made it count.
class Refusal {
public:
    explicit Refusal(size_t nth) noexcept;
    ~Refusal();
    Refusal(const Refusal &) = delete;
    Refusal &operator=(const Refusal &) = delete;

    // Whether there was an n-th request.
    static bool happened() noexcept;
};

// Requests of the test's own, which are never refused.
class Exempt {
public:
    Exempt() noexcept;
    ~Exempt();
    Exempt(const Exempt &) = delete;
    Exempt &operator=(const Exempt &) = delete;
};

} // namespace vitrine::test
