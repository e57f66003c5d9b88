// What malloc() gives back to the system.
#pragma once

namespace vitrine {

// They go back to the system at once, for the life of the process. By itself glibc begins to keep
// them with the first that is freed, and the holes between them with what is small.
void give_back_large_blocks();

// The pages that nothing is in any more, after fonts were replaced or a window was closed.
void give_back_holes();

} // namespace vitrine
