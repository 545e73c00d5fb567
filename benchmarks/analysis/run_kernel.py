"""SciPy's correlations of two columns of doubles, each the median of several runs. run_kernel.py FILE N ROUNDS"""

import json
import statistics
import sys
import time

import numpy
from scipy import stats

file, n, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
x, y = numpy.fromfile(file, dtype="<f8").reshape(2, n)


def measure(method):
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        r = method(x, y)[0]
        times.append((time.perf_counter() - started) * 1000)
    return {"ms": statistics.median(times), "r": float(r)}


print(json.dumps({"pearson": measure(stats.pearsonr), "spearman": measure(stats.spearmanr)}))
