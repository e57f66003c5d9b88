#!/bin/sh
# run.sh BUILD SECONDS [TARGET]: runs each fuzz target of a build that long, from its corpus,
# two at a time for each processor, or one target. What a run adds stays in BUILD/corpus, for the
# next one; an input that breaks something in BUILD/found. With VITRINE_FUZZ_SEED=N the inputs
# are much the same each time.
set -u
UBSAN_OPTIONS=${UBSAN_OPTIONS:-halt_on_error=1:print_stacktrace=1}
export UBSAN_OPTIONS
build=$1
seconds=$2
source=$(dirname "$0")

# All that a target said at once, as others are running.
run() {
    name=$1
    mkdir -p "$build/corpus/$name" "$build/found"
    cp "$source/corpus/$name".* "$build/corpus/$name"
    log=$build/found/$name.log
    status=0
    "$build/tests/fuzz/fuzz-$name" -max_total_time="$seconds" -max_len=4096 -timeout=20 \
        -seed="${VITRINE_FUZZ_SEED:-0}" -print_final_stats=1 -verbosity=0 \
        -artifact_prefix="$build/found/$name-" "$build/corpus/$name" >"$log" 2>&1 || status=1
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    {
        echo "fuzz: $name, $seconds s, ${runs:-unknown} inputs$([ $status = 0 ] || echo ': FAILED')"
        [ $status = 0 ] || cat "$log"
    } | flock "$build/found" cat
    return $status
}

if [ $# -gt 2 ]; then
    run "$3"
    exit
fi
targets=$(for program in "$build"/tests/fuzz/fuzz-*; do
    [ -f "$program" ] && [ -x "$program" ] && echo "${program##*/fuzz-}"
done)
[ -n "$targets" ] || {
    echo "run.sh: no fuzz targets in $build" >&2
    exit 1
}
echo "$targets" | xargs -P "$((2 * $(nproc)))" -n 1 "$0" "$build" "$seconds"
