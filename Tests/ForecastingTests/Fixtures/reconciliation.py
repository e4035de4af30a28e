"""Reconciled forecasts of hierarchicalforecast 1.5: python3 reconciliation.py > reconciliation.csv

Structures are drawn at random, a tree and a grouped one (areas crossed with measures); `parts` gives, of each total, the
number of its parts and their positions, totals first as hierarchicalforecast has them. Forecasts that may not be negative
are solved by scipy's non-negative least squares (Lawson & Hanson 1974) from hierarchicalforecast's W: its own are rounded to
single precision.
"""
import hierarchicalforecast
import numpy as np
import scipy
from hierarchicalforecast.methods import BottomUp, MiddleOut, MinTrace, TopDown
from scipy.optimize import nnls

print(f"# made by reconciliation.py, hierarchicalforecast {hierarchicalforecast.__version__}, scipy {scipy.__version__}")
print("case,quantity,i,value")


def put(case, quantity, values):
    for i, v in enumerate(np.ravel(np.atleast_1d(values)), 1):
        print(f"{case},{quantity},{i},{float(v):.17g}")


rng = np.random.default_rng(15)


def tree(widths):
    """Parts of each total, top first; leaves last. `widths` parts at each depth."""
    levels = [[0]]
    parts = []
    count = 1
    for width in widths:
        nodes = []
        for _ in levels[-1]:
            own = list(range(count, count + width))
            count += width
            parts.append(own)
            nodes += own
        levels.append(nodes)
    return parts, levels, count


def grouped(areas, measures):
    """All, areas, measures, then areas x measures."""
    first = 1 + areas + measures
    cell = lambda a, m: first + a * measures + m
    parts = [[1 + a for a in range(areas)]]
    parts += [[cell(a, m) for m in range(measures)] for a in range(areas)]
    parts += [[cell(a, m) for a in range(areas)] for m in range(measures)]
    return parts, None, first + areas * measures


def summing(parts, n):
    a = len(parts)
    S = np.zeros((n, n - a))
    S[a:] = np.eye(n - a)
    for t in reversed(range(a)):
        S[t] = sum(S[p] for p in parts[t])
    return S


cases = {
    "tree": (*tree([3, 4]), 40, 3),
    "deep": (*tree([2, 3, 2]), 60, 2),
    "grouped": (*grouped(4, 3), 50, 2),
    "short": (*tree([4, 5]), 8, 2),
    "sparse": (*grouped(3, 4), 30, 3),
}
for name, (parts, levels, n, periods, steps) in cases.items():
    S = summing(parts, n)
    a = len(parts)
    leaves = n - a
    low = name == "sparse"
    rate = rng.gamma(0.3 if low else 4, 1 if low else 5, leaves)
    shared = np.exp(rng.normal(0, 0.2, periods))
    y = S @ rng.poisson(rate[:, None] * shared[None, :]).astype(float)
    fitted = np.round(y.mean(axis=1, keepdims=True) + rng.normal(0, 0.3, (n, periods)) * np.sqrt(y.mean(axis=1, keepdims=True) + 0.1), 3)
    base = np.round((S @ rate)[:, None] * (1 + rng.normal(0, 0.6 if low else 0.15, (n, steps))), 3)
    if low:
        base = np.maximum(base, 0)
    put(name, "size", [n, a, periods, steps])
    put(name, "parts", [x for own in parts for x in [len(own), *own]])
    put(name, "y", y)
    put(name, "fitted", fitted)
    put(name, "base", base)
    put(name, "bottom-up", BottomUp().fit_predict(S=S, y_hat=base)["mean"])
    for method in ["ols", "wls_struct", "wls_var", "mint_shrink"]:
        kind = MinTrace(method)
        own = kind.fit_predict(S=S, y_hat=base, y_insample=y, y_hat_insample=fitted)["mean"]
        put(name, {"mint_shrink": "mint"}.get(method, method.replace("_", "-")), own)
        if method == "mint_shrink":
            W = kind.W
            put(name, "shrinkage", 1 - W[0, n - 1] / np.cov(y - fitted)[0, n - 1])
        if method in ["wls_struct", "mint_shrink"]:
            half = np.linalg.cholesky(np.linalg.inv(kind.W)).T
            least = np.stack([nnls(half @ S, half @ base[:, h])[0] for h in range(steps)], axis=1)
            put(name, ("mint" if method == "mint_shrink" else "wls-struct") + "/non-negative", S @ least)
    if levels:
        tags = {f"level {d}": np.array(nodes) for d, nodes in enumerate(levels)}
        put(name, "top-down", TopDown("average_proportions").fit_predict(S=S, y_hat=base, y_insample=y, tags=tags)["mean"])
        put(
            name, "middle-out",
            MiddleOut("level 1", "average_proportions").fit_predict(S=S, y_hat=base, y_insample=y, tags=tags)["mean"])
