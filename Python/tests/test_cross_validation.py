"""Forecasts from origins in the past, in the shape that users of statsforecast know."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import panel

from horizon import Horizon, HorizonError, HorizonWarning

COLUMNS = ["unique_id", "ds", "cutoff", "y", "model", "mean", "median", "lo-80", "hi-80"]


@pytest.fixture(scope="module")
def engine(binary: str) -> Horizon:
    return Horizon(binary=binary)


@pytest.fixture(scope="module")
def df() -> Any:
    return panel(areas=2).to_pandas().assign(ds=lambda d: pd.to_datetime(d["ds"] + "-01"))


def test_windows_are_forecasts_as_of_their_cutoffs(engine: Horizon, df: Any) -> None:
    made: Any = engine.cross_validation(df, h=3, n_windows=2, step_size=6, level=80, model="theta")
    assert list(made.columns) == COLUMNS
    assert made["cutoff"].dtype == made["ds"].dtype == df["ds"].dtype
    cutoffs = [pd.Timestamp("2021-03-01"), pd.Timestamp("2021-09-01")]
    assert len(made) == 4 * 2 * 3
    assert made["unique_id"].unique().tolist() == df["unique_id"].unique().tolist()
    for cutoff in cutoffs:
        window = made[made["cutoff"] == cutoff].reset_index(drop=True)
        alone = engine.forecast(df, h=3, level=80, model="theta", as_of=cutoff)
        pd.testing.assert_frame_equal(window.drop(columns=["cutoff", "y"]), alone)
    merged = made.merge(df, on=["unique_id", "ds"], suffixes=("", "_given"))
    assert len(merged) == len(made)
    assert (merged["y"] == merged["y_given"]).all()
    # Each series' windows stand together, from the first cutoff to the last.
    assert made["cutoff"].tolist() == [cutoff for _ in range(4) for cutoff in cutoffs for _ in range(3)]


def test_the_origins_are_those_of_a_backtest(engine: Horizon, df: Any) -> None:
    made: Any = engine.cross_validation(df, h=3, n_windows=2, step_size=6, model="seasonal-naive")
    scored = engine.backtest(df, h=3, n_windows=2, step_size=6, models="seasonal-naive", group_by="origin")
    assert pd.to_datetime(scored["origin"]).tolist() == made["cutoff"].unique().tolist()
    assert scored["observations"].sum() == len(made)
    errors = (made["y"] - made["median"]).abs().groupby(made["cutoff"]).mean()
    assert scored["mae"].tolist() == pytest.approx(errors.tolist(), rel=1e-5)


def test_every_kind_of_frame_comes_back(engine: Horizon, df: Any) -> None:
    def rows(frame: Any) -> list[dict[str, Any]]:
        made = engine.cross_validation(frame, h=2, n_windows=2, step_size=2, level=80)
        made = made.collect() if isinstance(made, pl.LazyFrame) else made
        return made.to_pylist() if isinstance(made, pa.Table) else made.to_dicts()

    dates = pl.from_pandas(df).with_columns(pl.col("ds").dt.date())
    expected = rows(dates)
    assert list(expected[0]) == COLUMNS
    assert rows(dates.lazy()) == rows(dates.to_arrow()) == expected
    text = rows(panel(areas=2))
    assert [row["cutoff"] for row in text] == [row["cutoff"].strftime("%Y-%m") for row in expected]
    assert [row["y"] for row in text] == [row["y"] for row in expected]
    periods = engine.cross_validation(df.assign(ds=df["ds"].dt.to_period("M")), h=2, n_windows=1)
    assert periods["cutoff"].unique().tolist() == [pd.Period("2021-10", "M")]


@pytest.mark.parametrize("freq", ["D", "W-MON", "QS", "QE", "YE-MAR", "YS"])
def test_every_frequency_has_cutoffs(binary: str, freq: str) -> None:
    dates = pd.date_range("2000-01-01", periods=120 if freq in ("D", "W-MON") else 24, freq=freq)
    df = pd.DataFrame({"unique_id": "a", "ds": dates, "y": [i % 7 + 3 for i in range(len(dates))]})
    made = Horizon(binary=binary, freq=freq).cross_validation(df, h=2, n_windows=2, step_size=3, model="historic-average")
    assert made["cutoff"].tolist() == [dates[-6], dates[-6], dates[-3], dates[-3]]
    assert made["ds"].tolist() == [dates[-5], dates[-4], dates[-2], dates[-1]]
    assert made["y"].tolist() == df["y"].iloc[[-5, -4, -2, -1]].tolist()


def test_own_names_integers_and_areas(engine: Horizon) -> None:
    table = panel(areas=1, measures=("Burglary",))
    renamed = table.set_column(0, "series", pa.array([7] * len(table))).rename_columns(["series", "month", "n"])
    made = engine.cross_validation(renamed, h=2, n_windows=1, id_col="series", time_col="month", target_col="n")
    assert made.column_names[:4] == ["series", "month", "cutoff", "n"]
    assert set(made["series"].to_pylist()) == {7}
    assert made["n"].to_pylist() == table["y"].to_pylist()[-2:]
    counts = pa.table({"area": ["A"] * 84, "measure": ["B"] * 84, "period": table["ds"], "count": table["y"].cast(pa.int64())})
    made = engine.cross_validation(counts, h=2, n_windows=1)
    assert made["unique_id"].to_pylist() == ["A|B"] * 2
    assert made["y"].to_pylist() == table["y"].to_pylist()[-2:]
    shares = counts.rename_columns(["area", "measure", "period", "numerator"]).append_column("denominator", pa.array([99] * 84))
    with pytest.raises(HorizonError, match="no column of values to put beside forecasts"):
        engine.cross_validation(shares, h=2)


def test_a_value_that_is_missing_is_missing(engine: Horizon, df: Any) -> None:
    last = df["ds"].max()
    made: Any = engine.cross_validation(df[(df["ds"] < last) | df["unique_id"].str.startswith("Area 00")], h=1, n_windows=1)
    assert made["ds"].unique().tolist() == [last]
    assert made["y"].notna().tolist() == made["unique_id"].str.startswith("Area 00").tolist()


def test_origins_that_are_left_out_are_told(engine: Horizon, df: Any) -> None:
    with pytest.warns(HorizonWarning, match="3 of 9 origins are left out") as caught:
        made = engine.cross_validation(df, h=3, n_windows=9, model="historic-average")
    assert {warning.filename for warning in caught} == {__file__}
    assert made["cutoff"].nunique() == 6
    with pytest.raises(HorizonError, match="no origin can be used"):
        engine.cross_validation(df, h=80, n_windows=1)


def test_two_rows_for_a_period_are_refused(binary: str, df: Any) -> None:
    twice = pd.concat([df, df.iloc[3:4]])
    with pytest.raises(HorizonError, match="has a second row for 2015-04-01; the first is row 3") as caught:
        Horizon(binary=binary, options=["--duplicates", "sum"]).cross_validation(twice)
    assert caught.value.row == len(df)
