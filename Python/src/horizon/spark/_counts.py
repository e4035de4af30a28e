"""Incidents to monthly counts, in Spark SQL."""

from __future__ import annotations

from typing import Any

from pyspark.sql import functions as F  # noqa: N812
from pyspark.sql import types as T  # noqa: N812

from horizon._errors import HorizonError


def monthly_counts(
    rows: Any, *, area: str, measure: str, date: str, absent: str = "missing", first: str | None = None, last: str | None = None
) -> Any:
    """Count rows of incidents by area, measure and month.

    Args:
        rows: DataFrame of Spark with a row an incident.
        area: Column of areas.
        measure: Column of measures, such as crime types.
        date: Column of dates, or of text that begins with year and month, such as 2019-06.
        absent: What a month without a row of an area and measure means: `missing`, or `zero` from the first to the last month.
        first: First month, `2019-01`, for `zero`; None takes that of the rows.
        last: Last month, for `zero`; None takes that of the rows. A month that is there in part should not be counted.

    Returns:
        `unique_id, ds, y`: `Area|Measure`, first day of the month, count. Rows without an area, a measure or a month are counted
        under an identifier that is null, which a forecast answers with a row that says so: none is dropped in silence.

    Raises:
        HorizonError: For columns that are not there, and for moments in time, whose month depends on a time zone.
    """
    for name in (area, measure, date):
        if name not in rows.columns:
            raise HorizonError("data", f"the DataFrame has no column {name}", remedy=f"It has {', '.join(rows.columns)}")
    if absent not in ("missing", "zero"):
        raise HorizonError("usage", f"absent is {absent!r}", remedy="Use missing or zero")
    kind = rows.schema[date].dataType
    if isinstance(kind, T.TimestampType):
        raise HorizonError(
            "data",
            f"{date} is a moment in time, whose month depends on the session's time zone",
            remedy=f"Give a date, such as to_date(from_utc_timestamp({date}, 'Europe/London')), or timestamp_ntz",
        )
    column = F.col(f"`{date}`")
    if isinstance(kind, T.StringType):
        day = F.try_to_timestamp(F.concat(F.substring(column, 1, 7), F.lit("-01")), F.lit("yyyy-MM-dd")).cast("date")
    else:
        day = F.trunc(column.cast("date"), "month")
    parts = [F.trim(F.col(f"`{name}`").cast("string")) for name in (area, measure)]
    # An area with a bar would be taken apart elsewhere.
    named = F.concat(F.translate(parts[0], "|", "/"), F.lit("|"), parts[1])
    whole = (F.length(parts[0]) > 0) & (F.length(parts[1]) > 0) & day.isNotNull()
    keyed = rows.select(F.when(whole, named).alias("unique_id"), F.when(whole, day).alias("ds"))
    counts = keyed.groupBy("unique_id", "ds").agg(F.count(F.lit(1)).cast("double").alias("y"))
    if absent == "missing":
        return counts
    span = counts.agg(F.min("ds").alias("first"), F.max("ds").alias("last"))
    ends = [
        F.col(name) if given is None else F.lit(given + "-01").cast("date") for name, given in (("first", first), ("last", last))
    ]
    months = span.select(F.explode(F.sequence(ends[0], ends[1], F.expr("interval 1 month"))).alias("ds"))
    every = counts.where("unique_id is not null").select("unique_id").distinct().crossJoin(months)
    lost = counts.where("unique_id is null")
    return every.join(counts, ["unique_id", "ds"], "left").fillna(0.0, ["y"]).unionByName(lost)
