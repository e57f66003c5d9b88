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

    local options='--pane --screenshot --font --font-size --size --tmux --version --help'
    local flags='-2 -C -D -L -N -S -T -V -c -f -h -l -u -v'
    local command='' i
    local -a _vitrine_flags=()
    for ((i = 1; i < cword; i++)); do
        case ${words[i]} in
        --screenshot | --font | --font-size | --size) ((i++)) ;;
        --tmux)
            _vitrine_flags+=(--tmux "${words[++i]}")
            ;;
        -[LSfTc])
            _vitrine_flags+=("${words[i]}" "${words[++i]}")
            ;;
        --) ;;
        -*) ;;
        *)
            command=${words[i]}
            break
            ;;
        esac
    done

    case $prev in
    --screenshot | --tmux | -f | -S)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        return
        ;;
    --font)
        local IFS=$'\n'
        mapfile -t COMPREPLY < <(compgen -W "$(fc-list :spacing=mono family 2>/dev/null |
            cut -d, -f1 | sort -u)" -- "$cur")
        return
        ;;
    --font-size | --size | -L | -T | -c) return ;;
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
            mapfile -t COMPREPLY < <(compgen -W "new attach bench
$(_vitrine_tmux list-commands -F '#{command_list_name}')" -- "$cur")
        fi
        return
    fi
    case $command in
    a | at | att* | attach*)
        [[ $cur == -* ]] && mapfile -t COMPREPLY < <(compgen -W \
            "-d -E -r -x -c -f -t --pane --screenshot --font --font-size --size --tmux" -- "$cur")
        ;;
    bench)
        mapfile -t COMPREPLY < <(compgen -W "latency throughput idle all --keys --spacing --flood
            --flood-kb --kinds --size --reps --seconds --geometry --font --font-size --tmux --json
            --plot --help" -- "$cur")
        ;;
    new | new-s*)
        [[ $cur == -* ]] && mapfile -t COMPREPLY < <(compgen -W \
            "-A -d -D -E -P -X -c -e -f -F -n -s -t -x -y" -- "$cur")
        ;;
    esac
}

complete -F _vitrine vitrine
