#!/usr/bin/env python3
"""How often `horizon changes` calls a trend, a wander or nothing at all a step, and how often it finds and measures steps.

    Benchmarks/level_changes.py [--seed 11] [--per 30] [--levels 5,20,50,100] [--horizon .build/release/horizon] [--only trend]

The figures of the card of change points. Months, 8 to 12 years of each series; a count is negative binomial about level x season x days, its ratio
of variance to mean between 1 and 2.2; seasons of one wave, up to 30 % either way, with a phase of their own; no measure is shared, so that no season is
learnt from others. Designs: nothing; a steady trend of 3, 6 or 10 % a year, half of them falls; a random walk of the logarithm of the level of 1.5 to 6.5 %
a month; a step by 1.35 or 1.6 times, half of them falls, at least two years from either end, alone, on a trend of 6 % a year and on a walk of
4.5 % a month. A panel is one design at four levels, and `mixed` panels hold all designs of the first table together.

`called` is the share of series with a step found. Of steps: `found` within three months of the true one, `cover` the share of found ones whose
interval of 90 % (the written one of 95 % narrowed in proportion, on the scale of logarithms) and of 95 % holds the true size. Needs nothing but Python.
"""

import argparse
import csv
import io
import math
import random
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DAYS = [31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
DESIGNS = {
    "nothing": {},
    "trend 3": {"trend": 0.03},
    "trend 6": {"trend": 0.06},
    "trend 10": {"trend": 0.10},
    "step 35": {"step": 1.35},
    "step 60": {"step": 1.6},
    "trend 6, step 35": {"trend": 0.06, "step": 1.35},
    "trend 6, step 60": {"trend": 0.06, "step": 1.6},
    "wander 1.5": {"wander": 0.015},
    "wander 3": {"wander": 0.03},
    "wander 4.5": {"wander": 0.045},
    "wander 6.5": {"wander": 0.065},
    "wander 4.5, step 60": {"wander": 0.045, "step": 1.6},
}
MIXTURES = {
    "mixed, steady": {"nothing": 4, "trend 3": 1, "trend 6": 1, "trend 10": 1, "step 35": 1, "step 60": 1},
    "mixed, wandering": {"wander 3": 2, "wander 4.5": 3, "wander 6.5": 2, "wander 4.5, step 60": 1},
}


def poisson(rng, mean):
    if mean > 500:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    n, limit, p = 0, rng.random(), math.exp(-mean)
    total = p
    while total < limit and n < 5000:
        n += 1
        p *= mean / n
        total += p
    return n


def series(rng, level, trend=0.0, step=1.0, wander=0.0):
    """Counts, and the true step: (first month, ratio) or None."""
    months = rng.randint(96, 144)
    ratio, wave, phase = rng.uniform(1, 2.2), rng.uniform(0, 0.3), rng.uniform(0, 12)
    slope = math.log(1 + trend) * rng.choice([-1, 1])
    factor = step if rng.random() < 0.5 else 1 / step
    at = rng.randint(24, months - 24)
    walk, state = [], 0.0
    for _ in range(months):
        state += rng.gauss(0, wander) if wander else 0
        walk.append(state)
    centre = sum(walk) / months
    counts = []
    for m in range(months):
        eta = walk[m] - centre + slope * (m - months / 2) / 12 + wave * math.cos(2 * math.pi * (m - phase) / 12)
        eta += math.log(factor) * (0.5 if m >= at else -0.5)
        mean = level * math.exp(eta) * DAYS[m % 12] / 30.44
        counts.append(poisson(rng, rng.gammavariate(mean / (ratio - 1), ratio - 1) if ratio > 1.01 else mean))
    return counts, (at, factor) if step != 1 else None


def ds(month):
    return f"{2012 + month // 12}-{month % 12 + 1:02d}"


def place(text):
    return (int(text[:4]) - 2012) * 12 + int(text[5:7]) - 1


def changes(horizon, path):
    began = time.perf_counter()
    out = subprocess.run([horizon, "changes", path, "--quiet", "--format", "csv"], check=True, capture_output=True, text=True)
    found = {}
    for row in csv.DictReader(io.StringIO(out.stdout)):
        found.setdefault(row["unique_id"], [])
        if row["onset_from"]:
            found[row["unique_id"]].append(row)
    return found, time.perf_counter() - began


def logs(row):
    return [math.log(max(1e-3, 1 + float(row[c] or "nan") / 100)) for c in ("change_percent", "change_lower", "change_upper")]


def report(name, members, found, seconds):
    """members: unique_id -> (level, truth)."""
    words = [f"{name:24}"]
    levels = sorted({level for level, _ in members.values()})
    cell = lambda ids, test: sum(map(test, ids)) / max(1, len(ids))
    steps = [i for i, (_, truth) in members.items() if truth]
    if steps:
        def hit(i):
            return [r for r in found[i] if abs(place(r["start"]) - members[i][1][0]) <= 3]

        by = [cell([i for i in steps if members[i][0] == level], lambda i: bool(hit(i))) for level in levels]
        words.append(f"found {cell(steps, lambda i: bool(hit(i))):.3f} ({' '.join(f'{x:.2f}' for x in by)})")

        def held(i, narrow):
            (middle, low, high), truth = logs(hit(i)[0]), math.log(members[i][1][1])
            return middle + (low - middle) * narrow <= truth <= middle + (high - middle) * narrow

        hits = [i for i in steps if hit(i)]
        ninety = [cell([i for i in hits if members[i][0] == level], lambda i: held(i, 1.645 / 1.96)) for level in levels]
        words.append(
            f"cover90 {cell(hits, lambda i: held(i, 1.645 / 1.96)):.3f} ({' '.join(f'{x:.2f}' for x in ninety)}) "
            f"cover95 {cell(hits, lambda i: held(i, 1)):.3f} of {len(hits)}"
        )
        words.append(f"steps a series {sum(len(found[i]) for i in steps) / len(steps):.2f}")
    calm = [i for i, (_, truth) in members.items() if not truth]
    if calm:
        by = [cell([i for i in calm if members[i][0] == level], lambda i: bool(found[i])) for level in levels]
        words.append(f"called {cell(calm, lambda i: bool(found[i])):.3f} ({' '.join(f'{x:.2f}' for x in by)}) of {len(calm)}")
    print("  ".join(words), f" {seconds:.1f} s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--per", type=int, default=30, help="series of each level and design")
    parser.add_argument("--levels", default="5,20,50,100")
    parser.add_argument("--horizon", default=str(ROOT / ".build/release/horizon"))
    parser.add_argument("--only", default="", help="designs whose name begins so")
    a = parser.parse_args()
    levels = [float(x) for x in a.levels.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "panel.csv"
        for name in [*DESIGNS, *MIXTURES]:
            if not name.startswith(a.only):
                continue
            parts = MIXTURES.get(name, {name: 1})
            rng = random.Random(f"{a.seed} {name}")
            members = {}
            with open(path, "w") as file:
                print("unique_id,ds,y", file=file)
                for part, times in parts.items():
                    for level in levels:
                        for k in range(max(1, a.per * times // sum(parts.values()))):
                            counts, truth = series(rng, level, **DESIGNS[part])
                            i = f"{part} {level:g} {k}".replace(",", "")
                            members[i] = (level, truth)
                            for m, y in enumerate(counts):
                                print(f"{i},{ds(m)},{y}", file=file)
            found, seconds = changes(a.horizon, path)
            report(name, members, found, seconds)


if __name__ == "__main__":
    main()
