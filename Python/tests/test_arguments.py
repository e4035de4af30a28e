"""What callers write: what is plainly meant is taken, the rest is refused with what to write."""

from __future__ import annotations

import datetime
import inspect
import pickle
import re
import subprocess
import warnings
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from conftest import ROOT, panel

from horizon import Horizon, HorizonError, HorizonWarning
from horizon._arguments import MODELS, frequency_name, level_values, period_text

#: For arguments that its types refuse too.
ANY: Any = Horizon


@pytest.fixture(scope="module")
def engine(binary: str) -> Horizon:
    return Horizon(binary=binary)


@pytest.fixture(scope="module")
def one() -> pa.Table:
    return panel(areas=1, measures=("Burglary",))


@pytest.mark.parametrize(
    ("level", "words", "remedy"),
    [
        ([0.8, 0.95], "levels are per cent: 80, not 0.8", "Write level=[80, 95]"),
        (0.9, "levels are per cent: 90, not 0.9", "Write level=[90]"),
        ([0.995, 80], "levels are per cent: 99.5, not 0.995", "Write level=[99.5, 80]"),
        ([0], "from 1 to 99.99", "level=[80, 95]"),
        ([100], "from 1 to 99.99", "level=[80, 95]"),
        ([float("nan")], "from 1 to 99.99", "level=[80, 95]"),
    ],
)
def test_levels_that_are_no_per_cents_are_refused(level: Any, words: str, remedy: str) -> None:
    for call in (Horizon.forecast, Horizon.reconcile, Horizon.backtest, Horizon.cross_validation):
        with pytest.raises(HorizonError, match=re.escape(words)) as caught:
            call(Horizon(binary="never asked"), panel(), level=level)
        assert caught.value.code == "usage"
        assert remedy in (caught.value.remedy or "")


def test_levels_may_be_one_and_of_any_kind(engine: Horizon, one: pa.Table) -> None:
    assert level_values(80) == level_values(np.int64(80)) == level_values([80, 80.0]) == [80.0]
    assert level_values(np.array([95, 80])) == level_values(range(80, 96, 15)) == [80.0, 95.0]
    assert level_values([1, 99.99]) == [1.0, 99.99]
    assert engine.forecast(one, h=1, level=80).equals(engine.forecast(one, h=1, level=[80]))


@pytest.mark.parametrize(
    "as_of",
    [
        pd.Timestamp("2020-06-17 13:00"),
        datetime.date(2020, 6, 30),
        datetime.datetime(2020, 6, 1),
        np.datetime64("2020-06-30T00:00:00"),
        pd.Period("2020-06", "M"),
        pd.Period("2020Q2", "Q"),
    ],
)
def test_as_of_may_be_a_date_or_a_period(engine: Horizon, one: pa.Table, as_of: Any) -> None:
    assert engine.forecast(one, h=1, level=80, as_of=as_of).equals(engine.forecast(one, h=1, level=80, as_of="2020-06"))


def test_one_name_is_one_method(engine: Horizon, one: pa.Table) -> None:
    made = engine.backtest(one, h=2, n_windows=1, models="theta")
    assert made.equals(engine.backtest(one, h=2, n_windows=1, models=["theta"]))


def test_offsets_of_pandas_are_frequencies() -> None:
    offsets: list[Any] = [
        pd.offsets.MonthBegin(),
        pd.offsets.YearBegin(),
        pd.offsets.YearEnd(month=3),
        pd.offsets.Week(weekday=0),
    ]
    assert [frequency_name(offset) for offset in offsets] == ["monthly", "yearly", "financial-yearly", "weekly"]


@pytest.mark.parametrize(
    ("call", "words", "remedy"),
    [
        (lambda e, d: e.forecast(d, level="80"), "level must be per cents, and is '80'", "level=[80, 95]"),
        (lambda e, d: e.forecast(d, level=None), "level must be per cents, and is None", "level=[80, 95]"),
        (lambda e, d: e.forecast(d, level=[]), "level must be per cents, and is []", "level=[80, 95]"),
        (lambda e, d: e.forecast(d, level=True), "level must be per cents, and is True", "level=[80, 95]"),
        (lambda e, d: e.forecast(d, model=["theta"]), "model must be one name, and is a list", "Write model='theta'"),
        (lambda e, d: e.forecast(d, model=["ces", "theta"]), "model must be one name", "model='ces', or call once for each"),
        (lambda e, d: e.forecast(d, model=7), "model must be one name, and is an int", "Write model='auto'"),
        (lambda e, d: e.forecast(d, as_of=2019), "as_of must be a period, and 2019 is an int", 'as_of="2019-06"'),
        (lambda e, d: e.forecast(d, as_of=pd.NaT), "as_of must be a period, and NaT", 'as_of="2019-06"'),
        (lambda e, d: e.forecast(d, h="12"), "h must be a whole number, and '12' is a str", "h=12"),
        (lambda e, d: e.forecast(d, h=2.5), "h must be a whole number, and 2.5 is a float", "h=12"),
        (lambda e, d: e.backtest(d, n_windows=True), "n_windows must be a whole number", "n_windows=12"),
        (lambda e, d: e.backtest(d, models=[]), "models must be names of methods, and is []", 'models=["auto", "theta"]'),
        (lambda e, d: e.backtest(d, models=[7]), "models must be names of methods, and is [7]", 'models=["auto", "theta"]'),
        (lambda e, d: e.exceptions(d, alpha="x"), "alpha must be a number, and 'x' is a str", "alpha=0.01"),
        (lambda e, d: e.reconcile(d, hierarchy=["County"]), "hierarchy must be a dict or a path, and is a list", '"areas"'),
        (lambda e, d: Horizon(freq=1), "freq must be text, and 1 is an int", "MS"),
        (lambda e, d: ANY(model=["theta"]), "model must be one name, and is a list", "Write model='theta'"),
        (lambda e, d: Horizon(options="--totals keep"), "options must be a list", 'options=["--totals", "keep"]'),
        (lambda e, d: ANY(options=[1]), "options must be a list of words, and is [1]", "options="),
    ],
)
def test_wrong_types_are_refused_with_what_to_write(call: Any, words: str, remedy: str) -> None:
    with pytest.raises(TypeError, match=re.escape(words)) as caught:
        call(Horizon(binary="never asked"), panel())
    error = caught.value
    assert isinstance(error, HorizonError)
    assert error.code == "usage"
    assert remedy in (error.remedy or "")
    same = pickle.loads(pickle.dumps(error))
    assert (type(same), str(same)) == (type(error), str(error))


def test_threads_are_a_number_or_all(binary: str, one: pa.Table) -> None:
    assert Horizon(binary=binary, n_jobs=-1).forecast(one, h=1).num_rows == 1
    with pytest.raises(HorizonError, match="n_jobs is 0") as caught:
        Horizon(binary=binary, n_jobs=0).forecast(one)
    assert "n_jobs=-1" in (caught.value.remedy or "")


def test_periods_are_text() -> None:
    assert period_text(None) is None
    assert period_text("2019/20") == "2019/20"
    assert period_text(pd.Timestamp("2019-06-01", tz="Europe/London")) == "2019-06-01"


def said_to_be_choices(binary: str, *arguments: str) -> list[str]:
    run = subprocess.run([binary, *arguments], input=b"", capture_output=True, check=False)
    return re.findall(r"^  - (\S+)$", run.stderr.decode(), re.M)


def test_methods_are_those_of_the_program_and_the_readme(binary: str) -> None:
    assert said_to_be_choices(binary, "forecast", "-", "--model", "?") == list(MODELS)
    readme = (ROOT / "Python/README.md").read_text()
    rows = re.findall(r"^\| `([a-z-]+)` \| (?:`(\w+)`)? ?\|", readme, re.M)
    assert {name: peer or None for name, peer in rows if name in MODELS} == MODELS
    assert re.findall(r"`([a-z-]+)`", _argument(Horizon, "model")) == list(MODELS)


def _argument(of: Any, name: str) -> str:
    return re.search(rf"^\s*{name}: (.*?)(?=^\s*\w+: |\Z)", inspect.getdoc(of) or "", re.M | re.S)[1]  # type: ignore[index]


def test_an_unknown_method_is_refused_with_those_there_are(engine: Horizon, one: pa.Table) -> None:
    for call in (lambda: engine.forecast(one, model="AutoETS"), lambda: engine.backtest(one, models=["theta", "autoets"])):
        with pytest.raises(HorizonError, match="is invalid for '--model") as caught:
            call()
        remedy = caught.value.remedy or ""
        assert ", ".join(MODELS) in remedy
        assert "write auto-ets for AutoETS of statsforecast" in remedy
        assert "Please" not in str(caught.value)
    with pytest.raises(HorizonError, match="is invalid for '--group-by") as caught:
        engine.backtest(one, group_by="area")
    assert caught.value.remedy == "Use one of 'model', 'horizon', 'band', 'measure' or 'origin'; in Python: group_by"


def test_every_documented_way_to_reconcile_is_taken(binary: str, engine: Horizon) -> None:
    documented = re.findall(r"`([a-z-]+)`", _argument(Horizon.reconcile, "method"))
    assert documented == said_to_be_choices(binary, "forecast", "-", "--reconcile", "?")
    county = {"name": "County", "parts": ["Area 00", "Area 01"], "level": "county"}
    for method in documented:
        hierarchy: dict[str, Any] = {"areas": [county]}
        if method == "middle-out":
            hierarchy["middle"] = "county x measure"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", HorizonWarning)
            made = engine.reconcile(panel(areas=2, measures=("Theft",)), h=1, method=method, hierarchy=hierarchy)
        assert set(made["unique_id"].to_pylist()) == {"Area 00|Theft", "Area 01|Theft", "County|Theft"}


def test_an_error_in_a_hierarchy_names_no_temporary_file(engine: Horizon) -> None:
    with pytest.raises(HorizonError, match=r"^hierarchy: there is no area 'Nowhere'") as caught:
        engine.reconcile(panel(areas=2), hierarchy={"areas": [{"name": "County", "parts": ["Nowhere"]}]})
    assert (caught.value.file, caught.value.line) == ("hierarchy", None)
