#!/usr/bin/env python3
"""Does the ranking find planted rises? Simulated panels of which ten series rise by 30 to 100 % over their last twelve months.

    swift build -c release --product horizon
    Benchmarks/planted_rises.py [--panels 20] [--first-seed 1] [--drift 0.01] [--binary horizon]

A panel has 70 to 300 series (7 to 30 areas by 10 measures) of eight years of months: negative binomial counts (variance 1 to 1.5 times the
mean) about levels from 5 to 200 a month, log-uniform over measures and areas, times a season of the measure, times a level that wanders by
--drift a month on the log scale. Ten series drawn at random rise linearly over the last twelve months, to 1.3 to 2 times their level at the
end of them. `horizon risks` ranks the panel with equal weights as known at its end. Printed: the share of the ten that stand first (precision at 10), for
the ranking and for last year's change in per cent and in counts (of series of 60 a year or more), with a bootstrap interval over panels;
and for one who knows every level at the end and that it stays: ordered by the change in counts that is then expected, which is what the
ranking's rule can reach at most, and by that change over the root of the year's count.
Needs pandas and numpy.
"""

import argparse
import io
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

BINARY = Path(__file__).resolve().parent.parent / ".build/release/horizon"
MONTHS = 96


def panel(random, drift):
    """Counts with a row a series, which are planted, and a year's events of each at the level of the end."""
    areas, measures = int(random.integers(7, 31)), 10
    level = np.exp(random.uniform(np.log(5), np.log(200), (1, measures)) + random.normal(0, 0.5, (areas, measures)))
    level = np.clip(level, 5, 200)
    season = 1 + random.uniform(0, 0.25, measures)[:, None] * np.cos(2 * np.pi * (np.arange(MONTHS) / 12 + random.uniform(0, 1, measures)[:, None]))
    walk = np.exp(np.cumsum(random.normal(0, drift, (areas, measures, MONTHS)), axis=2))
    mean = level[:, :, None] * season[None] * walk
    stays = level * season[None, :, -12:].sum(axis=2) * walk[:, :, -1]
    planted = random.choice(areas * measures, 10, replace=False)
    for number in planted:
        rise = random.uniform(0.3, 1)
        mean[number // measures, number % measures, -12:] *= 1 + rise * np.arange(1, 13) / 12
        stays[number // measures, number % measures] *= 1 + rise
    excess = random.uniform(0, 0.5, (areas, measures))[:, :, None] + 1e-9
    counts = random.negative_binomial(mean / excess, 1 / (1 + excess))
    names = [f"Area {a:02d}|Measure {m}" for a in range(areas) for m in range(measures)]
    return pd.DataFrame(counts.reshape(-1, MONTHS), index=names), {names[number] for number in planted}, pd.Series(stays.ravel(), index=names)


def ranked(binary, counts):
    """Series by rank."""
    months = [f"{2017 + t // 12}-{t % 12 + 1:02d}-01" for t in range(MONTHS)]
    long = counts.set_axis(months, axis=1).rename_axis("unique_id").reset_index().melt("unique_id", var_name="ds", value_name="y")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "panel.csv"
        long.sort_values(["unique_id", "ds"]).to_csv(path, index=False)
        made = subprocess.run([binary, "risks", path, "--harm-weights", "equal", "--format", "csv", "--quiet"], check=True, capture_output=True, text=True)
    table = pd.read_csv(io.StringIO(made.stdout))
    table = table[table["area"].str.startswith("Area ") & table["rank"].notna()].sort_values("rank")
    return (table["area"] + "|" + table["measure"]).tolist()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--panels", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--drift", type=float, default=0.01)
    parser.add_argument("--binary", type=Path, default=BINARY)
    options = parser.parse_args()
    if not options.binary.exists():
        sys.exit(f"no binary at {options.binary}")
    found = {}
    for seed in range(options.first_seed, options.first_seed + options.panels):
        counts, planted, stays = panel(np.random.default_rng(seed), options.drift)
        last, before = counts.iloc[:, -12:].sum(axis=1), counts.iloc[:, -24:-12].sum(axis=1)
        large = before[before >= 60].index
        orders = {
            "ranking": ranked(options.binary, counts),
            "change in per cent": (last / before)[large].sort_values(ascending=False).index.tolist(),
            "change in counts": (last - before).sort_values(ascending=False).index.tolist(),
            "levels known, change in counts": (stays - last).sort_values(ascending=False).index.tolist(),
            "levels known, change over the root": ((stays - last) / last.clip(lower=1) ** 0.5).sort_values(ascending=False).index.tolist(),
        }
        for name, order in orders.items():
            found.setdefault(name, []).append(sum(one in planted for one in order[:10]) / 10)
        print(seed, len(counts), {name: values[-1] for name, values in found.items()}, file=sys.stderr)
    random = np.random.default_rng(0)
    print(f"{options.panels} panels, levels that wander by {options.drift:.1%} a month: precision at 10, with 90 % of bootstrap means")
    for name, values in found.items():
        means = random.choice(values, (2000, len(values))).mean(axis=1)
        print(f"  {name}: {np.mean(values):.3f} ({np.quantile(means, 0.05):.3f} to {np.quantile(means, 0.95):.3f})")


if __name__ == "__main__":
    main()
