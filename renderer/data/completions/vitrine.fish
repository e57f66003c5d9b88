# fish completion for vitrine

# tmux as vitrine will call it: with the flags given so far.
function __vitrine_tmux
    set -l given
    set -l words (commandline -opc)
    for i in (seq 2 (count $words))
        switch $words[$i]
            case -L -S -f --tmux
                test $i -lt (count $words); and set -a given $words[$i] $words[(math $i + 1)]
        end
    end
    vitrine $given -- $argv 2>/dev/null
end

# The command so far, nothing if there is none yet.
function __vitrine_command
    set -l words (commandline -opc)
    set -l skip 0
    for word in $words[2..-1]
        if test $skip -eq 1
            set skip 0
            continue
        end
        switch $word
            case -L -S -f -T -c --screenshot --size --tmux --config --check-config \
                    --theme --theme-dark --theme-light --appearance --font --font-size \
                    '--font-*' '--colours-*' '--window-*' '--cursor-*' '--bell-*' '--keys-*'
                set skip 1
            case '-*'
            case '*'
                echo $word
                return 0
        end
    end
    return 1
end

function __vitrine_attaches
    string match -qr '^(a|at|att.*)$' -- (__vitrine_command)
end

function __vitrine_creates
    string match -qr '^(new|new-s.*)$' -- (__vitrine_command)
end

function __vitrine_own_options
    not __vitrine_command >/dev/null; or __vitrine_attaches
end

complete -c vitrine -f
complete -c vitrine -n __vitrine_own_options -l pane -d "Show only the target's pane"
complete -c vitrine -n __vitrine_own_options -l screenshot -rF -d 'Draw once into a PNG file and exit'
complete -c vitrine -n __vitrine_own_options -l font -x -d 'Font family' \
    -a "(fc-list :spacing=mono family 2>/dev/null | string replace -r ',.*' '' | sort -u)"
complete -c vitrine -n __vitrine_own_options -l font-size -x -d 'Size of the font in points'
complete -c vitrine -n __vitrine_own_options -l size -x -d 'Size of the window at first, COLUMNSxROWS'
complete -c vitrine -n __vitrine_own_options -l tmux -rF -d 'The tmux with hooks to start'
complete -c vitrine -n __vitrine_own_options -l config -rF -d 'Configuration file'
complete -c vitrine -n __vitrine_own_options -l theme -x -d 'Colours' \
    -a '(vitrine --list-themes 2>/dev/null)'
complete -c vitrine -n __vitrine_own_options -l theme-dark -x -d 'Theme of the dark appearance' \
    -a '(vitrine --list-themes 2>/dev/null)'
complete -c vitrine -n __vitrine_own_options -l theme-light -x -d 'Theme of the light appearance' \
    -a '(vitrine --list-themes 2>/dev/null)'
complete -c vitrine -n __vitrine_own_options -l appearance -x -d 'Which of both themes' -a 'dark light'
complete -c vitrine -n __vitrine_own_options -l font-bold-family -x -d 'Font of bold text'
complete -c vitrine -n __vitrine_own_options -l font-italic-family -x -d 'Font of italic text'
complete -c vitrine -n __vitrine_own_options -l font-bold-italic-family -x -d 'Font of text that is both'
complete -c vitrine -n __vitrine_own_options -l font-symbol-maps -x -d 'Characters from another font'
complete -c vitrine -n __vitrine_own_options -l font-features -x -d 'OpenType features'
complete -c vitrine -n __vitrine_own_options -l font-axes -x -d 'Places on the axes'
complete -c vitrine -n __vitrine_own_options -l font-ligatures -x -d 'Whether letters join' -a 'on off'
complete -c vitrine -n __vitrine_own_options -l font-hinting -x -d 'How far letters are fitted' \
    -a 'slight none full'
complete -c vitrine -n __vitrine_own_options -l font-antialias -x -d 'Edges of letters' \
    -a 'grey lcd-rgb lcd-bgr none'
complete -c vitrine -n __vitrine_own_options -l font-blending -x -d 'How edges are mixed' -a 'plain linear'
complete -c vitrine -n __vitrine_own_options -l font-cell-width -x -d 'Added to the width, px or %'
complete -c vitrine -n __vitrine_own_options -l font-cell-height -x -d 'Added to the height, px or %'
complete -c vitrine -n __vitrine_own_options -l font-baseline -x -d 'How much further down, px or %'
complete -c vitrine -n __vitrine_own_options -l colours-foreground -x -d 'Colour of text'
complete -c vitrine -n __vitrine_own_options -l colours-background -x -d 'Colour behind it'
complete -c vitrine -n __vitrine_own_options -l colours-cursor -x -d 'Colour of the cursor'
complete -c vitrine -n __vitrine_own_options -l colours-bold-is-bright -x -d 'Bold is bright' -a 'true false'
complete -c vitrine -n __vitrine_own_options -l colours-minimum-contrast -x -d 'How far text stands out'
complete -c vitrine -n __vitrine_own_options -l colours-inactive-text -x -d 'Strength of text in other panes'
complete -c vitrine -n __vitrine_own_options -l colours-palette -x -d 'Colours by number'
complete -c vitrine -n __vitrine_own_options -l window-columns -x -d 'Width at first, cells'
complete -c vitrine -n __vitrine_own_options -l window-rows -x -d 'Height at first, cells'
complete -c vitrine -n __vitrine_own_options -l window-padding -x -d 'Pixels free around the cells'
complete -c vitrine -n __vitrine_own_options -l window-opacity -x -d 'How opaque, 0.1 to 1'
complete -c vitrine -n __vitrine_own_options -l window-class -x -d 'X11 class or app-id'
complete -c vitrine -n __vitrine_own_options -l window-full-screen -x -d 'Fill the screen' -a 'true false'
complete -c vitrine -n __vitrine_own_options -l cursor-shape -x -d 'Shape of the cursor' \
    -a 'block underline bar'
complete -c vitrine -n __vitrine_own_options -l cursor-thickness -x -d 'Of a bar, in cell widths'
complete -c vitrine -n __vitrine_own_options -l cursor-unfocused -x -d 'Cursor without focus' \
    -a 'hollow unchanged hidden'
complete -c vitrine -n __vitrine_own_options -l cursor-blink -x -d 'Whether the cursor blinks' \
    -a 'program always never'
complete -c vitrine -n __vitrine_own_options -l bell-visual -x -d 'A bell lights up' -a 'true false'
complete -c vitrine -n __vitrine_own_options -l bell-urgent -x -d 'A bell asks for attention' -a 'true false'
complete -c vitrine -n __vitrine_own_options -l keys-zoom -x -d 'Ctrl with +, -, 0, wheel' -a 'true false'
complete -c vitrine -n __vitrine_own_options -l keys-full-screen -x -d 'F11' -a 'true false'
complete -c vitrine -n __vitrine_own_options -l keys-new-window -x -d 'Key that opens a window'
complete -c vitrine -n __vitrine_own_options -l memory-limit -x -d 'The most MiB that the window holds'
complete -c vitrine -n __vitrine_own_options -l memory-limits -x -d 'The most MiB by what it is for'

complete -c vitrine -n 'not __vitrine_command >/dev/null' -l check-config -rF -d 'Say what is wrong in it'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -l print-config -d 'Print the settings in effect'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -l list-themes -d 'Print the names of the themes'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -l version -d 'Print the version'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -l help -d 'Print a summary of the usage'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -s L -x -d 'Socket name'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -s S -rF -d 'Socket path'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -s f -rF -d 'Configuration file'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -s T -x -d 'Terminal features'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -s c -x -d 'Shell command'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -s 2 -d '256 colours'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -s u -d 'UTF-8'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -s v -d 'Log'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -s l -d 'Login shell'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -s N -d 'Start no server'
complete -c vitrine -n 'not __vitrine_command >/dev/null' -s V -d 'Version of tmux'
complete -c vitrine -n 'not __vitrine_command >/dev/null' \
    -a "new attach bench memory top (__vitrine_tmux list-commands -F '#{command_list_name}')"

complete -c vitrine -n '__vitrine_command >/dev/null' -s t -x -d Target \
    -a "(__vitrine_tmux list-sessions -F '#S'; __vitrine_tmux list-panes -a -F '#{pane_id}')"
complete -c vitrine -n __vitrine_attaches -s d -d 'Detach other clients'
complete -c vitrine -n __vitrine_attaches -s r -d Read-only
complete -c vitrine -n '__vitrine_attaches; or __vitrine_creates' -s c -rF -d 'Working directory'
complete -c vitrine -n '__vitrine_attaches; or __vitrine_creates' -s E -d 'Keep the environment'
complete -c vitrine -n __vitrine_creates -s A -d 'Attach if it exists'
complete -c vitrine -n __vitrine_creates -s d -d 'Do not attach'
complete -c vitrine -n __vitrine_creates -s s -x -d 'Session name'
complete -c vitrine -n __vitrine_creates -s n -x -d 'Window name'
complete -c vitrine -n __vitrine_creates -s e -x -d Environment

function __vitrine_benches
    test (__vitrine_command) = bench 2>/dev/null
end

complete -c vitrine -n 'string match -qr "^(memory|top)\$" -- (__vitrine_command)' -l json -d 'As JSON'
complete -c vitrine -n __vitrine_benches -a 'latency throughput idle all'
complete -c vitrine -n __vitrine_benches -l keys -x -d 'How many keys'
complete -c vitrine -n __vitrine_benches -l spacing -x -d 'Between keys, MIN,MAX ms'
complete -c vitrine -n __vitrine_benches -l flood -d 'Another pane prints'
complete -c vitrine -n __vitrine_benches -l flood-kb -x -d 'The same, at so many kB/s'
complete -c vitrine -n __vitrine_benches -l kinds -x -d 'Payloads' -a 'ascii unicode sgr tui long'
complete -c vitrine -n __vitrine_benches -l size -x -d 'MB of each payload'
complete -c vitrine -n __vitrine_benches -l reps -x -d Repetitions
complete -c vitrine -n __vitrine_benches -l seconds -x -d 'How long to idle'
complete -c vitrine -n __vitrine_benches -l geometry -x -d 'COLUMNSxROWS of the window'
complete -c vitrine -n __vitrine_benches -l font -x -d 'Font family'
complete -c vitrine -n __vitrine_benches -l font-size -x -d 'Size of the font in points'
complete -c vitrine -n __vitrine_benches -l tmux -rF -d 'The tmux with hooks to start'
complete -c vitrine -n __vitrine_benches -l json -d 'Results as JSON'
complete -c vitrine -n __vitrine_benches -l plot -rF -d 'A picture of them, .svg or .png'
