"""TSB, Croston-SBA and the seasonal window average at given constants: python3 intermittent.py > intermittent.csv"""
import numpy as np
import statsforecast
from statsforecast.models import _croston_sba, _seasonal_window_average, _tsb

print(f"# made by intermittent.py, statsforecast {statsforecast.__version__}")
print("case,quantity,i,value")


def put(case, quantity, values):
    for i, v in enumerate(np.atleast_1d(values), 1):
        print(f"{case},{quantity},{i},{float(v):.17g}")


rng = np.random.default_rng(5)
cases = {
    "sparse": rng.poisson(0.3, 60).astype(float),
    "clumps": np.where(rng.random(48) < 0.2, rng.poisson(8, 48) + 1.0, 0.0),
    "stopped": np.concatenate([rng.poisson(2, 30), np.zeros(18)]).astype(float),
    "late": np.concatenate([np.zeros(10), rng.poisson(1.2, 26)]).astype(float),
    "steady": rng.poisson(20, 36).astype(float),
}
for name, y in cases.items():
    put(name, "y", y)
    for d, p in [(0.1, 0.1), (0.3, 0.05)]:
        r = _tsb(y, 1, True, d, p)
        put(name, f"tsb {d} {p}", np.append(r["fitted"], r["mean"]))
    r = _croston_sba(y, 1, True)
    put(name, "sba", np.append(r["fitted"], r["mean"]))
    put(name, "window", _seasonal_window_average(y, 12, False, 12, 3)["mean"])
