#!/usr/bin/env python3
"""Times Horizon on Spark beside the plain program and beside statsforecast on the same session, in one run.

    Benchmarks/spark.py HORIZON [--series 100000] [--months 120] [--model counts] [--overhead-series 20000] [--peer-sample 500]
        [--master local-cluster[2,1,2048]]

Series are simulated counts of `Area|Measure`, 14 measures, negative binomial with a season and a level that wanders. Three parts:

overhead   what frames, Python and Arrow cost a series beyond the plain program on the same series: processor time of the task of Spark,
           run without Spark, less that of `horizon forecast` reading and writing CSV, both on one thread.
cluster    all series end to end on Spark: rows in Parquet to forecasts in Parquet, and the processor time of every process of the session.
peer       statsforecast (AutoETS, DynamicOptimizedTheta) on the same session through applyInPandas, on a sample of the series.

Processor time is compared, since on a machine that does other work only that is fair; wall time is printed beside it. Needs
`pip install ./Python[spark] statsforecast pandas`.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
import pyarrow.parquet

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Python/tests"))

MEASURES = 14


def simulated(first: int, count: int, months: int) -> pa.Table:
    """Rows of `count` series from number `first` on: `unique_id, ds, y`. A series is the same in whatever part it is made."""
    names, values = [], []
    t = np.arange(months)
    for number in range(first, first + count):
        chance = np.random.default_rng(number)
        level = np.exp(chance.normal(1.5, 1.2)) * np.exp(np.cumsum(chance.normal(0, 0.03, months)))
        season = 1 + 0.25 * np.sin(2 * np.pi * (t + number % MEASURES) / 12)
        mean = level * season
        values.append(chance.poisson(chance.gamma(8, mean / 8)).astype("f8"))
        names.append(f"Area {number // MEASURES:06d}|Measure {number % MEASURES:02d}")
    days = (np.datetime64("2014-01") + t).astype("datetime64[D]").astype("i4")
    return pa.table(
        {
            "unique_id": pa.array(names).take(pa.array(np.repeat(np.arange(count), months))),
            "ds": pa.array(np.tile(days, count)).cast(pa.date32()),
            "y": pa.array(np.concatenate(values)),
        }
    )


def own_time() -> float:
    """Processor time of this process and of those it has waited for."""
    return sum(r.ru_utime + r.ru_stime for r in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def tree_time() -> float:
    """Processor time of all processes below this one and of those they have waited for."""
    ticks = os.sysconf("SC_CLK_TCK")
    parents, times = {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(folder.name)] = int(fields[1])
            times[int(folder.name)] = sum(map(int, fields[11:15])) / ticks
    total = 0.0
    for process in times:
        up = process
        while up not in (0, 1, os.getpid()):
            up = parents.get(up, 0)
        total += times[process] if up == os.getpid() else 0
    return total


def overhead(horizon: str, count: int, months: int, model: str) -> None:
    """What a series costs more as a frame than in the plain program's CSV."""
    from horizon.spark._tasks import ForecastTask

    table = simulated(0, count, months)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/long.csv"
        pyarrow.csv.write_csv(table, path)
        best_plain = best_task = best_start = float("inf")
        for _ in range(3):
            start = own_time()
            call = [horizon, "forecast", path, "--model", model, "--threads", "1", "--quiet", "--output", f"{folder}/out.csv"]
            subprocess.run([*call, "--horizon", "12"], check=True)
            best_plain = min(best_plain, own_time() - start)
            pool = pa.compute.replace_substring_regex(table["unique_id"], r"^[^|]*\|", "")
            rows = pa.table({"pool": pool, "unique_id": table["unique_id"], "ds": table["ds"], "y": table["y"]})
            batches = rows.sort_by([("pool", "ascending"), ("unique_id", "ascending"), ("ds", "ascending")]).to_batches(10_000)
            job = {"task": "forecast", "horizon": 12, "levels": [80.0, 95.0], "model": model}
            task = ForecastTask(job, horizon, None)
            start = own_time()
            made = sum(batch.num_rows for batch in task(batches))
            best_task = min(best_task, own_time() - start)
            assert made == count * 12, made
            start = own_time()
            list(task([batches[0].slice(0, months)]))
            best_start = min(best_start, own_time() - start)
    extra = (best_task - best_plain) / count * 1e6
    print(
        f"overhead  {model}: plain {best_plain / count * 1e6:.1f} us a series, as frames {best_task / count * 1e6:.1f}, "
        f"more by {extra:.1f} us (of the task {best_start * 1e3:.0f} ms are its start)"
    )


def cluster(args: argparse.Namespace) -> None:
    """All series on Spark, and the peer on the same session."""
    from spark_session import session

    from horizon import spark as hs

    options = {"spark.sql.execution.arrow.maxRecordsPerBatch": "10000", "spark.sql.shuffle.partitions": str(args.partitions)}
    with tempfile.TemporaryDirectory() as folder:
        part = 5000
        for number in range(0, args.series, part):
            made = simulated(number, min(part, args.series - number), args.months)
            pyarrow.parquet.write_table(made, f"{folder}/{number:09d}.parquet")
        with session(args.master, **options) as spark:
            rows = spark.read.parquet(folder)
            rows.count()
            begin, wall = tree_time(), time.perf_counter()
            shuffled = rows.repartition("unique_id").sortWithinPartitions("unique_id", "ds")
            shuffled.write.format("noop").mode("overwrite").save()
            print(f"cluster   sorting the rows alone: {tree_time() - begin:.0f} s of processors, {time.perf_counter() - wall:.0f} s")
            for model in args.model.split(","):
                begin, wall = tree_time(), time.perf_counter()
                out = f"{folder}/out-{model}"
                hs.write(hs.forecast(rows, h=12, model=model, binary=args.horizon, breaks="none"), out, as_of="2023-12")
                used, took = tree_time() - begin, time.perf_counter() - wall
                states = {row["status"]: row["count"] for row in spark.read.parquet(out).groupBy("status").count().collect()}
                print(
                    f"cluster   {model}: {args.series} series x {args.months} months, {states}: {used:.0f} s of processors "
                    f"({used / args.series * 1e6:.0f} us a series), {took:.0f} s ({args.series / took:.0f} series/s)"
                )
            sample = simulated(0, args.peer_sample, args.months) if args.peer_sample else None
            for name in ("DynamicOptimizedTheta", "AutoETS") if sample is not None else ():
                peer(spark, name, sample, args.peer_sample)


def peer(spark, name: str, sample: pa.Table, count: int) -> None:
    """One model of statsforecast, a tenth of the series a group."""
    from pyspark.sql import functions as F

    rows = spark.createDataFrame(sample.to_pandas()).withColumn("part", F.pmod(F.hash("unique_id"), F.lit(10)))

    def forecast(group):
        from statsforecast import StatsForecast, models

        engine = StatsForecast([getattr(models, name)(season_length=12)], freq="MS", n_jobs=1)
        frame = group[["unique_id", "ds", "y"]]
        made = engine.forecast(df=frame.assign(ds=frame["ds"].astype("datetime64[ns]")), h=12, level=[80, 95])
        return made.assign(ds=made["ds"].dt.date)

    names = [name] + [f"{name}-{side}-{level}" for level in (80, 95) for side in ("lo", "hi")]
    schema = "unique_id string, ds date, " + ", ".join(f"`{n}` double" for n in names)

    def run():
        return rows.groupBy("part").applyInPandas(lambda g: forecast(g)[["unique_id", "ds", *names]], schema).count()

    begin, wall = tree_time(), time.perf_counter()
    assert run() == count * 12
    used, took = tree_time() - begin, time.perf_counter() - wall
    print(
        f"peer      statsforecast {name}: {count} series: {used:.0f} s of processors ({used / count * 1e6:.0f} us a series), "
        f"{took:.0f} s ({count / took:.0f} series/s)"
    )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("horizon")
    parser.add_argument("--series", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=120)
    parser.add_argument("--model", default="counts", help="models of the cluster, separated by commas")
    parser.add_argument("--overhead-series", type=int, default=20_000)
    parser.add_argument("--overhead-model", default="seasonal-naive", help="a quick one shows it best")
    parser.add_argument("--peer-sample", type=int, default=500)
    parser.add_argument("--partitions", type=int, default=14)
    parser.add_argument("--master", default="local-cluster[2,1,2048]")
    args = parser.parse_args()
    # Executors work in folders of their own.
    args.horizon = str(Path(args.horizon).resolve())
    if args.overhead_series:
        overhead(args.horizon, args.overhead_series, args.months, args.overhead_model)
    if args.series:
        cluster(args)


if __name__ == "__main__":
    main()
