# Of a log of meson's: the tests that failed, and their lines that say why.
/^test:/ { bad = 0; name = $0; sub(/^test: */, "", name) }
/^result:/ && !/exit status (0|77)$/ { bad = 1; sub(/^result: */, ""); print name ": " $0 }
bad && /ERROR:|Error:|FATAL|values:|^failed / { print "  " substr($0, 1, 300) }
