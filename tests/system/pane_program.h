#pragma once

namespace vitrine::test {

// name may be null.
int pane_program(const char *path, const char *name);

} // namespace vitrine::test
