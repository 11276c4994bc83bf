#!/bin/sh
# A battery of tests of the random words as the model draws them: dieharder
# (Brown, Eddelbuettel and Bauer), all of its tests, on the words of one
# replication after another of the crisis house. Takes hours; the answers stand
# in $BUILD/verify/battery.txt.
# Usage: BUILD=... sh tests/verify/battery.sh
#
# Of its p-values dieharder calls FAILED those below 1e-6 or as near to 1, and
# WEAK those below 0.005. No test may fail. Of some 114 tests of a faultless
# generator 1.1 are WEAK by chance; more than 7 come once in 16,000 such runs
# (Poisson), and are a failure, too.
# The control: the names in place of the words must fail.
# SPDX-License-Identifier: GPL-3.0-or-later
weak_most=7
tests_least=100
out=$BUILD/verify/battery.txt
stream() { "$BUILD/tests/verify/stream" scenarios/crisis-house.yaml 1 "$@"; }
count() { grep -c "| *$1 *$" "$out"; }
mkdir -p "$BUILD/verify"
if ! stream names | dieharder -d 0 -g 200 | grep -q FAILED; then
    echo "the control was not caught: the names of the words pass for random"
    exit 1
fi
stream | dieharder -a -g 200 | tee "$out"
failed=$(count FAILED)
weak=$(count WEAK)
tests=$((failed + weak + $(count PASSED)))
echo "$tests tests: $failed failed, $weak weak"
[ "$failed" -eq 0 ] && [ "$weak" -le "$weak_most" ] && [ "$tests" -ge "$tests_least" ]
