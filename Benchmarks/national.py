#!/usr/bin/env python3
"""Horizon at the scale of England and Wales: makes simulated data of that size, and measures commands on them.

    Benchmarks/national.py wide FILE --series 500000 [--months 108]
    Benchmarks/national.py year FOLDER --lsoas LSOA11_LSOA21.csv --districts DISTRICT_FORCE.csv
    Benchmarks/national.py measure FILE... [--commands forecast,auto,exceptions,risks] [--horizon PROGRAM] [--threads 2]

`wide` writes a wide table of counts by LSOA and crime type, `unique_id` of the form E01000001|Burglary and a column a month;
`year` the street-level files of one year in the layout of data.police.uk, for the LSOAs of a lookup of the ONS. Means of the
crime types, how unequal LSOAs are and how many of a type have none at all follow four forces in 2019 (3,196 LSOAs), scaled to
a national year (4.0 million rows): most series are below one a month. Counts are negative binomial about a mean with the
type's season and a slow drift that LSOAs share in part. The same arguments give the same bytes.

`measure` runs each command on each file and prints wall time, processor time and peak memory as the system accounts for them.
"""

import argparse
import csv
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

HORIZON = Path(__file__).resolve().parent.parent / ".build/release/horizon"

# Crime type: mean a month and LSOA, squared coefficient of variation of the LSOAs' means, share without any, peak month, swing.
TYPES = {
    "Anti-social behaviour": (2.275, 2.8, 0.02, 7, 0.25),
    "Bicycle theft": (0.136, 12.0, 0.25, 9, 0.35),
    "Burglary": (0.769, 1.2, 0.03, 12, 0.10),
    "Criminal damage and arson": (1.095, 1.1, 0.03, 7, 0.08),
    "Drugs": (0.400, 8.0, 0.10, 5, 0.05),
    "Other crime": (0.201, 4.0, 0.10, 3, 0.04),
    "Other theft": (0.875, 8.0, 0.04, 7, 0.08),
    "Possession of weapons": (0.086, 4.0, 0.25, 6, 0.05),
    "Public order": (1.000, 3.0, 0.03, 7, 0.15),
    "Robbery": (0.109, 8.0, 0.25, 11, 0.08),
    "Shoplifting": (0.665, 12.0, 0.35, 11, 0.05),
    "Theft from the person": (0.140, 20.0, 0.30, 12, 0.10),
    "Vehicle crime": (0.768, 1.3, 0.03, 11, 0.08),
    "Violence and sexual offences": (3.393, 1.7, 0.01, 7, 0.10),
}
# What makes 4.0 million rows with a place of the LSOAs of England and Wales in a year.
SCALE = 0.785
WITHOUT_ID = "Anti-social behaviour"


def levels(random, areas):
    """Mean a month of each area and type: log-normal, in part common to an area's types; some have none."""
    common = random.standard_normal(areas)
    means = np.empty((areas, len(TYPES)))
    for column, (mean, variation, none, _, _) in enumerate(TYPES.values()):
        spread = np.sqrt(np.log1p(variation))
        normal = np.sqrt(0.4) * common + np.sqrt(0.6) * random.standard_normal(areas)
        means[:, column] = mean * SCALE / (1 - none) * np.exp(spread * normal - spread**2 / 2)
        means[random.random(areas) < none, column] = 0
    return means


def counts(random, means, months, first_month):
    """Counts of areas x types x months."""
    month = (np.arange(months) + first_month) % 12 + 1
    seasons = np.stack([1 + swing * np.cos(2 * np.pi * (month - peak) / 12) for _, _, _, peak, swing in TYPES.values()])
    shared = np.exp(np.cumsum(0.01 * random.standard_normal((len(TYPES), months)), axis=1))
    own = np.exp(np.cumsum(0.02 * random.standard_normal((*means.shape, months)), axis=2))
    expected = means[:, :, None] * (seasons * shared)[None] * own
    return random.poisson(expected * random.gamma(4.0, 1 / 4.0, expected.shape))


def make_wide(path, series, months):
    areas = -(-series // len(TYPES))
    last = 2023 * 12 + 11
    periods = [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(last - months + 1, last + 1)]
    means = levels(np.random.default_rng(1), areas)
    written = 0
    with open(path, "w", encoding="utf-8") as out:
        out.write("unique_id," + ",".join(periods) + "\n")
        for start in range(0, areas, 1000):
            # Areas have streams of their own by the thousand, so that a smaller table is the beginning of a larger one's kind.
            block = counts(np.random.default_rng([2, start]), means[start : start + 1000], months, (last - months + 1) % 12)
            for offset, types in enumerate(block.tolist()):
                for name, values in zip(TYPES, types):
                    if written == series:
                        return
                    out.write(f"E01{start + offset + 1:06d}|{name}," + ",".join(map(str, values)) + "\n")
                    written += 1


def make_year(folder, lsoas, districts):
    """A street-level file a force and month of 2023; LSOAs are taken from the lookup with their names and districts."""
    with open(districts, newline="", encoding="utf-8-sig") as file:
        force_of = {row["ltla24_code"]: " ".join(reversed(row["pfa24_name"].split(", "))) for row in csv.DictReader(file)}
    with open(lsoas, newline="", encoding="utf-8-sig") as file:
        rows = {row["lsoa21_code"]: (row["lsoa21_name"], row["ltla22_code"]) for row in csv.DictReader(file)}
    # Districts that were merged after the lookup of the LSOAs was made have no force in the other and are left out.
    known = [(code, name, force_of[district]) for code, (name, district) in sorted(rows.items()) if district in force_of]
    means = levels(np.random.default_rng(1), len(known))
    by_force = {}
    for index, (_, _, force) in enumerate(known):
        by_force.setdefault(force, []).append(index)
    header = (
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
        "Last outcome category,Context\n"
    )
    total = 0
    for number, (force, members) in enumerate(sorted(by_force.items())):
        made = counts(np.random.default_rng([3, number]), means[members], 12, 0)
        slug = force.lower().replace(" & ", " and ").replace(" ", "-")
        for month in range(12):
            folder_of_month = Path(folder) / f"2023-{month + 1:02d}"
            folder_of_month.mkdir(parents=True, exist_ok=True)
            with open(folder_of_month / f"2023-{month + 1:02d}-{slug}-street.csv", "w", encoding="utf-8") as out:
                out.write(header)
                for place, types in zip(members, made[:, :, month].tolist()):
                    code, name, _ = known[place]
                    name = f'"{name}"' if "," in name else name
                    east, north = -5 + 6 * (place % 997) / 997, 50 + 5 * (place % 991) / 991
                    for kind, rows_of_type in zip(TYPES, types):
                        for row in range(rows_of_type):
                            identity = hashlib.sha256(f"{code}{kind}{month}{row}".encode()).hexdigest()
                            out.write(
                                f"{'' if kind == WITHOUT_ID else identity},2023-{month + 1:02d},{force} Police,{force} Police,"
                                f"{east:.6f},{north:.6f},On or near Simulated Street,{code},{name},{kind},"
                                f"{'' if kind == WITHOUT_ID else 'Under investigation'},\n"
                            )
                            total += 1
    print(f"{total} rows, {len(by_force)} forces, {len(known)} LSOAs")


COMMANDS = {
    "forecast": ["forecast", "--model", "counts"],
    "auto": ["forecast"],
    "exceptions": ["exceptions", "--last", "3"],
    "risks": ["risks"],
    "series": ["series"],
}


def measure(program, files, names, threads, extra):
    print(f"{'command':<12} {'file':<28} {'wall s':>8} {'cpu s':>8} {'peak MB':>8}  sha256 of the output")
    for name in names:
        for file in files:
            with tempfile.TemporaryDirectory() as folder:
                output = os.path.join(folder, "out.csv")
                command = [program, *COMMANDS[name], file, "--output", output, "--quiet", "--threads", str(threads), *extra]
                began = time.monotonic()
                process = subprocess.Popen(command)
                _, status, usage = os.wait4(process.pid, 0)
                wall = time.monotonic() - began
                code = os.waitstatus_to_exitcode(status)
                digest = hashlib.sha256()
                if os.path.exists(output):
                    with open(output, "rb") as made:
                        while chunk := made.read(1 << 20):
                            digest.update(chunk)
                result = digest.hexdigest()[:16] if code == 0 else f"exit {code}"
                print(
                    f"{name:<12} {os.path.basename(file)[-28:]:<28} {wall:8.1f} {usage.ru_utime + usage.ru_stime:8.1f} "
                    f"{usage.ru_maxrss / 1024:8.0f}  {result}",
                    flush=True,
                )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    jobs = parser.add_subparsers(dest="job", required=True)
    wide = jobs.add_parser("wide")
    wide.add_argument("file")
    wide.add_argument("--series", type=int, default=500_000)
    wide.add_argument("--months", type=int, default=108)
    year = jobs.add_parser("year")
    year.add_argument("folder")
    year.add_argument("--lsoas", required=True)
    year.add_argument("--districts", required=True)
    run = jobs.add_parser("measure")
    run.add_argument("files", nargs="+")
    run.add_argument("--commands", default="forecast,auto,exceptions,risks")
    run.add_argument("--horizon", default=str(HORIZON))
    run.add_argument("--threads", type=int, default=2)
    run.add_argument("--extra", default="", help="further options for every command")
    asked = parser.parse_args()
    if asked.job == "wide":
        make_wide(asked.file, asked.series, asked.months)
    elif asked.job == "year":
        make_year(asked.folder, asked.lsoas, asked.districts)
    else:
        measure(asked.horizon, asked.files, asked.commands.split(","), asked.threads, asked.extra.split())


if __name__ == "__main__":
    sys.exit(main())
