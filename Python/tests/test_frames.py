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
        (lambda d: d.set_index(["unique_id", "ds"]), "data", "unique_id and ds are in the frame's index"),
        (lambda d: d.drop(columns="y"), "data", "no column y"),
        (lambda d: d.assign(ds=pd.to_datetime(d["ds"] + "-01", utc=True)), "data", "time zone UTC"),
        (lambda d: d.assign(ds=pd.to_datetime(d["ds"] + "-01") + pd.Timedelta("3h")), "data", "time of day"),
        (lambda d: d.assign(ds=range(len(d))), "data", "ds is of type int64"),
        (lambda d: d.assign(y=[object()] * len(d)), "data", "values of several kinds"),
        (lambda d: d["y"].to_numpy(), "usage", "is no frame"),
        (lambda d: d["y"], "usage", "a Series is no frame"),
        (lambda d: pl.Series(d["y"]), "usage", "a Series is no frame"),
        (lambda d: pa.chunked_array([d["y"]]), "usage", "a ChunkedArray is no frame"),
        (lambda d: d.assign(extra=1).set_axis(["unique_id", "ds", "y", "ds"], axis=1), "data", "two columns ds"),
        (lambda d: [1, 2], "usage", "a list is no frame"),
    ],
)
def test_frames_that_are_refused(text: pa.Table, change: Any, code: str, words: str) -> None:
    with pytest.raises(HorizonError, match=words) as caught:
        Horizon(binary="never asked").forecast(change(text.to_pandas()))
    assert caught.value.code == code
    assert caught.value.remedy


def refused(frame: Any, **more: Any) -> HorizonError:
    with pytest.raises(HorizonError) as caught:
        Horizon(binary="never asked", **more).forecast(frame)
    assert caught.value.file == "frame"
    assert caught.value.remedy
    return caught.value


def test_an_odd_value_is_named_with_its_column_and_row(text: pa.Table) -> None:
    df = text.to_pandas()
    error = refused(df.assign(y=df["y"].astype(object).where(df.index != 5, "n/a")).set_axis(range(7, 7 + len(df))))
    assert error.row == 5
    assert str(error).startswith("frame, row 5 (counted from 0): column y holds values of several kinds: 'n/a' is no number.")
    first = refused(df.assign(y=df["y"].astype(object).where(df.index != 0, "n/a")))
    assert (first.row, "'n/a' is no number" in first.message) == (0, True)
    areas = df.rename(columns={"unique_id": "area", "ds": "period", "y": "count"})
    assert refused(areas.assign(count=df["y"].astype(object).where(df.index != 9, "-"))).row == 9
    name = refused(df.assign(unique_id=df["unique_id"].astype(object).where(df.index != 5, 7)))
    assert (name.row, "column unique_id" in name.message, "7 is no str" in name.message) == (5, True, True)
    date = refused(df.assign(ds=df["ds"].astype(object).where(df.index != 6, pd.Timestamp("2015-07-01"))))
    assert (date.row, "column ds" in date.message) == (6, True)
    # A column that is not asked for may hold anything.
    note = pl.from_pandas(df).with_columns(pl.Series("note", [object()] * len(df), dtype=pl.Object))
    assert "no program" in _message(note)
    assert "no program" in _message(df.assign(value=[1, "x"] * (len(df) // 2)))
    assert "y is of type Object" in _message(note.drop("y").rename({"note": "y"}))


def _message(frame: Any) -> str:
    with pytest.raises(HorizonError) as caught:
        Horizon(binary="never asked").forecast(frame)
    return caught.value.message


@pytest.mark.parametrize("column", ["unique_id", "ds"])
def test_a_missing_name_or_date_is_named_with_its_row(text: pa.Table, column: str) -> None:
    df = text.to_pandas()
    dated = df.assign(ds=pd.to_datetime(df["ds"] + "-01"))
    for frame in (df, dated):
        error = refused(frame.assign(**{column: frame[column].where(frame.index != 5)}))
        assert (error.row, error.message) == (5, f"{column} is missing")
        assert f"df.dropna(subset=['{column}'])" in (error.remedy or "")
    holes = pl.from_pandas(dated).with_columns(pl.when(pl.int_range(pl.len()) != 5).then(pl.col(column)).alias(column))
    error = refused(holes)
    assert (error.row, error.message) == (5, f"{column} is missing")
    assert f"df.drop_nulls('{column}')" in (error.remedy or "")
    assert refused(holes.to_arrow()).row == 5
    blank = refused(df.assign(**{column: df[column].where(df.index != 5, " ")}))
    assert (blank.row, blank.message) == (5, f"{column} is blank")


def test_a_category_that_is_missing_is_missing(text: pa.Table) -> None:
    df = text.to_pandas()
    assert refused(df.assign(unique_id=df["unique_id"].where(df.index != 5).astype("category"))).row == 5


def test_a_frame_without_rows_is_empty(text: pa.Table) -> None:
    df = text.to_pandas()
    for frame in (df.iloc[:0], pl.from_pandas(df).clear(), pl.from_pandas(df).clear().lazy(), text.slice(0, 0), pd.DataFrame()):
        assert refused(frame).message == "the frame is empty"


def test_remedies_are_code_for_the_kind_of_frame(text: pa.Table) -> None:
    df = text.to_pandas()
    late = pl.from_pandas(df.assign(ds=pd.to_datetime(df["ds"] + "-01"))).rename({"ds": "month"})
    zoned = late.with_columns(pl.col("month").dt.replace_time_zone("UTC"))
    code = (refused_as(zoned).remedy or "").removeprefix("Give local dates, such as ")
    assert code == "pl.col('month').dt.convert_time_zone('Europe/London').dt.replace_time_zone(None)"
    assert zoned.with_columns(eval(code)).schema["month"] == pl.Datetime("us")
    timed = late.with_columns(pl.col("month") + pl.duration(hours=3))
    code = (refused_as(timed).remedy or "").removeprefix("Give the date of the period: ")
    assert timed.with_columns(eval(code))["month"].to_list() == late["month"].dt.date().to_list()
    table = zoned.to_arrow()
    code = (refused_as(table).remedy or "").removeprefix("Give local dates, such as ")
    assert eval(code).type == pa.timestamp("us")
    assert "df['month'].dt.tz_convert" in (refused_as(zoned.to_pandas()).remedy or "")


def refused_as(frame: Any) -> HorizonError:
    with pytest.raises(HorizonError, match="month has") as caught:
        Horizon(binary="never asked").forecast(frame, time_col="month")
    return caught.value


@pytest.mark.parametrize(
    ("dates", "asked", "words", "alias"),
    [
        ("MS", "D", "daily, and all 24 dates are first days of months", "MS"),
        ("ME", "D", "daily, and all 24 dates are last days of months", "ME"),
        ("MS", "W", "weekly, and all 24 dates are first days of months", "MS"),
        ("QS", "MS", "monthly, and all 24 dates are first days of months, 3 months apart", "QS"),
        ("QE", "D", "daily, and all 24 dates are last days of months, 3 months apart", "QE"),
        ("YS", "QS", "quarterly, and all 24 dates are first days of months, 12 months apart", "YS"),
        ("YS-APR", "MS", "monthly, and all 24 dates are first days of months, 12 months apart", "YS-APR"),
        ("W-MON", "D", "daily, and all 24 dates are of one weekday", "W"),
    ],
)
def test_a_frequency_that_is_finer_than_the_dates_is_refused(binary: str, dates: str, asked: str, words: str, alias: str) -> None:
    days = pd.date_range("2000-01-01", periods=24, freq=dates)
    df = pd.DataFrame({"unique_id": "a", "ds": days, "y": range(24)})
    for frame in (df, pl.from_pandas(df), df.assign(ds=df["ds"].dt.strftime("%Y-%m-%d"))):
        error = refused(frame, freq=asked)
        assert (error.code, words in error.message) == ("usage", True)
        assert error.remedy == f"Write Horizon(freq={alias!r}), or leave freq out"
    made = Horizon(binary=binary, freq=alias).forecast(df, h=1)
    assert made["ds"].tolist() == pd.date_range(days[-1], periods=2, freq=dates)[1:].tolist()


def test_a_frequency_is_taken_where_the_dates_leave_it_open(binary: str) -> None:
    some = {"two": ["2020-01-01", "2020-02-01"], "days": ["2020-01-01", "2020-02-01", "2020-03-02"]}
    for days in some.values():
        df = pd.DataFrame({"unique_id": "a", "ds": pd.to_datetime(days), "y": 1})
        made = Horizon(binary=binary, freq="D", options=["--absent", "zero"]).forecast(df, h=1, model="historic-average")
        assert made["ds"].iloc[0] == pd.Timestamp(days[-1]) + pd.Timedelta("1D")
    months = pd.DataFrame({"unique_id": "a", "ds": pd.to_datetime(["2020-01-01", "2020-04-01", "2020-07-01"]), "y": 1})
    made = Horizon(binary=binary, freq="MS", options=["--absent", "zero"]).forecast(months, h=1, model="historic-average")
    assert made["ds"].iloc[0] == pd.Timestamp("2020-08-01")
