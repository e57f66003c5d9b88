#!/bin/sh
# stock.sh VERSION WORK OUT: obtains, configures and builds the stock tmux of VERSION (or of
# $TMUX_SOURCE) in the folder WORK and copies the program to OUT. hooked.mk links a second
# tmux, with the hooks, from the very same objects in WORK/obj.
# Says little; all that configure and make print is in WORK/build.log.
set -eu
unset MAKEFLAGS MFLAGS MAKELEVEL 2>/dev/null || : # of a make that may have started us

version=$1 work=$2 out=$(realpath "$3")
here=$(cd "$(dirname "$0")" && pwd)
src=$work/src obj=$work/obj log=$work/build.log
export TMUX_DOWNLOADS="${TMUX_DOWNLOADS:-$(dirname "$work")/downloads}"

# logged WHAT COMMAND...: runs the command into the log; its end is shown if it fails.
logged() {
    what=$1
    shift
    "$@" >>"$log" 2>&1 || {
        tail -n 25 "$log" >&2
        echo "stock.sh: $what of tmux ${TMUX_SOURCE:-$version} failed; all of it: $log" >&2
        exit 1
    }
}

# What the objects depend on beside the source; a change starts over.
origin="${TMUX_SOURCE:-$version} ${CC:=cc}"
[ ! -f "${TMUX_SOURCE:-}" ] || origin="$origin $(sha256sum "$TMUX_SOURCE")"
mkdir -p "$work"
[ "$(cat "$work/origin" 2>/dev/null)" = "$origin" ] || rm -rf "$src" "$obj" "$work/origin"

# A given tree is copied again each time (times kept), so that make sees what changed there.
if [ ! -f "$work/origin" ] || [ -d "${TMUX_SOURCE:-}" ]; then
    "$here/obtain.sh" "$version" "$src"
    echo "$origin" >"$work/origin"
fi

: >"$log"
if [ ! -x "$src/configure" ]; then
    cd "$src"
    logged autogen.sh sh ./autogen.sh
fi
mkdir -p "$obj"
cd "$obj"
if [ ! -f Makefile ]; then
    set -- --enable-utf8proc --sysconfdir=/etc
    ! grep -q enable-sixel "$src/configure" || set -- "$@" --enable-sixel
    logged configure "$src/configure" "$@" CC="$CC" CFLAGS='-O2 -g'
fi
logged build make -j "$(nproc)" tmux
# Unchanged means untouched: what depends on OUT is then not built again.
cmp -s tmux "$out" || { cp tmux "$out.new" && mv "$out.new" "$out"; } # it may be running
