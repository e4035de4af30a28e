"""What the program says of its command line and its CSV, said of Python and of the frame."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest
from conftest import panel

from horizon import Horizon, HorizonError, HorizonWarning
from horizon._words import error_in_python, hint


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("or say --duplicates sum if each is a part", 'Horizon(options=["--duplicates", "sum"])'),
        ("if they are not days, say --frequency", 'Horizon(freq="MS")'),
        ("Say --frequency daily, weekly or monthly", 'Horizon(freq="MS")'),
        ("(say --absent zero if no row means none)", 'Horizon(options=["--absent", "zero"])'),
        ("say --cumulative to have these taken apart", 'Horizon(options=["--cumulative"])'),
        (
            "Say --negative missing or --negative net, or correct it",
            'Horizon(options=["--negative", "missing"]) or Horizon(options=["--negative", "net"])',
        ),
        ("Check --areas and --as-of against it", 'Horizon(options=["--areas", ...]) or as_of'),
        ("--horizon must be from 1 to 1000", "h"),
    ],
)
def test_options_are_said_in_python(text: str, way: str) -> None:
    assert hint(text, "forecast") == f"in Python: {way}"


def test_what_names_no_option_gets_no_hint() -> None:
    assert hint("Keep one row - or two -- of each", "forecast") is None
    assert hint("for '--model <names>'", "backtest") == "in Python: models"


def test_options_do_what_errors_say_of_them(binary: str) -> None:
    table = panel(areas=1, measures=("Burglary",))
    twice = pa.concat_tables([table, table.slice(3, 1)])
    with pytest.raises(HorizonError, match=r'in Python: Horizon\(options=\["--duplicates", "sum"\]\)'):
        Horizon(binary=binary).forecast(twice, h=1)
    with pytest.warns(HorizonWarning, match="was added to it"):
        assert Horizon(binary=binary, options=["--duplicates", "sum"]).forecast(twice, h=1).num_rows == 1


def test_warnings_say_it_in_python_and_name_the_caller(binary: str) -> None:
    table = panel(areas=2)
    gap = pa.concat_tables([table.slice(0, 30), table.slice(34)])
    with pytest.warns(HorizonWarning, match=r'in Python: Horizon\(options=\["--absent", "zero"\]\)$') as caught:
        Horizon(binary=binary).forecast(gap, h=1)
    assert {warning.filename for warning in caught} == {__file__}


def test_rows_are_positions_whatever_the_index(binary: str) -> None:
    df = panel(areas=1, measures=("Burglary",)).to_pandas()
    twice = pd.concat([df, df.iloc[3:4]]).set_axis(range(1000, 1000 + len(df) + 1))
    with pytest.raises(
        HorizonError, match=r"^frame, row 84 \(counted from 0\): .* has a second row .* the first is row 3\."
    ) as caught:
        Horizon(binary=binary).forecast(twice)
    assert caught.value.row == 84
    assert (twice.iloc[84] == twice.iloc[3]).all()
    with pytest.raises(HorizonError, match=r"\(row 0\) are different days of their quarters\."):
        Horizon(binary=binary, freq="QS").forecast(df.assign(ds=pd.to_datetime(df["ds"] + "-01")))


def test_lines_are_rows_where_names_go_over_lines_and_name_lines() -> None:
    sent = b'unique_id,ds,y\n"line 4",2019-01,1\n"a\nb",2019-01,1\n"line 4",2019-01,2\n'
    error = HorizonError("data", '"line 4" is there twice; the first is line 2', file="-", line=5, column=1)
    placed = error_in_python(error, "forecast", sent)
    assert (placed.message, placed.row, placed.line) == ('"line 4" is there twice; the first is row 0', 2, None)
    assert str(placed) in placed.args


def test_an_unknown_option_says_where_the_options_are(binary: str) -> None:
    with pytest.raises(
        HorizonError, match=r"Unknown option '--nope'.*\? Check options=\[\.\.\.\] against `horizon forecast --help`"
    ):
        Horizon(binary=binary, options=["--nope"]).forecast(panel())
