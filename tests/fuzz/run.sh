#!/bin/sh
# run.sh BUILD SECONDS: runs each fuzz target of a build that long, from its corpus. What a run
# adds stays in BUILD/corpus, for the next one; an input that breaks something in BUILD/found.
set -u
build=$1
seconds=$2
source=$(dirname "$0")
mkdir -p "$build/found"
status=0
for program in "$build"/tests/fuzz/fuzz-*; do
    [ -f "$program" ] && [ -x "$program" ] || continue
    name=${program##*/fuzz-}
    mkdir -p "$build/corpus/$name"
    cp "$source/corpus/$name".* "$build/corpus/$name"
    echo "fuzz: $name, $seconds s"
    "$program" -max_total_time="$seconds" -max_len=4096 -timeout=20 -print_final_stats=0 \
        -verbosity=0 -artifact_prefix="$build/found/$name-" \
        "$build/corpus/$name" || status=1
done
exit "$status"
