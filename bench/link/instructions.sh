#!/bin/sh
# Instructions that the inner loops take, counted by callgrind: the same on a busy machine and on an idle one.
#
#   bench/link/instructions.sh          compares with the number kept here; fails if it is more than 3 % above
#   bench/link/instructions.sh --keep   keeps the present number
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bench="$here/../../build/bench/bench_link"
kept="$here/instructions.txt"
margin_percent=3
out=$(mktemp)
trap 'rm -f "$out"' EXIT
valgrind --tool=callgrind --callgrind-out-file="$out" "$bench" kernels > /dev/null 2>&1
now=$(awk '/^(summary|totals):/ { print $2; exit }' "$out")
if [ "${1:-}" = "--keep" ]; then
    echo "$now" > "$kept"
    echo "kept $now"
    exit 0
fi
before=$(cat "$kept")
echo "now $now, kept $before, $(awk -v n="$now" -v b="$before" 'BEGIN { printf "%+.2f %%", (n - b) * 100 / b }')"
awk -v n="$now" -v b="$before" -v m="$margin_percent" 'BEGIN { exit n > b * (1 + m / 100) }'
