#!/bin/sh
# check-hooks.sh symbols HOOKS_LIST: the symbols to wrap, one a line.
# check-hooks.sh check HOOKS_LIST "TMUX_OBJECTS" "SHIM_OBJECTS": fails if a hook cannot work.
#
# The linker says nothing about a --wrap that matches no call, nor about a __wrap_ function
# that nobody asked for: a hook that a new tmux renamed or inlined would just fall silent.
# A symbol followed by "?" in hooks.list need not be called in every version of tmux.
set -eu

symbols() { # [SUFFIX]: those whose line ends so
    sed -n "s/#.*//; s/[[:space:]]*\$//; s/^[[:space:]]*\([A-Za-z_0-9]\{1,\}\)$1\$/\1/p" "$list" |
        sort -u
}

command=$1 list=$2
[ "$command" = check ] || {
    symbols '[[:space:]]*?\{0,1\}'
    exit 0
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
nm -u $3 | sed -n 's/^ *U //p' | sort -u >"$work/called"
nm --defined-only $4 | sed -n 's/.* T __wrap_//p' | sort -u >"$work/defined"
symbols '' | comm -23 - "$work/called" >"$work/dead"
symbols '[[:space:]]*?\{0,1\}' | comm -13 - "$work/defined" >"$work/unlisted"
while read -r symbol; do
    echo "$list: no object of this tmux calls $symbol in another (\"$symbol ?\" if that is right)" >&2
done <"$work/dead"
while read -r symbol; do
    echo "$list: __wrap_$symbol is defined, but $symbol is not listed" >&2
done <"$work/unlisted"
[ ! -s "$work/dead" ] && [ ! -s "$work/unlisted" ]
