"""Forecasts and verdicts as jobs of Spark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pyspark.sql import functions as F  # noqa: N812
from pyspark.sql import types as T  # noqa: N812

from horizon._arguments import frequency_name, level_values, model_name, period_text
from horizon._errors import HorizonError
from horizon._version import __version__
from horizon.spark._tasks import AdjustTask, ForecastTask, SurveyTask, VerdictTask

_JOB = {"protocol": 1, "version": __version__}


def forecast(
    df: Any,
    h: int = 12,
    *,
    level: float | Sequence[float] = (80, 95),
    model: str = "auto",
    freq: str = "MS",
    breaks: str = "auto",
    as_of: Any = None,
    binary: str | None = None,
    seconds_per_series: float | None = None,
    partitions: int | None = None,
    id_col: str = "unique_id",
    time_col: str = "ds",
    target_col: str = "y",
) -> Any:
    """Forecast every series of a DataFrame, where its rows are.

    A model that learns from the series of a measure (`auto`, `counts`, `combination`) gets those of a measure in one task, whole;
    any other gets series as they come. Either way the numbers are those of a single machine.

    Args:
        df: DataFrame of Spark with a row a series and period.
        h: Periods ahead.
        level: Levels of the central intervals, in per cent, or one of them: 80, not 0.8.
        model: Forecasting method.
        freq: Frequency of every series, `MS` or `monthly`.
        breaks: `auto` allows for the built-in breaks where a district of the data is known, as a single machine does, and needs a
            pass over the identifiers to tell; `built-in` and `none` say so.
        as_of: Use only what was known at the end of this period: text such as `2019-06`, or its last day as a date.
        binary: Path of the program on the executors; None finds it there.
        seconds_per_series: Budget: what takes longer is a row with the status `timed-out`. A pool has the sum of its series'.
        partitions: Number of partitions; None leaves it to Spark.
        id_col: Name of the column of identifiers.
        time_col: Name of the column of periods: dates, timestamps without a zone, or text such as 2019-06.
        target_col: Name of the column of values.

    Returns:
        `unique_id, status, error, ds, model, mean, median, lo-80, hi-80, ...`: h rows a series whose status is `ok`, and one row
        of any other, whose `error` says what is wrong.

    Raises:
        HorizonError: For a DataFrame that is no long table, and for executors without the program or with another version.
    """
    rows = _rows(df, as_of, freq, id_col, time_col, target_col)
    job: dict[str, Any] = {"task": "forecast", "frequency": frequency_name(freq), "horizon": h}
    job |= {"levels": level_values(level), "model": model_name(model), **_surveyed(rows, breaks, binary)}
    task = ForecastTask(job, binary, seconds_per_series)
    pooled = model in POOLED
    return _sorted(rows, pooled, partitions).mapInArrow(task, _ddl(task))


#: Models that learn from the other series of a measure. The worker says so too, and a test holds this list against it.
POOLED = ("auto", "combination", "counts", "proportions")


def exceptions(
    df: Any,
    *,
    last: int = 3,
    alpha: float = 0.01,
    keep_all: bool = False,
    freq: str = "MS",
    breaks: str = "auto",
    as_of: Any = None,
    binary: str | None = None,
    seconds_per_series: float | None = None,
    partitions: int | None = None,
    id_col: str = "unique_id",
    time_col: str = "ds",
    target_col: str = "y",
) -> Any:
    """Judge the latest periods of every series, each from data up to and including it.

    It takes two passes: one over measures for the verdicts, and one over periods for the q-values, which rest on all series of a
    period.

    Args:
        df: DataFrame of Spark with a row a series and period.
        last: Periods to judge, counted back from the last one of any series.
        alpha: One-sided significance level of a single test.
        keep_all: Keep every judged period, not only the flagged ones.
        freq: Frequency of every series.
        breaks: As of `forecast`.
        as_of: Use only what was known at the end of this period.
        binary: Path of the program on the executors; None finds it there.
        seconds_per_series: Budget, as of `forecast`.
        partitions: Number of partitions; None leaves it to Spark.
        id_col: Name of the column of identifiers.
        time_col: Name of the column of periods.
        target_col: Name of the column of values.

    Returns:
        `unique_id, status, error, ds, observed, expected, lower, upper, p_value, q_value, kind, flagged`; series that cannot be
        judged are rows that say why, whether or not all are kept.
    """
    rows = _rows(df, as_of, freq, id_col, time_col, target_col)
    through = rows.agg(F.max("ds").alias("through")).collect()[0]["through"]
    if through is None:
        raise HorizonError("data", "the DataFrame has no row with a date", remedy="Check that it is what was meant")
    job: dict[str, Any] = {"task": "exceptions", "frequency": frequency_name(freq), "last": last, "alpha": alpha}
    job |= {"through": through.isoformat(), **_surveyed(rows, breaks, binary)}
    task = VerdictTask(job, binary, seconds_per_series)
    judged = _sorted(rows, True, partitions).mapInArrow(task, _ddl(task))
    adjust = AdjustTask({"task": "adjust"}, binary)
    periods = judged.repartition("ds") if partitions is None else judged.repartition(partitions, "ds")
    found = periods.sortWithinPartitions("ds").mapInArrow(adjust, _ddl(task) + ", `q_value` double")
    names = [
        "unique_id",
        "status",
        "error",
        "ds",
        "observed",
        "expected",
        "lower",
        "upper",
        "p_value",
        "q_value",
        "kind",
        "flagged",
    ]
    found = found.select(*names)
    return found if keep_all else found.where("flagged = 1 or status <> 'ok'")


def _rows(df: Any, as_of: Any, freq: str, id_col: str, time_col: str, target_col: str) -> Any:
    """Bring a DataFrame to `unique_id string, ds date, y double`."""
    schema = getattr(df, "schema", None)
    if not isinstance(schema, T.StructType):
        raise HorizonError("usage", f"a {type(df).__name__} is no DataFrame of Spark", remedy="Use horizon.Horizon for it")
    for name in (id_col, time_col, target_col):
        if name not in schema.fieldNames():
            raise HorizonError(
                "data",
                f"the DataFrame has no column {name}",
                remedy="Give the columns unique_id, ds and y, or say which they are with id_col, time_col and target_col",
            )
    kind = schema[time_col].dataType
    date = F.col(f"`{time_col}`")
    if isinstance(kind, T.TimestampType):
        raise HorizonError(
            "data",
            f"{time_col} is a moment in time, whose date depends on the session's time zone",
            remedy=f"Give a date, such as to_date(from_utc_timestamp({time_col}, 'Europe/London')), or timestamp_ntz",
        )
    if isinstance(kind, T.StringType):
        # A year and month alone is the first of the month. What is no date is null, and its series a row that says so.
        short = F.length(date) == F.lit(7)
        text = F.when(short, F.concat(date, F.lit("-01"))).otherwise(date)
        date = F.try_to_timestamp(text, F.lit("yyyy-MM-dd")).cast("date")
    elif isinstance(kind, T.TimestampNTZType):
        date = date.cast("date")
    elif not isinstance(kind, T.DateType):
        raise HorizonError("data", f"{time_col} is of type {kind.simpleString()}", remedy="Give dates, or text such as 2019-06")
    value = schema[target_col].dataType
    if not isinstance(value, T.NumericType):
        raise HorizonError("data", f"{target_col} is of type {value.simpleString()}", remedy="Give numbers")
    rows = df.select(
        F.col(f"`{id_col}`").cast("string").alias("unique_id"),
        date.alias("ds"),
        F.col(f"`{target_col}`").cast("double").alias("y"),
    )
    as_of = period_text(as_of)
    if as_of is None:
        return rows
    if not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", as_of):
        raise HorizonError("usage", f"as_of {as_of!r} is no period", remedy="Write it as 2019-06, or as 2019-06-30")
    end = F.last_day(F.lit(as_of + "-01").cast("date")) if len(as_of) == 7 else F.lit(as_of).cast("date")
    return rows.where(F.col("ds").isNull() | (F.col("ds") <= end))


def _sorted(rows: Any, pooled: bool, partitions: int | None) -> Any:
    """Bring the series of a pool, or the rows of a series, to one partition, in order."""
    bar = F.instr("unique_id", "|")
    measure = F.expr("substring(unique_id, instr(unique_id, '|') + 1)")
    rows = rows.withColumn(
        "pool", F.when(bar > 0, measure).otherwise(F.col("unique_id")) if pooled else F.lit(None).cast("string")
    )
    key = "pool" if pooled else "unique_id"
    spread = rows.repartition(key) if partitions is None else rows.repartition(partitions, key)
    return spread.select("pool", "unique_id", "ds", "y").sortWithinPartitions(
        *(("pool", "unique_id") if pooled else ("unique_id",))
    )


def _surveyed(rows: Any, breaks: str, binary: str | None) -> dict[str, Any]:
    """Ask the executors who they are, and whether a district is known.

    Raises:
        HorizonError: `version` where they are not all alike.
    """
    if breaks not in ("auto", "built-in", "none"):
        raise HorizonError("usage", f"breaks is {breaks!r}", remedy="Use auto, built-in or none")
    asked = SurveyTask({"task": "places"}, binary)
    areas = F.regexp_extract("unique_id", r"^([^|]*)", 1).alias("unique_id")
    source = (
        rows.select(areas).distinct()
        if breaks == "auto"
        else rows.sparkSession.range(0, 8, 1, 8).select(F.lit("").alias("unique_id"))
    )
    found = source.mapInArrow(asked, SurveyTask.schema).collect()
    for name in ("version", "numerics"):
        if len({row[name] for row in found}) > 1:
            said = ", ".join(sorted({f"{row['host']}: {row[name]}" for row in found})[:5])
            raise HorizonError(
                "version",
                f"the machines differ in {name}: {said}",
                remedy="Use one version of the program everywhere, with the same processors or the platform wheel",
            )
    known = sum(row["known"] for row in found) > 0
    calendar = {"auto": "built-in" if known else "none", "built-in": "built-in", "none": "none"}[breaks]
    return {"calendar": calendar, **({"numerics": found[0]["numerics"]} if found else {})}


def _ddl(task: ForecastTask | VerdictTask) -> str:
    names = {"string": "string", "date32[day]": "date", "double": "double", "int32": "int"}
    return ", ".join(f"`{field.name}` {names[str(field.type)]}" for field in task.schema)
