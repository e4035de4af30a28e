"""The program's commands as methods."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from horizon import _arguments, _frames
from horizon._arguments import frequency_name
from horizon._binary import environment, find_binary
from horizon._charts import Chart
from horizon._errors import HorizonError, HorizonWarning, error_of_run
from horizon._words import error_in_python, warning_in_python

FrameT = TypeVar("FrameT")


#: A period: text such as `2019-06`, a date or timestamp in it, or a period of pandas.
AsOf = str | datetime.date | Any


class Horizon:
    """The engine.

    Frames are long: a row a series and period, with the columns `unique_id`, `ds` and `y`, or `area`, `measure`, `period` and
    `count` (or `numerator` and `denominator`, or `value`). An identifier `Area|Measure` lets models share what the areas of
    a measure have in common. Frames may be of pandas, polars or Arrow, and results are of the same kind; `ds` may be dates,
    timestamps without a zone, pandas periods, or text, and comes back as it was given.

    Args:
        model: Forecasting method: `auto`, `combination`, `auto-ets`, `ces`, `auto-arima`, `theta`, `mstl`, `counts`,
            `proportions`, `tsb`, `croston-sba`, `window-average`, `seasonal-naive` or `historic-average`.
        freq: Frequency, `MS` or `monthly`; None recognises it.
        n_jobs: Threads; None or -1 for all cores. Results do not depend on it.
        binary: Path of the program; None finds it.
        models: Folder of edited model files (`horizon profile export`).
        breaks: Path of a break calendar in place of the built-in one.
        options: Further options of the command line, a word each, such as `["--absent", "zero", "--totals", "keep"]`; every
            command of this object gets them. `horizon forecast --help` has them all.

    Raises:
        HorizonError: `usage` for an argument that does not say what is meant; of a wrong type, it is a TypeError too.
    """

    def __init__(
        self,
        model: str = "auto",
        freq: Any = None,
        n_jobs: int | None = None,
        *,
        binary: str | os.PathLike[str] | None = None,
        models: str | os.PathLike[str] | None = None,
        breaks: str | os.PathLike[str] | None = None,
        options: Sequence[str] = (),
    ) -> None:
        self.model = _arguments.model_name(model)
        self.freq = None if freq is None else frequency_name(freq)
        self.n_jobs = n_jobs
        self.models = models
        self.breaks = breaks
        self.options = _arguments.option_list(options)
        self._binary = binary

    @property
    def binary(self) -> str:
        """Path of the program, found when it is first asked for."""
        return find_binary(self._binary)

    def forecast(
        self,
        df: FrameT,
        h: int = 12,
        *,
        level: float | Sequence[float] = (80, 95),
        model: str | None = None,
        as_of: AsOf | None = None,
        id_col: str = "unique_id",
        time_col: str = "ds",
        target_col: str = "y",
    ) -> FrameT:
        """Forecast every series.

        Args:
            df: Long frame.
            h: Periods ahead.
            level: Levels of the central intervals, in per cent, or one of them: 80, not 0.8.
            model: Method, in place of the engine's.
            as_of: Use only what was known at the end of this period: text such as `2019-06`, or a date in it.
            id_col: Name of the column of identifiers.
            time_col: Name of the column of periods.
            target_col: Name of the column of values.

        Returns:
            `unique_id, ds, model, mean, median, lo-80, hi-80, ...`: a row a series and period ahead, series in input order.

        Raises:
            HorizonError: For what is wrong with the frame, with its row and what to do.
        """
        return self._run("forecast", df, [*self._forecast(h, level, model), *_as_of(as_of)], (id_col, time_col, target_col))

    def reconcile(
        self,
        df: FrameT,
        h: int = 12,
        *,
        method: str = "auto",
        hierarchy: Mapping[str, Any] | str | os.PathLike[str] | None = None,
        level: float | Sequence[float] = (80, 95),
        model: str | None = None,
        as_of: AsOf | None = None,
        id_col: str = "unique_id",
        time_col: str = "ds",
        target_col: str = "y",
    ) -> FrameT:
        """Forecast every series and every total, so that totals are the sums of their parts.

        Args:
            df: Long frame.
            h: Periods ahead.
            method: `auto`, `bottom-up`, `top-down`, `middle-out`, `ols`, `wls-struct`, `wls-var`, `mint`, `counts`, or `none`,
                which forecasts totals by themselves.
            hierarchy: What adds up to what: `{"areas": [{"name": ..., "parts": [...], "level": ...}], "measures": [...]}`, with
                `"middle": LEVEL` for `middle-out`, or the path of such a file (YAML); None takes what is known of areas and
                measures.
            level: Levels of the central intervals, in per cent, or one of them: 80, not 0.8.
            model: Method, in place of the engine's.
            as_of: Use only what was known at the end of this period, as of `forecast`.
            id_col: Name of the column of identifiers.
            time_col: Name of the column of periods.
            target_col: Name of the column of values.

        Returns:
            As `forecast`, with rows of totals and a column `level` more.
        """
        arguments = [*self._forecast(h, level, model), *_as_of(as_of), "--reconcile", method]
        columns = (id_col, time_col, target_col)
        if not isinstance(hierarchy, Mapping):
            if hierarchy is not None:
                arguments += ["--hierarchy", _arguments.hierarchy_path(hierarchy)]
            return self._run("forecast", df, arguments, columns)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "hierarchy.yaml"
            # JSON is YAML.
            path.write_text(json.dumps(hierarchy), encoding="utf-8")
            try:
                return self._run("forecast", df, [*arguments, "--hierarchy", str(path)], columns)
            except HorizonError as error:
                if error.file == str(path):
                    error.file, error.line, error.column = "hierarchy", None, None
                    error.args = (str(error),)
                raise

    def backtest(
        self,
        df: FrameT,
        h: int = 12,
        *,
        n_windows: int = 3,
        step_size: int = 12,
        models: str | Sequence[str] | None = None,
        level: float | Sequence[float] = (80, 95),
        group_by: str = "model",
        id_col: str = "unique_id",
        time_col: str = "ds",
        target_col: str = "y",
    ) -> FrameT:
        """Score the forecasts that would have been made in the past by what happened.

        Args:
            df: Long frame.
            h: Periods forecast from each origin.
            n_windows: Origins.
            step_size: Periods between origins.
            models: Methods, or one of them; None compares `auto`, `auto-ets`, `theta` and `seasonal-naive`.
            level: Levels of the central intervals, in per cent, or one of them: 80, not 0.8.
            group_by: `model`, `horizon`, `band`, `measure` or `origin`.
            id_col: Name of the column of identifiers.
            time_col: Name of the column of periods.
            target_col: Name of the column of values.

        Returns:
            A row a model (and group): `mase, rmsse, smape, owa, coverage..., msis, scaled_pinball, wql, scaled_crps, ...`.
            Absolute errors (`mase`, `smape`, `mae`) are those of the median, which they reward; squared ones and bias (`rmsse`,
            `bias`) those of the mean. `mase`, `rmsse`, `bias`, `msis` and `scaled_*` are divided by the error of the seasonal
            naive within the history.
        """
        arguments = [*_windows(h, n_windows, step_size), "--group-by", group_by, "--levels", _arguments.levels_text(level)]
        if models is not None:
            arguments += ["--model", _arguments.model_names(models)]
        return self._run("backtest", df, arguments, (id_col, time_col, target_col))

    def cross_validation(
        self,
        df: FrameT,
        h: int = 12,
        *,
        n_windows: int = 3,
        step_size: int = 12,
        level: float | Sequence[float] = (80, 95),
        model: str | None = None,
        id_col: str = "unique_id",
        time_col: str = "ds",
        target_col: str = "y",
    ) -> FrameT:
        """Forecast every series from origins in the past, as it would have been forecast then.

        The origins are those of `backtest`, the same for all series: the last one is h periods before the end of the data. The
        forecasts of each are those of `forecast` with `as_of`. One from which no series could be scored is left out, with a
        warning.

        Args:
            df: Long frame.
            h: Periods forecast from each origin.
            n_windows: Origins.
            step_size: Periods between origins.
            level: Levels of the central intervals, in per cent, or one of them: 80, not 0.8.
            model: Method, in place of the engine's.
            id_col: Name of the column of identifiers.
            time_col: Name of the column of periods.
            target_col: Name of the column of values.

        Returns:
            `unique_id, ds, cutoff, y, model, mean, median, lo-80, hi-80, ...`: a row a series, origin and period ahead. `cutoff`
            is the last period that was known, `y` the value that the frame has, missing where it has none.

        Raises:
            HorizonError: As `forecast`, and `data` for a history too short for any origin.
        """
        # The program says what the origins are: it knows the calendar, and a yardstick is soon scored.
        asked = [*_windows(h, n_windows, step_size), "--group-by", "origin", "--model", "historic-average"]
        forecast = self._forecast(h, level, model)
        csv, kind = _frames.read(df, id_col, time_col, target_col, self.freq)
        values = _frames.values(kind)
        found = _frames.origins(self._execute("backtest", csv, asked, warn=False))
        if len(found) < int(n_windows):
            left_out = int(n_windows) - len(found)
            said = f"{left_out} of {n_windows} origins are left out: the history before them is too short to score forecasts"
            warnings.warn(said, HorizonWarning, stacklevel=2)
        made: list[tuple[str, bytes]] = []
        for origin in found:
            csv_of = self._execute("forecast", csv, [*forecast, "--as-of", origin], depth=3, about=f" (as of {origin})")
            made.append((origin, csv_of))
        return cast(FrameT, _frames.write_windows(made, values, kind))

    def exceptions(
        self,
        df: FrameT,
        *,
        last: int = 3,
        alpha: float = 0.01,
        fdr: float | None = None,
        keep_all: bool = False,
        episodes: bool = False,
        explain: bool = False,
        as_of: AsOf | None = None,
        id_col: str = "unique_id",
        time_col: str = "ds",
        target_col: str = "y",
    ) -> FrameT:
        """Judge the latest periods of every series, each from data up to and including it.

        Args:
            df: Long frame.
            last: Periods to judge.
            alpha: One-sided significance level of a single test.
            fdr: False-discovery rate over measures and areas; adds columns `fdr` and `exception` and keeps the exceptions.
            keep_all: Keep every judged period, not only the flagged ones.
            episodes: One row an event, with its onset, size and state, in place of one a period.
            explain: Add a column that says in sentences why.
            as_of: Use only what was known at the end of this period, as of `forecast`.
            id_col: Name of the column of identifiers.
            time_col: Name of the column of periods.
            target_col: Name of the column of values.

        Returns:
            `unique_id, ds, observed, expected, lower, upper, p_value, q_value, kind, flagged`.
        """
        arguments = ["--last", _arguments.whole("last", last), "--alpha", _arguments.number("alpha", alpha), *_as_of(as_of)]
        arguments += [] if fdr is None else ["--fdr", _arguments.number("fdr", fdr)]
        arguments += [f"--{name}" for name, on in (("all", keep_all), ("episodes", episodes), ("explain", explain)) if on]
        return self._run("exceptions", df, arguments, (id_col, time_col, target_col))

    def risks(
        self,
        df: FrameT,
        *,
        as_of: AsOf | None = None,
        area_level: str = "base",
        groups: bool = False,
        unknown_measures: str = "ranked",
        harm_weights: str | None = None,
        seed: int | None = None,
        id_col: str = "unique_id",
        time_col: str = "ds",
        target_col: str = "y",
    ) -> FrameT:
        """Rank what may get worse next year.

        Args:
            df: Long frame, its identifiers `Area|Measure`, or with columns `area` and `measure`.
            as_of: Rank as it would have been ranked at the end of this period.
            area_level: `base`, `csp`, `authority`, `force`, `whole` or `all`.
            groups: Rank groups of crime types in place of the types.
            unknown_measures: `ranked` or `unranked`: measures that `measures.yaml` does not know.
            harm_weights: Set of harm weights.
            seed: Seed of the simulated futures.
            id_col: Name of the column of identifiers.
            time_col: Name of the column of periods.
            target_col: Name of the column of values.

        Returns:
            `rank, area, measure, score, probability, expected_change, harm, confidence` and the evidence behind them.
        """
        arguments = [*_as_of(as_of), "--level", area_level, "--unknown-measures", unknown_measures]
        arguments += ["--groups"] if groups else []
        arguments += [] if harm_weights is None else ["--harm-weights", harm_weights]
        arguments += [] if seed is None else ["--seed", _arguments.whole("seed", seed)]
        return self._run("risks", df, arguments, (id_col, time_col, target_col))

    def control_charts(
        self,
        df: Any,
        *,
        id_col: str = "unique_id",
        time_col: str = "ds",
        target_col: str = "y",
    ) -> dict[str, Chart]:
        """Draw the control chart of every series, as "Making Data Count" has them.

        Returns:
            Charts by the names of their files.
        """
        csv, _ = _frames.read(df, id_col, time_col, target_col, self.freq)
        with tempfile.TemporaryDirectory() as folder:
            charts = Path(folder) / "charts"
            self._execute("spc", csv, ["--charts", str(charts)], depth=3)
            return {path.stem: Chart(path.read_text(encoding="utf-8")) for path in sorted(charts.rglob("*.svg"))}

    def _forecast(self, h: int, level: float | Sequence[float], model: str | None) -> list[str]:
        name = self.model if model is None else _arguments.model_name(model)
        return ["--horizon", _arguments.whole("h", h), "--levels", _arguments.levels_text(level), "--model", name]

    def _run(self, command: str, df: FrameT, arguments: list[str], columns: tuple[str, str, str]) -> FrameT:
        csv, kind = _frames.read(df, *columns, self.freq)
        return cast(FrameT, _frames.write(self._execute(command, csv, arguments), kind))

    def _execute(
        self, command: str, csv: bytes, arguments: list[str], *, warn: bool = True, depth: int = 4, about: str = ""
    ) -> bytes:
        """Run a command on a CSV. Warnings are for the caller at `depth`; `about` says what they concern."""
        call = [self.binary, command, "-", "--format", "csv", *arguments]
        call += [] if self.freq is None else ["--frequency", self.freq]
        call += _arguments.threads(self.n_jobs)
        call += [] if self.models is None else ["--models", os.fspath(self.models)]
        call += [] if self.breaks is None else ["--breaks", os.fspath(self.breaks)]
        run = subprocess.run([*call, *self.options], input=csv, capture_output=True, env=environment(), check=False)
        said = run.stderr.decode(errors="replace")
        if run.returncode != 0:
            raise error_in_python(error_of_run(said, run.returncode), command, csv)
        for line in said.splitlines() if warn else ():
            if line.startswith("horizon: "):
                text = line.removeprefix("horizon: ").removeprefix("warning: ")
                warnings.warn(warning_in_python(text, command) + about, HorizonWarning, stacklevel=depth)
        return run.stdout


def _windows(h: int, n_windows: int, step_size: int) -> list[str]:
    origins, step = _arguments.whole("n_windows", n_windows), _arguments.whole("step_size", step_size)
    return ["--horizon", _arguments.whole("h", h), "--origins", origins, "--step", step]


def _as_of(period: AsOf | None) -> list[str]:
    text = _arguments.period_text(period)
    return [] if text is None else ["--as-of", text]
