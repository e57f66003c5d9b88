#!/bin/sh
# test.sh LANGUAGE: the test of that folder. Exit code 77, and why, where what it needs is not
# there; koffi is got by npm.
set -u
cd "$(dirname "$0")/$1"

skip() {
    echo "skipped: $*"
    exit 77
}
needs() {
    command -v "$1" >/dev/null || skip "no $1"
}

loads_koffi() {
    node -e 'require("koffi")' 2>/dev/null
}

case $1 in
python)
    needs python3
    exec python3 -B test_vitrine.py
    ;;
go)
    needs go
    exec go test -count=1 .
    ;;
node)
    needs node
    if ! loads_koffi; then
        needs npm
        # Its library comes built in a package of its own: no script need be run.
        timeout 60 npm install --ignore-scripts --no-audit --no-fund --no-package-lock \
            --fetch-retries=1 --fetch-retry-mintimeout=1000
        loads_koffi || skip "npm could not install koffi"
    fi
    exec node --test test.js
    ;;
esac
echo "no bindings for $1" >&2
exit 1
