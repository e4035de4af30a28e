#!/usr/bin/env python3
"""Forecasts with Horizon and with the installed peers side by side, in one run, and prints scores, speeds and ratios.

    Benchmarks/forecasting.py --m3 TRAIN.csv TEST.csv --counts LONG.csv|LONG.zip [--m3-sample 100] [--counts-sample 300]

TRAIN and TEST: monthly series as unique_id,ds,y; the project was measured on the 1,428 monthly series of the M3 competition. LONG:
monthly counts in the same form, cut at --origins with --history months before each; series without an event in the last 36 of them
are left out. Horizon forecasts all series; its time is that of the whole process with one thread, the least of --runs. Each
peer runs once, on one thread, on a sample of the series (evenly spaced; 0 for all); its time is that of its fit alone, after a
warm-up; on a series that it fails on, the seasonal naive method stands in for it. "like for like" scores Horizon on the peer's
sample. Processor time is compared beside wall time: on a machine that does other work, only that is fair. Point scores are those
of the median where there is one; peers' bounds below zero are set to zero on counts, as are their points.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

HORIZON = Path(__file__).resolve().parent.parent / ".build/release/horizon"
R_PEER = Path(__file__).resolve().parent / "forecast.R"
SEASON = 12
ONE_THREAD = {v: "1" for v in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS")}

# Forecasts of a peer, named by its package and method. A series that it fails on is left out of what is written.
PEER = """
import json, sys, time
import numpy as np
import pandas as pd
package, method = sys.argv[1].rsplit(" ", 1)
train, horizon, out = sys.argv[2], int(sys.argv[3]), sys.argv[4]
series = {key: group.y.to_numpy(float) for key, group in pd.read_csv(train).groupby("unique_id", sort=False)}
if package == "augurs":
    import augurs
    def forecast(y):
        model = augurs.MSTL.ets([12])
        model.fit(y)
        inner, outer = model.predict(horizon, 0.8), model.predict(horizon, 0.95)
        return inner.point(), inner.lower(), inner.upper(), outer.lower(), outer.upper()
elif package == "flaircast":
    import flaircast
    def forecast(y):
        paths = flaircast.forecast(y, horizon, "MS", n_samples=1000, seed=1)
        return paths.mean(axis=0), *np.quantile(paths, [0.1, 0.9, 0.025, 0.975, 0.5], axis=0)
elif package == "pyforesight":
    import foresight
    def forecast(y):
        # MAPE, by which it chooses unless told, is not defined at nought. A short series has no room for 48 months before the first origin.
        report = foresight.backtest(foresight.monthly(y), horizon=horizon, min_train=min(48, max(24, len(y) - 2 * horizon)),
                                    levels=[0.8, 0.95], metric="mae", parallel=False)
        return zip(*((p.mean, *p.interval(0.8), *p.interval(0.95)) for p in report.best.forecast))
elif package == "smooth":
    import smooth
    def forecast(y):
        found = getattr(smooth, method)(lags=[1, 12]).fit(y).predict(horizon, interval="prediction", level=[0.8, 0.95], seed=1)
        return found.mean, found.lower[0.1], found.upper[0.9], found.lower[0.025], found.upper[0.975]
else:
    from statsforecast import models
    from statsforecast.utils import ConformalIntervals
    settings = {} if method == "HistoricAverage" else {"season_length": 12}
    if method in ("CrostonSBA", "IMAPA", "TSB"):
        # These have no intervals but conformal ones, from as many windows as the shortest series has room for.
        windows = min(8, max(2, min(map(len, series.values())) // horizon - 1))
        settings = {"prediction_intervals": ConformalIntervals(n_windows=windows, h=horizon)}
    if method == "TSB":
        settings |= {"alpha_d": 0.2, "alpha_p": 0.2}
    def forecast(y):
        found = getattr(models, method)(**settings).forecast(y=y, h=horizon, level=[80, 95])
        return [found[name] for name in names[:5]]
names = ["mean", "lo-80", "hi-80", "lo-95", "hi-95", "median"]
def forecasts(keys):
    yield pd.DataFrame(columns=["unique_id", *names[:5]])
    for key in keys:
        try:
            yield pd.DataFrame({"unique_id": key, **dict(zip(names, map(np.asarray, forecast(series[key]))))})
        except Exception as error:
            print(f"{package} {method} failed on {key}: {error}", file=sys.stderr)
list(forecasts(list(series)[:2]))
wall, cpu = time.perf_counter(), time.process_time()
result = list(forecasts(series))
print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu]))
pd.concat(result).to_csv(out, index=False)
"""


def run(command, **keywords):
    """Wall seconds, processor seconds, peak resident MB and (short) output of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, **keywords)
    peak, reaped = 0, 0
    while not reaped:
        # The peak that wait4 gives begins with that of this process, which is larger than Horizon's.
        try:
            peak = max(peak, int(re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{process.pid}/status").read_text()).group(1)))
        except (OSError, AttributeError):
            pass
        time.sleep(0.002)
        reaped, status, usage = os.wait4(process.pid, os.WNOHANG)
    wall = time.perf_counter() - start
    process.returncode = status
    if status:
        sys.exit(f"failed: {' '.join(map(str, command[:4]))} ...")
    return wall, usage.ru_utime + usage.ru_stime, peak / 1024, process.stdout.read()


def horizon(train, model, steps, out, runs=1):
    """Least wall and processor seconds and most memory of the whole process, and the forecasts."""
    command = [HORIZON, "forecast", train, "--horizon", str(steps), "--frequency", "monthly", "--model", model, "--levels", "80,95",
               "--threads", "1", "--quiet", "--output", out]
    measured = [run(command) for _ in range(runs)]
    return min(m[0] for m in measured), min(m[1] for m in measured), max(m[2] for m in measured), pd.read_csv(out)


def peer(name, frame, steps, work):
    """Wall and processor seconds of the fit, the forecasts, and on how many series it failed: theirs are those of the seasonal naive method."""
    train, out = work / "peer-train.csv", work / "peer.csv"
    frame.to_csv(train, index=False)
    script = ["Rscript", R_PEER] if name.startswith("R ") else [sys.executable, "-W", "ignore", "-c", PEER]
    _, _, _, output = run([*script, name, train, str(steps), out], env={**os.environ, **ONE_THREAD})
    wall, cpu = json.loads(output.splitlines()[-1])
    found = pd.read_csv(out).replace([np.inf, -np.inf], np.nan)
    found = found[~found.unique_id.isin(found.unique_id[found.isna().any(axis=1)])]
    missing = frame[~frame.unique_id.isin(found.unique_id)]
    instead = [seasonal_naive(key, group.y.to_numpy(float), steps)[found.columns] for key, group in missing.groupby("unique_id", sort=False)]
    return wall, cpu, pd.concat([found, *instead]), len(instead)


def seasonal_naive(key, y, steps):
    """The last season again, with normal bounds from the changes over a season."""
    ahead = np.arange(steps)
    middle, spread = y[-SEASON:][ahead % SEASON], np.sqrt(((y[SEASON:] - y[:-SEASON]) ** 2).mean() * (1 + ahead // SEASON))
    bounds = {f"{side}-{level}": middle + sign * z * spread for level, z in ((80, 1.2816), (95, 1.96)) for side, sign in (("lo", -1), ("hi", 1))}
    return pd.DataFrame({"unique_id": key, "mean": middle, "median": middle, **bounds})


def sample(frame, count):
    keys = frame.unique_id.unique()
    if 0 < count < len(keys):
        keys = keys[[int(i * len(keys) / count) for i in range(count)]]
    return frame[frame.unique_id.isin(keys)]


def naive2(y, steps):
    """The reference of the M competitions: the last value, seasonally adjusted where a season shows (Makridakis et al. 2020)."""
    n, centred = len(y), y - y.mean()
    if n >= 3 * SEASON and (y > 0).all() and centred.any():
        r = [(centred[k:] * centred[:-k]).sum() / (centred**2).sum() for k in range(1, SEASON + 1)]
        if abs(r[-1]) > 1.645 * np.sqrt((1 + 2 * sum(q * q for q in r[:-1])) / n):
            weights = np.r_[0.5, np.ones(SEASON - 1), 0.5] / SEASON
            ratios = np.full(n, np.nan)
            ratios[SEASON // 2 : n - SEASON // 2] = y[SEASON // 2 : n - SEASON // 2] / np.convolve(y, weights, "valid")
            index = np.array([np.nanmean(ratios[i::SEASON]) for i in range(SEASON)])
            index /= index.mean()
            return y[-1] / index[(n - 1) % SEASON] * index[(n + np.arange(steps)) % SEASON]
    return np.full(steps, y[-1])


def score(train, test, forecasts, clip=False):
    """Means over the series that have a scale, each of its mean over steps; wQL is a ratio of sums."""
    histories = {k: g.y.to_numpy(float) for k, g in train.groupby("unique_id", sort=False)}
    actuals = {k: g.y.to_numpy(float) for k, g in test.groupby("unique_id", sort=False)}
    point = "median" if "median" in forecasts else "mean"
    rows = []
    for key, group in forecasts.groupby("unique_id", sort=False):
        x, y = histories[key], actuals[key]
        f = group[[point, "mean", "lo-80", "hi-80", "lo-95", "hi-95"]].to_numpy(float)[: len(y)]
        y = y[: len(f)]
        middle, mean, lo80, hi80, lo95, hi95 = (np.maximum(f, 0) if clip else f).T
        scales = [np.abs(x[SEASON:] - x[:-SEASON]).mean(), np.abs(np.diff(x)).mean()]
        scale = next((s for s in scales if s > 0), None)
        if scale is None:
            continue
        squares = ((x[SEASON:] - x[:-SEASON]) ** 2).mean()
        reference = naive2(x, len(y))
        smape = lambda p: np.where(np.abs(y) + np.abs(p) > 0, 200 * np.abs(y - p) / np.maximum(np.abs(y) + np.abs(p), 1e-12), 0).mean()
        loss = lambda q, p: np.maximum(p * (y - q), (p - 1) * (y - q)).mean()
        pinball = 2 * np.mean([loss(lo95, 0.025), loss(lo80, 0.1), loss(middle, 0.5), loss(hi80, 0.9), loss(hi95, 0.975)])
        msis = ((hi95 - lo95) + 40 * np.maximum(lo95 - y, 0) + 40 * np.maximum(y - hi95, 0)).mean() / scale
        rows.append({
            "smape": smape(middle), "smape2": smape(reference), "mase": np.abs(y - middle).mean() / scale,
            "mase2": np.abs(y - reference).mean() / scale,
            "RMSSE": np.sqrt(((y - mean) ** 2).mean() / squares) if squares > 0 else np.nan,
            "cover80": np.mean((y >= lo80) & (y <= hi80)), "cover95": np.mean((y >= lo95) & (y <= hi95)), "MSIS95": msis,
            "scaled pinball": pinball / scale, "pinball": pinball, "size": np.abs(y).mean(),
        })
    r = pd.DataFrame(rows)
    means = r.mean()
    return {"OWA": (means.smape / means.smape2 + means.mase / means.mase2) / 2, "wQL": r.pinball.sum() / r["size"].sum(),
            **{k: means[k] for k in ("RMSSE", "cover80", "cover95", "MSIS95", "scaled pinball")}}


def split(frame, origin, history, steps):
    """The months before an origin and after it, of series with an event in the last 36 before."""
    month, origin = pd.PeriodIndex(frame.ds.str[:7], freq="M"), pd.Period(origin, "M")
    train = frame[(month <= origin) & (month > origin - history)]
    recent = frame[(month <= origin) & (month > origin - 36)].groupby("unique_id").y.sum()
    keep = recent.index[recent > 0]
    test = frame[(month > origin) & (month <= origin + steps)]
    return train[train.unique_id.isin(keep)], test[test.unique_id.isin(keep)]


def line(what, value, goal="", holds=None):
    print(f"{what:58}{value:>22}   {goal:18}{'' if holds is None else 'holds' if holds else 'SHORT'}")


def goal(what, value, bound, atmost=True, form="{:.3f}"):
    line(what, form.format(value), ("<= " if atmost else ">= ") + f"{bound:g}", value <= bound if atmost else value >= bound)


M3 = [  # model, goal of OWA, goal of MSIS95, peer, goal of the speed ratio
    ("auto-ets", 0.838, 6.8, "statsforecast AutoETS", 50), ("theta", 0.819, None, "statsforecast DynamicOptimizedTheta", 15),
    ("ces", 0.83, 6.6, "statsforecast AutoCES", 30),
    ("mstl", 0.874, None, "augurs MSTL", 10), ("auto", 0.805, 6.2, None, None),
]
COUNT_GOALS = {"scaled pinball": 0.90, "MSIS95": 0.87, "RMSSE": 0.98, "wQL": 0.95}
COUNT_PEERS = ("statsforecast DynamicOptimizedTheta", "statsforecast AutoETS", "statsforecast AutoTheta")


def m3(options):
    train_path, test_path = options.m3
    train, test = pd.read_csv(train_path), pd.read_csv(test_path)
    part, series = sample(train, options.m3_sample), train.unique_id.nunique()
    steps = int(test.groupby("unique_id").size().max())
    print(f"\n{Path(train_path).name}: {series} series, {steps} ahead; peers on {part.unique_id.nunique()}")
    for model, owa, msis, name, faster in M3:
        wall, cpu, _, forecasts = horizon(train_path, model, steps, options.work / "horizon.csv", options.runs)
        found = score(train, test, forecasts)
        goal(f"{model}: OWA", found["OWA"], owa)
        if msis:
            goal(f"{model}: MSIS at 95 %", found["MSIS95"], msis, form="{:.2f}")
        if model == "auto":
            line(f"{model}: 80 % intervals hold", f"{found['cover80']:.3f}", ".78 to .83", 0.78 <= found["cover80"] <= 0.83)
            line(f"{model}: 95 % intervals hold", f"{found['cover95']:.3f}", ".94 to .97", 0.94 <= found["cover95"] <= 0.97)
            goal(f"{model}: series/s, whole process, one thread", series / wall, 500, False, "{:,.0f}")
        if name:
            peer_wall, peer_cpu, theirs, _ = peer(name, part, steps, options.work)
            count = part.unique_id.nunique()
            line(f"{model}: series/s, Horizon / {name}", f"{series / wall:,.0f} / {count / peer_wall:,.0f}")
            goal(f"{model}: times as fast, wall time", series / wall / (count / peer_wall), faster, False, "{:.1f}")
            goal(f"{model}: times as fast, processor time", series / cpu / (count / peer_cpu), faster, False, "{:.1f}")
            own = score(train, test, forecasts[forecasts.unique_id.isin(part.unique_id)])
            other = score(train, test, theirs)
            line(f"{model}: OWA, MSIS, like for like, Horizon / peer",
                 f"{own['OWA']:.3f} {own['MSIS95']:.2f} / {other['OWA']:.3f} {other['MSIS95']:.2f}")


def counts(options):
    path, steps = Path(options.counts), 12
    frame = pd.read_csv(path)
    ratios = {k: [] for k in COUNT_GOALS}
    for origin in options.origins:
        train, test = split(frame, origin, options.history, steps)
        part = sample(train, options.counts_sample)
        train_path = options.work / "counts-train.csv"
        train.to_csv(train_path, index=False)
        _, _, memory, forecasts = horizon(train_path, "auto", steps, options.work / "horizon.csv")
        chosen = forecasts[forecasts.unique_id.isin(part.unique_id)]
        own = score(train, test, chosen)
        others = [score(train, test, peer(name, part, steps, options.work)[2], clip=True) for name in COUNT_PEERS]
        print(f"\n{path.name}, origin {origin}: {train.unique_id.nunique()} series, {steps} ahead; compared on {part.unique_id.nunique()}")
        for name, found in zip(("Horizon auto",) + COUNT_PEERS, [own] + others):
            line(name, " ".join(f"{k} {found[k]:.3f}" for k in (*COUNT_GOALS, "cover80", "cover95")))
        line("lower bounds below zero", str(int((chosen["lo-95"] < 0).sum())), "0", not (chosen["lo-95"] < 0).any())
        for k in ratios:
            ratios[k].append(own[k] / min(o[k] for o in others))
    print(f"\nauto against the best of {', '.join(COUNT_PEERS)} on each score, mean over origins")
    for k, bound in COUNT_GOALS.items():
        goal(f"{k}: ratio", float(np.mean(ratios[k])), bound)
    wall, cpu, _, _ = horizon(train_path, "counts", steps, options.work / "horizon.csv", options.runs)
    series = train.unique_id.nunique()
    goal(f"counts: series/s, whole process, one thread, {options.history} months", series / wall, 20_000, False, "{:,.0f}")
    goal("counts: series/s by processor time", series / cpu, 20_000, False, "{:,.0f}")
    goal(f"memory to forecast {series} series with auto, MB", memory, 80, form="{:.0f}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--m3", nargs=2, metavar=("TRAIN", "TEST"), help="monthly series and what followed")
    options.add_argument("--counts", help="monthly counts: a CSV, or a zip of one")
    options.add_argument("--origins", nargs="+", default=["2014-12", "2015-12", "2016-12"])
    options.add_argument("--history", type=int, default=108)
    options.add_argument("--m3-sample", type=int, default=100, help="series that peers forecast; 0 for all")
    options.add_argument("--counts-sample", type=int, default=300, help="series that are compared; 0 for all")
    options.add_argument("--work", type=Path, default=HORIZON.parent.parent / "benchmarks")
    options.add_argument("--runs", type=int, default=3)
    options = options.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    print(f"{'what':58}{'measured':>22}   {'goal':18}")
    goal("start-up, ms", 1000 * min(run([HORIZON, "--version"])[0] for _ in range(20)), 30, form="{:.1f}")
    if options.m3:
        m3(options)
    if options.counts:
        counts(options)


if __name__ == "__main__":
    main()
