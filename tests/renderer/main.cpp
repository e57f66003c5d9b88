// Both, as a precompiled header may have been before.
#define DOCTEST_CONFIG_IMPLEMENT
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

// What the driver of OpenGL loses is its own: Mesa's loses some of what it compiled.
extern "C" const char *__lsan_default_suppressions() { return "leak:_dri.so"; }
