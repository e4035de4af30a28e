"""Scores of orders by scikit-learn (ndcg_score) and SciPy (spearmanr):

    pip install numpy scipy scikit-learn
    python3 Tests/EvaluationTests/Fixtures/ranking_scores.py > Tests/EvaluationTests/Fixtures/ranking_scores.csv
"""

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import ndcg_score

print("# python3 Tests/EvaluationTests/Fixtures/ranking_scores.py")
print("case,quantity,value")
rng = np.random.default_rng(3)
for case, n, k, ties in [("few", 7, 5, False), ("many", 60, 50, False), ("ties", 40, 20, True)]:
    value = rng.normal(size=n).round(0 if ties else 6)
    gain = np.clip(rng.normal(size=n) + 0.5 * value, 0, None).round(4)
    for name, values in [("value", value), ("gain", gain)]:
        for v in values:
            print(f"{case},{name},{float(v)!r}")
    print(f"{case},k,{k}")
    # Of ties scikit-learn takes the mean over all orders; the order here is one of them.
    if not ties:
        print(f"{case},ndcg,{float(ndcg_score([gain], [value], k=k))!r}")
    print(f"{case},spearman,{float(spearmanr(value, gain).statistic)!r}")
