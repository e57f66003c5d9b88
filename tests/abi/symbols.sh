#!/bin/sh
# What libvitrine.so exports is what client.h, text.h, log.h, memory.h and the error part of backend.h declare, no less
# and nothing else.
# usage: symbols.sh LIBRARY INCLUDE_DIR
set -eu
library=$1
include=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

nm -D --defined-only "$library" | awk '{ print $NF }' | sed 's/@.*//' | sort -u >"$work/exported"
{
    (cd "$include/vitrine" && grep -ho 'vitrine_[a-z_]*(' client.h text.h log.h) |
        grep -v '^vitrine_[a-z]*_t(' | tr -d '('
    (cd "$include/vitrine" && grep -ho 'ui_[a-z_]*(' memory.h) | tr -d '('
    printf '%s\n' ui_clear_error ui_last_error ui_result_text
} | sort -u >"$work/declared"

if ! diff "$work/declared" "$work/exported" >"$work/difference"; then
    echo "declared (<) and exported (>) differ:"
    cat "$work/difference"
    exit 1
fi
echo "$(wc -l <"$work/exported") symbols"
