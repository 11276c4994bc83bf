#!/bin/sh
# Verification in full: every family, the deliberately wrong builds, the page.
# Usage: BUILD=... HANDRAIL=... sh tests/verify/run.sh PAGE FAMILY_PROGRAM...
# Ends with 1 where any check failed, any control or wrong build went unnoticed,
# or the page lacks a row. The page is written whatever was found: it tells.
# SPDX-License-Identifier: GPL-3.0-or-later
page=$1
shift
rows=$BUILD/verify
status=0
rm -rf "$rows"
mkdir -p "$rows/list"
export HANDRAIL
for program in "$@"; do
    name=${program##*/verify_}
    echo "== $name"
    started=$(date +%s)
    VERIFY=full VERIFY_ROWS=$rows "./$program" >"$rows/$name.log" 2>&1 ||
        { status=1; grep -v '^\[ *\(RUN\|OK\)' "$rows/$name.log"; }
    VERIFY=list VERIFY_ROWS=$rows/list "./$program" || status=1
    grep PASSED "$rows/$name.log" | sed "s/\$/ in $(($(date +%s) - started)) s/"
done
gnuplot -e "data='$rows/readmission.dat'" tests/verify/readmission.gp \
    >"$rows/readmission.svg" && cp "$rows/readmission.svg" docs/figures/ || status=1
echo "== wrong builds"
sh tests/verify/wrong.sh "$rows/wrong.tsv" || status=1
"$BUILD/tests/verify/page" tests/verify/opening.md tests/verify/closing.md \
    "$rows"/*.tsv >"$rows/page.md" || status=1
cp "$rows/page.md" "$page"
"$BUILD/tests/verify/page" --check "$page" "$rows"/list/*.tsv || status=1
[ "$status" -eq 0 ] && echo "verified: see $page" || echo "NOT verified: see $page"
exit "$status"
