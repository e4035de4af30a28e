"""The commands through the package, their errors, and finding the program."""

from __future__ import annotations

import pickle
import re
import stat
import warnings
import xml.etree.ElementTree as ET
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from conftest import ROOT, panel

import horizon
from horizon import Horizon, HorizonError, HorizonWarning
from horizon._binary import find_binary
from horizon._engine import frequency_name


@pytest.fixture(scope="module")
def engine(binary: str) -> Horizon:
    return Horizon(binary=binary)


def test_versions_are_one() -> None:
    swift = (ROOT / "Sources/Reporting/Version.swift").read_text()
    project = (ROOT / "Python/pyproject.toml").read_text()
    assert re.search(r'current = "([^"]+)"', swift)[1] == horizon.__version__  # type: ignore[index]
    assert re.search(r'^version = "([^"]+)"', project, re.M)[1] == horizon.__version__  # type: ignore[index]


def test_exceptions_find_a_planted_rise(engine: Horizon) -> None:
    table = panel(areas=3)
    last = pc.equal(table["ds"], table["ds"][-1])
    mine = pc.and_(last, pc.equal(table["unique_id"], "Area 01|Burglary"))
    risen = table.set_column(2, "y", pc.if_else(mine, 90.0, table["y"]))
    found = engine.exceptions(risen, last=1)
    assert found["unique_id"].to_pylist() == ["Area 01|Burglary"]
    assert found["observed"].to_pylist() == [90.0]
    assert found["flagged"].to_pylist() == [1]
    assert engine.exceptions(risen, last=2, keep_all=True).num_rows == 2 * 6
    assert "explanation" in engine.exceptions(risen, last=1, explain=True, fdr=0.1).column_names
    assert engine.exceptions(table, last=1, as_of="2021-06").num_rows == 0


def test_an_empty_result_has_the_columns_and_types_of_a_full_one(engine: Horizon) -> None:
    quiet, all_rows = engine.exceptions(panel(), last=1), engine.exceptions(panel(), last=1, keep_all=True)
    assert quiet.num_rows == 0
    assert quiet.column_names == all_rows.column_names
    assert quiet.schema.field("observed").type == all_rows.schema.field("observed").type == pa.float64()


def test_backtest_scores_each_model(engine: Horizon) -> None:
    scores = engine.backtest(panel(), h=6, n_windows=2, step_size=6, models=["theta", "seasonal-naive"])
    assert scores["model"].to_pylist() == ["theta", "seasonal-naive"]
    assert all(value > 0 for value in scores["mase"].to_pylist())


def test_risks_are_ranked(engine: Horizon) -> None:
    risks = engine.risks(panel())
    assert risks["rank"].to_pylist() == list(range(1, 9))
    assert {"area", "measure", "score", "probability", "expected_change", "harm", "confidence"} <= set(risks.column_names)


def test_reconciled_totals_are_sums(engine: Horizon) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HorizonWarning)
        made = engine.reconcile(
            panel(areas=3, measures=("Burglary",)),
            h=2,
            hierarchy={"areas": [{"name": "County", "parts": ["Area 00", "Area 01", "Area 02"], "level": "county"}]},
        )
    means: dict[tuple[str, str], float] = {(row["unique_id"], row["ds"]): row["mean"] for row in made.to_pylist()}
    for ds in {ds for _, ds in means}:
        parts = sum(means[f"Area {i:02d}|Burglary", ds] for i in range(3))
        assert means["County|Burglary", ds] == pytest.approx(parts, rel=1e-5)


def test_an_error_has_code_row_and_remedy(engine: Horizon) -> None:
    table = panel(areas=1, measures=("Burglary",))
    twice = pa.concat_tables([table, table.slice(3, 1)])
    with pytest.raises(HorizonError) as caught:
        engine.forecast(twice)
    error = caught.value
    assert (error.code, error.file, error.row, error.exit_code) == ("data", "frame", table.num_rows, 65)
    assert error.line is None
    assert "the first is row 3" in error.message
    assert error.remedy is not None
    assert error.remedy.endswith('in Python: Horizon(options=["--duplicates", "sum"])')
    assert str(error) in repr(error) or repr(str(error)) in repr(error)
    same = pickle.loads(pickle.dumps(error))
    assert (str(same), same.row, same.remedy) == (str(error), error.row, error.remedy)


def test_usage_errors(engine: Horizon) -> None:
    with pytest.raises(HorizonError, match="--horizon must be from 1 to 1000") as caught:
        engine.forecast(panel(), h=0)
    assert caught.value.code == "usage"
    for level in ([95, 180], [0], [100], [-1], [80, 99.995]):
        with pytest.raises(HorizonError, match=r"level must be per cents from 1 to 99\.99"):
            engine.forecast(panel(), level=level)
    with pytest.raises(HorizonError, match="model") as caught:
        engine.forecast(panel(), model="oracle")
    assert caught.value.code == "usage"
    with pytest.raises(HorizonError, match="no frequency"):
        Horizon(freq="fortnightly")


def test_frequencies_have_the_names_of_pandas_and_polars() -> None:
    assert [frequency_name(name) for name in ("MS", "ME", "1mo", "monthly")] == ["monthly"] * 4
    assert [frequency_name(name) for name in ("W-MON", "QS-JAN", "D", "YE")] == ["weekly", "quarterly", "daily", "yearly"]


def test_warnings_of_the_engine_are_warnings(engine: Horizon) -> None:
    short = panel(areas=1, measures=("Burglary",)).slice(0, 2)
    with pytest.warns(HorizonWarning, match="fallback"):
        engine.forecast(short, model="auto-arima")


def test_results_do_not_depend_on_threads(binary: str) -> None:
    assert Horizon(binary=binary, n_jobs=1).forecast(panel()).equals(Horizon(binary=binary, n_jobs=2).forecast(panel()))


def test_a_chart_is_svg_that_says_what_it_shows(engine: Horizon) -> None:
    table = panel(areas=1)
    made = engine.forecast(table)
    chart = horizon.plot(table, made, "Area 00|Burglary", last=36)
    root = ET.fromstring(chart._repr_svg_())
    names = [element.tag.split("}")[1] for element in root.iter()]
    assert names.count("polygon") == 2
    assert "recorded to 2021-12" in "".join(root.itertext())
    with pytest.raises(HorizonError, match="no series Nowhere"):
        horizon.plot(table, made, "Nowhere")
    charts = engine.control_charts(table)
    assert len(charts) == 2
    for drawn in charts.values():
        assert ET.fromstring(drawn.svg).tag.endswith("svg")


def fake(folder: Path, body: str) -> str:
    path = folder / "horizon"
    path.write_text("#!/bin/sh\n" + body)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_program_of_another_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HorizonError, match=re.escape(f"is version 9.9.9, and the package is {horizon.__version__}")) as caught:
        find_binary(fake(tmp_path, "echo 9.9.9\n"))
    assert caught.value.code == "version"


def test_what_is_no_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HorizonError, match="is not Horizon") as caught:
        find_binary(fake(tmp_path, "echo some other tool\n"))
    assert caught.value.code == "binary"
    with pytest.raises(HorizonError, match="there is no program"):
        find_binary(tmp_path / "nowhere")


def test_without_a_program_it_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("HORIZON_BINARY", raising=False)
    monkeypatch.setattr("horizon._binary.SHIPPED", tmp_path / "bin")
    with pytest.raises(HorizonError, match="neither in the package nor on the PATH") as caught:
        find_binary()
    assert "wheel" in (caught.value.remedy or "")


def test_a_program_that_is_killed_is_said(tmp_path: Path) -> None:
    path = fake(tmp_path, f'[ "$1" = --version ] && echo {horizon.__version__} && exit 0\nkill -9 $$\n')
    with pytest.raises(HorizonError, match="ended by signal 9") as caught:
        Horizon(binary=path).forecast(panel())
    assert caught.value.code == "stopped"
