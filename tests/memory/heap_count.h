// How often a program asks the heap for memory, by operator new or by malloc(), in whatever
// library: malloc() and its like are replaced. Not for programs with a sanitizer, which does the
// same.
#pragma once

#include <cstddef>

namespace vitrine::test {

size_t heap_requests() noexcept;

} // namespace vitrine::test
