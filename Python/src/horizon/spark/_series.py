"""Rows to frames of series, and answers to rows."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

#: What stands for a date that is missing or was not understood: no day of any year.
NO_DATE = -(2**31)
#: Bytes of a row in a frame, and about those of a series beside its rows.
ROW_BYTES, SERIES_BYTES = 12, 64


@dataclass
class Unit:
    """Whole series, and of pooled models whole pools, that are asked about together; `None` for a part that is too large."""

    rows: pa.Table
    too_large: bool = False
    runs: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.runs = pc.run_end_encode(_one(self.rows.column("unique_id")), run_end_type=pa.int32())

    @property
    def identifiers(self) -> list[str | None]:
        """Identifiers of the series, in their order."""
        return self.runs.values.to_pylist()

    @property
    def count(self) -> int:
        """Number of series."""
        return len(self.runs.values)

    def body(self) -> list[Any]:
        """The body of a batch; see Python/PROTOCOL.md."""
        names = [(name or "").encode() for name in self.identifiers]
        ends = np.zeros(len(names) + 1, "<u4")
        np.cumsum([len(name) for name in names], out=ends[1:])
        rows = np.zeros(len(names) + 1, "<u4")
        rows[1:] = self.runs.run_ends.to_numpy(zero_copy_only=False)
        days = pc.fill_null(_one(self.rows.column("ds")).cast(pa.int32()), NO_DATE)
        values = pc.fill_null(_one(self.rows.column("y")), float("nan"))
        return [
            struct.pack("<II", len(names), self.rows.num_rows),
            ends.tobytes(),
            rows.tobytes(),
            days.to_numpy(zero_copy_only=False).astype("<i4", copy=False).tobytes(),
            values.to_numpy(zero_copy_only=False).astype("<f8", copy=False).tobytes(),
            b"".join(names),
        ]

    def halves(self, key: str) -> tuple[Unit, Unit] | None:
        """Split between two values of a column, near the middle; None for one value alone."""
        ends = [end for _, end in _runs(self.rows, key)]
        if len(ends) < 2:
            return None
        cut = ends[(len(ends) - 1) // 2]
        return Unit(self.rows.slice(0, cut)), Unit(self.rows.slice(cut))


def _one(column: pa.ChunkedArray) -> pa.Array:
    return (
        column.chunk(0)
        if column.num_chunks == 1
        else pa.concat_arrays(column.chunks)
        if column.num_chunks
        else pa.array([], column.type)
    )


def units(batches: Iterable[pa.RecordBatch], key: str, target_rows: int, limit: int) -> Iterator[Unit]:
    """Cut sorted rows where `key` changes, into parts of about `target_rows` rows.

    What has one value of the key and would not fit a frame of `limit` bytes is handed on in parts that are `too_large`.
    """
    target_rows = min(target_rows, limit // ROW_BYTES)
    pending: list[pa.RecordBatch] = []
    held = 0
    # Whether what is pending has several values of the key, the last of them, and one that has outgrown a frame: any may be null.
    several, last, outgrown = False, None, _Nothing
    for batch in batches:
        if batch.num_rows == 0:
            continue
        first, end = _runs(batch, key)[0]
        if outgrown is not _Nothing and first == outgrown:
            yield Unit(pa.Table.from_batches([batch.slice(0, end)]), too_large=True)
            batch = batch.slice(end)
            if batch.num_rows == 0:
                continue
        outgrown = _Nothing
        runs = _runs(batch, key)
        several = several or len(runs) > 1 or (bool(pending) and runs[0][0] != last)
        last = runs[-1][0]
        pending.append(batch)
        held += batch.num_rows
        if several and held >= target_rows:
            table = pa.Table.from_batches(pending)
            start = _runs(table, key)[-2][1]
            yield from _fitting(table.slice(0, start), key, limit)
            pending, held, several = table.slice(start).to_batches(), table.num_rows - start, False
        if not several and held * ROW_BYTES > limit:
            yield Unit(pa.Table.from_batches(pending), too_large=True)
            pending, held, outgrown = [], 0, last
    if pending:
        yield from _fitting(pa.Table.from_batches(pending), key, limit)


class _Nothing:
    """Stands for no value, since null is one."""


def _runs(rows: pa.Table | pa.RecordBatch, key: str) -> list[tuple[Any, int]]:
    """Return the values of a column where they change, each with where it ends."""
    column = rows.column(rows.schema.get_field_index(key))
    encoded = pc.run_end_encode(_one(column) if isinstance(column, pa.ChunkedArray) else column, run_end_type=pa.int32())
    return list(zip(encoded.values.to_pylist(), encoded.run_ends.to_pylist(), strict=True))


def _fitting(table: pa.Table, key: str, limit: int) -> Iterator[Unit]:
    """Hand a part on, in halves where it would not fit."""
    unit = Unit(table)
    if table.num_rows * ROW_BYTES + unit.count * SERIES_BYTES <= limit:
        yield unit
        return
    halves = unit.halves(key)
    if halves is None:
        unit.too_large = True
        yield unit
        return
    for half in halves:
        yield from _fitting(half.rows, key, limit)


class Reader:
    """Reads the arrays of an answer, one after the other."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    def array(self, kind: str, count: int) -> Any:
        """Return the next `count` numbers."""
        found = np.frombuffer(self._body, kind, count, self._at)
        self._at += found.nbytes
        return found

    def numbers(self, count: int) -> list[int]:
        """Return the next `count` counts."""
        return [int(number) for number in self.array("<u4", count)]

    def texts(self, count: int) -> list[str]:
        """Return the next `count` texts."""
        ends = self.array("<u4", count + 1)
        start = self._at
        self._at += int(ends[-1])
        return [self._body[start + int(a) : start + int(b)].decode() for a, b in itertools.pairwise(ends)]


def spread(identifiers: list[str | None], statuses: list[str], texts: list[str], periods: int) -> tuple[Any, dict[str, pa.Array]]:
    """Repeat what is said of a series over its rows: as many as there are periods where it is ok, and else one.

    Returns:
        Of each row whether its series is ok, and the columns unique_id, status and error.
    """
    ok = np.array([status == "ok" for status in statuses], bool)
    places = pa.array(np.repeat(np.arange(len(ok)), np.where(ok, periods, 1)))
    errors = pa.array([None if status == "ok" else text for status, text in zip(statuses, texts, strict=True)], pa.string())
    return np.repeat(ok, np.where(ok, periods, 1)), {
        "unique_id": pa.array(identifiers, pa.string()).take(places),
        "status": pa.array(statuses, pa.string()).take(places),
        "error": errors.take(places),
    }


def filled(values: Any, mask: Any, kind: pa.DataType) -> pa.Array:
    """Put values where `mask` is true, and null elsewhere and where they are NaN."""
    whole = np.zeros(len(mask), values.dtype)
    whole[mask] = values
    missing = ~mask
    if values.dtype.kind == "f":
        missing = missing | np.isnan(whole)
    return pa.array(whole, mask=missing).cast(kind)
