#!/usr/bin/env python3
"""Real weekly case counts with labelled outbreaks: `horizon exceptions` and R's farringtonFlexible side by side, in one run.

    Benchmarks/surveillance.py FOLDER [--last 130] [--horizon .build/release/horizon]

FOLDER holds the series of R's `surveillance` as CSVs with `observed` and `state` and an INDEX.csv that counts the labelled weeks of each. Every
series with labels is judged over its last weeks at alpha = 0.01, each week from what was known at its end. Weeks of one outbreak are weeks
labelled without a gap; POD is the share of outbreaks with a flag in any of their weeks (and 2 weeks after, with --grace), FPR that of
unlabelled weeks flagged. Labels are those of the data's authors: 14 series, 110 labelled weeks of five outbreaks in the last 130, much too few to rank
methods by. Needs Debian's r-cran-surveillance for the peer, which is left out with a note where R has none.
"""

import argparse
import csv
import datetime
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def series(folder):
    """(name, counts, states) of the series with a label."""
    with open(folder / "INDEX.csv") as index:
        names = [row["name"] for row in csv.DictReader(index) if row["outbreak_states"] not in ("NA", "0")]
    for name in names:
        with open(folder / f"{name}.csv") as file:
            rows = list(csv.DictReader(file))
        yield name, [int(r["observed"]) for r in rows], [int(float(r["state"])) for r in rows]


def outbreaks(states, first):
    """Runs of labelled weeks that end at `first` or later, as ranges."""
    runs, start = [], None
    for i, state in enumerate(list(states) + [0]):
        if state and start is None:
            start = i
        elif not state and start is not None:
            if i > first:
                runs.append(range(max(start, first), i))
            start = None
    return runs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--last", type=int, default=130)
    parser.add_argument("--grace", type=int, default=0)
    parser.add_argument("--horizon", default=str(ROOT / ".build/release/horizon"))
    arguments = parser.parse_args()
    data = list(series(arguments.folder))
    begin = datetime.date(2001, 1, 1)
    with tempfile.TemporaryDirectory() as work:
        long = Path(work) / "long.csv"
        day = lambda week: (begin + datetime.timedelta(weeks=week)).isoformat()
        with open(long, "w") as file:
            print("unique_id,ds,y", file=file)
            for name, counts, _ in data:
                for week, count in enumerate(counts):
                    print(f"{name},{day(week)},{count}", file=file)
        found = {}
        ours = Path(work) / "horizon.csv"
        subprocess.run(
            [arguments.horizon, "exceptions", long, "--frequency", "weekly", "--last", str(arguments.last), "--alpha", "0.01",
             "--all", "--quiet", "--output", ours], check=True)
        found["horizon exceptions"] = ours
        peer = Path(work) / "farrington.csv"
        script = Path(__file__).with_suffix(".R")
        run = subprocess.run(["Rscript", script, long, str(arguments.last), peer], capture_output=True, text=True)
        if run.returncode == 0 and peer.exists():
            found["farringtonFlexible"] = peer
        else:
            print("No peer: " + (run.stderr.strip().splitlines() or ["Rscript failed"])[-1], file=sys.stderr)
        flags, judged = {}, {}
        for engine, path in found.items():
            with open(path) as file:
                rows = list(csv.DictReader(file))
            flags[engine] = {(r["unique_id"], r["ds"]) for r in rows if r["flagged"] == "1"}
            judged[engine] = {(r["unique_id"], r["ds"]) for r in rows if r.get("kind") != "not tested"}
        # Weeks that every engine judged, so that none is scored on easier ones.
        common = set.intersection(*judged.values())
        print(f"{len(data)} series, last {arguments.last} weeks, alpha 0.01, one-sided; {len(common)} weeks judged by all")
        print(f"{'':22}{'POD':>14}{'weeks':>14}{'FPR':>8}")
        for engine in found:
            hit = total = weeks = labelled = false = quiet = 0
            for name, counts, states in data:
                first = len(counts) - arguments.last
                for run in outbreaks(states, first):
                    wide = [w for w in range(run.start, min(run.stop + arguments.grace, len(counts)))]
                    seen = [w for w in wide if (name, day(w)) in common]
                    total += bool(seen)
                    hit += any((name, day(w)) in flags[engine] for w in seen)
                for week in range(first, len(counts)):
                    key = (name, day(week))
                    if key not in common:
                        continue
                    if states[week]:
                        labelled += 1
                        weeks += key in flags[engine]
                    else:
                        quiet += 1
                        false += key in flags[engine]
            pod = f"{hit}/{total} = {hit / max(total, 1):.2f}"
            share = f"{weeks}/{labelled} = {weeks / max(labelled, 1):.2f}"
            print(f"{engine:22}{pod:>14}{share:>14}{false / max(quiet, 1):8.4f}")


if __name__ == "__main__":
    main()
