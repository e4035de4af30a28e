"""The task of Spark without Spark: a worker, and what becomes of one that is lost."""

from __future__ import annotations

import os
import signal
import stat
import struct
import subprocess
import textwrap
import warnings
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from conftest import panel

from horizon import Horizon, HorizonError, HorizonWarning, __version__
from horizon.spark._client import FRAME_LIMIT, Worker, WorkerStoppedError
from horizon.spark._jobs import POOLED
from horizon.spark._tasks import AdjustTask, ForecastTask, VerdictTask

JOB: dict[str, Any] = {"task": "forecast", "horizon": 3, "levels": [80.0, 95.0], "model": "auto"}


def rows(source: pa.Table) -> pa.Table:
    """Rows as a task gets them: sorted by pool and identifier."""
    made = pa.table(
        {
            "pool": pc.replace_substring_regex(source["unique_id"], r"^[^|]*\|", ""),
            "unique_id": source["unique_id"],
            "ds": pc.strptime(pc.binary_join_element_wise(source["ds"], "01", "-"), "%Y-%m-%d", "s").cast(pa.date32()),
            "y": source["y"],
        }
    )
    return made.sort_by([("pool", "ascending"), ("unique_id", "ascending"), ("ds", "descending")])


def expected(binary: str, source: pa.Table, model: str = "auto") -> list[dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HorizonWarning)
        made = Horizon(binary=binary).forecast(source, h=3, model=model).to_pylist()
    return sorted(made, key=lambda row: (row["unique_id"], row["ds"]))


def forecasts(task: ForecastTask, source: pa.Table, batch: int = 100) -> list[dict[str, Any]]:
    found = [row for made in task(rows(source).to_batches(max_chunksize=batch)) for row in made.to_pylist()]
    return sorted(found, key=lambda row: (row["unique_id"] or "", str(row["ds"])))


def same(found: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    assert len(found) == len(wanted)
    for row, other in zip(found, wanted, strict=True):
        assert (row["status"], row["error"]) == ("ok", None)
        assert row["ds"].isoformat()[:7] == other["ds"]
        names = set(other) - {"ds"}
        assert {name: row[name] for name in names} == {name: other[name] for name in names}


@pytest.mark.parametrize("model", ["auto", "counts", "combination", "theta", "auto-ets", "seasonal-naive"])
def test_numbers_are_those_of_a_single_machine(binary: str, model: str) -> None:
    source = panel(areas=12)
    task = ForecastTask(JOB | {"model": model}, binary, None, target_rows=500)
    same(forecasts(task, source), expected(binary, source, model))


def test_the_program_and_the_package_know_the_same_pooled_models(binary: str) -> None:
    help_text = subprocess.run([binary, "backtest", "--help"], capture_output=True, check=True).stdout.decode()
    models = help_text.split("Models:")[1].split(".")[0].replace("\n", " ").split(",")
    assert len(models) > 8
    for model in (name.strip() for name in models):
        with Worker(binary, JOB | {"model": model}) as worker:
            assert worker.greeting["learnsFromPools"] == (model in POOLED), model


def test_a_poisoned_series_is_a_row(binary: str) -> None:
    source = panel(areas=3, measures=("Burglary",))
    poison = pa.table({"unique_id": ["Area 99|Burglary"] * 2 + [None], "ds": ["2020-01"] * 3, "y": [1.0, 2.0, 3.0]})
    found = forecasts(ForecastTask(JOB, binary, None), pa.concat_tables([poison, source]))
    bad = {row["unique_id"]: (row["status"], row["error"]) for row in found if row["status"] != "ok"}
    assert bad[None][0] == "bad-id"
    assert bad["Area 99|Burglary"] == (
        "duplicate-period",
        "it has two rows for the month of 2020-01-01: add them up, or leave one out",
    )
    same([row for row in found if row["status"] == "ok"], expected(binary, source))


def test_a_pool_beyond_a_frame_is_rows_that_say_what_to_do(binary: str) -> None:
    source = panel(areas=6)
    small = ForecastTask(JOB, binary, None, limit=84 * 3 * 12)
    found = forecasts(small, source)
    assert [row["unique_id"] for row in found] == sorted(set(source["unique_id"].to_pylist()))
    assert {row["status"] for row in found} == {"pool-too-large"}
    assert "name measures by region" in found[0]["error"]
    alone = ForecastTask(JOB | {"model": "theta"}, binary, None, limit=84 * 3 * 12)
    same(forecasts(alone, source), expected(binary, source, "theta"))


def test_verdicts_are_those_of_a_single_machine(binary: str) -> None:
    source = panel(areas=5)
    job = {"task": "exceptions", "last": 4, "alpha": 0.05, "through": "2021-12-01"}
    judged = pa.Table.from_batches(list(VerdictTask(job, binary, None)(rows(source).to_batches())))
    by_period = judged.sort_by("ds").to_batches(max_chunksize=7)
    found = pa.Table.from_batches(list(AdjustTask({"task": "adjust"}, binary)(by_period)))
    found = found.sort_by([("unique_id", "ascending"), ("ds", "ascending")]).to_pylist()
    wanted = Horizon(binary=binary).exceptions(source, last=4, alpha=0.05, keep_all=True)
    wanted = wanted.sort_by([("unique_id", "ascending"), ("ds", "ascending")]).to_pylist()
    assert len(found) == len(wanted) == 40
    for row, other in zip(found, wanted, strict=True):
        names = set(other) - {"ds"}
        assert {name: row[name] for name in names} == {name: other[name] for name in names}
        assert row["ds"].isoformat()[:7] == other["ds"]


def fake(folder: Path, binary: str, trigger: str, deed: str) -> str:
    """A program like the real one, but for what it does when it is sent a series of a certain name."""
    path = folder / "horizon"
    path.write_text(
        textwrap.dedent(f"""\
            #!/usr/bin/env python3
            import os, signal, struct, subprocess, sys, time
            if "--version" in sys.argv:
                print("{__version__}")
                sys.exit()
            real = subprocess.Popen([{binary!r}, "worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            def frame(stream):
                head = stream.read(4)
                return head and head + stream.read(struct.unpack("<I", head)[0])
            while asked := frame(sys.stdin.buffer):
                if {trigger.encode()!r} in asked:
                    {deed}
                real.stdin.write(asked)
                real.stdin.flush()
                sys.stdout.buffer.write(frame(real.stdout))
                sys.stdout.buffer.flush()
            """)
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_series_that_ends_the_program_is_a_row_and_the_others_are_done(binary: str, tmp_path: Path) -> None:
    source = panel(areas=8, measures=("Burglary",))
    path = fake(tmp_path, binary, "Area 05", "os.kill(os.getpid(), signal.SIGSEGV)")
    found = forecasts(ForecastTask(JOB | {"model": "theta"}, path, None), source)
    bad = [row for row in found if row["status"] != "ok"]
    assert [(row["unique_id"], row["status"]) for row in bad] == [("Area 05|Burglary", "crashed")]
    assert "signal 11" in bad[0]["error"]
    wanted = [row for row in expected(binary, source, "theta") if not row["unique_id"].startswith("Area 05")]
    same([row for row in found if row["status"] == "ok"], wanted)


def test_a_series_beyond_its_budget_is_a_row(binary: str, tmp_path: Path) -> None:
    source = panel(areas=4, measures=("Burglary",))
    path = fake(tmp_path, binary, "Area 02", "time.sleep(60)")
    found = forecasts(ForecastTask(JOB | {"model": "theta"}, path, 0.05), source)
    bad = [row for row in found if row["status"] != "ok"]
    assert [(row["unique_id"], row["status"], row["error"]) for row in bad] == [
        ("Area 02|Burglary", "timed-out", "it took longer than its budget")
    ]
    assert len(found) == 3 * 3 + 1


def test_a_pool_is_lost_as_one(binary: str, tmp_path: Path) -> None:
    source = panel(areas=3)
    path = fake(tmp_path, binary, "Area 02|Burglary", "os._exit(3)")
    found = forecasts(ForecastTask(JOB, path, None), source)
    bad = {row["unique_id"] for row in found if row["status"] == "crashed"}
    assert bad == {f"Area {i:02d}|Burglary" for i in range(3)}
    wanted = [row for row in expected(binary, source) if row["unique_id"].endswith("Cycle")]
    same([row for row in found if row["status"] == "ok"], wanted)


def test_another_version_is_refused(binary: str, tmp_path: Path) -> None:
    with pytest.raises(HorizonError, match=r"9\.9\.9") as caught:
        Worker(binary, JOB | {"version": "9.9.9"})
    assert caught.value.code == "version"


def test_a_frame_beyond_the_limit_is_not_sent(binary: str) -> None:
    with Worker(binary, JOB) as worker, pytest.raises(HorizonError, match="larger than 268435456"):
        worker.ask(b"B", [memoryview(bytearray(1 << 20))] * 257)
    assert FRAME_LIMIT == 256 << 20


def test_a_length_of_4_gb_is_refused_by_the_program(binary: str) -> None:
    run = subprocess.run([binary, "worker"], input=struct.pack("<I", 2**32 - 1) + b"H", capture_output=True, check=False)
    assert run.returncode == 65
    assert b"4294967295 bytes" in run.stdout
    assert b"4294967295 bytes" in run.stderr


def test_a_task_that_is_killed_in_mid_frame_ends_the_program(binary: str) -> None:
    run = subprocess.run([binary, "worker"], input=struct.pack("<I", 1000) + b"H{", capture_output=True, check=False)
    assert run.returncode == 65
    assert b"the input ended after 2 of the 1000 bytes" in run.stderr


def test_a_worker_that_is_gone_says_so(binary: str) -> None:
    worker = Worker(binary, JOB)
    os.kill(worker._process.pid, signal.SIGKILL)
    with pytest.raises(WorkerStoppedError, match="signal 9"):
        worker.ask(b"B", [b"\0" * 16])
    worker.restart()
    assert worker.ask(b"B", [struct.pack("<IIII", 0, 0, 0, 0)])[0] == b"F"
    worker.close()
