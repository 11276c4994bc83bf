#!/bin/sh
# Runs every test program, then the tests of the built program, and sums up.
# Usage: BUILD=... HANDRAIL=... sh tests/run.sh TEST_PROGRAM...
# SPDX-License-Identifier: GPL-3.0-or-later
passed=0
failed=0
broken=
log=$BUILD/tests/log
run() { # run NAME COMMAND...: counts cmocka's closing lines
    name=$1
    shift
    echo "== $name"
    if "$@" >"$log" 2>&1; then status=0; else status=$?; fi
    ok=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test(s)\.$/\1/p' "$log" |
        awk '{ n += $1 } END { print n + 0 }')
    bad=$(sed -n 's/^\[  FAILED  \] .* \([0-9]*\) test(s).*$/\1/p' "$log" |
        awk '{ n += $1 } END { print n + 0 }')
    passed=$((passed + ok))
    failed=$((failed + bad))
    if [ "$status" -ne 0 ] || [ "$ok" -eq 0 ]; then
        cat "$log"
        broken="$broken $name"
        [ "$bad" -gt 0 ] || failed=$((failed + 1))
    fi
}
for test in "$@"; do
    run "${test##*/}" "./$test"
done
run golden sh tests/golden/run.sh check
# The page of verification names every check there is.
list=$BUILD/tests/list
rm -rf "$list"
mkdir -p "$list"
for test in "$@"; do
    case ${test##*/} in
    verify_*) VERIFY=list VERIFY_ROWS=$list "./$test" ;;
    esac
done
if [ -n "$(ls "$list")" ]; then
    run verification "$BUILD/tests/verify/page" --check docs/verification.md "$list"/*.tsv
    run 'wrong builds' sh tests/verify/wrong.sh --check
fi
rm -f "$log"
[ -z "$broken" ] || echo "failed:$broken"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
