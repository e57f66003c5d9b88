#!/bin/sh
# obtain.sh VERSION DEST: puts tmux's stock source into the folder DEST, from the first of
#   1. $TMUX_SOURCE, a tree (copied, never written to) or a tarball,
#   2. the distribution's source packages, by an apt source list and list folder of our own,
#   3. the upstream release.
# Tarballs are checked against versions.txt and kept in $TMUX_DOWNLOADS (beside DEST if unset).
set -eu

version=$1 dest=$2
here=$(cd "$(dirname "$0")" && pwd)
downloads=${TMUX_DOWNLOADS:-$(dirname "$dest")/downloads}
tried=

fail() {
    echo "obtain.sh: $*" >&2
    exit 1
}

# known VERSION COLUMN: a column of that version's line in versions.txt, or nothing.
known() {
    awk -v version="$1" -v column="$2" '$1 == version { print $column }' "$here/versions.txt"
}

sum() {
    sha256sum "$1" | cut -d ' ' -f 1
}

tree_version() {
    sed -n 's/^AC_INIT(\[tmux\], *\[*\([^])]*\)\]*).*/\1/p' "$1/configure.ac"
}

unpack() { # TARBALL
    rm -rf "$dest"
    mkdir -p "$dest"
    tar -xf "$1" -C "$dest" --strip-components=1 2>/dev/null || fail "cannot unpack $1"
}

# A copy leaves out what a build inside the tree left there: make would find it by VPATH.
copy_tree() { # TREE
    mkdir -p "$dest"
    tar -C "$1" --exclude='*.o' --exclude=.deps --exclude=.dirstamp --exclude=./.git \
        --exclude=./Makefile --exclude=./config.status --exclude=./tmux -cf - . |
        tar -C "$dest" -xf -
}

from_given() { # PATH
    if [ -d "$1" ]; then
        [ -f "$1/tmux.h" ] && [ -f "$1/configure.ac" ] ||
            fail "TMUX_SOURCE=$1 is not a tmux source tree: tmux.h or configure.ac is missing"
        copy_tree "$1"
        echo "tmux $(tree_version "$dest") from the tree $1 (not verified)"
    elif [ -f "$1" ]; then
        unpack "$1"
        given=$(tree_version "$dest")
        wanted=$(known "$given" 3)
        case $wanted in
        '') checked="not verified: no checksum known" ;;
        "$(sum "$1")") checked=verified ;;
        *) fail "TMUX_SOURCE=$1 says it is tmux $given but has not that release's sha256" ;;
        esac
        echo "tmux $given from $1 ($checked)"
    else
        fail "TMUX_SOURCE=$1: no such file or folder"
    fi
}

# Downloads by apt without touching the system's lists, cache or configuration.
by_apt() { # INTO
    command -v apt-get >/dev/null || { why="no apt-get"; return 1; }
    suite=$(known "$version" 2)
    mkdir -p "$1/sources.d" "$1/lists/partial" "$1/cache/archives/partial"
    set -- "$1" /etc/apt/sources.list /etc/apt/sources.list.d/*.list \
        /etc/apt/sources.list.d/*.sources
    into=$1
    shift
    for entries; do
        shift
        [ ! -r "$entries" ] || set -- "$@" "$entries"
    done
    awk -f "$here/apt-entries.awk" -v suite="$suite" \
        -v codename="$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" "$@" /dev/null \
        >"$into/sources.d/tmux.sources"
    [ -s "$into/sources.d/tmux.sources" ] || { why="no apt entry of a Debian release"; return 1; }

    # As root apt would hand downloads to a user who may not enter our folder.
    set -- -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$into/sources.d" \
        -o Dir::State::Lists="$into/lists" -o Dir::Cache="$into/cache" \
        -o Acquire::Languages=none -o APT::Sandbox::User="$(id -un)" -qq
    (cd "$into" && apt-get "$@" -o APT::Update::Error-Mode=any update &&
        apt-get "$@" source --download-only tmux) >"$into/log" 2>&1 ||
        { why=$(grep -m 1 '^E:' "$into/log" || echo "see $into/log"); return 1; }
    [ -f "$into/tmux_$version.orig.tar.gz" ] || { why="$suite has another version"; return 1; }
    mv "$into/tmux_$version.orig.tar.gz" "$into/tarball"
}

by_url() { # INTO
    url=$(known "$version" 4)
    if command -v curl >/dev/null; then
        why=$(curl -fsSL --connect-timeout 20 -o "$1/tarball" "$url" 2>&1)
    elif command -v wget >/dev/null; then
        why=$(wget -q -T 20 -t 2 -O "$1/tarball" "$url" 2>&1) || { why="wget failed"; return 1; }
    else
        why="neither curl nor wget"
        return 1
    fi
}

# try DESCRIPTION FUNCTION: downloads into a scratch folder; only a verified tarball stays.
try() {
    scratch=$downloads/partial.$version
    rm -rf "$scratch"
    mkdir -p "$scratch"
    why=
    if "$2" "$scratch"; then
        [ "$(sum "$scratch/tarball")" != "$(known "$version" 3)" ] || {
            mv "$scratch/tarball" "$tarball"
            rm -rf "$scratch"
            echo "tmux $version from $1 (verified)"
            return 0
        }
        why="sha256 is $(sum "$scratch/tarball"), expected $(known "$version" 3)"
    fi
    tried="$tried$1 ($why); "
    return 1
}

if [ -n "${TMUX_SOURCE:-}" ]; then
    from_given "$TMUX_SOURCE"
    exit 0
fi
[ -n "$(known "$version" 3)" ] ||
    fail "no checksum for tmux $version in $here/versions.txt; give its source by TMUX_SOURCE="
tarball=$downloads/tmux-$version.tar.gz
if [ -f "$tarball" ] && [ "$(sum "$tarball")" = "$(known "$version" 3)" ]; then
    echo "tmux $version from $tarball (verified)"
else
    mkdir -p "$downloads"
    try "Debian's source package ($(known "$version" 2))" by_apt ||
        try "$(known "$version" 4)" by_url ||
        fail "cannot obtain tmux $version: tried ${tried}give its source by TMUX_SOURCE="
fi
unpack "$tarball"
