# Turns gnuplot scripts, the style of the report and the SQL of the event log
# into a C file that holds them, line by line.
# SPDX-License-Identifier: GPL-3.0-or-later
BEGIN {
    print "/* Made from the files beside it by plots/scripts.awk; not to be edited. */"
    print "#include <stddef.h>"
    print "#include \"plots/scripts.h\""
}
FNR == 1 {
    if (NR > 1)
        print "    NULL};"
    name = FILENAME
    sub(/.*\//, "", name)
    sub(/\.[a-z]+$/, "", name)
    print "const char *const script_" name "[] = {"
}
{
    gsub(/\\/, "&&")
    gsub(/"/, "\\\"")
    print "    \"" $0 "\\n\","
}
END {
    print "    NULL};"
}
