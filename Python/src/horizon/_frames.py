"""Frames of several kinds in, frames of the same kind out. Arrow is what lies between."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from horizon import _checks
from horizon._errors import HorizonError, HorizonTypeError

#: Columns of a long table with areas, in place of unique_id, ds, y.
AREA_COLUMNS = ("area", "measure", "period", "count", "numerator", "denominator", "value", "unit", "population")

#: What to write for dates with a time zone, and for times of day, by the module of the frame.
_LOCAL = {
    "pandas": "df[{0!r}].dt.tz_convert('Europe/London').dt.tz_localize(None)",
    "polars": "pl.col({0!r}).dt.convert_time_zone('Europe/London').dt.replace_time_zone(None)",
}
_MIDNIGHT = {"pandas": "df[{0!r}].dt.normalize()", "polars": "pl.col({0!r}).dt.date()"}


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
    #: Names that the caller gives to unique_id, ds and y.
    names: dict[str, str]
    #: Returns what was given, as `unique_id` and `ds` in the program's text and `y` as it was; None where values are shares.
    given: Callable[[], pa.Table | None]


def read(
    df: Any, id_col: str = "unique_id", time_col: str = "ds", target_col: str = "y", freq: str | None = None
) -> tuple[bytes, Kind]:
    """Return a frame as the CSV that the engine reads, and what is needed to make results of its kind.

    Raises:
        HorizonError: `data` for a frame that is no long table, that has no rows or rows without a series or date, or whose
            dates are of a kind that leaves open what is meant; `usage` for dates that the frequency contradicts.
    """
    table, restore, periods = _arrow(df, (id_col, time_col, target_col))
    module = type(df).__module__.split(".")[0]
    # Of pandas only the wanted columns were taken: without any of them a table has no rows.
    _checks.refuse_empty(len(df) if module == "pandas" else table.num_rows)
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
    dates = _date_type(table.schema.field(time_col), module)
    _checks.refuse_blanks(table, [name for name in (id_col, "measure", time_col) if name in table.column_names], module)
    _checks.refuse_padded(table, [name for name in (id_col, "measure") if name in table.column_names], module)
    columns: list[Any] = []
    for field, column in zip(table.schema, table.columns, strict=True):
        columns.append(_days(column, field.name, module) if field.name == time_col else _cells(column))
    sent = pa.table(columns, names=renamed)
    if freq is not None:
        _checks.refuse_frequency(_text(sent.column(table.column_names.index(time_col))), freq)
    long = renamed[0] == "unique_id"
    kind = Kind(
        restore=restore,
        dates=dates,
        periods=periods,
        identifiers=table.schema.field(id_col).type,
        names={"unique_id": id_col, "ds": time_col, "y": target_col} if long else {},
        given=lambda: _given(sent, table.column(target_col) if long else None),
    )
    buffer = io.BytesIO()
    pyarrow.csv.write_csv(sent, buffer)
    return buffer.getvalue(), kind


def _given(sent: pa.Table, values: Any) -> pa.Table | None:
    if values is not None:
        return pa.table([_text(sent.column("unique_id")), _text(sent.column("ds")), values], names=["unique_id", "ds", "y"])
    values = next((sent.column(name) for name in ("count", "value") if name in sent.column_names), None)
    if values is None:
        return None
    name = _text(sent.column("area"))
    if "measure" in sent.column_names:
        name = pc.binary_join_element_wise(name, _text(sent.column("measure")), "|")
    return pa.table([name, _text(sent.column("period")), values], names=["unique_id", "ds", "y"])


def _text(column: Any) -> Any:
    return column.cast(pa.string())


def write(csv: bytes, kind: Kind) -> Any:
    """Return what the engine wrote as a frame of a kind."""
    return _restored(_parsed(csv), kind)


@dataclass(frozen=True)
class Values:
    """The values of a frame, and where that of a series and period is."""

    column: Any
    rows: dict[tuple[str, str], int]


def values(kind: Kind) -> Values:
    """Return the values of a frame that was read, to be put beside forecasts.

    Raises:
        HorizonError: `data` where it has none, or two for a series and period.
    """
    given = kind.given()
    if given is None:
        raise HorizonError(
            "data", "the frame has no column of values to put beside forecasts", remedy="Give unique_id, ds and y", file="frame"
        )
    rows: dict[tuple[str, str], int] = {}
    for row, key in enumerate(zip(given["unique_id"].to_pylist(), given["ds"].to_pylist(), strict=True)):
        if rows.setdefault(key, row) != row:
            raise HorizonError(
                "data",
                f'"{key[0]}" has a second row for {key[1]}; the first is row {rows[key]}',
                remedy="Keep one row for each series and period",
                file="frame",
                row=row,
            )
    return Values(given["y"], rows)


def write_windows(windows: Sequence[tuple[str, bytes]], values: Values, kind: Kind) -> Any:
    """Return forecasts from several cutoffs as one frame of a kind, with the cutoff and the value that was given beside each.

    Series come in the order of the first window, and of each its cutoffs, rising.

    Raises:
        HorizonError: `data` where no value belongs to any forecast.
    """
    parts: list[pa.Table] = []
    for cutoff, csv in windows:
        part = _parsed(csv)
        parts.append(part.add_column(2, "cutoff", pa.array([cutoff] * part.num_rows, pa.string())))
    table = pa.concat_tables(parts)
    # The sort is stable: within a series rows stay as they are.
    table = table.take(pc.sort_indices(pc.index_in(table["unique_id"], pc.unique(table["unique_id"]))))
    wanted = zip(table["unique_id"].to_pylist(), table["ds"].to_pylist(), strict=True)
    found = pa.array([values.rows.get(key) for key in wanted], pa.int64())
    if found.null_count == len(found):
        raise HorizonError(
            "data",
            "no row has the unique_id and ds of a forecast",
            remedy="Write each identifier in one way, and dates as dates or as 2019-06",
            file="frame",
        )
    return _restored(table.add_column(3, "y", values.column.take(found)), kind)


def origins(csv: bytes) -> list[str]:
    """Return the origins of a backtest, each once, as the engine wrote them."""
    options = pyarrow.csv.ConvertOptions(column_types={"origin": pa.string()}, include_columns=["origin"])
    return pc.unique(pyarrow.csv.read_csv(io.BytesIO(csv), convert_options=options)["origin"]).to_pylist()


def _parsed(csv: bytes) -> pa.Table:
    text = {name: pa.string() for name in ("unique_id", "model", "area", "measure", "kind", "level", *_PERIODS)}
    options = pyarrow.csv.ConvertOptions(column_types=text, strings_can_be_null=True, quoted_strings_can_be_null=False)
    table = pyarrow.csv.read_csv(
        io.BytesIO(csv),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=options,
    )
    columns: list[Any] = []
    for name in table.column_names:
        column = table.column(name)
        if pa.types.is_null(column.type):
            column = column.cast(pa.float64())
        elif pa.types.is_integer(column.type) and name in _numbers(table.column_names):
            # Counts of a quiet series are whole by chance: a type must not depend on them.
            column = column.cast(pa.float64())
        columns.append(column)
    return pa.table(columns, names=table.column_names)


#: Columns of periods in results.
_PERIODS = ("ds", "through", "cutoff", "onset", "opened", "last", "closed")


def _restored(table: pa.Table, kind: Kind) -> Any:
    columns: list[Any] = []
    names: list[str] = []
    for name in table.column_names:
        column = table.column(name)
        if name in _PERIODS and kind.dates is not None:
            column = _dates(column, kind.dates)
        elif name == "unique_id":
            column = _identifiers(column, kind.identifiers)
        columns.append(column)
        names.append(kind.names.get(name, name))
    made = kind.restore(pa.table(columns, names=names))
    if kind.periods is not None:
        for name in {kind.names.get(column, column) for column in _PERIODS} & set(names):
            made[name] = made[name].dt.to_period(kind.periods)
    return made


def _numbers(names: list[str]) -> set[str]:
    plain = {"mean", "median", "observed", "expected", "lower", "upper", "known", "p_value", "q_value", "fdr"}
    return {name for name in names if name in plain or name.startswith(("lo-", "hi-"))}


def _arrow(df: Any, wanted: tuple[str, str, str]) -> tuple[pa.Table, Callable[[pa.Table], Any], Any | None]:
    module = type(df).__module__.split(".")[0]
    if module == "pandas":
        import pandas as pd

        if not isinstance(df, pd.DataFrame):
            raise _no_frame(df)
        named = {str(name) for name in df.index.names if name is not None}
        if in_index := [name for name in wanted if name in named and name not in df.columns]:
            raise HorizonError(
                "data",
                f"{' and '.join(in_index)} {'is' if len(in_index) == 1 else 'are'} in the frame's index, and no column of it",
                remedy="Give df.reset_index()",
                file="frame",
            )
        if twice := [name for name in wanted if list(df.columns).count(name) > 1]:
            raise HorizonError("data", f"the frame has two columns {twice[0]}", remedy="Rename one", file="frame")
        periods = None
        if wanted[1] in df.columns and isinstance(df[wanted[1]].dtype, pd.PeriodDtype):
            periods = df[wanted[1]].dtype.freq
            df = df.assign(**{wanted[1]: df[wanted[1]].dt.to_timestamp()})
        taken = wanted if {*wanted} <= {*df.columns} else (*wanted, *AREA_COLUMNS)
        columns = [name for name in df.columns if name in taken]
        try:
            table = pa.Table.from_pandas(df[columns], preserve_index=False)
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            numeric = {wanted[2], "count", "numerator", "denominator", "value", "population"}
            raise _checks.refuse_mixed(df, columns, numeric, error) from error
        return table, lambda table: table.to_pandas(), periods
    if module == "polars":
        import polars as pl

        if not isinstance(df, (pl.DataFrame, pl.LazyFrame)):
            raise _no_frame(df)
        whole = df.collect() if isinstance(df, pl.LazyFrame) else df
        objects = [name for name, kind in whole.schema.items() if kind == pl.Object]
        if refused := [name for name in objects if name in (*wanted, *AREA_COLUMNS)]:
            raise HorizonError("data", f"{refused[0]} is of type Object", remedy="Give numbers, text or dates", file="frame")
        table = whole.drop(objects).to_arrow()
        if isinstance(df, pl.LazyFrame):
            return table, lambda table: pl.DataFrame(pl.from_arrow(table)).lazy(), None
        return table, lambda table: pl.from_arrow(table), None
    if isinstance(df, pa.RecordBatch):
        return pa.Table.from_batches([df]), lambda table: table.combine_chunks(), None
    if isinstance(df, pa.Table):
        return df, lambda table: table, None
    if module == "pyspark":
        raise HorizonError(
            "usage", "the frame is Spark's", remedy="Use horizon.spark, which works where the rows are", file="frame"
        )
    if hasattr(df, "__arrow_c_stream__") and not isinstance(df, pa.ChunkedArray):
        return pa.table(df), lambda table: table, None
    raise _no_frame(df)


def _no_frame(df: Any) -> HorizonError:
    return HorizonTypeError(
        "usage",
        f"a {type(df).__name__} is no frame",
        remedy="Give a frame of pandas, polars or Arrow with the columns unique_id, ds and y",
        file="frame",
    )


def _date_type(field: pa.Field, module: str) -> pa.DataType | None:
    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    if pa.types.is_timestamp(kind):
        if kind.tz is not None:
            local = _LOCAL.get(module, "pc.local_timestamp(table[{0!r}].cast(pa.timestamp('us', 'Europe/London')))")
            raise HorizonError(
                "data",
                f"{field.name} has the time zone {kind.tz}, and a period has none",
                remedy=f"Give local dates, such as {local.format(field.name)}",
                file="frame",
            )
        return kind
    if pa.types.is_date(kind):
        return kind
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return None
    if pa.types.is_null(kind):
        return None
    raise HorizonError("data", f"{field.name} is of type {kind}", remedy="Give dates, or text such as 2019-06", file="frame")


def _days(column: Any, name: str, module: str) -> Any:
    """Return a column of periods as text."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_timestamp(kind):
        days = column.cast(pa.date32(), safe=False)
        at = pc.index(pc.not_equal(days.cast(kind), column), True).as_py()
        if at >= 0:
            date = _MIDNIGHT.get(module, "table[{0!r}].cast(pa.date32(), safe=False)").format(name)
            raise HorizonError(
                "data",
                f"{name} has a time of day, {column[at].as_py()}",
                remedy=f"Give the date of the period: {date}",
                file="frame",
                row=at,
            )
        return days.cast(pa.string())
    if pa.types.is_date(kind):
        return column.cast(pa.date32()).cast(pa.string())
    return _cells(column)


def _cells(column: Any) -> Any:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
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
