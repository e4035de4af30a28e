#!/usr/bin/env python3
"""Judges simulated series with planted events with Horizon and with R's farringtonFlexible, and prints both in one table.

    Benchmarks/exceptions.py PEERS [--seed 1] [--reps 10] [--series 2400] [--sample 42] [--work DIR]

PEERS: a folder with `detect_simulate.R` (REPS SERIES FOLDER SEED SEED: design A, 42 weekly scenarios after Noufaily et al. 2013, and
design B, monthly crime counts with spikes, shifts and ramps) and `detect_score.py` (which says how its figures are defined).
Horizon judges every series, farringtonFlexible (R's `surveillance`, nbPlugin) a sample that is spread over the designs. Seconds
are of CPU on one thread: of the whole process for Horizon, reading and writing included, before and after R, whose are of the calls
alone.
"""

import argparse
import csv
import json
import resource
import subprocess
import sys
from pathlib import Path

HORIZON = Path(__file__).resolve().parent.parent / ".build/release/horizon"
DESIGNS = {"A": ("noufaily42_weekly.csv", "weekly", 49), "B": ("crime_monthly.csv", "monthly", 36)}
FARRINGTON = """
suppressMessages(library(surveillance))
arguments <- commandArgs(TRUE); rows <- read.csv(arguments[1]); last <- as.integer(arguments[2]); weekly <- last == 49
taken <- 0; out <- list()
for (one in split(rows, factor(rows$unique_id, unique(rows$unique_id)))) {
  dates <- as.Date(one$ds); n <- nrow(one)
  counts <- sts(observed = matrix(one$y), epoch = as.numeric(dates), epochAsDate = TRUE, frequency = if (weekly) 52 else 12)
  years <- if (weekly) 5 else min(5, (n - last) %/% 12 - 1)
  control <- list(range = (n - last + 1):n, b = years, w = if (weekly) 3 else 2, noPeriods = if (weekly) 10 else 4,
    reweight = TRUE, weightsThreshold = 2.58, pastWeeksNotIncluded = if (weekly) 26 else 6, pThresholdTrend = 1,
    thresholdMethod = "nbPlugin", alpha = 0.01, fitFun = "algo.farrington.fitGLM.flexible", verbose = FALSE)
  start <- proc.time()
  fit <- suppressWarnings(farringtonFlexible(counts, control))
  taken <- taken + sum((proc.time() - start)[1:2])
  out[[length(out) + 1]] <- data.frame(unique_id = one$unique_id[1], ds = one$ds[(n - last + 1):n],
    p_value = as.numeric(fit@control$pvalue), flagged = as.integer(fit@alarm))
}
write.csv(do.call(rbind, out), arguments[3], row.names = FALSE, quote = FALSE, na = "")
cat(taken, length(out))
"""


def run(command):
    """CPU seconds and output of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if process.returncode:
        sys.exit(f"failed: {' '.join(map(str, command))[:200]}\n{process.stderr[-500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, process.stdout


def take_sample(table, count, target):
    """Every so many-th series of a long table, so that the sample has all of its scenarios or levels."""
    with open(table) as source:
        rows = list(csv.DictReader(source))
    names = list(dict.fromkeys(row["unique_id"] for row in rows))
    # A step that shares no factor with 42 or 8 goes round the scenarios and levels.
    step = max(1, len(names) // count)
    while step % 2 == 0 or step % 3 == 0 or step % 7 == 0:
        step -= 1
    kept = set(names[::max(1, step)][:count])
    with open(target, "w", newline="") as out:
        writer = csv.DictWriter(out, ["unique_id", "ds", "y"])
        writer.writeheader()
        writer.writerows(row for row in rows if row["unique_id"] in kept)


def line(name, score, milliseconds):
    native, matched, controlled = score["native"], score["matched_1pct"], score["bh_q10"]
    cells = [score["series"], native["FPR"], native["worst_level_FPR"], matched["POD"], matched["F1"], matched["delay"]]
    ten = score.get("matched_1pct_level10plus")
    cells += [ten["POD"], ten["F1"], ten["delay"]] if ten else ["", "", ""]
    cells += [controlled["FDP"], controlled["POD"]]
    print(f"{name:26}" + "".join(f"{c:8.3f}" if isinstance(c, float) else f"{c:>8}" for c in cells) + f"{milliseconds:10.2f}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("peers", type=Path)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--reps", type=int, default=10, help="series a scenario of design A")
    options.add_argument("--series", type=int, default=2400, help="series of design B")
    options.add_argument("--sample", type=int, default=42, help="series of each design for R; 0 leaves R out")
    options.add_argument("--work", type=Path, default=HORIZON.parent.parent / "benchmarks")
    options = options.parse_args()
    folder = options.work / f"exceptions-{options.seed}-{options.reps}-{options.series}"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "crime_monthly.csv").exists():
        run(["Rscript", options.peers / "detect_simulate.R", options.reps, options.series, folder, options.seed, options.seed + 1])
    (folder / "farrington.R").write_text(FARRINGTON)
    scorer = options.peers / "detect_score.py"
    heads = ["series", "FPR", "worst", "POD", "F1", "delay", "POD>=10", "F1>=10", "del>=10", "FDP", "BH POD"]
    print(f"{'':26}" + "".join(f"{h:>8}" for h in heads) + f"{'ms/series':>10}")
    for design, (truth, frequency, last) in DESIGNS.items():
        def judge(table, out):
            command = [HORIZON, "exceptions", table, "--frequency", frequency, "--last", last, "--alpha", 0.01, "--all",
                       "--threads", 1, "--quiet", "--output", out]
            return run(command)[0]

        def score(out):
            return json.loads(run([sys.executable, scorer, "score", design, "--truth", folder / truth, "--exceptions", out])[1])

        long, sample = folder / f"{design}.csv", folder / f"{design}-sample.csv"
        run([sys.executable, scorer, "long", design, "--truth", folder / truth, "--out", long])
        own = judge(long, folder / "own.csv")
        result = score(folder / "own.csv")
        if not options.sample:
            line(f"{design} Horizon", result, 1000 * own / result["series"])
            continue
        take_sample(long, options.sample, sample)
        seconds, count = run(["Rscript", folder / "farrington.R", sample, last, folder / "peer.csv"])[1].split()[-2:]
        peer = 1000 * float(seconds) / int(count)
        # Before and after R: other work on the machine slows both.
        own = 500 * (own + judge(long, folder / "own.csv")) / result["series"]
        judge(sample, folder / "own-sample.csv")
        line(f"{design} Horizon", result, own)
        line(f"{design} Horizon, sample", score(folder / "own-sample.csv"), own)
        line(f"{design} farringtonFlexible", score(folder / "peer.csv"), peer)
        print(f"{design}: Horizon is {peer / own:.0f} times as fast.")


if __name__ == "__main__":
    main()
