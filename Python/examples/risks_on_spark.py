"""From raw CSVs of incidents to forecasts, exceptions and ranked risks on Spark, in one script.

    python risks_on_spark.py 'archive/*/*-street.csv' out --as-of 2025-12 [--master local-cluster[2,1,1024] | --remote sc://host]

Counts are made where the rows are; forecasts and verdicts beside them. The ranking compares all series with each other, and is
made of the counts by one process: a few thousand districts by crime type are no more than some megabytes.
"""

from __future__ import annotations

import argparse
from typing import Any

from horizon import Horizon
from horizon import spark as hs


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description="From raw CSVs to ranked risks on Spark.")
    parser.add_argument("csvs", help="CSVs of incidents, as data.police.uk lays them out: a path with wildcards")
    parser.add_argument("out", help="folder to write")
    parser.add_argument("--as-of", required=True, help="last complete month, as 2025-12")
    parser.add_argument("--area", default="LSOA name", help="column of areas; of LSOA names the district is taken")
    parser.add_argument("--measure", default="Crime type", help="column of measures")
    parser.add_argument("--date", default="Month", help="column of months")
    parser.add_argument(
        "--deliverer", default="Reported by", help="column of who delivered a row: months without any of theirs are missing"
    )
    parser.add_argument("--master", help="a master to start a session on")
    parser.add_argument("--remote", help="a server of Spark Connect")
    asked = parser.parse_args()

    from pyspark.sql import SparkSession
    from pyspark.sql import functions as F  # noqa: N812

    builder: Any = SparkSession.builder
    builder = builder.remote(asked.remote) if asked.remote else builder.master(asked.master or "local[*]")
    spark = builder.appName("horizon").getOrCreate()
    rows = spark.read.csv(asked.csvs, header=True)
    # "Oxford 001A" lies in Oxford.
    rows = rows.withColumn("district", F.regexp_replace(F.col(f"`{asked.area}`"), " [0-9]{3}[A-Z]$", ""))
    columns = {"area": "district", "measure": asked.measure, "date": asked.date, "deliverer": asked.deliverer}
    counts = hs.monthly_counts(rows, **columns, absent="zero", last=asked.as_of)
    # Rows without a place belong to no series; how many they are is said rather than lost.
    lost = counts.where("unique_id is null").agg(F.sum("y")).collect()[0][0]
    counts = counts.where("unique_id is not null").cache()

    hs.write(hs.forecast(counts, h=12), f"{asked.out}/forecasts", as_of=asked.as_of)
    hs.write(hs.exceptions(counts, last=3), f"{asked.out}/exceptions", as_of=asked.as_of)
    risks = Horizon().risks(counts.toArrow())
    hs.write(spark.createDataFrame(risks), f"{asked.out}/risks", as_of=asked.as_of)

    for row in risks.slice(0, 10).to_pylist():
        print(f"{row['rank']:>3}  {row['area']}: {row['measure']}  ({row['expected_change']:+.0f} expected)")  # noqa: T201
    print(f"{int(lost or 0)} rows without a place, a crime type or a month are in no series.")  # noqa: T201
    spark.stop()


if __name__ == "__main__":
    main()
