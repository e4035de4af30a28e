"""Horizon on Spark, on sessions whose executors are processes of their own: HORIZON_SPARK names one of MASTERS.

`local-cluster` starts workers with executors; `standalone` a master and a worker over loopback, as scripts of a cluster do;
`connect` a server of Spark Connect, where there is no JVM in this process and no RDD.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from conftest import panel
from spark_session import session

from horizon import Horizon, HorizonError, HorizonWarning
from horizon import spark as hs

pytestmark = pytest.mark.spark
MODE = os.environ.get("HORIZON_SPARK", "")


@pytest.fixture(scope="module")
def spark(binary: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not MODE:
        pytest.skip("HORIZON_SPARK is not set to local-cluster, standalone or connect: no session is started")
    folder = tmp_path_factory.mktemp("spark")
    if MODE == "local-cluster":
        with session("local-cluster[2,1,1024]") as made:
            yield made
    elif MODE == "connect":
        with session("connect:local[2]") as made:
            yield made
    else:
        with standalone(folder) as master, session(master) as made:
            yield made


class standalone:  # noqa: N801 - a context manager, named like one
    """A master and a worker of Spark over loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> str:
        import pyspark

        home = os.path.dirname(pyspark.__file__)
        environment = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "SPARK_NO_DAEMONIZE": "1"}

        def start(*arguments: str) -> None:
            log = open(self.folder / f"{len(self.processes)}.log", "wb")  # noqa: SIM115
            call = [f"{home}/bin/spark-class", *arguments]
            self.processes.append(subprocess.Popen(call, env=environment, stdout=log, stderr=log))

        master = "spark://127.0.0.1:17077"
        start("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "17077", "--webui-port", "17078")
        time.sleep(5)
        cores = ["--cores", "2", "--memory", "2g", "--host", "127.0.0.1", "--webui-port", "17079"]
        start("org.apache.spark.deploy.worker.Worker", *cores, "--work-dir", str(self.folder), master)
        return master

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes):
            process.terminate()
            process.wait()


SOURCE = panel(areas=7, measures=("Burglary", "Theft|Cycle", "Shoplifting"))


@pytest.fixture(scope="module")
def frame(spark: Any) -> Any:
    return spark.createDataFrame(SOURCE.to_pylist()).repartition(3)


def known(binary: str, call: str, **arguments: Any) -> list[dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HorizonWarning)
        made = getattr(Horizon(binary=binary), call)(SOURCE, **arguments).to_pylist()
    return sorted(made, key=lambda row: (row["unique_id"], row["ds"]))


def same(made: Any, wanted: list[dict[str, Any]]) -> None:
    found = sorted((row.asDict() for row in made.collect()), key=lambda row: (row["unique_id"], str(row["ds"])))
    assert len(found) == len(wanted)
    for row, other in zip(found, wanted, strict=True):
        assert (row["status"], row["error"], row["ds"].isoformat()[:7]) == ("ok", None, other["ds"])
        names = set(other) - {"ds"}
        assert {name: row[name] for name in names} == {name: other[name] for name in names}


@pytest.mark.parametrize(("model", "partitions"), [("auto", 1), ("auto", 2), ("auto", 7), ("counts", 3), ("theta", 5)])
def test_forecasts_are_those_of_a_single_machine(binary: str, frame: Any, model: str, partitions: int) -> None:
    made = hs.forecast(frame, h=4, model=model, partitions=partitions, binary=binary)
    same(made, known(binary, "forecast", h=4, model=model))


@pytest.mark.parametrize("partitions", [1, 4])
def test_verdicts_are_those_of_a_single_machine(binary: str, frame: Any, partitions: int) -> None:
    made = hs.exceptions(frame, last=3, alpha=0.05, keep_all=True, partitions=partitions, binary=binary)
    same(made, known(binary, "exceptions", last=3, alpha=0.05, keep_all=True))


def test_breaks_are_those_of_known_districts(binary: str, spark: Any) -> None:
    # The built-in calendar speaks of England: a known district brings it in.
    names = {"Area 00": "Oxford", "Area 01": "Cherwell"}
    rows = [
        row | {"unique_id": names.get(row["unique_id"][:7], row["unique_id"][:7]) + row["unique_id"][7:]}
        for row in SOURCE.to_pylist()
    ]
    mixed = pa.Table.from_pylist(rows)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HorizonWarning)
        wanted = sorted(Horizon(binary=binary).forecast(mixed, h=2).to_pylist(), key=lambda row: (row["unique_id"], row["ds"]))
    same(hs.forecast(spark.createDataFrame(rows), h=2, binary=binary), wanted)


def test_as_of_uses_what_was_known(binary: str, frame: Any) -> None:
    expected = known(binary, "forecast", h=2, as_of="2020-06")
    for as_of in ("2020-06", datetime.date(2020, 6, 30)):
        same(hs.forecast(frame, h=2, as_of=as_of, binary=binary), expected)


def test_bad_series_are_rows_and_the_job_goes_on(binary: str, spark: Any, frame: Any) -> None:
    bad = [
        {"unique_id": None, "ds": "2020-01", "y": 1.0},
        {"unique_id": "twice|Burglary", "ds": "2020-01", "y": 1.0},
        {"unique_id": "twice|Burglary", "ds": "2020-01", "y": 2.0},
        {"unique_id": "never|Burglary", "ds": "no date", "y": 2.0},
        {"unique_id": "long|Burglary", "ds": "0001-01", "y": 2.0},
        {"unique_id": "minus|Burglary", "ds": "2020-01", "y": -2.0},
    ]
    rows = spark.createDataFrame(bad, "unique_id string, ds string, y double").unionByName(frame.select("unique_id", "ds", "y"))
    made = hs.forecast(rows, h=4, binary=binary, freq="MS")
    said = {row["unique_id"]: row["status"] for row in made.where("status <> 'ok'").collect()}
    assert said == {
        None: "bad-id",
        "twice|Burglary": "duplicate-period",
        "never|Burglary": "bad-date",
        "minus|Burglary": "negative",
    }
    # A series of one month is served: the single machine does so too.
    ok = made.where("status = 'ok' and not startswith(unique_id, 'long')")
    same(ok, known(binary, "forecast", h=4))


def test_incidents_are_counted_and_forecast(binary: str, spark: Any) -> None:
    rows = [
        {"area": f"North|{i % 2}", "crime": "Theft", "month": f"{2015 + i // 120}-{i // 10 % 12 + 1:02d}"} for i in range(600)
    ] + [{"area": "South", "crime": "Theft", "month": "2016-03"}, {"area": "", "crime": "Theft", "month": "2016-03"}]
    counts = hs.monthly_counts(spark.createDataFrame(rows), area="area", measure="crime", date="month")
    found = {(row["unique_id"], row["ds"]): row["y"] for row in counts.collect()}
    assert found["North/0|Theft", datetime.date(2015, 1, 1)] == 5
    assert found[None, None] == 1
    assert sum(found.values()) == 602
    full = hs.monthly_counts(spark.createDataFrame(rows), area="area", measure="crime", date="month", absent="zero")
    zeros = {(row["unique_id"], row["ds"]): row["y"] for row in full.collect()}
    assert len(zeros) == 3 * 60 + 1
    assert zeros["South|Theft", datetime.date(2019, 12, 1)] == 0
    assert sum(zeros.values()) == 602
    made = hs.forecast(full, h=1, binary=binary).collect()
    assert sorted((row["unique_id"] or "", row["status"]) for row in made) == [
        ("", "bad-id"),
        ("North/0|Theft", "ok"),
        ("North/1|Theft", "ok"),
        ("South|Theft", "ok"),
    ]


def test_what_was_not_delivered_is_not_zero(spark: Any) -> None:
    rows = [
        {"area": "North", "crime": "Theft", "month": "2015-01", "force": "A"},
        # Without a place, and yet a sign that the force delivered March.
        {"area": None, "crime": "Theft", "month": "2015-03", "force": "A"},
        {"area": "South", "crime": "Theft", "month": "2015-01", "force": "B"},
        {"area": "South", "crime": "Theft", "month": "2015-02", "force": "B"},
        {"area": "West", "crime": "Theft", "month": "2015-02", "force": "B"},
        {"area": "West", "crime": "Theft", "month": "2015-05", "force": "B"},
    ]
    frame = spark.createDataFrame(rows, "area string, crime string, month string, force string")

    def counted(**arguments: Any) -> dict[tuple[str, int], float]:
        made = hs.monthly_counts(frame, area="area", measure="crime", date="month", absent="zero", **arguments)
        return {(row["unique_id"][:-6], row["ds"].month): row["y"] for row in made.where("unique_id is not null").collect()}

    south, west = {("South", 1): 1, ("South", 2): 1, ("South", 5): 0}, {("West", 1): 0, ("West", 2): 1, ("West", 5): 1}
    assert counted(deliverer="force") == {("North", 1): 1, ("North", 3): 0} | south | west
    # For whom all rows are one delivery, April alone was not delivered.
    north = {("North", 1): 1, ("North", 2): 0, ("North", 3): 0, ("North", 5): 0}
    assert counted() == north | south | west | {("South", 3): 0, ("West", 3): 0}
    assert counted(last="2015-02") == {name: y for name, y in counted().items() if name[1] <= 2}
    with pytest.raises(HorizonError, match="no column owner"):
        counted(deliverer="owner")


def test_moments_in_time_are_refused(spark: Any) -> None:
    moments = spark.sql("select 'a' as unique_id, current_timestamp() as ds, 1.0 as y")
    with pytest.raises(HorizonError, match="time zone") as caught:
        hs.forecast(moments)
    assert "timestamp_ntz" in (caught.value.remedy or "")
    with pytest.raises(HorizonError, match="no column y"):
        hs.forecast(moments.drop("y"))
    with pytest.raises(HorizonError, match="time zone"):
        hs.monthly_counts(moments, area="unique_id", measure="unique_id", date="ds")


def test_dates_and_local_times_are_taken(binary: str, frame: Any) -> None:
    from pyspark.sql import functions as F  # noqa: N812

    wanted = known(binary, "forecast", h=2, model="theta")
    for kind in ("date", "timestamp_ntz"):
        dated = frame.withColumn("ds", F.concat("ds", F.lit("-01")).cast(kind))
        same(hs.forecast(dated, h=2, model="theta", binary=binary), wanted)


def test_an_executor_without_the_program_says_so(frame: Any) -> None:
    with pytest.raises(Exception, match="there is no program"):
        hs.forecast(frame, binary="/nowhere/horizon").collect()


def test_partitions_are_replaced_and_others_are_left(binary: str, spark: Any, frame: Any, tmp_path: Path) -> None:
    target = str(tmp_path / "forecasts")
    made = hs.forecast(frame, h=2, model="theta", binary=binary)
    hs.write(made, target, as_of="2021-11")
    hs.write(made, target, as_of="2021-12")
    hs.write(made.limit(4), target, as_of="2021-12")
    written = {row["as_of"]: row["count"] for row in spark.read.parquet(target).groupBy("as_of").count().collect()}
    assert written == {datetime.date(2021, 11, 1): 42, datetime.date(2021, 12, 1): 4} or written == {"2021-11": 42, "2021-12": 4}
    with pytest.raises(HorizonError, match="is no period"):
        hs.write(made, target, as_of="../elsewhere")


def test_a_task_that_is_run_again_gives_the_same(binary: str, frame: Any) -> None:
    made = hs.forecast(frame, h=2, binary=binary)
    first, second = ({tuple(row) for row in made.collect()} for _ in range(2))
    assert first == second


def test_the_program_can_be_shipped(binary: str, spark: Any, frame: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hs.ship(spark, binary)
    monkeypatch.delenv("HORIZON_BINARY", raising=False)

    def where(batches: Any) -> Any:
        import os

        import pyarrow as pa

        os.environ.pop("HORIZON_BINARY", None)
        os.environ["PATH"] = "/usr/bin:/bin"
        from horizon.spark._client import locate

        for _ in batches:
            yield pa.RecordBatch.from_pydict({"path": [locate(None)]})

    paths = {row["path"] for row in spark.range(0, 4, 1, 2).mapInArrow(where, "path string").collect()}
    assert paths
    for path in paths:
        assert path.endswith("horizon-engine/horizon")
        assert path != binary
