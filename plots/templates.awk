# Turns template scenarios into a C file that holds them, line by line, in a
# table of their names.
# SPDX-License-Identifier: GPL-3.0-or-later
BEGIN {
    print "/* Made from scenarios by plots/templates.awk; not to be edited. */"
    print "#include <stddef.h>"
    print "#include \"plots/templates.h\""
}
FNR == 1 {
    if (count)
        print "    NULL};"
    name = FILENAME
    sub(/.*\//, "", name)
    sub(/\.[a-z]+$/, "", name)
    names[++count] = name
    about = ""
    opening = 1
    print "static const char *const lines_" count "[] = {"
}
# The first sentence of the opening remark says what a template is.
opening {
    sentence = $0
    sub(/^# */, "", sentence)
    about = about (about == "" ? "" : " ") sentence
    if (about ~ /\./ || $0 !~ /^#/) {
        sub(/\..*/, "", about)
        gsub(/\\/, "&&", about)
        gsub(/"/, "\\\"", about)
        abouts[count] = about
        opening = 0
    }
}
{
    gsub(/\\/, "&&")
    gsub(/"/, "\\\"")
    print "    \"" $0 "\\n\","
}
END {
    print "    NULL};"
    print "const struct template template_table[] = {"
    for (i = 1; i <= count; i++)
        print "    {\"" names[i] "\", \"" abouts[i] "\", lines_" i "},"
    print "    {NULL, NULL, NULL}};"
}
