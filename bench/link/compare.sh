#!/bin/sh
# Batch linking beside Splink on this machine, one after the other, on the same file.
#
#   bench/link/compare.sh PEOPLE.csv SPLINK_BENCH.py [PYTHON]
#
# PEOPLE.csv has a column 'entity' with the truth; SPLINK_BENCH.py is run by a Python that has splink, duckdb and pandas.
# Ours counts everything from opening the file to the written clusters; Splink's total is set-up, training, predicting and
# clustering, without reading the file. Splink's F1 is its best over thresholds chosen with the truth; ours is at the default.
set -eu
people=$1
splink=$2
python=${3:-python3}
here=$(cd "$(dirname "$0")/../.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$here/build/tideline" link "$people" --truth entity --out "$out/clusters.csv" --json --quiet > "$out/ours.json"
"$python" "$splink" people --csv "$people" --no-count > "$out/splink.json"
"$python" - "$out" <<'PYTHON'
import json, sys
ours = json.load(open(sys.argv[1] + '/ours.json'))
peer = json.loads(open(sys.argv[1] + '/splink.json').readlines()[-1])
best = max(v[2] for v in peer['clusters_closure'].values() if v[2])
seconds = ours['seconds']['total']
print(f"ours    {seconds:7.2f} s  {ours['peak_mb']:6d} MB  pairs F1 {ours['pairs_f1']:.4f}  clusters F1 {ours['cluster_f1']:.4f}")
print(f"splink  {peer['total']:7.2f} s  {peer['rss_mb']:6d} MB  pairs F1 {peer['pairs']['best']['prf'][2]:.4f}  clusters F1 {best:.4f}")
print(f"ratio   {peer['total'] / seconds:7.2f} x")
PYTHON
