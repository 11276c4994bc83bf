#!/bin/sh
# Golden results: what the shipped scenarios gave when somebody last read them.
# Usage: HANDRAIL=... sh tests/golden/run.sh check|rewrite
# Compared are results.csv to 6 significant digits, so that another machine's
# last bits do not matter; and one thread against three, byte for byte.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
export LC_ALL=C
here=$(dirname "$0")
mode=${1:-check}
room=$(mktemp -d) || exit 1
trap 'rm -rf "$room"' EXIT INT TERM
passed=0
failed=0

round() { # numbers to 6 significant digits
    awk -F, -v OFS=, '{
        for (i = NF - 5; i <= NF; i++)
            if ($i ~ /^-?[0-9.]+(e[-+]?[0-9]+)?$/) $i = sprintf("%.6g", $i)
        print
    }' "$1"
}
check() { # check NAME COMMAND...: a test, as cmocka prints it
    name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "golden: failed: $name"
    fi
}
run() { # run SCENARIO THREADS
    "$HANDRAIL" run "scenarios/$1.yaml" --replications 60 --seed 1 \
        --threads "$2" --quiet -o "$room/$1-$2" >/dev/null
}
same_result() { # same_result SCENARIO
    round "$room/$1-1/results.csv" >"$room/$1.csv"
    if [ "$mode" = rewrite ]; then
        cp "$room/$1.csv" "$here/$1.csv"
        return 0
    fi
    diff "$here/$1.csv" "$room/$1.csv" | head -20
    cmp -s "$here/$1.csv" "$room/$1.csv"
}
same_bytes() { # same_bytes SCENARIO FILE
    cmp "$room/$1-1/$2" "$room/$1-3/$2"
}

for scenario in crisis-house reference; do
    check "$scenario runs on one thread" run "$scenario" 1
    check "$scenario runs on three threads" run "$scenario" 3
    check "$scenario gives the golden results" same_result "$scenario"
    check "$scenario: any number of threads, the same results.json" \
        same_bytes "$scenario" results.json
    check "$scenario: any number of threads, the same results.csv" \
        same_bytes "$scenario" results.csv
done
echo "[  PASSED  ] $passed test(s)."
[ "$failed" -eq 0 ] || echo "[  FAILED  ] golden: $failed test(s)"
[ "$failed" -eq 0 ]
