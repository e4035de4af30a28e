"""Kinds of frames and of dates, in and out."""

from __future__ import annotations

import datetime
import subprocess
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from conftest import panel

from horizon import Horizon, HorizonError


@pytest.fixture(scope="module")
def text() -> pa.Table:
    return panel(areas=2)


@pytest.fixture(scope="module")
def expected(binary: str, text: pa.Table) -> list[dict[str, str]]:
    """What the program says by itself, to be held against: through no frame."""
    rows = zip(*(text.column(i).to_pylist() for i in range(3)), strict=True)
    csv = "unique_id,ds,y\n" + "".join(f"{u},{d},{y:g}\n" for u, d, y in rows)
    call = [binary, "forecast", "-", "--horizon", "3", "--format", "csv", "--quiet", "--levels", "80"]
    out = subprocess.run(call, input=csv.encode(), capture_output=True, check=True).stdout.decode().splitlines()
    names = out[0].split(",")
    return [dict(zip(names, line.split(","), strict=True)) for line in out[1:]]


def check(rows: list[dict[str, Any]], expected: list[dict[str, str]], dates: Any) -> None:
    assert len(rows) == len(expected) == 12
    for row, wanted in zip(rows, expected, strict=True):
        assert list(row) == ["unique_id", "ds", "model", "mean", "median", "lo-80", "hi-80"]
        assert row["unique_id"] == wanted["unique_id"]
        assert row["model"] == wanted["model"]
        assert row["ds"] == dates(wanted["ds"])
        assert [row[name] for name in ("mean", "median", "lo-80", "hi-80")] == [
            float(wanted[name]) for name in ("mean", "median", "lo-80", "hi-80")
        ]


def first(month: str) -> datetime.date:
    return datetime.date.fromisoformat(month + "-01")


def test_arrow_text(binary: str, text: pa.Table, expected: list[dict[str, str]]) -> None:
    made = Horizon(binary=binary).forecast(text, h=3, level=[80])
    assert isinstance(made, pa.Table)
    check(made.to_pylist(), expected, lambda month: month)


def test_arrow_dates(binary: str, text: pa.Table, expected: list[dict[str, str]]) -> None:
    dates = pa.array([first(month) for month in text["ds"].to_pylist()], pa.date32())
    made = Horizon(binary=binary).forecast(text.set_column(1, "ds", dates), h=3, level=[80])
    assert made.schema.field("ds").type == pa.date32()
    check(made.to_pylist(), expected, first)


def test_arrow_record_batch(binary: str, text: pa.Table, expected: list[dict[str, str]]) -> None:
    made = Horizon(binary=binary).forecast(text.combine_chunks().to_batches()[0], h=3, level=[80])
    check(pa.table(made).to_pylist(), expected, lambda month: month)


def test_pandas_datetimes(binary: str, text: pa.Table, expected: list[dict[str, str]]) -> None:
    df = text.to_pandas().assign(ds=lambda d: pd.to_datetime(d["ds"] + "-01"))
    made = Horizon(binary=binary).forecast(df, h=3, level=[80])
    assert isinstance(made, pd.DataFrame)
    assert made["ds"].dtype == df["ds"].dtype
    check(made.to_dict("records"), expected, lambda month: pd.Timestamp(month + "-01"))


def test_pandas_month_ends_come_back_as_month_ends(binary: str, text: pa.Table) -> None:
    df = text.to_pandas().assign(ds=lambda d: pd.to_datetime(d["ds"] + "-01") + pd.offsets.MonthEnd(0))
    made = Horizon(binary=binary).forecast(df, h=3)
    assert made["ds"].dt.is_month_end.all()


def test_pandas_periods(binary: str, text: pa.Table, expected: list[dict[str, str]]) -> None:
    df = text.to_pandas().assign(ds=lambda d: pd.PeriodIndex(d["ds"], freq="M"))
    made = Horizon(binary=binary).forecast(df, h=3, level=[80])
    assert isinstance(made["ds"].dtype, pd.PeriodDtype)
    check(made.to_dict("records"), expected, lambda month: pd.Period(month, "M"))


def test_pandas_categories_and_integers(binary: str, text: pa.Table) -> None:
    df = text.to_pandas()
    by_name = Horizon(binary=binary).forecast(df.assign(unique_id=df["unique_id"].astype("category")), h=3)
    assert set(by_name["unique_id"]) == set(df["unique_id"])
    one = df[df["unique_id"] == df["unique_id"].iloc[0]]
    assert set(Horizon(binary=binary).forecast(one.assign(unique_id=7), h=3)["unique_id"]) == {7}


def test_polars(binary: str, text: pa.Table, expected: list[dict[str, str]]) -> None:
    df = pl.DataFrame(pl.from_arrow(text)).with_columns(pl.col("ds").str.to_date("%Y-%m"))
    made = Horizon(binary=binary).forecast(df, h=3, level=[80])
    assert isinstance(made, pl.DataFrame)
    assert made.schema["ds"] == pl.Date
    check(made.to_dicts(), expected, first)
    lazy = Horizon(binary=binary).forecast(df.lazy(), h=3, level=[80])
    assert isinstance(lazy, pl.LazyFrame)
    assert lazy.collect().equals(made)


def test_own_names(binary: str, text: pa.Table) -> None:
    renamed = text.rename_columns(["series", "month", "count"])
    made = Horizon(binary=binary).forecast(renamed, h=3, id_col="series", time_col="month", target_col="count")
    assert made.column_names[:2] == ["series", "month"]


def test_areas_and_measures(binary: str, text: pa.Table, expected: list[dict[str, str]]) -> None:
    areas = pc.replace_substring_regex(text["unique_id"], r"\|.*", "")
    measures = pc.replace_substring_regex(text["unique_id"], r"^[^|]*\|", "")
    named = pa.table({"area": areas, "measure": measures, "period": text["ds"], "count": text["y"].cast(pa.int64())})
    check(Horizon(binary=binary).forecast(named, h=3, level=[80]).to_pylist(), expected, lambda month: month)


@pytest.mark.filterwarnings("ignore:1 row without a value")
def test_missing_values_are_missing_whatever_they_are(binary: str, text: pa.Table) -> None:
    df = text.to_pandas()
    df.loc[5, "y"] = float("nan")
    null = pl.from_pandas(df).with_columns(pl.col("y").fill_nan(None))
    blank = Horizon(binary=binary).forecast(null, h=3)
    assert blank.equals(pl.from_pandas(Horizon(binary=binary).forecast(df, h=3)))
    assert not blank.equals(Horizon(binary=binary).forecast(pl.DataFrame(pl.from_arrow(text)), h=3))


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (lambda d: d.set_index("unique_id"), "data", "in the frame's index"),
        (lambda d: d.set_index(["unique_id", "ds"]), "data", "unique_id and ds is in the frame's index"),
        (lambda d: d.drop(columns="y"), "data", "no column y"),
        (lambda d: d.assign(ds=pd.to_datetime(d["ds"] + "-01", utc=True)), "data", "time zone UTC"),
        (lambda d: d.assign(ds=pd.to_datetime(d["ds"] + "-01") + pd.Timedelta("3h")), "data", "time of day"),
        (lambda d: d.assign(ds=range(len(d))), "data", "ds is of type int64"),
        (lambda d: d.assign(y=[object()] * len(d)), "data", "values of several kinds"),
        (lambda d: d["y"].to_numpy(), "usage", "is no frame"),
        (lambda d: [1, 2], "usage", "a list is no frame"),
    ],
)
def test_frames_that_are_refused(text: pa.Table, change: Any, code: str, words: str) -> None:
    with pytest.raises(HorizonError, match=words) as caught:
        Horizon(binary="never asked").forecast(change(text.to_pandas()))
    assert caught.value.code == code
    assert caught.value.remedy
