"""Charts as SVG, which a notebook shows by itself. They draw the engine's numbers and work out none."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.compute as pc

from horizon._errors import HorizonError
from horizon._frames import _arrow  # pyright: ignore[reportPrivateUsage]

# The engine's palette: Sources/Charts/Palette.swift.
_INK, _QUIET, _RULE, _HISTORY, _FORECAST = "#1A1A1A", "#595959", "#D0D0D0", "#4D4D4D", "#12436D"
_BANDS = ("#D5E0E9", "#9DB4C8", "#7B97B1")
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720.0, 300.0, 56.0, 16.0, 44.0, 34.0


@dataclass(frozen=True)
class Chart:
    """A chart: `svg` is its text, which Jupyter draws."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | Path) -> None:
        """Write the chart to a file."""
        Path(path).write_text(self.svg, encoding="utf-8")


def plot(
    df: Any,
    forecasts: Any,
    unique_id: Any,
    *,
    last: int | None = None,
    id_col: str = "unique_id",
    time_col: str = "ds",
    target_col: str = "y",
) -> Chart:
    """Draw one series with its forecast: the history, the median ahead and the intervals.

    Args:
        df: The frame that was forecast.
        forecasts: What `Horizon.forecast` made of it.
        unique_id: The series.
        last: Latest periods of the history to draw; None draws all.
        id_col: Name of the column of identifiers.
        time_col: Name of the column of periods.
        target_col: Name of the column of values.

    Raises:
        HorizonError: `data` where one of the frames has no such series.
    """
    wanted = (id_col, time_col, target_col)
    history = _rows(df, unique_id, wanted, "frame")
    ahead = _rows(forecasts, unique_id, wanted, "frame of forecasts")
    dates, values = _column(history, time_col), _numbers(history, target_col)
    order = sorted(range(len(dates)), key=lambda i: dates[i])
    if last is not None:
        order = order[-max(0, last) :]
    past = [(str(dates[i]), values[i]) for i in order]
    future = [str(date) for date in _column(ahead, time_col)]
    bands: list[tuple[str, list[float | None], list[float | None]]] = []
    levels = [name.removeprefix("lo-") for name in ahead.column_names if name.startswith("lo-")]
    for level in sorted(levels, key=float, reverse=True):
        bands.append((level, _numbers(ahead, f"lo-{level}"), _numbers(ahead, f"hi-{level}")))
    return Chart(_drawn(str(unique_id), past, future, _numbers(ahead, "median"), bands))


def _rows(frame: Any, unique_id: Any, wanted: tuple[str, str, str], what: str) -> pa.Table:
    if type(frame).__module__.split(".")[0] == "pandas":
        table = pa.Table.from_pandas(frame, preserve_index=False)
    else:
        table = _arrow(frame, wanted)[0]
    if wanted[0] not in table.column_names:
        raise HorizonError("data", f"the {what} has no column {wanted[0]}", remedy="Say which it is with id_col", file=what)
    column = table.column(wanted[0])
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    found = table.filter(pc.equal(column.cast(pa.string()), str(unique_id)))
    if found.num_rows == 0:
        raise HorizonError("data", f"the {what} has no series {unique_id}", remedy="Give one of its unique_id", file=what)
    return found


def _column(table: pa.Table, name: str) -> list[Any]:
    if name not in table.column_names:
        raise HorizonError("data", f"there is no column {name} to draw", remedy="Give what Horizon.forecast made")
    return [value.date() if isinstance(value, datetime.datetime) else value for value in table.column(name).to_pylist()]


def _numbers(table: pa.Table, name: str) -> list[float | None]:
    return [None if value is None or not math.isfinite(value) else float(value) for value in _column(table, name)]


def _drawn(
    title: str,
    past: list[tuple[str, float | None]],
    future: list[str],
    median: list[float | None],
    bands: list[tuple[str, list[float | None], list[float | None]]],
) -> str:
    known = [value for _, value in past] + median + [value for band in bands for value in (*band[1], *band[2])]
    finite = [value for value in known if value is not None]
    low, high = min([0.0, *finite]), max([*finite, 1.0 if not finite else -math.inf])
    if high <= low:
        high = low + 1
    ticks = _ticks(low, high)
    low, high = min(low, ticks[0]), max(high, ticks[-1])
    count = max(2, len(past) + len(future))

    def x(position: float) -> float:
        return _LEFT + position / (count - 1) * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - (value - low) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)

    parts: list[str] = []
    for tick in ticks:
        parts.append(f'<path d="M{_LEFT:.1f} {y(tick):.1f}H{_WIDTH - _RIGHT:.1f}" stroke="{_RULE}"/>')
        parts.append(f'<text x="{_LEFT - 8:.1f}" y="{y(tick) + 4:.1f}" text-anchor="end" fill="{_QUIET}">{_said(tick)}</text>')
    dates = [date for date, _ in past] + future
    for position in sorted({round(i * (len(dates) - 1) / 4) for i in range(5)} if dates else set()):
        anchor = "start" if position == 0 else "end" if position == len(dates) - 1 else "middle"
        parts.append(
            f'<text x="{x(position):.1f}" y="{_HEIGHT - 12:.1f}" text-anchor="{anchor}" fill="{_QUIET}">'
            f"{escape(dates[position])}</text>"
        )
    start = len(past)
    for number, (level, lower, upper) in enumerate(bands):
        ends = [(start + i, a, b) for i, (a, b) in enumerate(zip(lower, upper, strict=True)) if a is not None and b is not None]
        if ends:
            top = " ".join(f"{x(i):.1f},{y(b):.1f}" for i, _, b in ends)
            bottom = " ".join(f"{x(i):.1f},{y(a):.1f}" for i, a, _ in reversed(ends))
            colour = _BANDS[min(number, len(_BANDS) - 1)]
            parts.append(f'<polygon points="{top} {bottom}" fill="{colour}"><title>{escape(level)} % interval</title></polygon>')
    parts.append(_line([(x(i), y(v)) if v is not None else None for i, (_, v) in enumerate(past)], _HISTORY, ""))
    parts.append(
        _line(
            [(x(start + i), y(v)) if v is not None else None for i, v in enumerate(median)],
            _FORECAST,
            ' stroke-width="2"',
        )
    )
    levels = " and ".join(f"{level} %" for level, _, _ in reversed(bands))
    said = f"recorded to {past[-1][0] if past else 'nothing'}, then the median of what is foreseen"
    said += f" with {levels} intervals" if levels else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" width="{_WIDTH:.0f}" role="img" '
        f'font-family="Arial, Helvetica, sans-serif" font-size="12"><title>{escape(title)}</title><desc>{escape(said)}</desc>'
        f'<rect width="{_WIDTH:.0f}" height="{_HEIGHT:.0f}" fill="#FFFFFF"/>'
        f'<text x="{_LEFT:.1f}" y="18" font-size="14" font-weight="bold" fill="{_INK}">{escape(title)}</text>'
        f'<text x="{_LEFT:.1f}" y="34" fill="{_QUIET}">{escape(said[0].upper() + said[1:])}</text>{"".join(parts)}</svg>'
    )


def _line(points: list[tuple[float, float] | None], colour: str, more: str) -> str:
    path, down = "", False
    for point in points:
        if point is not None:
            path += f"{'L' if down else 'M'}{point[0]:.1f} {point[1]:.1f}"
        down = point is not None
    return f'<path d="{path}" fill="none" stroke="{colour}"{more}/>'


def _ticks(low: float, high: float) -> list[float]:
    rough = (high - low) / 4
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough)
    first = math.floor(low / step)
    return [step * i for i in range(first, math.ceil(high / step) + 1)]


def _said(tick: float) -> str:
    return f"{tick:,.0f}" if tick == round(tick) else f"{tick:g}"
