// What is held under a tag, and a limit of it for a while.
#pragma once

#include <doctest/doctest.h>

#include "vitrine/memory.h"

inline ui_memory_usage_t usage_of(uint32_t tag)
{
    ui_memory_usage_t usage;
    REQUIRE(ui_memory_usage(tag, &usage) == UI_OK);
    return usage;
}

// While it lives nothing may be held beyond that.
class Limit {
public:
    Limit(uint32_t tag, uint64_t bytes) : tag_(tag)
    {
        REQUIRE(ui_memory_set_limit(tag, bytes) == UI_OK);
    }
    ~Limit() { ui_memory_set_limit(tag_, 0); }
    Limit(const Limit &) = delete;
    Limit &operator=(const Limit &) = delete;

private:
    uint32_t tag_;
};
