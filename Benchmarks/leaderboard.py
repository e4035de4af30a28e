#!/usr/bin/env python3
"""Every method of Horizon and of its peers on the same series, as a dated table under Benchmarks/results.

    Benchmarks/leaderboard.py --counts LONG.csv|LONG.zip [--m3 TRAIN.csv TEST.csv] [--sample 300] [--program .build/release/horizon]

LONG: monthly counts as unique_id,ds,y, cut as by Benchmarks/forecasting.py; the project uses recorded crime of New South Wales, which its Bureau of Crime
Statistics and Research publishes by postcode and month. All methods forecast the same sample of the series (evenly spaced over the file), which also
are all they learn from, and are scored by the same code; peers' points and bounds below nought are set to nought on counts. Scores are means over the
origins. Seconds are of a processor, per 1,000 series: Horizon's of the whole process, a peer's of its fit alone. "fell back" counts the series, over
all origins, that a peer failed on: the seasonal naive method stands in for it there. A peer that is not installed is left out, and said so.

Peers run as their authors leave them, but for months as the season, pyforesight choosing by mean absolute error, and conformal intervals for CrostonSBA, IMAPA
and TSB, which have no others. They take some nine seconds of a processor a series, half of it R's auto.arima. R's need Debian's r-cran-forecast. Left out:
fracast, which has no quantiles beyond 0.1 and 0.9, so no 95 % bounds; smooth's AutoADAM and ADAM with an occurrence model, worse than ADAM on a try of counts.

Anybody's method joins by a file of forecasts: --contender NAME=FOLDER, with ORIGIN.csv (counts) or m3.csv in it, as unique_id,ds,mean[,median],lo-80,hi-80,lo-95,hi-95.
"""

import argparse
import datetime
import importlib.metadata
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd

import forecasting
from forecasting import horizon, peer, sample, score, split
from record import machine

HERE = Path(__file__).resolve().parent
METHODS = ["auto", "counts", "combination", "theta", "ces", "auto-ets", "auto-arima", "mstl", "tsb", "croston-sba", "window-average",
           "seasonal-naive", "historic-average"]
PEERS = {
    "R forecast": ["ets", "auto.arima", "thetaf"], "augurs": ["MSTL"], "flaircast": ["FLAIR"], "pyforesight": ["backtest"], "smooth": ["ES", "ADAM", "AutoCES"],
    "statsforecast": ["AutoETS", "AutoARIMA", "DynamicOptimizedTheta", "AutoTheta", "AutoCES", "MSTL", "CrostonSBA", "IMAPA", "TSB",
                      "SeasonalNaive", "HistoricAverage"],
}
COLUMNS = {"scaled pinball": "{:.3f}", "MSIS95": "{:.2f}", "RMSSE": "{:.3f}", "wQL": "{:.3f}", "cover80": "{:.3f}", "cover95": "{:.3f}"}


def installed(package):
    """The version of a peer's package; None where there is none."""
    try:
        if package == "R forecast":
            ask = ["Rscript", "-e", 'cat(as.character(packageVersion("forecast")))']
            return subprocess.run(ask, capture_output=True, text=True, check=True).stdout
        return importlib.metadata.version(package)
    except (importlib.metadata.PackageNotFoundError, FileNotFoundError, subprocess.CalledProcessError):
        print(f"{package}: left out, not installed", file=sys.stderr)
        return None


def measured(train, test, steps, work, clip, packages, contenders, file):
    """A row a method: its scores, its seconds per 1,000 series and the series it failed on."""
    path, out = work / "train.csv", work / "forecasts.csv"
    train.to_csv(path, index=False)
    count = train.unique_id.nunique()
    rows = {}
    for method in METHODS:
        _, cpu, _, forecasts = horizon(path, method, steps, out)
        rows[f"Horizon `{method}`"] = {**score(train, test, forecasts), "seconds": 1000 * cpu / count}
        print(f"  {method}", file=sys.stderr)
    for package, method in ((package, method) for package in packages for method in PEERS[package]):
        _, cpu, forecasts, failed = peer(f"{package} {method}", train, steps, work)
        rows[f"{package} `{method}`"] = {**score(train, test, forecasts, clip=clip), "seconds": 1000 * cpu / count, "fell back": failed}
        print(f"  {package} {method}", file=sys.stderr)
    for name, folder in contenders:
        rows[name] = {**score(train, test, pd.read_csv(folder / file), clip=clip), "seconds": float("nan")}
    return pd.DataFrame(rows).T


def table(rows, columns, order):
    columns = {**columns, "seconds": "{:.1f}", "fell back": "{:.0f}"}
    lines = ["| | method | " + " | ".join(columns) + " |", "|" + "---|" * (len(columns) + 2)]
    for rank, (name, row) in enumerate(rows.sort_values(order).iterrows(), 1):
        cells = [form.format(row[column]) if row[column] == row[column] else "" for column, form in columns.items()]
        lines.append(f"| {rank} | {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--counts")
    options.add_argument("--m3", nargs=2, metavar=("TRAIN", "TEST"))
    options.add_argument("--origins", nargs="+", default=["2014-12", "2015-12", "2016-12"])
    options.add_argument("--history", type=int, default=108)
    options.add_argument("--sample", type=int, default=300, help="series of each set; 0 for all")
    options.add_argument("--program", type=Path, default=forecasting.HORIZON)
    options.add_argument("--contender", action="append", default=[], metavar="NAME=FOLDER")
    options.add_argument("--out", type=Path, default=HERE / "results")
    options.add_argument("--date", default=datetime.date.today().isoformat())
    options = options.parse_args()
    forecasting.HORIZON = options.program.resolve()
    contenders = [(name, Path(folder)) for name, folder in (text.split("=", 1) for text in options.contender)]
    options.out.mkdir(parents=True, exist_ok=True)
    version = forecasting.run([forecasting.HORIZON, "--version"])[3].decode().splitlines()[0]
    packages = {package: found for package in PEERS if (found := installed(package))}
    made = f"Measured on {options.date}: Horizon {version}, {', '.join(map(' '.join, packages.items()))}; {machine()}."
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        if options.counts:
            frame, each = pd.read_csv(options.counts), []
            for origin in options.origins:
                train, test = split(frame, origin, options.history, 12)
                train = sample(train, options.sample)
                test = test[test.unique_id.isin(train.unique_id)]
                print(f"{origin}: {train.unique_id.nunique()} series", file=sys.stderr)
                each.append(measured(train, test, 12, work, True, packages, contenders, f"{origin}.csv"))
            rows = sum(each) / len(each)
            rows["fell back"] *= len(each)
            series = f"{train.unique_id.nunique()} of {split(frame, options.origins[-1], options.history, 12)[0].unique_id.nunique()}"
            (options.out / f"{options.date}-crime-counts.md").write_text(
                f"# Crime counts\n\n{series} monthly series of recorded crime of New South Wales (by postcode and category), {options.history} months of history, "
                f"12 ahead, {'means over the origins' if len(each) > 1 else 'from the origin'} {', '.join(options.origins)}. Lower is better, but for the shares held, which should be 0.80 and 0.95; "
                "counts are whole numbers, so that a little more is held.\n\n"
                f"{table(rows, COLUMNS, 'scaled pinball')}\n\n{made} On a machine that does other work as well; seconds are of a processor.\n\n"
                f"    Benchmarks/leaderboard.py --counts {Path(options.counts).name} --origins {' '.join(options.origins)} --sample {options.sample}\n")
        if options.m3:
            train, test = (pd.read_csv(path) for path in options.m3)
            total = train.unique_id.nunique()
            train = sample(train, options.sample)
            test = test[test.unique_id.isin(train.unique_id)]
            rows = measured(train, test, int(test.groupby("unique_id").size().max()), work, False, packages, contenders, "m3.csv")
            (options.out / f"{options.date}-m3-monthly.md").write_text(
                f"# M3, monthly\n\n{train.unique_id.nunique()} of {total} monthly series of the M3 competition, 18 ahead. Lower is better, but for the shares "
                "held, which should be 0.80 and 0.95.\n\n"
                f"{table(rows, {'OWA': '{:.3f}', **COLUMNS}, 'OWA')}\n\n{made} On a machine that does other work as well; seconds are of a processor.\n\n"
                f"    Benchmarks/leaderboard.py --m3 {Path(options.m3[0]).name} {Path(options.m3[1]).name} --sample {options.sample}\n")


if __name__ == "__main__":
    main()
