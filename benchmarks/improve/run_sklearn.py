"""scikit-learn's TF-IDF and logistic regression on the same texts. Prints what it took. run_sklearn.py LABELS pairs|words

`pairs`: the same number of words and pairs of neighbours; `words`: everything as it is by default.
"""

import json
import resource
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

file, terms = sys.argv[1:3]
with open(file, encoding="utf8") as opened:
    labels = json.load(opened)
training, held_out = (
    ([f"{row['prompt']}\n{row['output']}" for row in labels[part]], [row["label"] for row in labels[part]])
    for part in ("training", "heldOut")
)

started = time.perf_counter()
pairs = {"ngram_range": (1, 2), "min_df": 2, "max_features": 20_000}
vectorizer = TfidfVectorizer(**(pairs if terms == "pairs" else {}))
rows = vectorizer.fit_transform(training[0])
made_rows = time.perf_counter()
model = LogisticRegression().fit(rows, training[1])
trained = time.perf_counter()
log_odds = model.decision_function(vectorizer.transform(held_out[0]))
ms = (time.perf_counter() - started) * 1000
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
parts = {"vocabulary and rows": (made_rows - started) * 1000, "regression": (trained - made_rows) * 1000}
auc = roc_auc_score(held_out[1], log_odds)
print(json.dumps({"ms": ms, "peakMb": peak, "auc": auc, "terms": rows.shape[1], "parts": parts}))
