"""Charts are drawn over a calendar, from the numbers of one forecast."""

from __future__ import annotations

import datetime
import itertools
import re
import warnings
import xml.etree.ElementTree as ElementTree

import pandas as pd
import pytest

from horizon import Horizon, HorizonError, HorizonWarning, plot


@pytest.fixture
def counts() -> pd.DataFrame:
    days = pd.date_range("2015-01-01", periods=120, freq="MS")
    return pd.DataFrame({"unique_id": "A|Burglary", "ds": days, "y": [20.0 + month % 12 + month % 5 for month in range(120)]})


def lines(svg: str) -> list[list[tuple[str, float]]]:
    """The pen's moves of the two lines: of the history and of the median."""
    found = [element.attrib["d"] for element in ElementTree.fromstring(svg).iter() if element.attrib.get("fill") == "none"]
    return [[(move, float(x)) for move, x in re.findall(r"([ML])([\d.]+)", path)] for path in found]


def labels(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")]


def test_a_forecast_follows_the_history(counts: pd.DataFrame) -> None:
    history, median = lines(plot(counts, Horizon().forecast(counts, h=12), "A|Burglary").svg)
    assert len(history) == 120
    assert len(median) == 12
    assert history[-1][1] < median[0][1]
    assert median[-1][1] == pytest.approx(704, abs=0.1)
    # Months are as far apart as they are long.
    steps = [b[1] - a[1] for a, b in itertools.pairwise(history)]
    assert max(steps) / min(steps) == pytest.approx(31 / 28, rel=0.1)


def test_a_forecast_made_earlier_lies_over_what_came(counts: pd.DataFrame) -> None:
    chart = plot(counts, Horizon().forecast(counts, h=12, as_of="2022-12"), "A|Burglary")
    history, median = lines(chart.svg)
    came = [x for _, x in history[96:108]]
    assert [x for _, x in median] == pytest.approx(came, abs=0.1)
    assert "from 2023-01-01 on the median of what was foreseen then" in chart.svg
    assert [label for label in labels(chart.svg) if re.fullmatch(r"20\d\d", label)] == ["2016", "2018", "2020", "2022", "2024"]


def test_a_line_is_broken_where_periods_are_missing(counts: pd.DataFrame) -> None:
    gap = counts[(counts.ds < "2017-03-01") | (counts.ds >= "2019-01-01")]
    history, _ = lines(plot(gap, Horizon().forecast(gap, h=12), "A|Burglary").svg)
    assert [move for move, _ in history].count("M") == 2
    assert history[26][0] == "M"
    assert history[26][1] - history[25][1] > 100


def test_one_forecast_is_drawn(counts: pd.DataFrame) -> None:
    engine = Horizon()
    two = pd.concat([engine.forecast(counts, h=6, model=model) for model in ("theta", "counts")])
    with pytest.raises(HorizonError, match="more than one model") as refused:
        plot(counts, two, "A|Burglary")
    assert refused.value.remedy == "Give the rows of one model"
    windows = engine.cross_validation(counts, h=12, n_windows=2, step_size=6)
    with pytest.raises(HorizonError, match="more than one cutoff"):
        plot(counts, windows, "A|Burglary")
    assert len(lines(plot(counts, windows[windows.cutoff == windows.cutoff.min()], "A|Burglary").svg)[1]) == 12


def test_how_much_of_the_history(counts: pd.DataFrame) -> None:
    made = Horizon().forecast(counts, h=12)
    assert len(lines(plot(counts, made, "A|Burglary", last=24).svg)[0]) == 24
    for last in (0, -3):
        with pytest.raises(HorizonError, match=f"last is {last}") as refused:
            plot(counts, made, "A|Burglary", last=last)
        assert refused.value.code == "usage"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2019-06", (2019, 6, 1)), ("2019-Q3", (2019, 7, 1)), ("2019-W01", (2018, 12, 31)), ("2019", (2019, 1, 1))],
)
def test_periods_in_words_have_a_day(counts: pd.DataFrame, text: str, expected: tuple[int, int, int]) -> None:
    first = datetime.date(*expected)
    made = pd.DataFrame({"unique_id": ["A|Burglary"], "ds": [text], "median": [20.0], "lo-80": [10.0], "hi-80": [30.0]})
    svg = plot(counts.assign(ds=counts.ds.dt.strftime("%Y-%m")), made, "A|Burglary").svg
    assert first.isoformat() in svg


def test_periods_of_pandas_are_drawn_as_they_are_forecast(counts: pd.DataFrame) -> None:
    periods = counts.assign(ds=counts.ds.dt.to_period("M"))
    made = Horizon().forecast(periods, h=12)
    assert plot(periods, made, "A|Burglary").svg == plot(counts, Horizon().forecast(counts, h=12), "A|Burglary").svg


def test_a_chart_is_short_in_words(counts: pd.DataFrame) -> None:
    assert len(repr(plot(counts, Horizon().forecast(counts, h=12), "A|Burglary"))) < 80


def test_what_is_no_date_is_refused(counts: pd.DataFrame) -> None:
    made = pd.DataFrame({"unique_id": ["A|Burglary"], "ds": ["soon"], "median": [20.0]})
    with pytest.raises(HorizonError, match="'soon' of column ds is no date"):
        plot(counts, made, "A|Burglary")


def test_names_of_ones_own_are_said_to_be_missing(counts: pd.DataFrame) -> None:
    named = counts.rename(columns={"unique_id": "series", "ds": "month", "y": "n"})
    with pytest.raises(HorizonError, match="no column unique_id and no column ds and no column y"):
        Horizon().forecast(named, h=3)
    assert len(Horizon().forecast(named, h=3, id_col="series", time_col="month", target_col="n")) == 3


@pytest.mark.parametrize("name", ["A|Burglary ", " A|Burglary", "A|Burglary\t"])
def test_blanks_at_the_ends_of_identifiers_are_refused(counts: pd.DataFrame, name: str) -> None:
    with pytest.raises(HorizonError, match="blanks at an end") as refused:
        Horizon().forecast(counts.assign(unique_id=name), h=3)
    assert refused.value.row == 0
    assert "str.strip()" in (refused.value.remedy or "")


def test_warnings_of_past_origins_name_them_and_the_line_that_asked(counts: pd.DataFrame) -> None:
    odd = counts.assign(y=[2000.0 if month == 60 else value for month, value in enumerate(counts.y)])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        Horizon().cross_validation(odd, h=12, n_windows=2, step_size=12)
    said = [warning for warning in caught if issubclass(warning.category, HorizonWarning)]
    assert said
    assert all(warning.filename == __file__ for warning in said)
    assert any("(as of 20" in str(warning.message) for warning in said)
