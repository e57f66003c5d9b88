#!/bin/sh
# run.sh: opens the window that was just built. Without a display it starts one of its own,
# opens the window there on a session that shows something, and saves a picture of it.
set -eu

build=${BUILD:-build}
vitrine=$build/renderer/vitrine
[ -x "$vitrine" ] || { echo "run.sh: $vitrine is not built" >&2; exit 1; }
[ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || exec "$vitrine"

echo "No display (neither DISPLAY nor WAYLAND_DISPLAY): using an Xvfb of our own."
"$(dirname "$0")/../third_party/packages.sh" demo

work=$(mktemp -d)
picture=$build/demo.png
export TMUX_TMPDIR="$work"
unset TMUX
tmux() { "$build/shim/tmux" -L demo -f /dev/null "$@"; }

xvfb='' window_process=''
finish() {
    [ -z "$window_process" ] || kill "$window_process" 2>/dev/null || :
    tmux kill-server 2>/dev/null || :
    [ -z "$xvfb" ] || { kill "$xvfb" 2>/dev/null && wait "$xvfb" || :; }
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

fail() {
    echo "run.sh: $*" >&2
    cat "$work"/*.log >&2
    exit 1
}

# Xvfb writes its number once it takes connections; if it dies, read finds the end.
mkfifo "$work/number"
Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>"$work/number" >"$work/xvfb.log" 2>&1 &
xvfb=$!
read -r number <"$work/number" || fail "Xvfb did not start"
export DISPLAY=":$number"

cat >"$work/colours.sh" <<'PANE'
printf '\033[1mVitrine\033[0m: tmux without a terminal in between\n\n'
for row in 0 1 2 3 4 5; do
    for column in $(seq 0 35); do printf '\033[48;5;%dm  ' $((16 + row * 36 + column)); done
    printf '\033[0m\n'
done
i=0
while [ $i -lt 72 ]; do
    printf '\033[48;2;%d;%d;%dm ' $((255 - i * 3)) $((i * 3)) $((128 + i)); i=$((i + 1))
done
printf '\033[0m\n\n\033[3mitalic\033[0m \033[4mline\033[0m \033[4:3m\033[58;5;9mcurl\033[0m '
printf '\033[9mstruck\033[0m \033[7mreverse\033[0m  \342\224\214\342\224\200\342\224\220 '
printf '\342\226\201\342\226\202\342\226\203\342\226\204\342\226\205\342\226\206\342\226\207\n'
tmux wait-for -S "$1"
exec cat
PANE
pane() { # SCRIPT... as a pane's command; it gets this tmux as "tmux"
    printf 'tmux() { "%s" -L demo "$@"; }; set -- %s; . "%s"' \
        "$(realpath "$build/shim/tmux")" "$2" "$work/$1"
}
printf 'ls -l --color=always /usr\ntmux wait-for -S "$1"\nexec cat\n' >"$work/files.sh"

tmux new-session -d -s demo -n demo -x 120 -y 36 "$(pane colours.sh colours)"
tmux wait-for colours
tmux split-window -d -v -t demo "$(pane files.sh files)"
tmux wait-for files

"$vitrine" -L demo attach -t demo >"$work/window.log" 2>&1 &
window_process=$!

# await WHAT COMMAND...: X has no event for "has drawn", so it is asked, for at most 30 s.
await() {
    what=$1
    shift
    end=$(($(date +%s) + 30))
    until "$@"; do
        kill -0 "$window_process" 2>/dev/null || fail "the window ended before $what"
        [ "$(date +%s)" -lt "$end" ] || fail "after 30 s still waiting until $what"
        sleep 0.1
    done
}
opened() {
    window=$(xdotool search --onlyvisible --class vitrine 2>/dev/null | head -n 1)
    [ -n "$window" ]
}
# Drawn: the palette is there, and nothing has changed between two looks.
drawn() {
    import -window "$window" "png:$work/now.png" 2>/dev/null || return 1
    [ "$(identify -format %k "$work/now.png")" -gt 200 ] &&
        [ "$(identify -format %\# "$work/now.png")" = "$(cat "$work/signature" 2>/dev/null)" ] ||
        { identify -format %\# "$work/now.png" >"$work/signature"; return 1; }
}
await "it opened" opened
await "it drew" drawn
cp "$work/now.png" "$picture"
echo "Picture of the session: $(realpath "$picture")"
