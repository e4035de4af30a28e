#!/usr/bin/env python3
"""How often series in which nothing is new raise an alarm: `horizon changes`, `horizon spc` and `horizon exceptions` on simulated months.

    Benchmarks/false_alarms.py [--series 60] [--seed 1] [--horizon .build/release/horizon] [--only counts|shares|values|delays]

The figures of the model cards. Counts are Poisson or negative binomial around a level, with or without a season, a trend, a level that
drifts (autoregressive, as much as half of Poisson noise) or one that wanders (a random walk of its logarithm, by this much a month); shares are binomial or beta-binomial; values are normal. A row is one kind of series:
`changes` is the share of series in which a change was found, `spc` the share whose latest point stands out on the control chart beside the rate that
the chart itself states, by all rules and by each (outside limits, trend, one side, two of three), `high` and `low` the shares of the last twelve months that `exceptions` calls so (alpha = 0.01 each). Delays: a store of
vintages whose newest months are unfinished, judged as they are and by the vintages. Needs nothing but Python.
"""

import argparse
import csv
import io
import math
import random
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MONTHS = 96
DAYS = [31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def poisson(rng, mean):
    if mean > 500:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    count, limit = 0, rng.random()
    p = total = math.exp(-mean)
    while total < limit and count < 5000:
        count += 1
        p *= mean / count
        total += p
    return count


def count(rng, mean, ratio):
    """Negative binomial with this ratio of variance to mean."""
    return poisson(rng, mean if ratio <= 1 else rng.gammavariate(mean / (ratio - 1), ratio - 1))


def ds(month):
    return f"{2016 + month // 12}-{month % 12 + 1:02d}"


def run(horizon, *arguments):
    out = subprocess.run([horizon, *map(str, arguments), "--quiet", "--format", "csv"], check=True, capture_output=True, text=True)
    return list(csv.DictReader(io.StringIO(out.stdout)))


RULES = {
    "outside limits": "false_alarm_outside_limits",
    "7-point trend": "false_alarm_trend",
    "7 on one side": "false_alarm_one_side",
    "2 of 3 near the limit": "false_alarm_two_of_three",
}


def rates(horizon, path, spc=True, changes=True, alarms=True):
    words = []
    if changes:
        rows = run(horizon, "changes", path)
        found = {r["unique_id"] for r in rows if r["change_percent"]}
        words.append(f"changes {len(found) / len({r['unique_id'] for r in rows}):.3f}")
    if spc:
        rows = run(horizon, "spc", path, "--simulations", 200)
        stated = sum(float(r["false_alarm_rate"] or "nan") for r in rows) / len(rows)
        words.append(f"spc {sum(r['variation'] != 'common cause' for r in rows) / len(rows):.3f} (stated {stated:.3f}):")
        for rule, column in RULES.items():
            share = sum(rule in r["rules"] for r in rows) / len(rows)
            words.append(f"{share:.3f} ({sum(float(r[column] or 'nan') for r in rows) / len(rows):.3f})")
    if not alarms:
        return "  ".join(words)
    rows = run(horizon, "exceptions", path, "--last", 12, "--all")
    judged = [r for r in rows if r["kind"] != "not tested"]
    words.append(f"high {sum(r['flagged'] == '1' for r in judged) / len(judged):.4f}")
    words.append(f"low {sum(r['kind'] == 'drop' for r in judged) / len(judged):.4f}")
    return "  ".join(words)


def counts(a, folder):
    kinds = [(0, 0, 0, 0), (0.3, 0, 0, 0), (0.3, 0.03, 0, 0), (0, 0, 0.3, 0), (0, 0, 0.6, 0), (0, 0, 0, 0.03), (0, 0, 0, 0.045), (0.3, 0, 0, 0.045)]
    for season, trend, drift, wander in kinds:
        for level in (2, 10, 60):
            for ratio in (1, 2):
                rng = random.Random(f"{a.seed} counts {season} {trend} {drift} {level} {ratio}" + (f" {wander}" if wander else ""))
                path = folder / "counts.csv"
                with open(path, "w") as file:
                    print("unique_id,ds,y", file=file)
                    for s in range(a.series):
                        state, walk = rng.gauss(0, 1), 0.0
                        for m in range(MONTHS):
                            state = drift * state + math.sqrt(1 - drift * drift) * rng.gauss(0, 1)
                            eta = season * math.cos(2 * math.pi * m / 12) + trend * (m - MONTHS / 2) / 12
                            eta += math.sqrt(0.5 / level) * state if drift else 0
                            walk += rng.gauss(0, wander) if wander else 0
                            eta += walk
                            print(f"s{s},{ds(m)},{count(rng, level * math.exp(eta) * DAYS[m % 12] / 30.44, ratio)}", file=file)
                name = f"season {season} trend {trend} drift {drift} wander {wander} level {level} ratio {ratio}"
                print(f"{name:64}{rates(a.horizon, path, alarms=not a.charts, changes=not a.charts)}", flush=True)


def shares(a, folder):
    for mean in (0.05, 0.3, 0.9):
        for whole in (15, 100, 800):
            for size in (None, 50):
                rng = random.Random(f"{a.seed} shares {mean} {whole} {size}")
                path = folder / "shares.csv"
                with open(path, "w") as file:
                    print("area,measure,period,numerator,denominator", file=file)
                    for s in range(a.series):
                        for m in range(MONTHS):
                            n = poisson(rng, whole) + 1
                            p = rng.betavariate(mean * size, (1 - mean) * size) if size else mean
                            print(f"s{s},m{s},{ds(m)},{sum(rng.random() < p for _ in range(n))},{n}", file=file)
                name = f"share {mean} of {whole} {'beta, size 50' if size else 'binomial'}"
                print(f"{name:52}{rates(a.horizon, path, changes=False)}", flush=True)


def values(a, folder):
    for name, draw in [("normal", lambda r: r.gauss(70, 3)), ("skewed (log-normal)", lambda r: math.exp(r.gauss(3, 0.4)))]:
        rng = random.Random(f"{a.seed} values {name}")
        path = folder / "values.csv"
        with open(path, "w") as file:
            print("area,measure,period,value,unit", file=file)
            for s in range(a.series):
                for m in range(MONTHS):
                    print(f"s{s},m{s},{ds(m)},{draw(rng):.4f},points", file=file)
        print(f"{'value, ' + name:52}{rates(a.horizon, path, changes=False)}", flush=True)


def delays(a, folder):
    """Newest month of a store with a vintage a month for two years."""
    arrivals = [0.6, 0.2, 0.1, 0.06, 0.04]
    for level in (10, 60, 300):
        rng = random.Random(f"{a.seed} delays {level}")
        parts = [[[poisson(rng, level * p * DAYS[m % 12] / 30.44) for p in arrivals] for m in range(MONTHS)] for _ in range(a.series)]
        store = folder / f"delays-{level}.sqlite"
        for vintage in range(MONTHS - 24, MONTHS):
            path = folder / "vintage.csv"
            with open(path, "w") as file:
                print("unique_id,ds,y", file=file)
                for s in range(a.series):
                    for m in range(0 if vintage == MONTHS - 24 else vintage - 8, vintage + 1):
                        print(f"a{s}|Theft,{ds(m)},{sum(parts[s][m][: vintage - m + 1])}", file=file)
            run(a.horizon, "ingest", path, "--store", store, "--vintage", ds(vintage))
        for name, options in [("as reported", ["--as-reported"]), ("by vintages", [])]:
            rows = run(a.horizon, "exceptions", store, "--last", 1, "--all", *options)
            high = sum(r["flagged"] == "1" for r in rows) / len(rows)
            low = sum(r["kind"] == "drop" for r in rows) / len(rows)
            print(f"{f'newest month, 60 % known, level {level}, {name}':52}high {high:.4f}  low {low:.4f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--horizon", default=str(ROOT / ".build/release/horizon"))
    parser.add_argument("--charts", action="store_true", help="of counts, control charts only")
    parser.add_argument("--only", choices=["counts", "shares", "values", "delays"])
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for part in (counts, shares, values, delays):
            if a.only in (None, part.__name__):
                part(a, Path(folder))


if __name__ == "__main__":
    main()
