#!/bin/sh
# packages.sh SET...: installs what is missing of those sets of packages.txt, nothing else.
set -eu

command -v dpkg-query >/dev/null || {
    echo "packages.sh: not a Debian system; what is needed is in third_party/packages.txt"
    exit 0
}

missing=
for set; do
    for package in $(sed -n "s/^$set //p" "$(dirname "$0")/packages.txt"); do
        case $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) in
        ?i*) ;;
        *) missing="$missing $package" ;;
        esac
    done
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null; then
    as_root=sudo
else
    echo "packages.sh: neither root nor sudo to install packages; missing:$missing" >&2
    exit 1
fi
echo "Installing$missing"
apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@"
}
apt update && apt install -y --no-install-recommends $missing || {
    echo "packages.sh: apt-get could not install:$missing" >&2
    exit 1
}
