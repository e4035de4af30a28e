"""Scores of mixtures of negative binomials by direct summation of scipy's probabilities; of a single component the CRPS
by the closed form of Wei & Held (2014, TEST 23, 787-805) as in R's scoringRules:

    python3 Tests/EvaluationTests/Fixtures/lattice_scores.py > Tests/EvaluationTests/Fixtures/lattice_scores.csv
"""

import numpy as np
from scipy import special, stats

# (weight, mean, size); inf is Poisson.
mixtures = {
    "poisson": [(1, 2.5, np.inf)],
    "rare": [(1, 0.07, 0.4)],
    "one": [(1, 34.0, 3.2)],
    "large": [(1, 4200.0, 60.0)],
    "two": [(0.3, 1.5, 0.7), (0.7, 9.0, 12.0)],
    "apart": [(0.5, 3.0, np.inf), (0.25, 250.0, 40.0), (0.25, 900.0, 8.0)],
}
actuals = {
    "poisson": [0, 2, 9, 30], "rare": [0, 1, 5], "one": [0, 20, 34, 120], "large": [2500, 4200, 6100],
    "two": [0, 4, 40], "apart": [0, 3, 100, 260, 2500],
}


def distribution(mean, size):
    return stats.poisson(mean) if np.isinf(size) else stats.nbinom(size, size / (size + mean))


def closed_form(mean, size, y):
    if np.isinf(size):
        f = stats.poisson(mean)
        bessel = special.ive(0, 2 * mean) + special.ive(1, 2 * mean)
        return (y - mean) * (2 * f.cdf(y) - 1) + 2 * mean * f.pmf(np.floor(y)) - mean * bessel
    p = size / (size + mean)
    first = y * (2 * stats.nbinom(size, p).cdf(y) - 1)
    inner = p * (2 * stats.nbinom(size + 1, p).cdf(y - 1) - 1)
    return first - size * (1 - p) / p**2 * (inner + special.hyp2f1(size + 1, 0.5, 2, -4 * (1 - p) / p**2))


print("# python3 Tests/EvaluationTests/Fixtures/lattice_scores.py")
print("case,quantity,value")
for name, parts in mixtures.items():
    for part in parts:
        for value in part:
            print(f"{name},component,{value!r}".replace("np.float64(", "").replace(")", ""))
    top = max(int(m + 60 * np.sqrt(m + m * m / s) + 200) for _, m, s in parts)
    k = np.arange(top)
    pmf = sum(w * distribution(m, s).pmf(k) for w, m, s in parts)
    cdf = np.cumsum(pmf)
    for y in actuals[name]:
        crps = np.sum((cdf - (k >= y)) ** 2)
        if len(parts) == 1:
            exact = closed_form(*parts[0][1:], y)
            if not np.isnan(exact):
                assert abs(crps - exact) < 1e-6 * exact, (name, y, crps, exact)
        below = cdf[y - 1] if y else 0.0
        for quantity, value in (("actual", y), ("below", below), ("upTo", cdf[y]), ("probability", pmf[y]), ("crps", crps)):
            print(f"{name},{quantity},{float(value)!r}")
