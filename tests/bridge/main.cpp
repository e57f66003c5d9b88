#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>

#include "vitrine/backend.h"

// Every object of the library that a test made must be gone at the end.
int main(int argc, char **argv)
{
    doctest::Context context(argc, argv);
    const int failed = context.run();
    const size_t alive = ui_debug_allocation_count();
    if (alive != 0)
        std::fprintf(stderr, "%zu objects of the library are still alive\n", alive);
    return failed != 0 || alive != 0;
}
