#!/usr/bin/env python3
"""Held-out accuracy of reconciled forecasts by level: postcode x subcategory up to the state, on recorded crime of New South Wales.

    swift build -c release --product horizon
    Benchmarks/reconciliation_accuracy.py PostcodeData.csv [--postcodes 60] [--origins 2014 2015 2016] [--methods none bottom-up ...]

PostcodeData.csv is the wide table of the Bureau of Crime Statistics and Research (Postcode, Offence category, Subcategory, then a column
a month), or the zip archive it comes in. Postcodes are spread by size; every December of --origins 96 months are
history and the next 12 the test. Printed for each level and method: root mean squared and mean absolute errors of months over those of
the same month last year (RMSSE, MASE), and of the 12-month total the share held by the 80 and 95 % interval and their interval scores
over the yearly scale (Gneiting & Raftery 2007). Needs pandas and numpy.
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
HISTORY = 96


def cases(table, postcodes, origin):
    """Rows of the chosen postcodes: key columns, 96 months of history, 12 of test; those that ever counted anything."""
    months = list(table.columns[3:])
    years = np.array([int(str(month)[-4:]) for month in months])
    held = [m for m, year in zip(months, years) if origin - HISTORY // 12 < year <= origin]
    test = [m for m, year in zip(months, years) if year == origin + 1]
    if len(held) != HISTORY or len(test) != 12:
        sys.exit(f"the table does not hold {HISTORY} months to December {origin} and the year after")
    rows = table[table["Postcode"].isin(postcodes)]
    rows = rows[rows[held].sum(axis=1) > 0]
    return rows.iloc[:, :3], rows[held].to_numpy(float), rows[test].to_numpy(float)


def hierarchy(keys, path):
    quote = lambda text: '"' + str(text).replace('"', "'") + '"'
    with open(path, "w") as file:
        file.write("areas:\n  - name: State\n    level: state\n    parts: [%s]\n" % ", ".join(quote(p) for p in sorted(set(keys["Postcode"]))))
        file.write("measures:\n")
        categories = sorted(set(keys["category"]))
        for category in categories:
            parts = sorted(set(keys.loc[keys["category"] == category, "measure"]))
            file.write(f"  - name: {quote(category + ' (all)')}\n    level: category\n    parts: [{', '.join(map(quote, parts))}]\n")
        file.write(f"  - name: Everything\n    level: everything\n    parts: [{', '.join(quote(c + ' (all)') for c in categories)}]\n")


def level(area, measure):
    side = "state" if area == "State" else "postcode"
    return side + (" total" if measure == "Everything" else " x category" if measure.endswith(" (all)") else " x subcategory")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table")
    parser.add_argument("--postcodes", type=int, default=60)
    parser.add_argument("--origins", type=int, nargs="+", default=[2014, 2015, 2016])
    parser.add_argument("--methods", nargs="+", default=["none", "bottom-up", "wls-var", "mint", "counts", "auto"])
    parser.add_argument("--model", default="auto")
    arguments = parser.parse_args()
    table = pd.read_csv(arguments.table, low_memory=False)
    table.iloc[:, 2] = table.iloc[:, 2].fillna("")
    months = list(table.columns[3:])
    early = [m for m in months if 2005 <= int(str(m)[-4:]) <= 2010]
    size = table.groupby("Postcode")[early].sum().sum(axis=1).sort_values(ascending=False)
    size = size[size > 600]
    chosen = size.index[[int(i * len(size) / arguments.postcodes) for i in range(arguments.postcodes)]]
    sums = {}
    for origin in arguments.origins:
        keys, held, test = cases(table, chosen, origin)
        keys = pd.DataFrame({
            "Postcode": keys.iloc[:, 0].astype(str).to_numpy(),
            "category": keys.iloc[:, 1].str.replace("|", "/").str.replace(",", ";").to_numpy()})
        keys["measure"] = keys["category"] + " / " + table.loc[table.index.isin(cases(table, chosen, origin)[0].index)].iloc[:, 2].str.replace(",", ";").to_numpy()
        # A category without subcategories is a measure of its own name.
        keys["measure"] = keys["measure"].str.removesuffix(" / ")
        ds = [f"{year}-{month:02d}-01" for year in range(origin - HISTORY // 12 + 1, origin + 1) for month in range(1, 13)]
        actual = {}
        past = {}
        for i, (p, c, m) in enumerate(zip(keys["Postcode"], keys["category"], keys["measure"])):
            for area in (p, "State"):
                for measure in (m, c + " (all)", "Everything"):
                    key = f"{area}|{measure}"
                    actual[key] = actual.get(key, 0) + test[i]
                    past[key] = past.get(key, 0) + held[i]
        with tempfile.TemporaryDirectory() as folder:
            data, names = Path(folder) / "long.csv", Path(folder) / "hierarchy.yaml"
            with open(data, "w") as file:
                file.write("unique_id,ds,y\n")
                for i, (p, m) in enumerate(zip(keys["Postcode"], keys["measure"])):
                    file.writelines(f"{p}|{m},{d},{int(y)}\n" for d, y in zip(ds, held[i]))
            hierarchy(keys, names)
            for method in arguments.methods:
                common = [BINARY, "forecast", data, "--hierarchy", names, "--reconcile", method, "--model", arguments.model, "--format", "csv"]
                run = subprocess.run(common, capture_output=True, text=True)
                if run.returncode:
                    sys.exit(run.stderr)
                print(f"{origin} {method}: " + " ".join(l for l in run.stderr.splitlines() if "reconciled" in l), file=sys.stderr)
                month = pd.read_csv(io.StringIO(run.stdout), dtype={"unique_id": str})
                year = pd.read_csv(io.StringIO(subprocess.run([*common, "--sum-to", "calendar-year", "--quiet"], capture_output=True, text=True, check=True).stdout), dtype={"unique_id": str}).set_index("unique_id")
                for key, means in month.groupby("unique_id", sort=False)["mean"]:
                    y, came = past[key], actual[key]
                    naive = y[12:] - y[:-12]
                    if not np.any(naive):
                        continue
                    error = came - means.to_numpy()
                    scale = np.abs(naive).mean()
                    total, row = came.sum(), year.loc[key]
                    figures = [np.sqrt((error**2).mean() / (naive**2).mean()), np.abs(error).mean() / scale]
                    for share in (80, 95):
                        low, high = row[f"lo-{share}"], row[f"hi-{share}"]
                        miss = max(0, low - total) + max(0, total - high)
                        figures += [float(low <= total <= high), (high - low + 2 / (1 - share / 100) * miss) / (12 * scale)]
                    cell = sums.setdefault((level(*key.split("|")), method), [0, np.zeros(len(figures))])
                    cell[0] += 1
                    cell[1] += figures
    print("level,method,cases,rmsse,mase,held_80,score_80,held_95,score_95")
    for (name, method), (count, total) in sorted(sums.items(), key=lambda item: (-item[1][0], item[0][0])):
        print(f"{name},{method},{count}," + ",".join(f"{x:.4f}" for x in total / count))


if __name__ == "__main__":
    main()
