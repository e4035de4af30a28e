"""Charts as SVG, which a notebook shows by itself. They draw the engine's numbers and work out none."""

from __future__ import annotations

import datetime
import itertools
import math
import re
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


@dataclass(frozen=True, repr=False)
class Chart:
    """A chart: `svg` is its text, which Jupyter draws."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"Chart({len(self.svg):,} characters of SVG; .save(path) writes them)"

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
    """Draw one series with its forecast over a calendar: the history, the median ahead and the intervals.

    A forecast made `as_of` an earlier period lies over what was recorded since. Where a period is missing the line is broken.

    Args:
        df: The frame that was forecast.
        forecasts: What `Horizon.forecast` made of it, of one model; of `Horizon.cross_validation` the rows of one cutoff.
        unique_id: The series.
        last: Latest periods of the history to draw, at least 1; None draws all.
        id_col: Name of the column of identifiers.
        time_col: Name of the column of periods.
        target_col: Name of the column of values.

    Raises:
        HorizonError: `data` where one of the frames has no such series, where a period is forecast twice, or where dates are
            none; `usage` for a `last` below 1.
    """
    wanted = (id_col, time_col, target_col)
    history = _rows(df, unique_id, wanted, "frame")
    ahead = _rows(forecasts, unique_id, wanted, "frame of forecasts")
    if last is not None and last < 1:
        raise HorizonError("usage", f"last is {last}", remedy="Give a number of periods from 1, or None for all")
    days, values = _days(history, time_col), _numbers(history, target_col)
    order = sorted(range(len(days)), key=lambda i: days[i])[-(last or len(days)) :]
    past = [(days[i], values[i]) for i in order]
    future = _days(ahead, time_col)
    if len(set(future)) < len(future):
        several = [name for name in ("cutoff", "model") if name in ahead.column_names and len(pc.unique(ahead[name])) > 1]
        raise HorizonError(
            "data",
            f"the frame of forecasts has several of a period{': of more than one ' + ' and '.join(several) if several else ''}",
            remedy=f"Give the rows of one {several[0] if several else 'forecast'}",
            file="frame of forecasts",
        )
    bands: list[tuple[str, list[float | None], list[float | None]]] = []
    levels = [name.removeprefix("lo-") for name in ahead.column_names if name.startswith("lo-")]
    for level in sorted(levels, key=float, reverse=True):
        bands.append((level, _numbers(ahead, f"lo-{level}"), _numbers(ahead, f"hi-{level}")))
    return Chart(_drawn(str(unique_id), past, future, _numbers(ahead, "median"), bands))


def _rows(frame: Any, unique_id: Any, wanted: tuple[str, str, str], what: str) -> pa.Table:
    if type(frame).__module__.split(".")[0] == "pandas":
        # Arrow knows no periods: their first days.
        periods = [name for name in frame.columns if str(frame[name].dtype).startswith("period")]
        table = pa.Table.from_pandas(
            frame.assign(**{name: frame[name].dt.to_timestamp() for name in periods}), preserve_index=False
        )
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
    past: list[tuple[datetime.date, float | None]],
    future: list[datetime.date],
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
    days = sorted({day for day, _ in past} | set(future))
    first, span = days[0], max(1, (days[-1] - days[0]).days)
    # A line goes on to the next period, and no further.
    step = 1.6 * min((b - a).days for a, b in itertools.pairwise(days)) if len(days) > 1 else 1

    def x(day: datetime.date) -> float:
        return _LEFT + (day - first).days / span * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - (value - low) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)

    parts: list[str] = []
    for tick in ticks:
        parts.append(f'<path d="M{_LEFT:.1f} {y(tick):.1f}H{_WIDTH - _RIGHT:.1f}" stroke="{_RULE}"/>')
        parts.append(f'<text x="{_LEFT - 8:.1f}" y="{y(tick) + 4:.1f}" text-anchor="end" fill="{_QUIET}">{_said(tick)}</text>')
    for day, label in _marks(days[0], days[-1]):
        anchor = "start" if x(day) < _LEFT + 12 else "end" if x(day) > _WIDTH - _RIGHT - 12 else "middle"
        parts.append(
            f'<path d="M{x(day):.1f} {_HEIGHT - _BOTTOM:.1f}v4" stroke="{_QUIET}"/><text x="{x(day):.1f}" y="{_HEIGHT - 12:.1f}" '
            f'text-anchor="{anchor}" fill="{_QUIET}">{escape(label)}</text>'
        )
    for number, (level, lower, upper) in enumerate(bands):
        ends = [(day, a, b) for day, a, b in zip(future, lower, upper, strict=True) if a is not None and b is not None]
        if ends:
            top = " ".join(f"{x(day):.1f},{y(b):.1f}" for day, _, b in ends)
            bottom = " ".join(f"{x(day):.1f},{y(a):.1f}" for day, a, _ in reversed(ends))
            colour = _BANDS[min(number, len(_BANDS) - 1)]
            parts.append(f'<polygon points="{top} {bottom}" fill="{colour}"><title>{escape(level)} % interval</title></polygon>')
    for line, colour, more in ((past, _HISTORY, ""), (list(zip(future, median, strict=True)), _FORECAST, ' stroke-width="2"')):
        points: list[tuple[float, float] | None] = []
        before = first
        for day, value in line:
            points += [None] if (day - before).days > step else []
            points.append(None if value is None else (x(day), y(value)))
            before = day
        parts.append(_line(points, colour, more))
    levels = " and ".join(f"{level} %" for level, _, _ in reversed(bands))
    said = f"recorded to {past[-1][0]}, then the median of what is foreseen"
    if future and future[0] <= past[-1][0]:
        said = f"recorded to {past[-1][0]}; from {future[0]} on the median of what was foreseen then"
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


def _marks(first: datetime.date, last: datetime.date) -> list[tuple[datetime.date, str]]:
    """Days to mark on the calendar, six or so: first days of years, else of months, else of the days drawn."""
    years = last.year - first.year
    if years >= 3:
        step = next(step for step in (1, 2, 5, 10, 20, 50, 1000) if years / step <= 7)
        firsts = [datetime.date(year, 1, 1) for year in range(first.year, last.year + 1) if year % step == 0]
        return [(day, str(day.year)) for day in firsts if first <= day <= last]
    months = 12 * years + last.month - first.month
    if months >= 3:
        step = next(step for step in (1, 2, 3, 6, 12) if months / step <= 7)
        counted = [12 * first.year + first.month - 1 + i for i in range(months + 1)]
        firsts = [datetime.date(month // 12, month % 12 + 1, 1) for month in counted if month % 12 % step == 0]
        return [(day, f"{day:%b %Y}") for day in firsts if first <= day <= last]
    return [(day, day.isoformat()) for day in sorted({first, first + (last - first) / 2, last})]


def _days(table: pa.Table, name: str) -> list[datetime.date]:
    """Return the first day of each period of a column."""
    days: list[datetime.date] = []
    for value in _column(table, name):
        found = value if isinstance(value, datetime.date) else _day(str(value))
        if found is None:
            raise HorizonError(
                "data", f"{str(value)!r} of column {name} is no date to draw at", remedy="Write dates, or text such as 2019-06"
            )
        days.append(found)
    return days


def _day(text: str) -> datetime.date | None:
    found = re.fullmatch(r"(\d{4})(?:-?(\d{2})(?:-?(\d{2})(?:[T ].*)?)?|-?Q([1-4])|-?W(\d{2}))?", text.strip())
    if found is None:
        return None
    year, month, day, quarter, week = found.groups()
    try:
        if week:
            return datetime.date.fromisocalendar(int(year), int(week), 1)
        return datetime.date(int(year), 3 * int(quarter) - 2 if quarter else int(month or 1), int(day or 1))
    except ValueError:
        return None


def _ticks(low: float, high: float) -> list[float]:
    rough = (high - low) / 4
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough)
    first = math.floor(low / step)
    return [step * i for i in range(first, math.ceil(high / step) + 1)]


def _said(tick: float) -> str:
    return f"{tick:,.0f}" if tick == round(tick) else f"{tick:g}"
