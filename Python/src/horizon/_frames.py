"""Frames of several kinds in, frames of the same kind out. Arrow is what lies between."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from horizon._errors import HorizonError

#: Columns of a long table with areas, in place of unique_id, ds, y.
AREA_COLUMNS = ("area", "measure", "period", "count", "numerator", "denominator", "value", "unit", "population")


@dataclass(frozen=True)
class Kind:
    """What a frame was, so that results can be the same."""

    #: Makes a frame of the kind from a table.
    restore: Callable[[pa.Table], Any]
    #: Type of the dates: None for text, which is echoed by the engine.
    dates: pa.DataType | None
    #: pandas periods: their frequency.
    periods: Any | None
    #: Type of the identifiers.
    identifiers: pa.DataType
    #: Names that the caller gives to unique_id and ds.
    names: dict[str, str]


def read(df: Any, id_col: str = "unique_id", time_col: str = "ds", target_col: str = "y") -> tuple[bytes, Kind]:
    """Return a frame as the CSV that the engine reads, and what is needed to make results of its kind.

    Raises:
        HorizonError: `data` for a frame that is no long table, or whose dates are of a kind that leaves open what is meant.
    """
    table, restore, periods = _arrow(df, (id_col, time_col, target_col))
    names = list(table.column_names)
    wanted = [id_col, time_col, target_col]
    missing = [name for name in wanted if name not in names]
    if missing and {"area", "period"} <= set(names):
        table = table.select([name for name in names if name in AREA_COLUMNS])
        id_col, time_col = "area", "period"
        renamed = list(table.column_names)
    elif missing:
        raise HorizonError(
            "data",
            f"the frame has no column {' and no column '.join(missing)}",
            remedy="Give the columns unique_id, ds and y, or say which they are with id_col, time_col and target_col",
            file="frame",
        )
    else:
        table = table.select(wanted)
        renamed = ["unique_id", "ds", "y"]
    if len(set(renamed)) < len(renamed):
        raise HorizonError("data", "the frame has two columns of one name", remedy="Rename one", file="frame")
    identifiers = table.schema.field(id_col).type
    kind = Kind(
        restore=restore,
        dates=_date_type(table.schema.field(time_col).type),
        periods=periods,
        identifiers=identifiers,
        names={"unique_id": id_col, "ds": time_col} if renamed[0] == "unique_id" else {},
    )
    columns = [_cells(table.column(i), table.schema.field(i).name == time_col) for i in range(table.num_columns)]
    buffer = io.BytesIO()
    pyarrow.csv.write_csv(pa.table(columns, names=renamed), buffer)
    return buffer.getvalue(), kind


def write(csv: bytes, kind: Kind) -> Any:
    """Return what the engine wrote as a frame of a kind."""
    text = {name: pa.string() for name in ("unique_id", "ds", "through", "model", "area", "measure", "kind", "level")}
    options = pyarrow.csv.ConvertOptions(column_types=text, strings_can_be_null=True, quoted_strings_can_be_null=False)
    table = pyarrow.csv.read_csv(
        io.BytesIO(csv),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=options,
    )
    columns: list[Any] = []
    names: list[str] = []
    for name in table.column_names:
        column = table.column(name)
        if name in ("ds", "through") and kind.dates is not None:
            column = _dates(column, kind.dates)
        elif name == "unique_id":
            column = _identifiers(column, kind.identifiers)
        elif pa.types.is_null(column.type):
            column = column.cast(pa.float64())
        elif pa.types.is_integer(column.type) and name in _numbers(table.column_names):
            # Counts of a quiet series are whole by chance: a type must not depend on them.
            column = column.cast(pa.float64())
        columns.append(column)
        names.append(kind.names.get(name, name))
    made = kind.restore(pa.table(columns, names=names))
    if kind.periods is not None:
        for name in {kind.names.get(column, column) for column in ("ds", "through")} & set(names):
            made[name] = made[name].dt.to_period(kind.periods)
    return made


def _numbers(names: list[str]) -> set[str]:
    plain = {"mean", "median", "observed", "expected", "lower", "upper", "known", "p_value", "q_value", "fdr"}
    return {name for name in names if name in plain or name.startswith(("lo-", "hi-"))}


def _arrow(df: Any, wanted: tuple[str, str, str]) -> tuple[pa.Table, Callable[[pa.Table], Any], Any | None]:
    module = type(df).__module__.split(".")[0]
    if module == "pandas":
        import pandas as pd

        named = {str(name) for name in df.index.names if name is not None}
        if in_index := [name for name in wanted if name in named and name not in df.columns]:
            raise HorizonError(
                "data",
                f"{' and '.join(in_index)} is in the frame's index, and must be a column",
                remedy="Give df.reset_index()",
                file="frame",
            )
        periods = None
        if wanted[1] in df.columns and isinstance(df[wanted[1]].dtype, pd.PeriodDtype):
            periods = df[wanted[1]].dtype.freq
            df = df.assign(**{wanted[1]: df[wanted[1]].dt.to_timestamp()})
        columns = [name for name in df.columns if name in (*wanted, *AREA_COLUMNS)]
        try:
            table = pa.Table.from_pandas(df[columns], preserve_index=False)
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise HorizonError(
                "data",
                f"a column holds values of several kinds: {error}",
                remedy="Give each column one type",
                file="frame",
            ) from error
        return table, lambda table: table.to_pandas(), periods
    if module == "polars":
        import polars as pl

        if isinstance(df, pl.LazyFrame):
            return df.collect().to_arrow(), lambda table: pl.DataFrame(pl.from_arrow(table)).lazy(), None
        return df.to_arrow(), lambda table: pl.from_arrow(table), None
    if isinstance(df, pa.RecordBatch):
        return pa.Table.from_batches([df]), lambda table: table.combine_chunks(), None
    if isinstance(df, pa.Table):
        return df, lambda table: table, None
    if module == "pyspark":
        raise HorizonError(
            "usage", "the frame is Spark's", remedy="Use horizon.spark, which works where the rows are", file="frame"
        )
    if hasattr(df, "__arrow_c_stream__"):
        return pa.table(df), lambda table: table, None
    raise HorizonError(
        "usage",
        f"a {type(df).__name__} is no frame",
        remedy="Give a frame of pandas, polars or Arrow, or anything that hands over Arrow's streams",
        file="frame",
    )


def _date_type(kind: pa.DataType) -> pa.DataType | None:
    if pa.types.is_timestamp(kind):
        if kind.tz is not None:
            raise HorizonError(
                "data",
                f"ds has the time zone {kind.tz}, and a period has none",
                remedy="Give local dates, such as df['ds'].dt.tz_convert('Europe/London').dt.tz_localize(None)",
                file="frame",
            )
        return kind
    if pa.types.is_date(kind):
        return kind
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return None
    if pa.types.is_dictionary(kind):
        return _date_type(kind.value_type)
    if pa.types.is_null(kind):
        return None
    raise HorizonError("data", f"ds is of type {kind}", remedy="Give dates, or text such as 2019-06", file="frame")


def _cells(column: pa.ChunkedArray, is_time: bool) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if is_time and pa.types.is_timestamp(kind):
        days = column.cast(pa.date32(), safe=False)
        at = pc.index(pc.not_equal(days.cast(kind), column), True).as_py()
        if at >= 0:
            raise HorizonError(
                "data",
                f"ds has a time of day, {column[at].as_py()}",
                remedy="Give the date of the period: df['ds'].dt.normalize()",
                file="frame",
                row=at,
            )
        return days.cast(pa.string())
    if is_time and pa.types.is_date(kind):
        return column.cast(pa.date32()).cast(pa.string())
    if pa.types.is_floating(kind):
        column = column.cast(pa.float64())
        return pc.if_else(pc.is_nan(column), pa.scalar(None, pa.float64()), column)
    if pa.types.is_boolean(kind):
        return column.cast(pa.int8())
    if pa.types.is_decimal(kind):
        return column.cast(pa.float64())
    if pa.types.is_integer(kind) or pa.types.is_null(kind):
        return column
    return column.cast(pa.string())


def _dates(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    days = pc.strptime(column, format="%Y-%m-%d", unit="s").cast(pa.date32())
    return days.cast(kind)


def _identifiers(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_integer(kind):
        # Totals have names of their own.
        try:
            return column.cast(kind)
        except pa.ArrowInvalid:
            return column
    return column.cast(kind) if pa.types.is_large_string(kind) else column
