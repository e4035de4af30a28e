#!/usr/bin/env python3
"""Do statements on quarters hold? Held-out years of recorded crime, by rate among peers.

    swift build -c release --product horizon
    Benchmarks/peers.py nsw_dev.csv [--years 2010 2011 2012] [--areas 60] [--measures 20] [--seed 1] [--binary horizon]

The table is read as Benchmarks/targets.py reads it. Areas drawn at random are made one peer group of equal residents, so that a rank by rate is
a rank by count. Two things are looked at. As known at the end of a year `horizon scorecard` says with what probability each area's rate is in
the quarter of the lowest and of the highest rates (peers.csv): then it is looked up in which quarter the next year's counts are. And as
known at the end of June and of September it says with what probability the whole year ends in the lowest quarter (targets.csv, figure
quartile): then the year's total is looked up. Printed: mean probability beside the share that came, by bands of the probability, and of the
targets the Brier score's skill over the share met. Needs pandas and numpy.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from targets import BINARY, read, skill

RESIDENTS = 100_000


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def card(binary, folder, wide, areas, last, targets=None):
    """The scorecard of a panel as known at the end of a month (2010-06)."""
    known = wide.loc[:, [c for c in wide.columns if c <= last]].copy()
    long = known.reset_index().melt("unique_id", var_name="period", value_name="count")
    names = long["unique_id"].str.split("|", n=1, expand=True)
    long = long.assign(area=names[0], measure=names[1], population=RESIDENTS)
    long = long.sort_values(["area", "measure", "period"])
    long[["area", "measure", "period", "count", "population"]].to_csv(folder / "known.csv", index=False)
    models = folder / "models"
    models.mkdir(exist_ok=True)
    (models / "peer-groups.yaml").write_text(
        "groups:\n  - {name: All of them, areas: [" + ", ".join(map(quoted, areas)) + "], source: drawn at random}\n")
    command = [binary, "scorecard", folder / "known.csv", "--models", models, "--year-begins", "1", "--out", folder / "card", "--quiet"]
    if targets:
        (folder / "targets.yaml").write_text(targets)
        command += ["--targets", folder / "targets.yaml"]
    subprocess.run(command, check=True)
    return folder / "card"


def quarters(totals):
    """The quarter of each total among the others, from 1; equal totals share the lower rank."""
    rank = totals.rank(method="min")
    return np.minimum(4, 1 + (4 * (rank - 1) // len(totals))).astype(int)


def bands(said, came, edges=(0, 0.05, 0.2, 0.4, 0.6, 0.75, 0.85, 0.95, 1.0001)):
    for low, high in zip(edges, edges[1:]):
        chosen = (said >= low) & (said < high)
        if chosen.any():
            print(f"  said {low:.2f} to {min(high, 1):.2f}: mean {said[chosen].mean():.3f}, came {came[chosen].mean():.3f}  ({chosen.sum()})")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table")
    parser.add_argument("--years", type=int, nargs="+", default=[2010, 2011, 2012])
    parser.add_argument("--areas", type=int, default=60)
    parser.add_argument("--measures", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--binary", type=Path, default=BINARY)
    options = parser.parse_args()
    if not options.binary.exists():
        sys.exit(f"no binary at {options.binary}")
    wide = read(options.table)
    wide = wide[wide.index.str.contains("|", regex=False)]
    area = wide.index.str.split("|").str[0]
    measure = pd.Index(["|".join(name.split("|")[1:]) for name in wide.index])
    # Measures that most areas have, of 10 a year or more on average; areas that have all of them.
    mean = wide.mean(axis=1) * 12
    common = pd.Series(mean.to_numpy() >= 10, index=measure).groupby(level=0).sum().sort_values(ascending=False)
    random = np.random.default_rng(options.seed)
    measures = sorted(common.index[: options.measures])
    kept = wide[measure.isin(measures)]
    count = pd.Series(1, index=kept.index.str.split("|").str[0]).groupby(level=0).sum()
    able = count.index[count == len(measures)]
    if able.empty:
        sys.exit(f"No area has all of the {len(measures)} measures that most have: the table must have areas by measures (Area|Measure).")
    areas = sorted(random.choice(able, min(options.areas, len(able)), replace=False).tolist())
    wide = kept[kept.index.str.split("|").str[0].isin(areas)]
    of = pd.Index(["|".join(name.split("|")[1:]) for name in wide.index])
    print(f"{len(areas)} areas, {len(measures)} measures, years {options.years}")

    def total(year):
        return wide[[f"{year}-{m:02d}" for m in range(1, 13)]].sum(axis=1)

    said, came = [], []
    for year in options.years:
        with tempfile.TemporaryDirectory() as folder:
            peers = pd.read_csv(card(options.binary, Path(folder), wide, areas, f"{year}-12") / "peers.csv", dtype={"area": str})
        following = total(year + 1)
        for name in measures:
            own = following[of == name]
            quarter = quarters(own).set_axis(own.index.str.split("|").str[0])
            rows = peers[peers["measure"] == name]
            for _, row in rows.iterrows():
                for k in (1, 4):
                    said.append(row[f"probability_quartile_{k}"])
                    came.append(float(quarter[row["area"]] == k))
    print(f"Chances of a quarter in a further year beside the quarter of the next year's counts, {len(said)} statements")
    bands(np.array(said), np.array(came))

    for months in (6, 3):
        said, met = [], []
        for year in options.years:
            entries = [
                (a, m) for m in measures for a in areas]
            text = "year_begins: 1\ntargets:\n" + "".join(
                f"  - {{measure: {quoted(m)}, area: {quoted(a)}, figure: quartile, side: at most, value: 1, by: \"{year}\"}}\n" for a, m in entries)
            with tempfile.TemporaryDirectory() as folder:
                found = pd.read_csv(card(options.binary, Path(folder), wide, areas, f"{year}-{12 - months:02d}", text) / "targets.csv")
            for name in measures:
                own = total(year)[of == name]
                quarter = quarters(own).set_axis(own.index.str.split("|").str[0])
                for (a, m), p in zip(entries, found["probability_at_most"]):
                    if m == name:
                        said.append(p)
                        met.append(float(quarter[a] == 1))
        said, met = np.array(said), np.array(met)
        score, gain, rows = skill(said, met, np.zeros(len(met)))
        print(f"{months} months to go, {len(met)} targets of the lowest quarter: Brier score {score:.3f}, skill over climatology {gain:.3f}")
        for count, p, share in rows:
            print(f"  said {p:.2f}, met {share:.2f}  ({count}), off by {abs(p - share):.3f}")
        bands(said, met)


if __name__ == "__main__":
    main()
