#!/bin/sh
# The string kernels beside rapidfuzz on this machine, one after the other: nanoseconds a pair, the best of five rounds.
#
#   bench/link/kernels.sh [PYTHON]        PYTHON has rapidfuzz and numpy
#
# Both compare 100 words with 1,000, each 10 to 14 letters drawn from 20. rapidfuzz runs as it is quickest: one against
# many (process.cdist, one worker). Ours: `prepared` and `32 at once` are what corresponds to that.
set -eu
python=${1:-python3}
here=$(cd "$(dirname "$0")/../.." && pwd)
"$here/build/bench/bench_names" kernels
"$python" - <<'PYTHON'
import random, time
import numpy, rapidfuzz
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein, OSA
random.seed(1)
words = [''.join(random.choices('abcdefghijklmnopqrst', k=random.randint(10, 14))) for _ in range(1000)]
print(f"rapidfuzz {rapidfuzz.__version__}, cdist, the same shape of words")
for name, scorer, limit, kind in [
        ("levenshtein", Levenshtein.distance, None, numpy.uint8), ("levenshtein, limit 3", Levenshtein.distance, 3, numpy.uint8),
        ("osa", OSA.distance, None, numpy.uint8), ("jaro_winkler", JaroWinkler.similarity, None, numpy.float32),
        ("jaro_winkler, at least .85", JaroWinkler.similarity, .85, numpy.float32)]:
    best = 1e9
    for _ in range(5):
        start = time.perf_counter()
        process.cdist(words[:100], words, scorer=scorer, score_cutoff=limit, dtype=kind, workers=1)
        best = min(best, time.perf_counter() - start)
    print(f"  {name:<44} {best / 1e5 * 1e9:6.1f} ns")
PYTHON
