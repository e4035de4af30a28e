"""Incidents to monthly counts, in Spark SQL."""

from __future__ import annotations

from typing import Any

from pyspark.sql import functions as F  # noqa: N812
from pyspark.sql import types as T  # noqa: N812

from horizon._errors import HorizonError


def monthly_counts(
    rows: Any,
    *,
    area: str,
    measure: str,
    date: str,
    absent: str = "missing",
    deliverer: str | None = None,
    first: str | None = None,
    last: str | None = None,
) -> Any:
    """Count rows of incidents by area, measure and month.

    Args:
        rows: DataFrame of Spark with a row an incident.
        area: Column of areas.
        measure: Column of measures, such as crime types.
        date: Column of dates, or of text that begins with year and month, such as 2019-06.
        absent: What a month without a row of an area and measure means: `missing`, or `zero` where anything was delivered for it.
        deliverer: Column of who delivered a row, such as the force, for `zero`: a month for which the deliverer of a series
            delivered nothing at all stays missing. None takes all rows for those of one.
        first: First month, `2019-01`, for `zero`; None takes that of the rows, and rows before it are left out.
        last: Last month, for `zero`, likewise. A month that is there in part should not be counted.

    Returns:
        `unique_id, ds, y`: `Area|Measure`, first day of the month, count. Rows without an area, a measure or a month are counted
        under an identifier that is null, which a forecast answers with a row that says so: none is dropped in silence.

    Raises:
        HorizonError: For columns that are not there, and for moments in time, whose month depends on a time zone.
    """
    for name in (area, measure, date, deliverer):
        if name is not None and name not in rows.columns:
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
    by = F.lit("") if deliverer is None else F.coalesce(F.trim(F.col(f"`{deliverer}`").cast("string")), F.lit(""))
    keyed = rows.select(
        F.when(whole, named).alias("unique_id"), F.when(whole, day).alias("ds"), by.alias("by"), day.alias("month")
    )
    counts = keyed.groupBy("unique_id", "ds").agg(F.count(F.lit(1)).cast("double").alias("y"))
    if absent == "missing":
        return counts
    # A row without a place shows all the same that its month was delivered.
    months = keyed.where("month is not null").select("by", F.col("month").alias("ds")).distinct()
    if first is not None:
        months = months.where(F.col("ds") >= F.lit(first + "-01").cast("date"))
    if last is not None:
        months = months.where(F.col("ds") <= F.lit(last + "-01").cast("date"))
    series = keyed.where("unique_id is not null").select("unique_id", "by").distinct()
    every = series.join(months, "by").select("unique_id", "ds").distinct()
    lost = counts.where("unique_id is null")
    return every.join(counts, ["unique_id", "ds"], "left").fillna(0.0, ["y"]).unionByName(lost)
