"""What is wrong with a frame that can be seen before the program sees it, with its column and row."""

from __future__ import annotations

import calendar
import datetime
import numbers
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from horizon._errors import HorizonError

#: Dates from which it is no chance that all of them are first days of months, and that they are of one weekday or month in three.
_FEW, _SOME = 3, 8


def refuse_mixed(df: Any, columns: list[str], numeric: set[str], error: Exception) -> HorizonError:
    """Return the error for a frame of pandas of which a column holds values of several kinds: its first odd row and value."""
    for name in columns:
        column = df[name]
        try:
            pa.array(column, from_pandas=True)
            continue
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
            pass
        values = [(row, value) for row, value in enumerate(column) if not _is_missing(value)]
        said = f"column {name} holds values of several kinds"
        if name in numeric:
            odd = next(((row, value) for row, value in values if not isinstance(value, numbers.Number)), None)
            reason = "no number"
            remedy = (
                f"Write numbers, and None where there is none; pd.to_numeric(df[{name!r}], errors='coerce') makes whatever is no "
                "number a missing value"
            )
        else:
            first = values[0][1] if values else None
            odd = next(((row, value) for row, value in values if type(value) is not type(first)), None)
            reason = f"no {type(first).__name__}, as those before it are"
            remedy = f"Give the column one type, such as df[{name!r}].astype(str)"
        if odd is not None:
            return HorizonError("data", f"{said}: {repr(odd[1])[:60]} is {reason}", remedy=remedy, file="frame", row=odd[0])
        return HorizonError("data", f"{said}: {error}", remedy="Give it one type", file="frame")
    return HorizonError("data", f"a column holds values of several kinds: {error}", remedy="Give it one type", file="frame")


def _is_missing(value: Any) -> bool:
    # NaN and NaT are not themselves, and pd.NA is neither so nor otherwise.
    return value is None or type(value).__name__ == "NAType" or bool(value != value)


def refuse_padded(table: pa.Table, columns: list[str], module: str) -> None:
    """Refuse identifiers with blanks at an end: results would come without them, and join to nothing.

    Raises:
        HorizonError: `data`, with the first row that has one.
    """
    strip = {"pandas": "df[{0!r}].str.strip()", "polars": "pl.col({0!r}).str.strip_chars()"}.get(
        module, "pc.utf8_trim_whitespace"
    )
    for name in columns:
        column = table.column(name)
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            continue
        row = pc.index(pc.not_equal(column, pc.utf8_trim_whitespace(column)), True).as_py()
        if row >= 0:
            raise HorizonError(
                "data",
                f"column {name} holds {column[row].as_py()!r}, with blanks at an end",
                remedy=f"Take them off: {strip.format(name)}",
                file="frame",
                row=row,
            )


def refuse_empty(rows: int) -> None:
    """Refuse a frame without rows.

    Raises:
        HorizonError: `data`.
    """
    if rows == 0:
        raise HorizonError("data", "the frame is empty", remedy="Check the filter or the join that made it", file="frame")


def refuse_blanks(table: pa.Table, names: list[str], module: str) -> None:
    """Refuse rows that do not say what or when they are about.

    Raises:
        HorizonError: `data`, with the column and the first such row.
    """
    drop = {"pandas": "df.dropna(subset=[{0!r}])", "polars": "df.drop_nulls({0!r})"}.get(
        module, "table.filter(pc.is_valid(table[{0!r}]))"
    )
    for name in names:
        column = table.column(name)
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        blank = pc.is_null(column, nan_is_null=pa.types.is_floating(column.type))
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            blank = pc.or_(blank, pc.fill_null(pc.equal(pc.utf8_trim_whitespace(column), ""), True))
        row = pc.index(blank, True).as_py()
        if row >= 0:
            missing = column[row].as_py() is None
            raise HorizonError(
                "data",
                f"{name} is {'missing' if missing else 'blank'}",
                remedy=f"Give every row its {name}" + (f", or leave such rows out with {drop.format(name)}" if missing else ""),
                file="frame",
                row=row,
            )


def refuse_frequency(dates: pa.ChunkedArray, asked: str) -> None:
    """Refuse a frequency that is finer than the dates are: the program would take the rest for missing.

    Dates that are not written as 2019-06-01 are left to the program.

    Raises:
        HorizonError: `usage`, with the frequency that the dates have.
    """
    try:
        days = [datetime.date.fromisoformat(text) for text in pc.unique(dates).to_pylist() if len(text) == 10]
    except (TypeError, ValueError):
        return
    if len(days) < len(pc.unique(dates)):
        return
    if len(days) < (_FEW if asked in ("daily", "weekly") else _SOME):
        return
    is_last = all(one.day == calendar.monthrange(one.year, one.month)[1] for one in days)
    edge = "first" if all(one.day == 1 for one in days) else "last" if is_last else None
    months = {one.month for one in days}
    apart = 12 if len(months) == 1 else 3 if len({month % 3 for month in months}) == 1 else 1
    coarser = {"daily": 1, "weekly": 1, "monthly": 3, "quarterly": 12}
    if edge is not None and asked in coarser and apart >= coarser[asked]:
        said = f"{edge} days of months" + (f", {apart} months apart" if apart > 1 else "")
        alias = _alias(apart, edge, months)
    elif asked == "daily" and len(days) >= _SOME and len({one.weekday() for one in days}) == 1:
        said, alias = "of one weekday", "W"
    else:
        return
    raise HorizonError(
        "usage",
        f"the frequency asked for is {asked}, and all {len(days):,} dates are {said}",
        remedy=f"Write Horizon(freq={alias!r}), or leave freq out",
        file="frame",
    )


def _alias(apart: int, edge: str, months: set[int]) -> str:
    if apart == 12 and months == {4 if edge == "first" else 3}:
        return "YS-APR" if edge == "first" else "YE-MAR"
    return {1: "M", 3: "Q", 12: "Y"}[apart] + ("S" if edge == "first" else "E")
