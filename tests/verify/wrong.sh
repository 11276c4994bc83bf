#!/bin/sh
# Deliberately wrong builds: each must be caught by its family.
# Usage: BUILD=... sh tests/verify/wrong.sh ROWS.tsv [NAME...]
#        BUILD=... sh tests/verify/wrong.sh --check
# The second builds nothing: it asks whether every edit still fits its file.
#
# tests/verify/wrong/NAME.edit says what is made wrong:
#   about: words for the page
#   family: the family that must fail
#   only: run only cases whose name holds this (not required)
#   form: quick (the default) or full
#   file: models/example.c
#   - the exact line, from its first character that is no space
#   + what stands in its place
# A line beginning with '-' must match exactly one line of the file, or the edit
# is stale, which is a failure; several '+' lines may follow it. More `file:`,
# '-' and '+' may follow. The tree is copied with its objects to
# build/wrong/NAME, so that only what is edited is compiled again; the family's
# program is built there, too. The folder stays where the fault was not caught.
# SPDX-License-Identifier: GPL-3.0-or-later
rows=$1
shift
here=tests/verify/wrong
status=0
field() { # field EDIT KEY
    sed -n "s/^$2: *//p" "$1" | head -1
}
copy_tree() { # copy_tree FOLDER
    rm -rf "$1"
    mkdir -p "$1/$BUILD"
    for part in Makefile sim models studies work plots cli tests scenarios docs; do
        cp -a "$part" "$1/$part"
    done
    # Objects and what they were made from: tar keeps the times make goes by.
    (cd "$BUILD" && find . \( -name '*.o' -o -name '*.d' -o -name '*.c' \) \
        -print | tar -cf - -T -) | tar -xf - -C "$1/$BUILD"
}
apply() { # apply EDIT FOLDER: make the tree wrong
    awk -v root="$2" '
        function flush_file(   i, j, trimmed, hits, at) {
            if (file == "") return
            count = 0
            while ((getline line < (root "/" file)) > 0) text[++count] = line
            close(root "/" file)
            for (j = 1; j <= edits; j++) {
                hits = 0
                for (i = 1; i <= count; i++) {
                    trimmed = text[i]
                    sub(/^[ \t]+/, "", trimmed)
                    if (trimmed == from[j]) { hits++; at = i }
                }
                if (hits != 1) {
                    printf "stale edit: %s has %d lines: %s\n", file, hits, from[j]
                    bad = 1
                } else text[at] = to[j]
            }
            for (i = 1; i <= count; i++) print text[i] > (root "/" file)
            close(root "/" file)
            edits = 0
        }
        /^file: / { flush_file(); file = substr($0, 7); next }
        /^- /     { from[++edits] = substr($0, 3); to[edits] = ""; next }
        /^\+ /    { to[edits] = to[edits] (to[edits] == "" ? "" : "\n") substr($0, 3); next }
        END       { flush_file(); exit bad }' "$1"
}
build() { # build FOLDER FAMILY
    make -s -j"$(nproc)" --no-print-directory -C "$1" BUILD="$BUILD" WERROR= \
        CC="${CC:-cc}" \
        "$BUILD/handrail" "$BUILD/tests/verify/verify_$2"
}
try() { # try EDIT: prints a row
    name=$(basename "$1" .edit)
    family=$(field "$1" family)
    tree=$BUILD/../wrong/$name
    copy_tree "$tree"
    apply "$1" "$tree" || { no_build "$1"; return 1; }
    build "$tree" "$family" >"$tree/log" 2>&1 ||
        { tail -5 "$tree/log"; no_build "$1"; return 1; }
    mkdir -p "$tree/rows"
    (cd "$tree" && HANDRAIL=$BUILD/handrail VERIFY=$(field "$OLDPWD/$1" form) \
        VERIFY_ONLY=$(field "$OLDPWD/$1" only) VERIFY_ROWS=rows \
        "./$BUILD/tests/verify/verify_$family" >>log 2>&1)
    summary "$tree/rows/$family.tsv" "$1" && rm -rf "$tree"
}
no_build() { # no_build EDIT: a row that says so
    printf 'wrong\t%s\t%s (could not be built)\t%s\t0\t0\t0\n' \
        "$(basename "$1" .edit)" "$(field "$1" about)" "$(field "$1" family)" >>"$rows"
}
summary() { # summary TSV EDIT: how many checks failed, how far off
    awk -F '\t' -v name="$(basename "$2" .edit)" -v about="$(field "$2" about)" \
        -v family="$(field "$2" family)" -v out="$rows" '
        $1 == "row" && $5 == "" && $13 != "run again" && $13 != "not run" {
            all++
            z = $12 + 0
            if ($12 ~ /inf/) z = 1e9
            if (z < 0) z = -z
            if ($13 == "FAILS") { bad++; if (z > worst) worst = z }
        }
        END {
            printf "wrong\t%s\t%s\t%s\t%d\t%d\t%g\n", name, about, family, bad, all, worst >> out
            printf "%-28s %s: %d of %d checks fail\n", name, bad ? "caught" : "NOT CAUGHT", bad, all
            exit bad == 0
        }' "$1"
}
check() { # check EDIT: counted as run.sh counts a test
    tree=$BUILD/tests/wrong
    rm -rf "$tree"
    for file in $(sed -n 's/^file: //p' "$1"); do
        mkdir -p "$tree/$(dirname "$file")"
        cp "$file" "$tree/$file"
    done
    if apply "$1" "$tree"; then
        echo '[  PASSED  ] 1 test(s).'
    else
        echo "[  FAILED  ] $(basename "$1"): 1 test(s)."
        return 1
    fi
}
if [ "$rows" = --check ]; then
    for edit in "$here"/*.edit; do
        check "$edit" || status=1
    done
    rm -rf "$BUILD/tests/wrong"
    exit "$status"
fi
printf 'family\t99\twrong\tDeliberately wrong builds\t%s\tfull\n' \
    "Each is the program with one fault put in on purpose; the family named is run against it, and has to fail." >"$rows"
[ $# -gt 0 ] || set -- $(cd "$here" && ls -- *.edit 2>/dev/null | sed 's/\.edit$//')
for name in "$@"; do
    try "$here/$name.edit" || status=1
done
exit "$status"
