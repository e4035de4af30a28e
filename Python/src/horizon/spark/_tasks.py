"""What runs in a task of Spark: rows in, rows out, and a worker between."""

from __future__ import annotations

import itertools
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from horizon._errors import HorizonError
from horizon.spark._client import FRAME_LIMIT, Worker, WorkerStoppedError, locate
from horizon.spark._series import Reader, Unit, filled, spread, units

#: Rows of a frame, unless a pool is larger.
TARGET_ROWS = 200_000


@dataclass(frozen=True)
class Task:
    """A job over rows `pool, unique_id, ds, y` that are sorted by pool (of pooled models) and unique_id."""

    job: dict[str, Any]
    binary: str | None
    seconds_per_series: float | None
    #: Tests make frames smaller.
    limit: int = FRAME_LIMIT
    target_rows: int = TARGET_ROWS

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Answer the rows of a partition."""
        batches = iter(batches)
        first = next(batches, None)
        # A task without rows needs no process.
        while first is not None and first.num_rows == 0:
            first = next(batches, None)
        if first is None:
            return
        with Worker(locate(self.binary), self.job) as worker:
            key = "pool" if worker.greeting["learnsFromPools"] else "unique_id"
            said: set[str | None] = set()
            for unit in units(_chain(first, batches), key, self.target_rows, min(self.limit, worker.greeting["frameLimit"])):
                if unit.too_large:
                    # A part of what is too large may begin within a series that was spoken of before.
                    names = [name for name in unit.identifiers if name not in said]
                    said = {unit.identifiers[-1]}
                    yield self._errors(names, *self._too_large(key))
                else:
                    yield from self._answers(worker, unit, key)

    def _too_large(self, key: str) -> tuple[str, str]:
        if key == "unique_id":
            return "too-long", f"it has more rows than a frame of {self.limit} bytes holds"
        return "pool-too-large", (
            f"the series of its measure do not fit a frame of {self.limit} bytes: "
            "name measures by region too, or use a model that learns from each series alone"
        )

    def _answers(self, worker: Worker, unit: Unit, key: str) -> Iterator[pa.RecordBatch]:
        budget = None if self.seconds_per_series is None else self.seconds_per_series * unit.count + 1
        try:
            yield self.rows(unit, worker.ask(b"B", unit.body(), timeout=budget)[1], worker.greeting)
            return
        except WorkerStoppedError as stopped:
            worker.restart()
            status, reason = ("timed-out" if stopped.timed_out else "crashed"), str(stopped)
        except HorizonError as error:
            if error.code in ("version", "binary"):
                raise
            status, reason = "failed", str(error)
        # Which series it was is found by halves; a pool is one thing.
        halves = unit.halves(key)
        if halves is None:
            yield self._errors(unit.identifiers, status, reason)
            return
        for half in halves:
            yield from self._answers(worker, half, key)

    @property
    def schema(self) -> pa.Schema:
        """Columns of the results."""
        raise NotImplementedError

    def rows(self, unit: Unit, answer: bytes, greeting: dict[str, Any]) -> pa.RecordBatch:
        """Make rows of an answer."""
        raise NotImplementedError

    def _errors(self, identifiers: list[str | None], status: str, reason: str) -> pa.RecordBatch:
        count = len(identifiers)
        columns = [
            pa.array(identifiers, pa.string()),
            pa.array([status] * count, pa.string()),
            pa.array([reason] * count, pa.string()),
        ]
        columns += [pa.nulls(count, one.type) for one in list(self.schema)[3:]]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)


def _chain(first: pa.RecordBatch, rest: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield first
    yield from rest


_SAID = [("unique_id", pa.string()), ("status", pa.string()), ("error", pa.string())]


class ForecastTask(Task):
    """Forecasts."""

    @property
    def schema(self) -> pa.Schema:
        """Columns of the results."""
        bounds = [f"{side}-{level:g}" for level in self.job["levels"] for side in ("lo", "hi")]
        numbers = [(name, pa.float64()) for name in ("mean", "median", *bounds)]
        return pa.schema([*_SAID, ("ds", pa.date32()), ("model", pa.string()), *numbers])

    def rows(self, unit: Unit, answer: bytes, greeting: dict[str, Any]) -> pa.RecordBatch:
        """Make rows of an answer."""
        reader = Reader(answer)
        count, horizon, levels = reader.numbers(3)
        statuses = [greeting["statuses"][number] for number in reader.array("u1", count)]
        texts = reader.texts(count)
        ok = [status == "ok" for status in statuses]
        made = sum(ok) * horizon
        mask, columns = spread(unit.identifiers, statuses, texts, horizon)
        columns["ds"] = filled(reader.array("<i4", made), mask, pa.int32()).cast(pa.date32())
        models = pa.array([text if isOK else None for text, isOK in zip(texts, ok, strict=True)], pa.string())
        columns["model"] = models.take(pa.array(np.repeat(np.arange(count), np.where(ok, horizon, 1))))
        for name in self.schema.names[5 : 7 + 2 * levels]:
            columns[name] = filled(reader.array("<f8", made), mask, pa.float64())
        return pa.RecordBatch.from_arrays([columns[name] for name in self.schema.names], schema=self.schema)


class VerdictTask(Task):
    """Verdicts on periods; their q-values come later, from those of every series."""

    @property
    def schema(self) -> pa.Schema:
        """Columns of the results."""
        numbers = [(name, pa.float64()) for name in ("observed", "expected", "lower", "upper", "p_value", "p_exact")]
        return pa.schema([*_SAID, ("ds", pa.date32()), *numbers, ("kind", pa.string()), ("flagged", pa.int32())])

    def rows(self, unit: Unit, answer: bytes, greeting: dict[str, Any]) -> pa.RecordBatch:
        """Make rows of an answer."""
        reader = Reader(answer)
        count, periods = reader.numbers(2)
        statuses = [greeting["statuses"][number] for number in reader.array("u1", count)]
        texts = reader.texts(count)
        made = statuses.count("ok") * periods
        mask, columns = spread(unit.identifiers, statuses, texts, periods)
        columns["ds"] = filled(reader.array("<i4", made), mask, pa.int32()).cast(pa.date32())
        for name in self.schema.names[4:10]:
            columns[name] = filled(reader.array("<f8", made), mask, pa.float64())
        kinds = filled(reader.array("u1", made).astype("i4"), mask, pa.int32())
        columns["kind"] = pa.array(greeting["kinds"], pa.string()).take(kinds)
        columns["flagged"] = filled(reader.array("u1", made).astype("i4"), mask, pa.int32())
        return pa.RecordBatch.from_arrays([columns[name] for name in self.schema.names], schema=self.schema)


@dataclass(frozen=True)
class AdjustTask:
    """q-values of rows with `ds` and `p_exact`, which are sorted by ds: those of one period together."""

    job: dict[str, Any]
    binary: str | None

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Add a column q_value."""
        worker: Worker | None = None
        try:
            for unit in units(batches, "ds", 1, 1 << 40):
                table = unit.rows
                values = table.column("p_exact").combine_chunks().fill_null(float("nan")).to_numpy(zero_copy_only=False)
                worker = worker or Worker(locate(self.binary), self.job)
                # Null dates are those of rows that say what is wrong; their p-values are missing and count for nothing.
                dates = table.column("ds").combine_chunks().cast(pa.int32()).fill_null(-(2**31)).to_numpy(zero_copy_only=False)
                found = np.full(len(values), np.nan)
                edges = [0, *(np.flatnonzero(np.diff(dates)) + 1).tolist(), len(values)]
                for start, end in itertools.pairwise(edges):
                    body = [struct.pack("<I", end - start), values[start:end].astype("<f8").tobytes()]
                    found[start:end] = np.frombuffer(worker.ask(b"P", body)[1], "<f8", end - start, 4)
                yield from table.append_column("q_value", pa.array(found, from_pandas=True)).to_batches()
        finally:
            if worker is not None:
                worker.close()


@dataclass(frozen=True)
class SurveyTask:
    """What workers are on the machines, and how many series of a partition are of known districts."""

    job: dict[str, Any]
    binary: str | None

    schema = "host string, version string, numerics string, known bigint"

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Answer one row."""
        with Worker(locate(self.binary), self.job) as worker:
            known = 0
            for batch in batches:
                names = [name for name in batch.column(0).to_pylist() if name and len(name.encode()) <= 4096]
                rows = pa.table(
                    {
                        "unique_id": pa.array(names, pa.string()),
                        "ds": pa.array(np.zeros(len(names), "i4")).cast(pa.date32()),
                        "y": pa.array(np.ones(len(names))),
                    }
                )
                known += struct.unpack("<I", worker.ask(b"B", Unit(rows).body())[1])[0]
            said = [[os.uname().nodename], [worker.greeting["version"]], [worker.greeting["numerics"]], [known]]
            names = ["host", "version", "numerics", "known"]
            yield pa.RecordBatch.from_arrays([pa.array(one) for one in said], names=names)
