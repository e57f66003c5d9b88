# bash completion for vitrine

# tmux as vitrine will call it: with the flags given so far.
_vitrine_tmux() {
    vitrine "${_vitrine_flags[@]}" -- "$@" 2>/dev/null
}

_vitrine() {
    local cur prev words cword
    _init_completion -n = 2>/dev/null || {
        cur=${COMP_WORDS[COMP_CWORD]}
        prev=${COMP_WORDS[COMP_CWORD - 1]}
        words=("${COMP_WORDS[@]}")
        cword=$COMP_CWORD
    }
    COMPREPLY=()

    # Those of the configuration, each with a value.
    local settings='--theme --appearance --theme-dark --theme-light --font --font-size
        --font-bold-family --font-italic-family --font-bold-italic-family
        --font-symbol-maps --font-features --font-axes --font-ligatures --font-hinting
        --font-antialias --font-blending --font-cell-width --font-cell-height --font-baseline
        --colours-foreground --colours-background --colours-cursor --colours-palette
        --colours-bold-is-bright --colours-minimum-contrast --colours-inactive-text
        --window-columns --window-rows --window-padding --window-opacity --window-class
        --window-full-screen --cursor-shape --cursor-thickness --cursor-unfocused
        --cursor-blink --bell-visual --bell-urgent --keys-zoom --keys-new-window
        --keys-full-screen --memory-limit --memory-limits'
    local options="--pane --screenshot --size --tmux --config --check-config --print-config
        --list-themes --version --help $settings"
    local flags='-2 -C -D -L -N -S -T -V -c -f -h -l -u -v'
    local command='' i
    local -a _vitrine_flags=()
    for ((i = 1; i < cword; i++)); do
        case ${words[i]} in
        --screenshot | --size | --config | --check-config) ((i++)) ;;
        --tmux)
            _vitrine_flags+=(--tmux "${words[++i]}")
            ;;
        -[LSfTc])
            _vitrine_flags+=("${words[i]}" "${words[++i]}")
            ;;
        --) ;;
        --*) [[ " "${settings//$'\n'/ }" " == *" ${words[i]} "* ]] && ((i++)) ;;
        -*) ;;
        *)
            command=${words[i]}
            break
            ;;
        esac
    done

    case $prev in
    --screenshot | --tmux | --config | --check-config | -f | -S)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        return
        ;;
    --font | --font-bold-family | --font-italic-family | --font-bold-italic-family)
        local IFS=$'\n'
        mapfile -t COMPREPLY < <(compgen -W "$(fc-list :spacing=mono family 2>/dev/null |
            cut -d, -f1 | sort -u)" -- "$cur")
        return
        ;;
    --theme | --theme-dark | --theme-light)
        mapfile -t COMPREPLY < <(compgen -W "$(vitrine --list-themes 2>/dev/null)" -- "$cur")
        return
        ;;
    --appearance)
        mapfile -t COMPREPLY < <(compgen -W 'dark light' -- "$cur")
        return
        ;;
    --cursor-shape)
        mapfile -t COMPREPLY < <(compgen -W 'block underline bar' -- "$cur")
        return
        ;;
    --cursor-unfocused)
        mapfile -t COMPREPLY < <(compgen -W 'hollow unchanged hidden' -- "$cur")
        return
        ;;
    --cursor-blink)
        mapfile -t COMPREPLY < <(compgen -W 'program always never' -- "$cur")
        return
        ;;
    --window-full-screen | --bell-* | --keys-zoom | --keys-full-screen)
        mapfile -t COMPREPLY < <(compgen -W 'true false' -- "$cur")
        return
        ;;
    --font-ligatures)
        mapfile -t COMPREPLY < <(compgen -W 'on off' -- "$cur")
        return
        ;;
    --font-hinting)
        mapfile -t COMPREPLY < <(compgen -W 'slight none full' -- "$cur")
        return
        ;;
    --font-antialias)
        mapfile -t COMPREPLY < <(compgen -W 'grey lcd-rgb lcd-bgr none' -- "$cur")
        return
        ;;
    --font-blending)
        mapfile -t COMPREPLY < <(compgen -W 'plain linear' -- "$cur")
        return
        ;;
    --font-* | --size | --colours-* | --window-* | -L | -T | -c) return ;;
    -t)
        if [[ -n $command ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$(_vitrine_tmux list-sessions -F '#S')
$(_vitrine_tmux list-panes -a -F '#{pane_id}')" -- "$cur")
            return
        fi
        ;;
    esac

    if [[ -z $command ]]; then
        if [[ $cur == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$options $flags --" -- "$cur")
        else
            mapfile -t COMPREPLY < <(compgen -W "new attach bench memory top
$(_vitrine_tmux list-commands -F '#{command_list_name}')" -- "$cur")
        fi
        return
    fi
    case $command in
    a | at | att* | attach*)
        [[ $cur == -* ]] && mapfile -t COMPREPLY < <(compgen -W \
            "-d -E -r -x -c -f -t --pane --screenshot --size --tmux --config $settings" -- "$cur")
        ;;
    bench)
        mapfile -t COMPREPLY < <(compgen -W "latency throughput idle all --keys --spacing --flood
            --flood-kb --kinds --size --reps --seconds --geometry --font --font-size --tmux --json
            --plot --help" -- "$cur")
        ;;
    memory | top)
        mapfile -t COMPREPLY < <(compgen -W "--json" -- "$cur")
        ;;
    new | new-s*)
        [[ $cur == -* ]] && mapfile -t COMPREPLY < <(compgen -W \
            "-A -d -D -E -P -X -c -e -f -F -n -s -t -x -y" -- "$cur")
        ;;
    esac
}

complete -F _vitrine vitrine
