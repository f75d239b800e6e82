#!/bin/sh
# Time, memory and accuracy of batch linking by the number of records.
#
#   bench/link/curve.sh GENERATE.py [RECORDS...]     default: 10000 100000 1000000 3000000 10000000
#
# GENERATE.py N FILE --seed S writes N made-up people to a CSV with the truth in the column 'entity'. Files stand in
# $TMPDIR while they are measured (10 million: 1 GB). Seconds are from opening the file to the written clusters; CPU
# seconds are of all threads, measuring against the truth included. Memory is the most that the process ever had.
set -eu
generate=$1
shift
[ $# -gt 0 ] || set -- 10000 100000 1000000 3000000 10000000
here=$(cd "$(dirname "$0")/../.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for records in "$@"; do
    python3 "$generate" "$records" "$out/people.csv" --seed 1
    python3 - "$here/build/tideline" "$out" "$records" <<'PYTHON'
import json, resource, subprocess, sys
tideline, out, records = sys.argv[1], sys.argv[2], int(sys.argv[3])
run = subprocess.run([tideline, 'link', out + '/people.csv', '--truth', 'entity', '--out', out + '/clusters.csv', '--json', '--quiet'],
                     stdout=subprocess.PIPE, check=True)
ran = json.loads(run.stdout)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{records:>10,} records  {ran['seconds']['total']:8.2f} s  {used.ru_utime + used.ru_stime:8.2f} s CPU  {ran['peak_mb']:6,} MB  "
      f"pairs F1 {ran['pairs_f1']:.4f}  clusters F1 {ran['cluster_f1']:.4f}", flush=True)
PYTHON
done
