"""Cutting rows into frames, against every way of cutting the rows into batches."""

from __future__ import annotations

import itertools
import random
import struct
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pytest

from horizon.spark._series import ROW_BYTES, Unit, units

Row = tuple[str | None, str | None, int, float | None]


def table(rows: list[Row]) -> pa.Table:
    pool, name, day, value = ([row[i] for row in rows] for i in range(4))
    days = pa.array(day, pa.int32()).cast(pa.date32())
    return pa.table(
        {
            "pool": pa.array(pool, pa.string()),
            "unique_id": pa.array(name, pa.string()),
            "ds": days,
            "y": pa.array(value, pa.float64()),
        }
    )


def cut(rows: pa.Table, sizes: Iterable[int]) -> list[pa.RecordBatch]:
    made: list[pa.RecordBatch] = []
    start = 0
    for size in sizes:
        made += rows.slice(start, size).combine_chunks().to_batches()
        start += size
    return made + rows.slice(start).combine_chunks().to_batches()


@pytest.mark.parametrize("key", ["pool", "unique_id"])
@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_batches_no_row_is_lost_and_no_key_is_cut(key: str, seed: int) -> None:
    chance = random.Random(seed)
    rows: list[Row] = []
    for pool in [None, *sorted(f"p{i}" for i in range(chance.randint(0, 6)))]:
        for series in range(chance.randint(0, 4)):
            name = None if pool is None else f"a{series}|{pool}"
            rows += [(pool, name, day, chance.random()) for day in range(chance.randint(1, 9))]
    whole = table(rows)
    sizes = [chance.randint(0, 5) for _ in range(len(rows))]
    made = list(units(cut(whole, sizes), key, chance.randint(1, 20), 1 << 20))
    assert [row for unit in made for row in unit.rows.to_pylist()] == whole.to_pylist()
    assert not any(unit.too_large for unit in made)
    keys = [unit.rows.column(key).to_pylist() for unit in made]
    for before, after in itertools.pairwise(keys):
        assert before[-1] != after[0]


def test_what_outgrows_a_frame_is_told_and_the_rest_goes_on() -> None:
    counts = [("a", "1|a", 3), ("b", "1|b", 60), ("b", "2|b", 60), ("c", "1|c", 3)]
    rows: list[Row] = [(pool, name, 0, 1.0) for pool, name, count in counts for _ in range(count)]
    for size in (1, 7, 50, 126):
        made = list(units(cut(table(rows), [size] * (len(rows) // size)), "pool", 5, 40 * ROW_BYTES))
        large = [row["pool"] for unit in made if unit.too_large for row in unit.rows.to_pylist()]
        assert large == ["b"] * 120
        assert [row["pool"] for unit in made if not unit.too_large for row in unit.rows.to_pylist()] == ["a"] * 3 + ["c"] * 3


def test_a_body_is_what_the_protocol_says() -> None:
    unit = Unit(table([("m", "é|m", 5, 1.5), ("m", "é|m", 6, None), ("m", None, 7, 2.0)]))
    body = b"".join(bytes(part) for part in unit.body())
    assert body[:8] == struct.pack("<II", 2, 3)
    assert body[8:20] == struct.pack("<III", 0, 4, 4)
    assert body[20:32] == struct.pack("<III", 0, 2, 3)
    assert body[32:44] == struct.pack("<iii", 5, 6, 7)
    assert np.array_equal(np.frombuffer(body[44:68], "<f8"), [1.5, np.nan, 2.0], equal_nan=True)
    assert body[68:] == "é|m".encode()
    assert unit.identifiers == ["é|m", None]


def test_a_date_that_is_none_is_no_day() -> None:
    rows = table([("m", "a|m", 5, 1.0)]).set_column(2, "ds", pa.array([None], pa.date32()))
    assert b"".join(bytes(part) for part in Unit(rows).body())[24:28] == struct.pack("<i", -(2**31))


def test_halves_keep_keys_whole() -> None:
    unit = Unit(table([("a", "1|a", 0, 1.0), ("a", "2|a", 0, 1.0), ("b", "1|b", 0, 1.0)]))
    first, second = unit.halves("pool") or (unit, unit)
    assert (first.identifiers, second.identifiers) == (["1|a", "2|a"], ["1|b"])
    assert second.halves("pool") is None
