"""A join written by hand in SQL, its pairs handed to SciPy. Prints what it took. run_sql_scipy.py FILE"""

import json
import resource
import sqlite3
import sys
import time

import numpy
from scipy import stats

query = """
WITH latest AS (
  SELECT request_id, CASE type WHEN 'explicit_rating' THEN value WHEN 'explicit_thumbs_up' THEN 5 ELSE 1 END AS score,
    row_number() OVER (
      PARTITION BY request_id, user_id, type = 'explicit_rating' ORDER BY timestamp_ms DESC, id DESC
    ) AS place
  FROM feedback_events
), human AS (SELECT request_id, avg(score) AS score FROM latest WHERE place = 1 GROUP BY request_id)
SELECT human.score, eval_scores ->> 'overall' FROM human JOIN eval_logs USING (request_id)
"""

started = time.perf_counter()
pairs = numpy.array(sqlite3.connect(sys.argv[1]).execute(query).fetchall())
pearson = stats.pearsonr(pairs[:, 0], pairs[:, 1])[0]
spearman = stats.spearmanr(pairs[:, 0], pairs[:, 1])[0]
ms = (time.perf_counter() - started) * 1000
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"ms": ms, "peakMb": peak, "n": len(pairs), "pearson": pearson, "spearman": spearman}))
