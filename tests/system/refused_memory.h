// What a test and the module it preloads into a tmux server share, in a file both map.
#pragma once

#include <cstdint>

namespace vitrine::test {

struct RefusalControl {
    struct Range {
        uint64_t begin;
        uint64_t end;
    };
    int32_t server;    // its process; no other is refused anything
    uint32_t happened; // a request was refused
    uint64_t left;     // the request that this many lead up to is refused; 0: none
    uint64_t requests; // made while left was not 0
    uint32_t range_count;
    Range ranges[1024]; // the shim's functions, in the program
};

} // namespace vitrine::test
