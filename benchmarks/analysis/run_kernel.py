"""SciPy's correlations of two columns of doubles, each the median of several runs. run_kernel.py FILE N WARM_UP ROUNDS"""

import json
import statistics
import sys
import time

import numpy
from scipy import stats

file = sys.argv[1]
n, warm_up, rounds = (int(text) for text in sys.argv[2:5])
x, y = numpy.fromfile(file, dtype="<f8").reshape(2, n)


def measure(method):
    times = []
    for _ in range(warm_up + rounds):
        started = time.perf_counter()
        r = method(x, y)[0]
        times.append((time.perf_counter() - started) * 1000)
    return {"ms": statistics.median(times[warm_up:]), "r": float(r)}


print(json.dumps({"pearson": measure(stats.pearsonr), "spearman": measure(stats.spearmanr)}))
