#!/bin/sh
# The system tests with the hooked server under valgrind, from a build's folder:
#     ../tests/system/valgrind.sh basic,frames [system-test's words]
# Long histories take minutes, as it copies for each line, and what it keeps of its own lets a
# server grow by more than two checks of faults and one of soak allow.
# Prints what valgrind says of any server; 1 if it says something or a test fails. What stands
# at a server's end is no leak of ours where tmux, curses or libevent keeps it to the end.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
here=$(cd "$(dirname "$0")" && pwd)
cat > "$folder/tmux" <<END
#!/bin/sh
# Who finds a server on its socket is a client, and as fast as ever.
[ "\$1" = -S ] && [ -S "\$2" ] && exec "$PWD/shim/tmux" "\$@"
# What it holds back of freed memory is within what tests let a server grow by.
exec valgrind --quiet --leak-check=full --show-leak-kinds=all --freelist-vol=100000 \\
    --sim-hints=lax-ioctls --suppressions="$here/tmux.supp" --log-file="$folder/report.%p" "$PWD/shim/tmux" "\$@"
END
chmod +x "$folder/tmux"
chmod 1777 "$folder" # other users are clients, too

status=0
suites=$1
shift
LANG=C.UTF-8 VITRINE_TEST_PATIENCE=4 tests/system/system-test "$folder/tmux" \
    shim/tmux-stock --test-suite="$suites" "$@" || status=1
cat > "$folder/ours.awk" <<'END'
function say() {
    if (record !~ /still reachable|possibly lost/ || record ~ /(alloc|new|strdup)[^\n]*\n[^\n]*: (ui_|vitrine::)/)
        printf "%s", record
    record = ""
}
{ record = record $0 "\n" }
/^==[0-9]+== $/ { say() }
END { say() }
END
find "$folder" -name 'report.*' -size +0 -exec awk -f "$folder/ours.awk" {} + |
    grep -v '^==[0-9]*== $' && status=1
exit "$status"
