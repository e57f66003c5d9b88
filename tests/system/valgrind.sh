#!/bin/sh
# The system tests with the hooked server under valgrind, from a build's folder:
#     ../tests/system/valgrind.sh basic frames
# Prints what valgrind says of any server; 1 if it says something or a test fails.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
here=$(cd "$(dirname "$0")" && pwd)
cat > "$folder/tmux" <<END
#!/bin/sh
exec valgrind --quiet --leak-check=full --show-leak-kinds=definite \\
    --sim-hints=lax-ioctls --suppressions="$here/tmux.supp" --log-file="$folder/report.%p" "$PWD/shim/tmux" "\$@"
END
chmod +x "$folder/tmux"

status=0
for suite; do
    LANG=C.UTF-8 VITRINE_TEST_PATIENCE=4 tests/system/system-test "$folder/tmux" \
        shim/tmux-stock --test-suite="$suite" || status=1
done
if [ -n "$(find "$folder" -name 'report.*' -size +0)" ]; then
    find "$folder" -name 'report.*' -size +0 -exec cat {} +
    status=1
fi
exit "$status"
