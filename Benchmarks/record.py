#!/usr/bin/env python3
"""Runs benchmarks and keeps what they print, with the day and the machine, under Benchmarks/results: `make benchmarks`.

    Benchmarks/record.py [--data ../shared/data] [--peers ../shared/peers] [--only NAME ...] [--list]

One file a benchmark and day, DAY-NAME.md: the command, what it printed, and what it ran on. What needs data or a program that is not there is
left out, and said. One benchmark runs after the other; the machine should do nothing else meanwhile. A run that fails writes nothing, and the
others go on; the end says which failed. Timed is the program at .build/release/horizon, so `make build` first, as `make benchmarks` does.
"""

import argparse
import datetime
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "Benchmarks/results"
COUNTS = "{data}/forecasting/nsw-monthly-2000-series.zip"
M3 = "{data}/forecasting/m3_train.csv {data}/forecasting/m3_test.csv"
# Name, title, command. {python} has the packages of Benchmarks/requirements.txt.
BENCHMARKS = {
    "hot-loops": ("Hot loops, microseconds of a processor a series", "swift run -c release --package-path Benchmarks HotLoops"),
    "forecasting": ("Forecasts beside statsforecast and augurs", f"{{python}} Benchmarks/forecasting.py --m3 {M3} --counts {COUNTS}"),
    "leaderboard": ("", f"{{python}} Benchmarks/leaderboard.py --counts {COUNTS} --m3 {M3}"),
    "reconciliation-accuracy": ("Accuracy of reconciled forecasts", "{python} Benchmarks/reconciliation_accuracy.py {data}/forecasting/nsw-postcodes-wide.zip"),
    "reconciliation": ("Reconciliation beside hierarchicalforecast", "{python} Benchmarks/reconciliation.py --nodes 1500 3060"),
    "exceptions": ("Exceptions beside R's farringtonFlexible", "{python} Benchmarks/exceptions.py {peers}"),
    "surveillance": ("Labelled outbreaks, beside R's farringtonFlexible", "{python} Benchmarks/surveillance.py {data}/surveillance"),
    "false-alarms": ("False alarms", "{python} Benchmarks/false_alarms.py"),
    "level-changes": ("Changes of level", "{python} Benchmarks/level_changes.py"),
    "alerts-ceiling": ("The most that alerts could find", "{python} Benchmarks/alerts_ceiling.py"),
    "alerts": ("Alerts, replayed", "{python} Benchmarks/alerts.py --frequencies monthly"),
    "planted-rises": ("Planted rises and the ranking", "{python} Benchmarks/planted_rises.py"),
    "targets": ("Chances of meeting a target", f"{{python}} Benchmarks/targets.py {COUNTS}"),
    "peers": ("Chances of a quarter among peers", f"{{python}} Benchmarks/peers.py {{data}}/forecasting/nsw-postcodes-wide.zip --years {' '.join(str(y) for y in range(2005, 2016))} --measures 12"),
    "ingest": ("Reading and grouping beside polars and DuckDB", "{python} Benchmarks/ingest.py {data}/police-uk/four-forces-2018-01-to-2021-09.zip"),
}


def machine():
    info = Path("/proc/cpuinfo").read_text()
    name = re.search(r"model name\s*: (.*)", info)
    memory = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())[1]) / 2**20
    return f"{name[1] if name else 'unknown processor'}, {os.cpu_count()} cores, {memory:.0f} GB"


def lacks(command):
    """What the command needs and is not there; None if nothing."""
    for word in shlex.split(command):
        if word.startswith("..") and not (ROOT / word).exists():
            return f"no {word}"
    for script in re.findall(r"Benchmarks/(\w+)\.py", command):
        if script == "exceptions" and not shutil.which("Rscript"):
            return "no Rscript"
    return None


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--peers", default="../shared/peers")
    options.add_argument("--only", nargs="+", choices=BENCHMARKS, default=list(BENCHMARKS), metavar="NAME")
    options.add_argument("--list", action="store_true")
    options = options.parse_args()
    if options.list:
        print("\n".join(BENCHMARKS))
        return
    program = ROOT / ".build/release/horizon"
    if not program.exists():
        sys.exit("There is no program at .build/release/horizon: run make build first.")
    RESULTS.mkdir(exist_ok=True)
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()
    version = ", ".join([said[0]] + [line for line in said if line.startswith("commit:")])
    failed = []
    for name in options.only:
        title, template = BENCHMARKS[name]
        command = template.format(data=options.data, peers=options.peers, python="python3")
        missing = lacks(command)
        if missing:
            print(f"{name}: left out, {missing}.")
            continue
        print(f"{name} ...", flush=True)
        begun = time.monotonic()
        words = [sys.executable if word == "python3" else word for word in shlex.split(command)]
        run = subprocess.run(words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        minutes = (time.monotonic() - begun) / 60
        if run.returncode != 0:
            print(f"{name} failed with {run.returncode}:\n{run.stderr[-2000:]}", file=sys.stderr)
            failed.append(name)
            continue
        # A benchmark without a title writes its tables by itself.
        if title:
            out = run.stdout.rstrip()
            body = out if out.startswith("|") else f"```text\n{out}\n```"
            today = datetime.date.today().isoformat()
            (RESULTS / f"{today}-{name}.md").write_text(
                f"# {title}\n\n    {command}\n\n{body}\n\nMeasured on {today}: Horizon {version}; {machine()}; {minutes:.0f} minutes.\n")
        print(f"{name}: {minutes:.1f} minutes")
    if failed:
        sys.exit("failed: " + ", ".join(failed))


if __name__ == "__main__":
    main()
