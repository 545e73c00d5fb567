"""The usual notebook: both tables into pandas, joined there, SciPy's correlations. Prints what it took.

run_pandas.py FILE all|needed
"""

import json
import resource
import sqlite3
import sys
import time

import pandas
from scipy import stats

file, columns = sys.argv[1:3]
started = time.perf_counter()
connection = sqlite3.connect(file)
if columns == "all":
    records = pandas.read_sql("SELECT * FROM eval_logs", connection)
    events = pandas.read_sql("SELECT * FROM feedback_events", connection)
    records["overall"] = [json.loads(scores)["overall"] for scores in records.eval_scores]
else:
    records = pandas.read_sql("SELECT request_id, eval_scores ->> 'overall' AS overall FROM eval_logs", connection)
    events = pandas.read_sql(
        "SELECT request_id, user_id, type, value, timestamp_ms, id FROM feedback_events", connection
    )

events["kind"] = events.type == "explicit_rating"
events["score"] = pandas.to_numeric(events.value).where(
    events.kind, events.type.map({"explicit_thumbs_up": 5.0, "explicit_thumbs_down": 1.0})
)
standing = events.sort_values(["timestamp_ms", "id"]).drop_duplicates(
    ["request_id", "user_id", "kind"], keep="last"
)
human = standing.groupby("request_id").score.mean()
joined = records.set_index("request_id").join(human, how="inner")
pearson = stats.pearsonr(joined.score, joined.overall)[0]
spearman = stats.spearmanr(joined.score, joined.overall)[0]
ms = (time.perf_counter() - started) * 1000
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"ms": ms, "peakMb": peak, "n": len(joined), "pearson": pearson, "spearman": spearman}))
