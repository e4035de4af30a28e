"""Scores of made-up forecasts by the project's reference scorer, forecast_bench.py, unrounded:

    python3 Tests/EvaluationTests/Fixtures/scores.py .../forecast_bench.py > Tests/EvaluationTests/Fixtures/scores.csv
"""

import argparse
import contextlib
import importlib.util
import io
import json
import sys
import tempfile

import numpy as np
import pandas as pd

spec = importlib.util.spec_from_file_location("forecast_bench", sys.argv[1])
bench = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bench)
bench.round = lambda value, digits=0: value

random = np.random.default_rng(20240417)
months, horizon = 60, 12
t = np.arange(months + horizon)
season = 1 + 0.4 * np.sin(2 * np.pi * t / 12)
series = {
    "seasonal": np.round(120 * season * (1 + 0.002 * t) + random.normal(0, 6, len(t))),
    "flat": np.round(40 + random.normal(0, 5, len(t))),
    "rare": random.poisson(0.4, len(t)).astype(float),
    "values": np.round(50 + 0.3 * t + random.normal(0, 3, len(t)), 3),
    "seasonal-with-zeros": random.poisson(3 * season).astype(float),
    # Repeats its season exactly, so that only the one-period differences give a scale.
    "periodic": np.tile([3.0, 5, 9, 4, 2, 7, 8, 6, 5, 4, 3, 1], 6),
}
rows = []


def write(case, quantity, values):
    rows.extend((case, quantity, repr(float(v))) for v in values)


frames = []
for name, y in series.items():
    history, actual = y[:months], y[months:]
    centre = history[-12:] + random.normal(0, 1, horizon)
    spread = 1 + 0.2 * np.abs(centre) + random.uniform(0, 1, horizon)
    forecast = {
        "mean": centre + random.normal(0, 0.5, horizon), "median": centre,
        "lo-80": centre - 1.28 * spread, "hi-80": centre + 1.28 * spread,
        "lo-95": centre - 1.96 * spread, "hi-95": centre + 1.96 * spread,
    }
    write(name, "history", history)
    write(name, "actual", actual)
    for quantity, values in forecast.items():
        write(name, quantity, values)
    write(name, "naive2", bench.naive2(history, horizon))
    ds = pd.date_range("2019-01-01", periods=months + horizon, freq="MS")
    frames.append((
        pd.DataFrame({"unique_id": name, "ds": ds[:months], "y": history}),
        pd.DataFrame({"unique_id": name, "ds": ds[months:], "y": actual}),
        pd.DataFrame({"unique_id": name, "ds": ds[months:], **forecast}),
    ))


def score(case, parts):
    with tempfile.TemporaryDirectory() as folder:
        paths = [f"{folder}/{name}.csv" for name in ("train", "test", "fc")]
        for path, tables in zip(paths, zip(*parts)):
            pd.concat(tables).to_csv(path, index=False)
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            bench.score(argparse.Namespace(train=paths[0], test=paths[1], fc=paths[2], clip=False, band=False))
    found = json.loads(output.getvalue())
    for quantity in ("smape", "mase", "rmsse", "bias", "c80", "c95", "msis80", "msis95", "sql", "OWA", "wQL"):
        write(case, quantity, [found[quantity]])


for name, part in zip(series, frames):
    score(name, [part])
score("all", frames)
print("# python3 Tests/EvaluationTests/Fixtures/scores.py .../forecast_bench.py")
print("case,quantity,value")
for row in rows:
    print(",".join(row))
