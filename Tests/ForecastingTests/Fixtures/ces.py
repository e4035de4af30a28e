"""Complex exponential smoothing: python3 ces.py > ces.csv

Starting states, errors, criterion and forecasts at given gains, and the least criterion found for each form, are
statsforecast's (its search may stop early: it bounds ours from above). All series are made here.
"""
import numpy as np
import statsforecast
from statsforecast.ces import auto_ces, cesmodel, initstate, pegelsfcast_C

print(f"# made by ces.py, statsforecast {statsforecast.__version__}")
print("case,quantity,i,value")


def put(case, quantity, values):
    for i, v in enumerate(np.atleast_1d(values), 1):
        print(f"{case},{quantity},{i},{float(v):.17g}")


FORMS = {"N": (1.2, 0.99), "S": (1.15, 1.01), "P": (1.3, 0.995, 0.12), "F": (1.1, 1.002, 1.05, 0.98)}


def gains(p):
    return dict(zip(("alpha_0", "alpha_1", "beta_0", "beta_1"), p))


rng = np.random.default_rng(11)
t = np.arange(1, 145)


def wave(n, m, size):
    return size * np.sin(2 * np.pi * t[:n] / m) + size / 2 * np.cos(4 * np.pi * t[:n] / m)


given = {
    "monthly": (12, 200 + 0.6 * t[:70] + wave(70, 12, 30) + rng.normal(0, 9, 70)),
    "quarterly": (4, 50 + np.cumsum(rng.normal(0, 2, 31)) + wave(31, 4, 6)),
    "below zero": (12, wave(48, 12, 3) + rng.normal(-1, 1, 48)),
}
for name, (m, y) in given.items():
    y = np.round(y, 3)
    put(name, "y", y)
    put(name, "m", m)
    for form, p in FORMS.items():
        fit = cesmodel(y, m, form, nmse=3, **{"beta_0": None, "beta_1": None, **gains(p)})
        case = f"{name}/{form}"
        put(case, "gains", p)
        put(case, "start", initstate(y, 1 if form == "N" else m, form).T.ravel())
        put(case, "errors", fit["residuals"])
        put(case, "criterion", -2 * fit["loglik"])
        put(case, "aicc", fit["aicc"])
        put(case, "sigma2", fit["sigma2"])
        put(case, "mean", pegelsfcast_C(30, fit))

for k in range(20):
    m, n = (12, int(rng.integers(40, 130))) if k % 4 else (4, int(rng.integers(16, 60)))
    level = 100 + np.cumsum(rng.normal(rng.normal(0, 0.2), rng.choice([0.3, 1.5, 4]), n))
    figures = rng.normal(0, rng.choice([0, 4, 15]), m)
    y = np.round(level + figures[np.arange(n) % m] + rng.normal(0, rng.choice([1, 5]), n), 2)
    put(f"search {k}", "y", y)
    put(f"search {k}", "m", m)
    for form in FORMS:
        put(f"search {k}/{form}", "criterion", -2 * cesmodel(y, m, form, None, None, None, None, 3)["loglik"])
    put(f"search {k}", "aicc", auto_ces(y, m)["aicc"])
