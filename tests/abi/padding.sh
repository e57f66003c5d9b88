#!/bin/sh
# Whether each header compiles alone, as C11 and as C++20, without padding that no member names:
# what is reserved can be kept zero, and used later. Classes of memory.hpp cross no boundary.
# usage: padding.sh INCLUDE_DIR COMPILER...
set -eu
include=$1
shift
for header in "$include"/vitrine/*.h; do
    for language in 'c -std=c11' 'c++ -std=c++20'; do
        # shellcheck disable=SC2086 # two words
        "$@" -x $language -Wpadded -Werror=padded -fsyntax-only "$header"
    done
done
