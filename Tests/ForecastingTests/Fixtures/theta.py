"""The dynamic optimised theta model, classical seasonal figures and the test for a season: python3 theta.py > theta.csv

States, errors and forecasts at given parameters and the least criterion found are statsforecast's (its search may stop
early: it bounds ours from above); figures are statsmodels', the shrunken ones by the formula of Miller & Williams (2003).
"""
import numpy as np
import statsforecast
import statsmodels
from statsforecast._lib import theta as lib
from statsforecast.theta import thetamodel
from statsmodels.tsa.seasonal import seasonal_decompose
from statsmodels.tsa.stattools import acf

print(f"# made by theta.py, statsforecast {statsforecast.__version__}, statsmodels {statsmodels.__version__}")
print("case,quantity,i,value")


def put(case, quantity, values):
    for i, v in enumerate(np.atleast_1d(values), 1):
        print(f"{case},{quantity},{i},{float(v):.17g}")


rng = np.random.default_rng(3)
t = np.arange(1, 97)
series = {
    "walk": np.round(100 + np.cumsum(rng.normal(0, 3, 70)), 3),
    "trend": np.round(20 + 1.5 * t[:40] + rng.normal(0, 4, 40), 3),
    "fall": np.round(500 - 3 * t[:60] + np.cumsum(rng.normal(0, 6, 60)), 3),
    "short": np.round(rng.normal(10, 2, 9), 3),
    "below zero": np.round(np.cumsum(rng.normal(0, 1, 50)) - 5, 3),
}
for name, y in series.items():
    put(name, "y", y)
    for k, (level, alpha, theta) in enumerate([(y[0] / 2, 0.5, 2.0), (y[0], 0.15, 8.0), (0.0, 0.9, 1.2)]):
        _, e, states, _ = lib.pegels_resid(y, lib.ModelType.DOTM, level, alpha, theta, 3)
        f = np.empty(30)
        lib.forecast(states, len(y), lib.ModelType.DOTM, f, alpha, theta)
        case = f"{name}/{k}"
        put(case, "parameters", [level, alpha, theta])
        put(case, "errors", e)
        put(case, "mean", f)
    fit = thetamodel(y, 1, "DOTM", np.nan, np.nan, np.nan, 3)
    put(name, "squares", np.sum(np.asarray(fit["residuals"])[3:] ** 2))

for name, m, kind, n in [("monthly", 12, "multiplicative", 96), ("quarterly", 4, "additive", 31)]:
    wave = np.sin(2 * np.pi * t[:n] / m)
    noise = rng.normal(0, 0.08, n)
    y = 40 * (1 + 0.2 * wave + noise) if kind == "multiplicative" else 3 * wave + 20 * noise
    y = np.round(y, 3)
    d = seasonal_decompose(y, model=kind, period=m)
    figures = d.seasonal[:m]
    centre = 1 if kind == "multiplicative" else 0
    detrended = y / d.trend if centre else y - d.trend
    parts = [detrended[s::m][np.isfinite(detrended[s::m])] for s in range(m)]
    variance = np.mean([p.var(ddof=1) / len(p) for p in parts])
    spread = np.sum((figures - centre) ** 2) / (m - 1)
    share = (m - 3) / (m - 1) * variance / (variance + max(0, spread - variance))
    put(name, "y", y)
    put(name, "figures", figures)
    put(name, "shrunken", centre + (1 - share) * (figures - centre))
    r = acf(y, nlags=m, fft=False)[1:]
    put(name, "statistic", abs(r[-1]) / np.sqrt((1 + 2 * np.sum(r[:-1] ** 2)) / n))
