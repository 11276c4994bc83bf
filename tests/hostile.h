#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H
/*
 * Names that a scenario may give to anything, and that break what is careless.
 * "PROOF" in one stands for a file that no name may bring into being.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
struct hostile_case {
    const char *name;
    const char *text;
};
#define HOSTILE_CASES                                                          \
    {"quotes", "a \"b\" 'c'"}, {"backquotes", "`touch PROOF`"},                \
        {"a shell's brackets", "$(touch PROOF); touch PROOF"},                 \
        {"gnuplot's system()", "\"; system(\"touch PROOF\"); \""},             \
        {"gnuplot's macros", "@ARG1 ${x} {/Symbol a} _b ^c"},                  \
        {"a pipe", "<touch PROOF"}, {"another pipe", "| touch PROOF"},         \
        {"a script", "<script>alert(1)</script>"},                             \
        {"an attribute's end", "\"><img src=x onerror=alert(1)>"},             \
        {"a CDATA section's end", "]]><svg onload=x>"},                        \
        {"an entity", "&lt; &#x3c; &"}, {"formats", "%s %n %5$d %%"},          \
        {"a formula", "=HYPERLINK(\"http://a.b\")"},                           \
        {"separators", "a,b;c\td|e"}, {"comments", "# a"},                     \
        {"backslashes", "\\n \\\" \\"}, {"a new line", "a\nset output\nb"},    \
        {"letters beyond ASCII",                                               \
         "Ynys M\xc3\xb4n \xe2\x80\x93 \xe6\x97\xa5\xe6\x9c\xac"},             \
        {"bytes that are not UTF-8", "a\xff\xfe"},                             \
        {"escape sequences", "\x1b[2J\x1b]0;x\x07"},                           \
        {"placeholders", "Zq000 Zq001x Zq999"},                                \
        {"a long name",                                                        \
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"    \
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"    \
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},  \
    {                                                                          \
        "a blank", " "                                                         \
    }
#endif
