#!/bin/sh
# Speed, always as ratios of runs in turn within the same minutes.
# Usage: HANDRAIL=... [YARDSTICK=reference.c] sh tests/bench/run.sh
# With YARDSTICK, a hand-written C program of the reference pathway, compiled
# here with -O3 -march=native, the ratio of replications a second on one core.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
export LC_ALL=C
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT INT TERM
reps=${REPS:-3000}

seconds() { # seconds COMMAND...: user + system time of one process
    /usr/bin/env bash -c 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1' - "$@" \
        2>&1 | awk '{ print $1 + $2 }'
}
ours() {
    seconds "$HANDRAIL" run scenarios/reference.yaml --replications "$reps" \
        --threads 1 --quiet --json
}
if [ -n "${YARDSTICK:-}" ]; then
    ${CC:-cc} -O3 -march=native "$YARDSTICK" -o "$room/yardstick" -lm
    for turn in 1 2 3 4 5; do
        a=$(ours)
        b=$(seconds "$room/yardstick" "$reps")
        echo "$a $b"
    done | awk -v n="$reps" '{
        printf "handrail %.2f s, yardstick %.2f s: %.3f of its replications a second\n", $1, $2, $2 / $1
        ratio[NR] = $2 / $1
    } END {
        for (i = 1; i <= NR; i++) for (j = i + 1; j <= NR; j++)
            if (ratio[j] < ratio[i]) { t = ratio[i]; ratio[i] = ratio[j]; ratio[j] = t }
        printf "median ratio %.3f (%d replications)\n", ratio[int((NR + 1) / 2)], n
    }'
else
    echo "reference: $(ours) s of processor time for $reps replications"
fi
for run in 1 2 3; do
    seconds "$HANDRAIL" run scenarios/crisis-house.yaml --replications 1000 \
        --quiet -o "$room/out$run"
done | awk '{ printf "crisis-house, 1000 replications with report: %.2f s of processor time\n", $1 }'
