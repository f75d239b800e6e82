#!/bin/sh
# Batch linking beside Splink on this machine, one after the other, on the same file.
#
#   bench/link/compare.sh PEOPLE.csv SPLINK_BENCH.py [PYTHON] [RUNS]
#
# PEOPLE.csv has a column 'entity' with the truth; SPLINK_BENCH.py is run by a Python that has splink, duckdb and pandas.
# Ours counts everything from opening the file to the written clusters; Splink's total is set-up, training, predicting and
# clustering, without reading the file. Splink's F1 is its best over thresholds chosen with the truth; ours is at the default.
# Both run RUNS times (3) in turn; the times are medians, the memory is the most of all runs.
set -eu
people=$1
splink=$2
python=${3:-python3}
runs=${4:-3}
here=$(cd "$(dirname "$0")/../.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
run=0
while [ "$run" -lt "$runs" ]; do
    "$here/build/tideline" link "$people" --truth entity --out "$out/clusters.csv" --json --quiet > "$out/ours$run.json"
    "$python" "$splink" people --csv "$people" --no-count > "$out/splink$run.json"
    run=$((run + 1))
done
"$python" - "$out" <<'PYTHON'
import glob, json, statistics, sys
ours = [json.load(open(path)) for path in glob.glob(sys.argv[1] + '/ours*.json')]
peer = [json.loads(open(path).readlines()[-1]) for path in glob.glob(sys.argv[1] + '/splink*.json')]
best = max(v[2] for v in peer[0]['clusters_closure'].values() if v[2])
our_times = sorted(run['seconds']['total'] for run in ours)
peer_times = sorted(run['total'] for run in peer)
our_time, peer_time = statistics.median(our_times), statistics.median(peer_times)
def line(name, time, times, mb, pairs, clusters):
    print(f"{name:7} {time:7.2f} s  ({times[0]:.2f} to {times[-1]:.2f})  {mb:6d} MB  pairs F1 {pairs:.4f}  clusters F1 {clusters:.4f}")
line('ours', our_time, our_times, max(run['peak_mb'] for run in ours), ours[0]['pairs_f1'], ours[0]['cluster_f1'])
line('splink', peer_time, peer_times, max(run['rss_mb'] for run in peer), peer[0]['pairs']['best']['prf'][2], best)
print(f"ratio   {peer_time / our_time:7.2f} x")
PYTHON
