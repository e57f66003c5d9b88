# Reads the machine's own apt entries (deb822 stanzas from *.sources, lines from *.list)
# and prints deb822 stanzas for the source packages of another suite at the same places,
# with the same keys and trust. Only entries of the distribution itself count: those with
# the component "main" and this machine's release among their suites.
#   awk -f apt-entries.awk -v suite=trixie -v codename=bookworm FILE...

function own_release(suites,    list, count, i) {
    count = split(suites, list, /[ \t\n]+/)
    for (i = 1; i <= count; i++)
        if (list[i] == codename || list[i] ~ /^(oldstable|stable|testing|unstable|sid)$/)
            return 1
    return 0
}

function print_entry(uris, rest) {
    if (!((uris rest) in printed))
        printf "Types: deb-src\nURIs: %s\nSuites: %s\nComponents: main\n%s\n", uris, suite, rest
    printed[uris rest] = 1
}

function end_stanza() {
    if (field["enabled"] !~ /no|false/ && own_release(field["suites"]) &&
        (" " field["components"] " ") ~ /[ \t]main[ \t]/)
        print_entry(field["uris"], kept)
    split("", field)
    name = kept = ""
}

# Fields that say how far to trust the place; everything else is ours to choose.
function keep(name) {
    return name ~ /^(signed-by|trusted|check-valid-until|allow-insecure)$/
}

function one_line_entry(line,    options, words, count, i, pair, rest) {
    options = ""
    if (match(line, /\[[^]]*\]/)) {
        options = substr(line, RSTART + 1, RLENGTH - 2)
        line = substr(line, 1, RSTART - 1) " " substr(line, RSTART + RLENGTH)
    }
    if (split(line, words, /[ \t]+/) < 4 || words[2] ~ /^cdrom:/ ||
        !own_release(words[3]) || (line " ") !~ /[ \t]main[ \t]/)
        return
    rest = ""
    count = split(options, list, /[ \t]+/)
    for (i = 1; i <= count; i++)
        if (split(list[i], pair, "=") == 2 && keep(tolower(pair[1])))
            rest = rest pair[1] ": " pair[2] "\n"
    print_entry(words[2], rest)
}

FNR == 1            { end_stanza() }
/^#/                { next }
/^deb(-src)?[ \t]/  { sub(/#.*/, ""); one_line_entry($0); next }
/^[ \t]*$/          { end_stanza(); next }
/^[ \t]/            { field[name] = field[name] "\n" $0; if (keep(name)) kept = kept $0 "\n"; next }
{
    colon = index($0, ":")
    name = tolower(substr($0, 1, colon - 1))
    field[name] = substr($0, colon + 1)
    sub(/^[ \t]+/, "", field[name])
    if (keep(name))
        kept = kept $0 "\n"
}
END                 { end_stanza() }
