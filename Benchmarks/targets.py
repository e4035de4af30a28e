#!/usr/bin/env python3
"""Are the probabilities of meeting a target calibrated? Held-out years of recorded crime, six and three months to go.

    swift build -c release --product horizon
    Benchmarks/targets.py nsw_dev.csv [--years 2010 2011 2012] [--series 400] [--seed 1] [--without other.csv] [--binary horizon]

nsw_dev.csv is a long table (unique_id,ds,y), the publisher's wide one (Postcode,Offence category,Subcategory,Jan 1995,...), or the zip
archive that either comes in; series that are in the table --without are left out. Every series with a mean of 5 a month in the year before gets
targets on its calendar year as changes on the year before (-10, -5, 0 and +5 %, met at or below). `horizon scorecard` says with what
probability each is met as known at the end of June and of September; then the year's total is looked up. Printed for each: the Brier score
and its skill over climatology (the share of targets of the same size that were met, of the very years tested: a reference that knows more
than a forecaster could), and the mean probability beside the share met by fifths of the probability. Needs pandas and numpy.
"""

import argparse
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd

BINARY = Path(__file__).resolve().parent.parent / ".build/release/horizon"
CHANGES = [-0.10, -0.05, 0.0, 0.05]


def read(path):
    """A row a series, a column a month (2010-01)."""
    if path.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            table = pd.read_csv(io.BytesIO(archive.read(archive.namelist()[0])))
    else:
        table = pd.read_csv(path)
    if "unique_id" in table.columns:
        table["ds"] = table["ds"].str[:7]
        return table.pivot(index="unique_id", columns="ds", values="y")
    table = table.fillna({"Subcategory": ""})
    names = ["|".join(str(part) for part in row if part) for row in table.iloc[:, :3].itertuples(index=False)]
    wide = table.iloc[:, 3:].set_axis(pd.to_datetime(table.columns[3:], format="%b %Y").strftime("%Y-%m"), axis=1)
    wide.index = pd.Index(names, name="unique_id")
    wide.columns.name = "ds"
    return wide


def probabilities(binary, folder, wide, year, month, chosen):
    """Rows of targets.csv of a scorecard as known at the end of the month: one a series and change, in their order."""
    known = wide.loc[:, [c for c in wide.columns if c <= f"{year}-{month:02d}"]]
    table = folder / "known.csv"
    known.loc[chosen].reset_index().melt("unique_id", var_name="ds", value_name="y").sort_values(["unique_id", "ds"]).to_csv(table, index=False)
    quote = lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    targets = folder / "targets.yaml"
    with open(targets, "w") as file:
        file.write("year_begins: 1\ntargets:\n")
        for name in chosen:
            area, measure = name.split("|", 1)
            for change in CHANGES:
                file.write(f"  - {{measure: {quote(measure)}, area: {quote(area)}, figure: change, side: at most, value: {change}, by: \"{year}\", baseline_year: \"{year - 1}\"}}\n")
    out = folder / f"card-{year}-{month}"
    subprocess.run([binary, "scorecard", table, "--year-begins", "1", "--targets", targets, "--out", out, "--quiet"], check=True)
    return pd.read_csv(out / "targets.csv")["probability_at_most"].to_numpy()


def skill(probability, met, change):
    """Brier score, its skill over the share met of each change, and reliability by fifths of the probability."""
    reference = np.array([met[change == c].mean() for c in change])
    score, base = np.mean((probability - met) ** 2), np.mean((reference - met) ** 2)
    fifths = np.minimum((probability * 5).astype(int), 4)
    rows = [(int((fifths == k).sum()), probability[fifths == k].mean(), met[fifths == k].mean()) for k in range(5) if (fifths == k).any()]
    return score, 1 - score / base, rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table")
    parser.add_argument("--years", type=int, nargs="+", default=[2010, 2011, 2012])
    parser.add_argument("--series", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without")
    parser.add_argument("--binary", type=Path, default=BINARY)
    options = parser.parse_args()
    if not options.binary.exists():
        sys.exit(f"no binary at {options.binary}")
    wide = read(options.table)
    if options.without:
        wide = wide[~wide.index.isin(read(options.without).index)]
    random = np.random.default_rng(options.seed)
    for months in (6, 3):
        probability, met, change = [], [], []
        for year in options.years:
            before = wide[[f"{year - 1}-{m:02d}" for m in range(1, 13)]].sum(axis=1, skipna=False)
            total = wide[[f"{year}-{m:02d}" for m in range(1, 13)]].sum(axis=1, skipna=False)
            able = wide.index[(before >= 60) & total.notna()]
            chosen = sorted(random.choice(able, min(options.series, len(able)), replace=False).tolist())
            with tempfile.TemporaryDirectory() as folder:
                found = probabilities(options.binary, Path(folder), wide, year, 12 - months, chosen)
            # In the order of the file of targets.
            for i, name in enumerate(chosen):
                for k, c in enumerate(CHANGES):
                    probability.append(found[i * len(CHANGES) + k])
                    met.append(total[name] <= (1 + c) * before[name] + 1e-9)
                    change.append(c)
        score, gain, rows = skill(np.array(probability), np.array(met, float), np.array(change))
        print(f"{months} months to go, {len(met)} targets: Brier score {score:.3f}, skill over climatology {gain:.3f}")
        for count, said, came in rows:
            print(f"  said {said:.2f}, met {came:.2f}  ({count}), off by {abs(said - came):.3f}")


if __name__ == "__main__":
    main()
